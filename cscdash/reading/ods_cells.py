"""In the child: a visitor's OpenDocument sheet, cell by cell, with how it shows each.

Such a file holds the value of each cell and the text that is shown, so that a percentage and a
month are known without reading its styles.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from cscdash.reading.answers import Answer, Growing, sheets_answer
from cscdash.reading.limits import Limits
from cscdash.reading.sheet_sizes import check_sheets
from cscdash.reading.zips import DAMAGE, check_container

_DAY = re.compile(r"\d{1,4}[-/. ]\w+[-/. ]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_YEAR = re.compile(r"\d{1,2}[-/. ][A-Za-z]{3,9}|[A-Za-z]{3,9}[-/. ]\d{1,2}")


def cells(content: bytes, label: str, limits: Limits) -> Answer:
    """Every sheet that has a filled cell: rows, and formats of percentages and months."""
    check_container(content, label, limits)
    check_sheets(content, label, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = _Sheets(label, limits)
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.buffer_text = True
            parser.StartElementHandler = told.start
            parser.EndElementHandler = told.end
            parser.CharacterDataHandler = told.text
            parser.Parse(archive.read("content.xml"), True)
    except (*DAMAGE, expat.ExpatError) as error:
        raise limits.damaged(label, "workbook, or has a password") from error
    return sheets_answer(sheet for sheet in told.sheets if sheet["rows"])


class _Sheets:
    """The sheets of a workbook, gathered while the mark-up passes."""

    def __init__(self, label: str, limits: Limits) -> None:
        self.label, self.limits = label, limits
        self.sheets: list[dict[str, Any]] = []
        self._growing = Growing(limits, label)
        self._row: list[Any] = []
        self._formats: list[tuple[int, str]] = []
        self._about: dict[str, str] = {}
        self._said: list[str] | None = None
        self._empty_rows = self._empty_cells = self._rows = 0
        self._aside = 0  # inside a comment on a cell

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        about = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "table":
            self._growing = Growing(self.limits, self.label)
            self._empty_rows = 0
            self.sheets.append({"name": about.get("name", ""), "rows": [], "formats": []})
        elif name == "table-row":
            self._row, self._formats, self._empty_cells = [], [], 0
            self._rows = _times(about, "number-rows-repeated")
        elif name in ("table-cell", "covered-table-cell"):
            self._about, self._said = about, []
        elif name == "annotation":
            self._aside += 1
        elif self._said is not None and not self._aside and name in ("p", "s"):
            self._said += [" "] if self._said or name == "s" else []

    def text(self, said: str) -> None:
        if self._said is not None and not self._aside:
            self._said.append(said)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "annotation":
            self._aside -= 1
        elif name in ("table-cell", "covered-table-cell") and self._said is not None:
            self._cell("".join(self._said).strip())
            self._said = None
        elif name == "table-row":
            self._end_of_row()

    def _cell(self, shown: str) -> None:
        value, form = _value(self._about, shown)
        times = _times(self._about, "number-columns-repeated")
        if value is None:
            self._empty_cells += times
            return
        self._row += [None] * self._empty_cells
        self._empty_cells = 0
        for _ in range(times):
            if form:
                self._formats.append((len(self._row), form))
            self._row.append(value)

    def _end_of_row(self) -> None:
        if not self._row:
            self._empty_rows += self._rows
            return
        for _ in range(self._empty_rows):
            self._growing.add([])
        self._empty_rows = 0
        sheet = self.sheets[-1]
        for _ in range(self._rows):
            at = len(self._growing.rows)
            sheet["formats"] += [(at, column, form) for column, form in self._formats]
            self._growing.add(self._row)
        sheet["rows"] = self._growing.rows


def _value(about: Mapping[str, str], shown: str) -> tuple[Any, str]:
    """The value of a cell, and the number format that Excel would call how it is shown."""
    kind = about.get("value-type", "")
    if kind in ("float", "currency", "percentage") and "value" in about:
        number = float(about["value"])
        if kind != "percentage":
            return (int(number) if number.is_integer() and abs(number) < 1e15 else number), ""
        decimals = len(shown.rstrip("% ").partition(".")[2])
        return number, f"0.{'0' * decimals}%" if decimals else "0%"
    if kind == "date" and "date-value" in about:
        written = about["date-value"]
        moment = datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
        if _YEAR.fullmatch(shown):
            return moment, "yyyy"
        if _NO_YEAR.fullmatch(shown):
            return moment, _day_or_month(moment, shown)
        return moment, "yyyy-mm-dd" if _DAY.search(shown) else "mmm-yy"
    if kind == "boolean":
        return about.get("boolean-value") == "true", ""
    return (shown or None), ""


def _day_or_month(moment: date, shown: str) -> str:
    """Whether ``Jun-25`` is a month of a year or a day: the one that its date is."""
    name_first = shown[:1].isalpha()
    digits = int("".join(c for c in shown if c.isdigit()))
    if name_first and digits == moment.year % 100 and moment.day != digits:
        return "mmm-yy"
    return "d-mmm"


def _times(about: Mapping[str, str], name: str) -> int:
    given = about.get(name, "1")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 9 else 1
