"""Workbooks: a damaged or hostile one is refused, and never ends the program."""

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook

from cscdash.errors import CscdashError
from cscdash.ingest.published_files import check_container

Rows = list[list[Any]]
_T = TypeVar("_T")


def each_sheet(
    content: bytes, label: str, wanted: Callable[[str], object] = lambda _: True
) -> Iterator[tuple[str, Rows]]:
    """Read the sheets of a workbook one by one.

    Parameters
    ----------
    content : bytes
        The file.
    label : str
        The file, for messages.
    wanted : callable, optional
        Says by its name whether a sheet is wanted; all are unless given.

    Yields
    ------
    str
        The name of a sheet.
    list of list
        Its rows, from the first line and column on.

    Raises
    ------
    CscdashError
        If the file is damaged or unpacks to more than is sensible.
    """
    check_container(content, label)
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), label)
    for name in filter(wanted, book.sheet_names):
        yield name, _guarded(partial(_rows, book, name), label)


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _guarded(read: Callable[[], _T], label: str) -> _T:
    try:
        return read()
    except BaseException as error:  # the reader may panic, which is no ordinary exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise CscdashError(
            f"{label} cannot be read as a workbook; is it whole, and without a password?"
        ) from error
