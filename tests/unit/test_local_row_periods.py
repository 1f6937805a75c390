"""Periods of local figures, and where they stand among published years."""

from datetime import date

import pytest

from cscdash.errors import CscdashError
from cscdash.local.row_periods import place, read_when

MARCH = ("Reporting year", "year to 31 March")


@pytest.mark.parametrize(
    ("text", "said", "kind", "start", "end"),
    [
        ("2025 Q1", "2025 Q1", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-q3", "2025 Q3", "quarter", date(2025, 7, 1), date(2025, 9, 30)),
        ("Q4 2025", "2025 Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025/26 Q1", "2025/26 Q1", "quarter", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025/26 Q4", "2025/26 Q4", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("1999/00 Q4", "1999/00 Q4", "quarter", date(2000, 1, 1), date(2000, 3, 31)),
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
        "2024/25",
        "9",
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
