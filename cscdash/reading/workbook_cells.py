"""In the child: a visitor's workbook, cell by cell, with how Excel was told to show each.

openpyxl knows number formats, without which 21.4% is 0.214. It reads row by row, so that what
grows too large is noticed before it is there.
"""

import io
from typing import Any

from openpyxl import load_workbook

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer, Growing, sheets_answer
from cscdash.reading.limits import Limits
from cscdash.reading.sheet_sizes import check_sheets
from cscdash.reading.zips import check_container


def cells(content: bytes, label: str, limits: Limits) -> Answer:
    """Every sheet that has a filled cell: rows, and number formats that are not ``General``.

    A formula counts as what it last gave.
    """
    check_container(content, label, limits)
    check_sheets(content, label, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        found = [_sheet(sheet, label, limits) for sheet in book.worksheets]
    except (CscdashError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever a part of the file makes it raise
        raise limits.damaged(label, "workbook, or has a password") from error
    return sheets_answer(sheet for sheet in found if sheet["rows"])


def _sheet(sheet: Any, label: str, limits: Limits) -> dict[str, Any]:
    sheet.reset_dimensions()  # what the file claims of its size is not to be relied on
    growing = Growing(limits, label)
    formats: list[tuple[int, int, str]] = []
    empty = 0
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        while values and values[-1] in (None, ""):
            values.pop()
        if not values:
            empty += 1
            continue
        for _ in range(empty):
            growing.add([])
        empty = 0
        at = len(growing.rows)
        for column, cell in enumerate(row[: len(values)]):
            shown = getattr(cell, "number_format", "General")
            if shown != "General" and cell.value is not None:
                formats.append((at, column, str(shown)[:200]))
        growing.add(values)
    return {"name": sheet.title, "rows": growing.rows, "formats": formats}
