"""Periods of local figures, and where they stand among published years."""

from datetime import date

import pytest

from cscdash.errors import CscdashError
from cscdash.local.named_periods import place
from cscdash.local.row_periods import read_when

MARCH = ("Reporting year", "year to 31 March")


@pytest.mark.parametrize(
    ("text", "said", "kind", "start", "end"),
    [
        (
            "1999/00 Q4",
            "Q4 1999/00: January to March 2000",
            "quarter",
            date(2000, 1, 1),
            date(2000, 3, 31),
        ),
        ("YTD Sep 2025", "April to September 2025", "span", date(2025, 4, 1), date(2025, 9, 30)),
        (
            "12 months to June 2025",
            "July 2024 to June 2025",
            "rolling",
            date(2024, 7, 1),
            date(2025, 6, 30),
        ),
        ("year to 31 March 2025", "2025", "year", date(2024, 4, 1), date(2025, 3, 31)),
        ("2024/25", "2025", "year", date(2024, 4, 1), date(2025, 3, 31)),
        (
            "Jan-Mar 2025",
            "Q4 2024/25: January to March 2025",
            "quarter",
            date(2025, 1, 1),
            date(2025, 3, 31),
        ),
        ("2024-02", "February 2024", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("March 2025", "March 2025", "month", date(2025, 3, 1), date(2025, 3, 31)),
        ("mar 2025", "March 2025", "month", date(2025, 3, 1), date(2025, 3, 31)),
        ("2025-03-31", "31 March 2025", "date", date(2025, 3, 31), date(2025, 3, 31)),
        ("05/04/2025", "5 April 2025", "date", date(2025, 4, 5), date(2025, 4, 5)),
        ("5 April 2025", "5 April 2025", "date", date(2025, 4, 5), date(2025, 4, 5)),
        ("2025", "2025", "year", date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_what_people_write(text: str, said: str, kind: str, start: date, end: date) -> None:
    found = read_when(text, *MARCH)
    assert (found.text, found.kind, found.start, found.end) == (said, kind, start, end)
    assert read_when(found.text, *MARCH) == found, "what is kept can be read again"


FIRST_QUARTER = """2025/26 Q1|2025-26 Q1|Q1 2025-26|Q1 25/26|Quarter 1 2025/26|2025/2026 Q1
Apr–Jun 2025|Apr - Jun 2025|April to June 2025|Apr 25 - Jun 25|Q1 (Apr-Jun) 2025/26|FY25/26 Q1
2025/26 Qtr 1|25/26Q1|Q1 2025/26: April to June 2025|01/04/2025 - 30/06/2025|Q1 2025 (Apr-Jun)
2025_26 Q1|2025 - 26 Q1|Apr-Jun 2025/26|Financial year Q1 202526|YTD Jun 2025"""


@pytest.mark.parametrize("text", FIRST_QUARTER.replace("\n", "|").split("|"))
def test_the_first_quarter_however_it_is_said(text: str) -> None:
    found = read_when(text, *MARCH)
    assert (found.start, found.end, found.kind) == (date(2025, 4, 1), date(2025, 6, 30), "quarter")
    assert found.text == "Q1 2025/26: April to June 2025"
    calendar = read_when("Apr-Jun 2025", "Calendar year", "calendar year")
    assert calendar.text == "Q2 2025: April to June 2025"


@pytest.mark.parametrize("text", ["Apr-25", "Apr 25", "April 2025", "2025-04", "04/2025", "apr'25"])
def test_a_month_however_it_is_said(text: str) -> None:
    assert read_when(text, *MARCH).text == "April 2025"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Q1 2025", ("January to March 2025", "April to June 2025")),
        ("2025 Q1", ("January to March 2025", "April to June 2025")),
        ("2025-q3", ("July to September 2025", "October to December 2025")),
        ("Q1 25", ("January to March 2025", "April to June 2025")),
        ("Q4 2025 (Jan-Mar)", ("January to March 2025", "January to March 2026")),
        ("Q1 FY26", ("2025/26", "2026/27")),
        ("2011-12", ("December 2011", "2011/12")),
        ("25-Jun", ("25 June", "June 2025")),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_with_both(
    text: str, readings: tuple[str, str]
) -> None:
    with pytest.raises(CscdashError) as asked:
        read_when(text, *MARCH)
    assert all(reading in str(asked.value) for reading in readings)


def test_an_answer_settles_a_bare_quarter() -> None:
    assert read_when("2025 Q1", *MARCH, "calendar").start == date(2025, 1, 1)
    assert read_when("2025 Q1", *MARCH, "financial").start == date(2025, 4, 1)


def test_a_quarter_of_a_school_year_is_asked_about() -> None:
    with pytest.raises(CscdashError, match="April to June 2025 or September to November 2025"):
        read_when("2025/26 Q1", "Academic year", "academic year")
    with pytest.raises(CscdashError, match="January to September 2025 or April to September"):
        read_when("YTD Sep 2025", "Calendar year", "calendar year")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025 Q5",
        "2025-13",
        "31/02/2025",
        "2025/27 Q1",
        "1850 Q1",
        "soon",
        "٢٠٢٥",
        "9",
        "Q1",
        "45809",
        "2025/26 YTD",
        "30/04/2025 - 30/06/2025",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(CscdashError, match="is not a period"):
        read_when(text, *MARCH)


def test_an_academic_year_is_written_as_one() -> None:
    assert read_when("2024/25", "Academic year", "academic year").end == date(2025, 8, 31)


def test_a_published_year_stands_at_its_number_and_quarters_between() -> None:
    assert place(date(2025, 3, 31), "31 March") == 2025
    assert place(date(2025, 6, 30), "31 March") == pytest.approx(2025.25, abs=0.005)
    assert place(date(2025, 3, 31), "31 March") < place(date(2025, 4, 30), "31 March")
    assert place(date(2025, 9, 30), "30 September") == 2025
    assert place(date(2025, 12, 31), "30 September") == pytest.approx(2025.25, abs=0.005)
