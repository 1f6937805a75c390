"""Spreadsheets as councils have them: each ends in the right figures, or in a question."""

from datetime import date
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.local import Local
from cscdash.local.answers import Answers
from cscdash.local.kept_figures import look
from cscdash.local.own_measures import Known
from cscdash.local.row_checks import Checked
from tests.unit.local_files import TODAY

FILES = Path(__file__).parent / "local_cases"
S47 = "section_47_number"
MARCH = (date(2025, 3, 1), date(2025, 3, 31), 140.0)
JUNE = (date(2025, 6, 1), date(2025, 6, 30), 140.0)
Q1 = (date(2025, 4, 1), date(2025, 6, 30))
Q2 = (date(2025, 7, 1), date(2025, 9, 30))


def read(name: str, answers: Answers | None = None) -> Checked:
    """A file, among indicators with one breakdown of ethnicity."""
    groups = {"ethnicity": frozenset({"White", "White British"})}
    known = Known({one.id: one for one in catalogue().indicators}, lambda _: groups)
    content = (FILES / name).read_bytes()
    return look({name: content}, known, TODAY, Local(), "", answers or Answers())


@pytest.mark.parametrize(
    ("name", "indicator", "expected"),
    [
        ("blank_first_col.csv", S47, [MARCH]),
        ("caseload.csv", "caseload", [(date(2025, 6, 30), date(2025, 6, 30), 17.4)]),
        (
            "cla_month.csv",
            "looked_after_number",
            [
                (date(2025, 6, 30), date(2025, 6, 30), 1402.0),
                (date(2025, 7, 31), date(2025, 7, 31), 1410.0),
            ],
        ),
        ("council_name.csv", S47, [MARCH]),
        ("cover_sheet.xlsx", S47, [MARCH]),
        ("cp1252.csv", S47, [MARCH]),
        ("ees_layout.csv", S47, [(date(2025, 4, 1), date(2026, 3, 31), 1650.0)]),
        ("excel_month.csv", S47, [JUNE]),
        ("mac_cr.csv", S47, [MARCH]),
        ("month_cell.xlsx", S47, [JUNE]),
        ("percent_as_fraction.xlsx", "repeat_referrals", [(*Q1, 21.4), (*Q2, 19.8)]),
        ("percent_cell.xlsx", "repeat_referrals", [(*Q1, 20.0)]),
        ("quarter_hyphen.csv", S47, [(*Q1, 140.0)]),
        ("semicolon_decimal.csv", S47, [MARCH]),
        (
            "thousands.csv",
            "looked_after_number",
            [(date(2025, 6, 30), date(2025, 6, 30), 1402.0)],
        ),
        ("title_rows.csv", S47, [MARCH]),
        ("unicode_text.txt", S47, [MARCH]),
    ],
)
def test_the_right_figures(
    name: str, indicator: str, expected: list[tuple[date, date, float]]
) -> None:
    found = read(name)
    assert not found.problems
    assert {(f.indicator, f.area) for f in found.figures} == {(indicator, "383")}
    assert [(f.when.start, f.when.end, f.value) for f in found.figures] == expected


def test_months_as_dates_and_as_text() -> None:
    cells = read("months_as_date_cells.xlsx")
    assert [(f.when.text, f.value) for f in cells.figures][::8] == [
        ("January 2025", 401.0),
        ("September 2025", 409.0),
    ]
    text = read("months_36.csv")
    assert len(text.figures) == 36 and not text.problems
    assert [(f.when.text, f.value) for f in text.figures][:2] == [
        ("January 2023", 228.0),
        ("February 2023", 256.0),
    ]


def test_groups_of_ethnicity() -> None:
    found = read("ethnicity.csv")
    assert [(f.category, f.value) for f in found.figures] == [
        ("White", 800.0),
        ("White British", 700.0),
    ]


def test_a_note_of_windows_keeps_its_letters() -> None:
    (figure,) = read("cp1252.csv").figures
    assert figure.note == "Children’s own words – café"


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("quarter_then_hint.csv", ("January to March 2025", "April to June 2025")),
        ("quarters_12.csv", ("January to March 2023", "April to June 2023")),
        ("old_area.csv", ("Cumberland", "Westmorland and Furness")),
        ("cla_rate_month.csv", ("numerator", "denominator")),
    ],
)
def test_a_question_with_both_readings(name: str, readings: tuple[str, str]) -> None:
    found = read(name)
    assert not found.figures and all(reading in found.problems[0].what for reading in readings)


def test_an_answer_is_taken() -> None:
    found = read("quarters_12.csv", Answers(quarters="financial"))
    assert len(found.figures) == 12 and not found.problems
    assert (found.figures[0].when.start, found.figures[0].value) == (date(2023, 4, 1), 750.0)
    found = read("quarters_12.csv", Answers(quarters="calendar"))
    assert (found.figures[0].when.start, found.figures[0].value) == (date(2023, 1, 1), 750.0)


def test_every_file_has_its_expected_cell() -> None:
    assert len(list(FILES.iterdir())) == 24
