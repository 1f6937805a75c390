"""Ofsted's workbook: counts of latest judgements on each 31 March, and nothing guessed."""

from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest

from cscdash.errors import CscdashError
from cscdash.ingest.ofsted import InspectionTable, latest_inspections, read_ofsted
from cscdash.ingest.published_table import area_codes

LEADERS, CARE = "The impact of leaders", "The experiences of children in care"
TITLE = "Local authority inspection judgements as at 31 March 2024"
HEAD = ["Web link", "Local authority area code", "Local authority name", "Inspection date",
        "Publication date", "Inspection type", LEADERS, CARE]  # fmt: skip
CAMDEN, ENFIELD, CUMBRIA, CUMBERLAND = "E09000007", "E09000010", "E10000006", "E06000063"
Rows = list[list[str | date]]


def visit(code: str, day: date, leaders: str, care: str = "Good") -> list[str | date]:
    return ["page", code, "a name", day, date(day.year, day.month, 28), "Standard", leaders, care]


VISITS: Rows = [
    visit(CAMDEN, date(2023, 6, 1), "Outstanding"),
    visit(CAMDEN, date(2022, 4, 1), "Good"),
    visit(CAMDEN, date(2024, 4, 2), "Inadequate"),
    visit(ENFIELD, date(2019, 3, 1), "Good", ""),
    visit(CUMBRIA, date(2022, 9, 20), "Requires improvement to be good"),
]


def cell(content: str | date) -> str:
    kind = "date" if isinstance(content, date) else "string"
    when = f' office:date-value="{content.isoformat()}"' if isinstance(content, date) else ""
    text = f"<text:p>{escape(str(content))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{when}>{text}</table:table-cell>'


def workbook(make: Any, sheets: dict[str, Rows]) -> bytes:
    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(cell(c) for c in row)}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content: bytes = make.zip(
        {
            "mimetype": kind.encode(),
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f"{body}</office:spreadsheet></office:body></office:document-content>".encode(),
            "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            b'opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
            b' manifest:media-type="' + kind.encode() + b'"/></manifest:manifest>',
        }
    )
    return content


def read(
    make: Any, visits: Rows = VISITS, head: list[str] = HEAD, title: str = TITLE, **other: Any
) -> InspectionTable:
    history = other.get("sheet", "ILACS_inspection_history")
    sheets: dict[str, Rows] = {
        "Inspections": [[title]],
        history: [["ILACS inspection history from 2018"], ["a note"], list(head), *visits],
    }
    wanted = other.get("wanted", {"heading", "judgement", "authorities"})
    content, dataset = workbook(make, sheets), make.dataset("ofsted")
    return read_ofsted(content, dataset, make.needs(wanted), "ofsted.ods")


def count(table: InspectionTable, area: str, year: str, heading: str, judgement: str) -> float:
    rows = table.rows({"heading": heading, "judgement": judgement})
    values, statuses = table.cells("authorities")
    found = [
        row
        for row in rows
        if area_codes()[table.area[row]] == area and table.time.words[table.time.codes[row]] == year
    ]
    assert len(found) == 1
    assert statuses[found[0]] == 0
    return float(values[found[0]])


def test_the_latest_inspection_up_to_the_day_counts(make: Any) -> None:
    table = read(make)
    england = "E92000001"
    assert table.latest == 2024
    assert sorted(set(table.time.words)) == ["2023", "2024"]
    assert count(table, england, "2023", LEADERS, "Good") == 2
    assert count(table, england, "2024", LEADERS, "Good") == 1
    assert count(table, england, "2024", LEADERS, "Outstanding") == 1
    assert count(table, england, "2024", LEADERS, "Inadequate") == 0


def test_an_authority_that_ended_counts_until_its_last_day(make: Any) -> None:
    table = read(make)
    north_west = "E12000002"
    assert count(table, north_west, "2023", LEADERS, "Total") == 1
    assert count(table, north_west, "2024", LEADERS, "Total") == 0
    assert count(table, north_west, "2024", LEADERS, "Requires improvement to be good") == 0


def test_london_and_its_halves(make: Any) -> None:
    table = read(make)
    assert count(table, "E12000007", "2024", LEADERS, "Total") == 2
    assert count(table, "E13000001", "2024", LEADERS, "Outstanding") == 1
    assert count(table, "E13000002", "2024", LEADERS, "Good") == 1


def test_what_was_not_judged_is_not_counted(make: Any) -> None:
    table = read(make)
    assert count(table, "E13000002", "2024", CARE, "Total") == 0
    assert count(table, "E13000002", "2024", LEADERS, "Total") == 1


def test_no_authority_has_a_row(make: Any) -> None:
    areas = {area_codes()[place] for place in read(make).area}
    assert len(areas) == 12
    assert not any(area.isdigit() for area in areas)


def test_latest_inspections_are_dated_text_as_published(make: Any) -> None:
    found = latest_inspections(read(make).history, [LEADERS])
    assert sorted(found) == ["202", "308"]
    assert found["202"] == {
        "as_at": "2024-03-31",
        "date": "2023-06-01",
        "published": "2023-06-28",
        "judgements": {LEADERS: "Outstanding"},
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sheet": "ILACS"}, "no sheet ‘ILACS_inspection_history’"),
        ({"head": [h.replace("Inspection date", "Date") for h in HEAD]}, "‘Inspection date’"),
        ({"head": [h.replace("authority area", "") for h in HEAD]}, "authority area code’"),
        ({"title": "Judgements"}, "which 31 March"),
        ({"title": "as at 31 March 2020"}, "no inspections up to 31 March 2023"),
        ({"visits": []}, "no inspections"),
        ({"visits": [visit("E09999999", date(2023, 1, 2), "Good")]}, "row 4: ‘E09999999’"),
        ({"visits": [visit("E12000007", date(2023, 1, 2), "Good")]}, "‘E12000007’ is no authority"),
        ({"visits": [visit(CAMDEN, date(2023, 1, 2), "Fair")]}, "‘Fair’ is not a judgement"),
        ({"visits": [["", CAMDEN, "", "soon", "", "", "Good", "Good"]]}, "‘soon’ is not a date"),
        ({"wanted": {"heading", "colour"}}, "no column ‘colour’"),
    ],
)
def test_a_workbook_that_is_not_whole_is_refused(
    make: Any, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(CscdashError, match=says):
        read(make, **change)


def test_a_damaged_file_is_refused(make: Any) -> None:
    for content in (b"", b"PK\x03\x04", make.zip({"content.xml": b"<oops"})):
        with pytest.raises(CscdashError, match=r"ofsted\.ods"):
            read_ofsted(content, make.dataset("ofsted"), make.needs(), "ofsted.ods")
