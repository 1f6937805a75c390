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
_BRACKETS = re.compile(r"\[[^\]]*\]")  # a language or a colour
_DECIMALS = re.compile(r"\.([0#?]+)")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def read_tables(content: bytes, name: str) -> list[tuple[str, Rows]]:
    """Read a file into the rows of text of its sheets, each with its name.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called: its ending says what it is, and messages name it.

    Returns
    -------
    list of (str, Rows)
        Sheets that have a filled cell, without empty rows at their end; one without a name for
        CSV and Parquet.

    Raises
    ------
    CscdashError
        If it is too large, damaged, locked, of another kind, holds macros, or no sheet has two
        filled rows.
    """
    if not content.strip():
        raise CscdashError(f"{name} is empty.")
    found = [(sheet.name, _as_text(sheet)) for sheet in read_sheets(content, name)]
    if not found:
        raise CscdashError(f"{name} holds no filled sheet.")
    for _, rows in found:
        while rows and not any(rows[-1]):
            rows.pop()
    if all(len(rows) < 2 for _, rows in found):
        raise CscdashError(f"{name} needs a line of column names and at least one row below it.")
    return found


def tidy(text: str) -> str:
    """A cell on one line, without characters that cannot be seen."""
    return " ".join(_UNSEEN.sub("", text).split())


def _as_text(sheet: Sheet) -> Rows:
    """The rows of a sheet as a person would type them; those of a workbook all as wide."""
    width = max(map(len, sheet.rows), default=0) if sheet.name else 0
    return [
        [tidy(_said(cell, sheet.formats.get((at, column), ""))) for column, cell in enumerate(row)]
        + [""] * (width - len(row))
        for at, row in enumerate(sheet.rows)
    ]


def _said(cell: object, shown: str) -> str:
    """A cell as a person would type it; a number that Excel shows as a percentage is one."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, date):
        return _dated(cell, shown)
    if isinstance(cell, int | float) and "%" in (bare := _QUOTED.sub("", shown)):
        return _percentage(cell, bare)
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, str | int):
        return str(cell)
    return str(cell)[:_LONGEST]


def _dated(cell: date, shown: str) -> str:
    """A date as the sheet shows it: as a month, a year, or a day without its year."""
    if isinstance(cell, datetime) and any((cell.hour, cell.minute, cell.second)):
        return cell.isoformat(" ")
    parts = set(_BRACKETS.sub("", _QUOTED.sub("", shown)).lower()) & set("dmyhs")
    if parts == {"m", "y"}:
        return f"{cell:%B %Y}"
    if parts == {"d", "m"}:
        return f"{cell:%d-%b}"
    if parts == {"y"}:
        return str(cell.year)
    return cell.date().isoformat() if isinstance(cell, datetime) else cell.isoformat()


def _percentage(cell: float, shown: str) -> str:
    """A share as the sheet shows it: 0.2137 in the format ``0.0%`` is 21.4%."""
    decimals = _DECIMALS.search(shown.partition("%")[0])
    step = Decimal(1).scaleb(-len(decimals.group(1)) if decimals else 0)
    percent = Decimal(f"{cell:.15g}") * 100
    return f"{percent.quantize(step, ROUND_HALF_UP):f}%" if percent.is_finite() else str(cell)
