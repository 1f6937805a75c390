"""Shapes, spellings of periods and styles of values, crossed: each is read right, or asked about.

Every case is a file of two authorities and two quarters of repeat referrals, whose eight numbers
are known. A figure that is not one of them is a silent misreading.
"""

import csv
import io
import itertools
import random
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from cscdash.catalogue import catalogue
from cscdash.local import Local
from cscdash.local.kept_figures import look
from cscdash.local.own_measures import Known
from tests.trials.sampling import cases

TODAY = date(2026, 11, 21)
SHARE, COUNT = "repeat_referrals", "section_47_number"
QUARTERS = ((date(2025, 4, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30)))
AREAS = {"Leeds City Council": "383", "City of York": "816"}
BASES = {("383", 0): 1000, ("383", 1): 1250, ("816", 0): 500, ("816", 1): 800}
SHARES = {("383", 0): 0.214, ("383", 1): 0.196, ("816", 0): 0.182, ("816", 1): 0.205}
COUNTS = {("383", 0): 1402, ("383", 1): 1398, ("816", 0): 240, ("816", 1): 251}

PERIODS: dict[str, tuple[str, str]] = {
    "split": ("2025/26 Q1", "2025/26 Q2"),
    "hyphen": ("2025-26 Q1", "2025-26 Q2"),
    "quarter first": ("Q1 2025-26", "Q2 2025-26"),
    "short years": ("Q1 25/26", "Q2 25/26"),
    "in words": ("Quarter 1 2025/26", "Quarter 2 2025/26"),
    "long years": ("2025/2026 Q1", "2025/2026 Q2"),
    "months": ("Apr–Jun 2025", "Jul–Sep 2025"),
    "long months": ("April to June 2025", "July to September 2025"),
    "both": ("Q1 (Apr-Jun) 2025/26", "Q2 (Jul-Sep) 2025/26"),
    "its own words": ("Q1 2025/26: April to June 2025", "Q2 2025/26: July to September 2025"),
    "year first, bare": ("2025 Q1", "2025 Q2"),
    "quarter first, bare": ("Q1 2025", "Q2 2025"),
}
BARE = {"year first, bare", "quarter first, bare"}
STYLES = ("percent cell", "percent number", "fraction", "count with comma")
FORMATS = ("csv", "xlsx", "ods")

Cell = Any  # text, a number, or a share that the sheet shows as a percentage
Sheets = dict[str, list[list[Cell]]]


class Percent(float):
    """A share that a sheet shows with a percent sign and one decimal."""


def value(style: str, area: str, at: int) -> Cell:
    share = SHARES[area, at]
    if style == "percent cell":
        return Percent(share)
    if style == "percent number":
        return round(share * 100, 1)
    return share if style == "fraction" else f"{COUNTS[area, at]:,}"


def rows_of(style: str, periods: tuple[str, str]) -> list[tuple[str, str, int, Cell, str]]:
    """Area as typed, its period, its quarter, value, and the base of a share."""
    return [
        (name, periods[at], at, value(style, code, at), str(BASES[code, at]))
        for name, code in AREAS.items()
        for at in (0, 1)
    ]


def long(style: str, periods: tuple[str, str], id: str) -> Sheets:
    head = ["indicator", "area", "period", "value", "denominator"]
    return {
        "Data": [head, *([id, name, p, v, base] for name, p, _, v, base in rows_of(style, periods))]
    }


def named(style: str, periods: tuple[str, str], id: str) -> Sheets:
    """Indicators by their names, councils, a total and an empty first column."""
    title = catalogue().indicator(id).short
    body = [[None, title, name, p, v, base] for name, p, _, v, base in rows_of(style, periods)]
    head = [None, "Measure", "Council", "Quarter", "Value", "Denominator"]
    return {"Data": [head, *body, [None, title, "Total", periods[0], 1, 3]]}


def titled(style: str, periods: tuple[str, str], id: str) -> Sheets:
    sheet = long(style, periods, id)["Data"]
    return {
        "Data": [
            ["Our figures by quarter", None, None, None, None],
            ["Source: local system, taken in 2025/26", None, None, None, None],
            [None] * 5,
            *sheet,
            ["Figures are provisional", None, None, None, None],
        ]
    }


def covered(style: str, periods: tuple[str, str], id: str) -> Sheets:
    return {"Read me": [["These are our figures"]], **long(style, periods, id)}


def wide(style: str, periods: tuple[str, str], id: str) -> Sheets:
    """A region's sheet: authorities below each other, quarters beside each other, a total row."""
    head = ["Indicator", "Local authority", "Measure", *periods]
    body: list[list[Cell]] = []
    for name, code in AREAS.items():
        body.append([id, name, "value", *(value(style, code, at) for at in (0, 1))])
        body.append([None, None, "denominator", *(str(BASES[code, at]) for at in (0, 1))])
    return {"Data": [head, *body, [id, "Regional total", "value", 1, 1]]}


