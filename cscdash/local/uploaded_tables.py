"""A file of local figures as rows of text, whatever it is: CSV, an Excel workbook, or Parquet."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from cscdash.errors import CscdashError
from cscdash.reading import VISITOR, Sheet, read_sheets

Rows = list[list[str]]

LARGEST = VISITOR.content  # bytes of a file; a table of aggregates is far smaller
_LONGEST = 2_000  # characters of a cell that is neither text nor number
_QUOTED = re.compile(r'"[^"]*"|\\.')  # what a number format shows as it stands
_DECIMALS = re.compile(r"\.([0#?]+)")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def read_table(content: bytes, name: str) -> Rows:
    """Read a file into rows of text, the header first, without empty rows at its end.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called: its ending says what it is, and messages name it.

    Raises
    ------
    CscdashError
        If it is too large, damaged, locked, of another kind, or holds macros.
    """
    if not content.strip():
        raise CscdashError(f"{name} is empty.")
    sheets = read_sheets(content, name)
    if not sheets:
        raise CscdashError(f"{name} holds no filled sheet.")
    rows = _as_text(sheets[0])
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise CscdashError(f"{name} needs a line of column names and at least one row below it.")
    return rows


def tidy(text: str) -> str:
    """A cell on one line, without characters that cannot be seen."""
    return " ".join(_UNSEEN.sub("", text).split())


def _as_text(sheet: Sheet) -> Rows:
    """The rows of a sheet as a person would type them, all as wide as the first."""
    width = len(sheet.rows[0]) if sheet.name and sheet.rows else 0
    return [
        [tidy(_said(cell, sheet.formats.get((at, column), ""))) for column, cell in enumerate(row)]
        + [""] * (width - len(row))
        for at, row in enumerate(sheet.rows)
    ]


def _said(cell: object, shown: str) -> str:
    """A cell as a person would type it; a number that Excel shows as a percentage is one."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and "%" in (bare := _QUOTED.sub("", shown)):
        return _percentage(cell, bare)
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, str | int):
        return str(cell)
    return str(cell)[:_LONGEST]


def _percentage(cell: float, shown: str) -> str:
    """A share as the sheet shows it: 0.2137 in the format ``0.0%`` is 21.4%."""
    decimals = _DECIMALS.search(shown.partition("%")[0])
    step = Decimal(1).scaleb(-len(decimals.group(1)) if decimals else 0)
    percent = Decimal(f"{cell:.15g}") * 100
    return f"{percent.quantize(step, ROUND_HALF_UP):f}%" if percent.is_finite() else str(cell)
