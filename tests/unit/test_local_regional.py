"""Workbooks that regions send round each quarter: each figure lands where its heading says."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from cscdash.catalogue import catalogue
from cscdash.local import Local
from cscdash.local.answers import Answers
from cscdash.local.kept_figures import look
from cscdash.local.own_measures import Known
from cscdash.local.row_checks import Checked
from cscdash.local.table_finder import EVERY
from tests.unit.local_files import TODAY

S47, PLANS = "section_47_number", "new_plans_number"
NAMES = {S47: "Section 47 enquiries, number", PLANS: "New protection plans, number"}
AREAS = {"Leeds": "383", "Bradford": "380", "Kirklees": "382"}
Q1, Q2 = date(2025, 6, 30), date(2025, 9, 30)
VALUES = {
    (id, area, end): 40.0 + 100 * i + 10 * a + q
    for i, id in enumerate(NAMES)
    for a, area in enumerate(AREAS)
    for q, end in enumerate((Q1, Q2))
}


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(content: bytes, indicator: str = "", sheet: str = EVERY) -> Checked:
    known = Known({one.id: one for one in catalogue().indicators}, lambda _: {})
    return look({"r.xlsx": content}, known, TODAY, Local(), indicator, Answers(sheet=sheet))


def found(checked: Checked) -> dict[tuple[str, str, date], float | None]:
    assert not checked.problems, checked.problems
    names = {code: area for area, code in AREAS.items()}
    return {(f.indicator, names[f.area], f.when.end): f.value for f in checked.figures}


def by_quarter(id: str) -> list[list[object]]:
    head = ["Local authority", "Q1 2025/26", "Q2 2025/26"]
    return [head, *([a, VALUES[id, a, Q1], VALUES[id, a, Q2]] for a in AREAS)]


def test_a_sheet_for_each_indicator_named_on_it_or_above() -> None:
    content = workbook(
        {
            "Contents": [["Regional data set"]],
            NAMES[S47]: [["Regional data set"], *by_quarter(S47), ["Regional total", 1, 2]],
            "2": [[f"Indicator: {NAMES[PLANS]}"], *by_quarter(PLANS)],
        }
    )
    assert found(read(content)) == VALUES


def test_one_quarter_with_an_indicator_in_each_column() -> None:
    rows = [["Authority", *NAMES.values()]]
    rows += [[a, *(VALUES[id, a, Q2] for id in NAMES)] for a in AREAS]
    content = workbook({"Data": [["Quarter 2 2025/26"], *rows]})
    assert found(read(content)) == {k: v for k, v in VALUES.items() if k[2] == Q2}


def test_indicators_over_quarters() -> None:
    above = [None, NAMES[S47], None, NAMES[PLANS], None]
    head = ["Authority", *["Q1 2025/26", "Q2 2025/26"] * 2]
    rows = [[a, *(VALUES[id, a, end] for id in NAMES for end in (Q1, Q2))] for a in AREAS]
    assert found(read(workbook({"Data": [above, head, *rows]}))) == VALUES


@pytest.mark.parametrize(
    "title", ["Report date: June 2025", "30/06/2025", "2025", "Q1 2025/26 and Q2"]
)
def test_a_date_that_may_be_another_is_no_period(title: str) -> None:
    rows = [["Authority", NAMES[S47]], *([a, 60] for a in AREAS)]
    checked = read(workbook({"Data": [[title], *rows]}))
    assert not checked.figures and "no column ‘period’" in checked.problems[0].what


def test_two_periods_in_titles_are_asked_about() -> None:
    rows = [["Q1 2025/26"], ["Q2 2025/26"], ["Authority", NAMES[S47]], ["Leeds", 60]]
    assert not read(workbook({"Data": rows})).figures


def test_a_title_against_what_was_said_is_asked_about() -> None:
    checked = read(workbook({NAMES[S47]: by_quarter(S47)}), indicator=PLANS)
    assert not checked.figures and "which is right?" in checked.problems[0].what


def test_several_sheets_are_asked_about_unless_all_are_meant() -> None:
    content = workbook({NAMES[id]: by_quarter(id) for id in NAMES})
    assert "* for all" in read(content, sheet="").problems[0].what