def merged(style: str, periods: tuple[str, str], id: str) -> Sheets:
    """Periods over two columns each."""
    top = ["Indicator", "Authority", periods[0], None, periods[1], None]
    below = [None, None, "Value", "Denominator", "Value", "Denominator"]
    body = []
    for name, code in AREAS.items():
        pairs = ((value(style, code, at), str(BASES[code, at])) for at in (0, 1))
        body.append([id, name, *(cell for pair in pairs for cell in pair)])
    return {"Data": [top, below, *body]}


def by_indicator(style: str, periods: tuple[str, str], id: str) -> Sheets:
    """An indicator's name over its column."""
    head = ["Area", "Period", catalogue().indicator(id).title, "Denominator"]
    return {
        "Data": [head, *([name, p, v, base] for name, p, _, v, base in rows_of(style, periods))]
    }


def standard(style: str, periods: tuple[str, str], id: str) -> Sheets:
    """The columns of Explore Education Statistics, its periods as the case spells them."""
    head = ["time_period", "time_identifier", "geographic_level", "country_code", "old_la_code"]
    head += ["la_name", "indicator", "value", "denominator", "period"]
    when = ["202526", "Financial year", "Local authority"]
    body = [
        [*when, "E92000001", AREAS[name], name, id, v, base, p]
        for name, p, _, v, base in rows_of(style, periods)
    ]
    return {"Data": [head, *body]}


SHAPES = (long, named, titled, covered, wide, merged, by_indicator, standard)
CASES = list(itertools.product(SHAPES, PERIODS, STYLES, FORMATS))


def as_csv(sheets: Sheets) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in sheets["Data"]:
        writer.writerow(
            f"{cell * 100:.1f}%" if isinstance(cell, Percent) else "" if cell is None else cell
            for cell in row
        )
    return text.getvalue().encode("cp1252")


def as_xlsx(sheets: Sheets) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                if cell is None:
                    continue
                bare = float(cell) if isinstance(cell, Percent) else cell
                written = sheet.cell(at, column, bare)
                if isinstance(cell, Percent):
                    written.number_format = "0.0%"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_ods(sheets: Sheets) -> bytes:
    def cell_of(cell: Cell) -> str:
        if cell is None:
            return "<table:table-cell/>"
        if isinstance(cell, Percent):
            shown, kind = f"{cell * 100:.1f}%", f'"percentage" office:value="{float(cell)}"'
        elif isinstance(cell, int | float):
            shown, kind = str(cell), f'"float" office:value="{cell}"'
        else:
            shown, kind = escape(cell), '"string"'
        text = f"<text:p>{shown}</text:p>"
        return f"<table:table-cell office:value-type={kind}>{text}</table:table-cell>"

    def row_of(row: list[Cell]) -> str:
        return f"<table:table-row>{''.join(map(cell_of, row))}</table:table-row>"

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(map(cell_of, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


WRITERS: dict[str, Callable[[Sheets], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}
ORDER = random.Random(16).sample(range(len(CASES)), len(CASES))


@pytest.mark.parametrize("seed", cases(96))
def test_read_right_or_asked(seed: int) -> None:
    shape, spelling, style, form = CASES[ORDER[seed % len(CASES)]]
    id = COUNT if style == "count with comma" else SHARE
    content = WRITERS[form](shape(style, PERIODS[spelling], id))
    known = Known({one.id: one for one in catalogue().indicators}, lambda _: {})
    found = look({f"a.{form}": content}, known, TODAY, Local())
    case = f"{shape.__name__}, {spelling}, {style}, {form}: {found.problems[:2]}"
    said = " ".join(problem.what for problem in found.problems)
    if spelling in BARE:
        assert "January to March 2025 or April to June 2025" in said, case
    if style == "fraction":
        assert "may be 21.4% or 0.214%" in said, case
    if spelling in BARE or style == "fraction":
        return
    assert not found.problems, case
    numbers = COUNTS if id == COUNT else {at: share * 100 for at, share in SHARES.items()}
    expected = {
        (id, code, *QUARTERS[at]): pytest.approx(number) for (code, at), number in numbers.items()
    }
    assert {
        (f.indicator, f.area, f.when.start, f.when.end): f.value for f in found.figures
    } == expected, case
    if id == SHARE:
        assert {(f.area, f.when.end): f.denominator for f in found.figures} == {
            (code, QUARTERS[at][1]): base for (code, at), base in BASES.items()
        }, case
