"""Workbooks (ODS) as published: a damaged or hostile one is refused before it is opened."""

import io
from collections.abc import Callable
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from cscdash.errors import CscdashError
from cscdash.ingest.files import check_container


def sheets(
    content: bytes, label: str, wanted: Callable[[str], object] = lambda _: True
) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook, each as a list of rows from the first line and column on.

    Parameters
    ----------
    content : bytes
        The file.
    label : str
        The file, for messages.
    wanted : callable, optional
        Says by its name whether a sheet is wanted; all are unless given.

    Raises
    ------
    CscdashError
        If the file is damaged or unpacks to more than is sensible.
    """
    check_container(content, label)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
            if wanted(name)
        }
    except (CalamineError, OSError, ValueError) as error:
        raise CscdashError(f"{label} cannot be read as a workbook: {error}.") from error
