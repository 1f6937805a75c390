"""Periods: as publishers write them, as people say them, and the day they end."""

from datetime import date

import pytest

from cscdash.errors import CscdashError
from cscdash.periods import census_day, end_year, period_end, read_period, say_period


@pytest.mark.parametrize(
    ("text", "identifier", "said", "flags"),
    [
        ("2025", "Reporting year", "2025", ""),
        (" 2025 ", "Reporting year", "2025", ""),
        ("2025", "Calendar year", "2025", ""),
        ("202425", "Academic year", "2024/25", ""),
        ("201920", "Academic year", "2019/20", ""),
        ("199900", "Academic year", "1999/00", ""),
        ("2025", "Academic year", "2024/25", ""),
        ("2000", "Academic year", "1999/00", ""),
        ("2024/25", "Financial year", "2024/25", ""),
        ("2024-25", "Financial year", "2024/25", ""),
        ("2024-2025", "Financial year", "2024/25", ""),
        ("2024-25 (OT)", "Financial year", "2024/25", ""),
        ("2025 (prov)", "Reporting year", "2025", "p"),
        ("2025 (Provisional)", "Reporting year", "2025", "p"),
        ("2018 (Rev)", "Academic year", "2017/18", "r"),
        ("2019/20 (revised)", "Academic year", "2019/20", "r"),
        ("2020 (Final)", "Academic year", "2019/20", ""),
    ],
)
def test_reading_a_period(text: str, identifier: str, said: str, flags: str) -> None:
    assert read_period(text, identifier) == (said, flags)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("", "Reporting year"),
        ("0", "Reporting year"),
        ("25", "Reporting year"),
        ("1825", "Reporting year"),
        ("202425", "Reporting year"),
        ("2024/25", "Calendar year"),
        ("202426", "Academic year"),
        ("202424", "Academic year"),
        ("2014-16", "Financial year"),
        ("2013/14-15/16", "Financial year"),
        ("2025 Q1", "Reporting year"),
        ("2025 (sic)", "Reporting year"),
        ("twenty", "Academic year"),
        ("²⁰²⁵", "Reporting year"),
        ("٢٠٢٥", "Reporting year"),
        ("2025\n2024", "Reporting year"),
        ("-2025", "Reporting year"),
        ("2025.0", "Reporting year"),
    ],
)
def test_what_is_no_period(text: str, identifier: str) -> None:
    with pytest.raises(CscdashError, match="is not a period of the kind"):
        read_period(text, identifier)


@pytest.mark.parametrize(
    ("period", "means", "day"),
    [
        ("2025", "31 March", date(2025, 3, 31)),
        ("2025", "year to 31 March", date(2025, 3, 31)),
        ("2025", "30 September", date(2025, 9, 30)),
        ("2025", "year to 30 September", date(2025, 9, 30)),
        ("2024/25", "academic year", date(2025, 8, 31)),
        ("2024/25", "financial year", date(2025, 3, 31)),
        ("2024", "calendar year", date(2024, 12, 31)),
        ("1999/00", "academic year", date(2000, 8, 31)),
    ],
)
def test_last_day(period: str, means: str, day: date) -> None:
    assert period_end(period, means) == day


def test_pupils_are_counted_where_they_were_on_31_march() -> None:
    assert census_day("2018/19", "academic year") == date(2019, 3, 31)
    assert census_day("2018/19", "financial year") == date(2019, 3, 31)
    assert census_day("2023", "30 September") == date(2023, 9, 30)
    assert census_day("2023", "calendar year") == date(2023, 12, 31)


def test_end_year() -> None:
    assert [end_year(p) for p in ("2025", "2024/25", "1999/00")] == [2025, 2025, 2000]
    with pytest.raises(CscdashError, match="is not a year"):
        end_year("2024/26")


@pytest.mark.parametrize(
    ("period", "means", "said"),
    [
        ("2025", "31 March", "31 March 2025"),
        ("2025", "year to 31 March", "the year to 31 March 2025"),
        ("2024/25", "academic year", "the academic year 2024/25"),
    ],
)
def test_saying_a_period(period: str, means: str, said: str) -> None:
    assert say_period(period, means) == said
