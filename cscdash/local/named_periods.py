"""Periods of whole months and single days: named as an indicator names its years, and placed."""

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cscdash.errors import CscdashError
from cscdash.periods import PeriodMeans, TimeIdentifier, period_end, say_date, spans_two_years

Kind = Literal["month", "quarter", "year", "date", "rolling", "span"]
Quarters = Literal["", "calendar", "financial"]  # which kind a bare year and quarter is; "": ask
STEP: dict[Kind, float] = {
    "month": 1 / 12,
    "quarter": 0.25,
    "year": 1.0,
    "date": 1.0,
    "rolling": 0.25,
    "span": 0.0,  # of any length: no line joins them
}


@dataclass(frozen=True)
class When:
    """A period: as people say it, what kind it is, its first and last day."""

    text: str
    kind: Kind
    start: date
    end: date


@dataclass(frozen=True)
class Way:
    """How an indicator counts years, and what a bare year and quarter was said to be."""

    identifier: TimeIdentifier
    means: PeriodMeans
    quarters: Quarters

    @property
    def financial(self) -> bool:
        """Whether its years end on 31 March."""
        return self.means in ("31 March", "year to 31 March", "financial year")

    @property
    def academic(self) -> bool:
        """Whether its years are those of schools."""
        return self.identifier == "Academic year"


def place(end: date, means: PeriodMeans) -> float:
    """Where a day stands on the axis of years, on which a published year stands at its number.

    A year of the indicator that ends on 31 March 2025 stands at 2025; a quarter that ends on
    30 June 2025 then stands near 2025.25.
    """
    this = period_end(str(end.year), means)
    return end.year + (end - this).days / 365.25


def quarter_of(start: date, identifier: TimeIdentifier, means: PeriodMeans) -> When:
    """The quarter that begins on a day, as an indicator's years name it."""
    return span(start, last_day(start, 3), "", Way(identifier, means, ""))


def say_when(when: When, means: PeriodMeans) -> str:
    """A period in words that leave nothing open: a year with its first and last month."""
    if when.kind != "year":
        return f"{when.text} (12 months)" if when.kind == "rolling" else when.text
    if means[0].isdigit():
        return say_date(when.end)
    return f"{when.text}: {months_of(when.start, when.end)}"


def span(start: date, end: date | None, text: str, way: Way, months: int = 0) -> When:
    """A period of whole months, by the name that the indicator gives it."""
    end = end or last_day(start, 1)
    if months:
        at = end.year * 12 + end.month - months
        start = date(at // 12, at % 12 + 1, 1)
    number = (end.year - start.year) * 12 + end.month - start.month + 1
    if number < 1 or number > 12:
        raise unknown(text)
    if number == 1:
        return When(f"{month_name[end.month]} {end.year}", "month", start, end)
    said = months_of(start, end)
    if number == 12:
        year = _whole_year(end, way)
        return When(year or said, "year" if year else "rolling", start, end)
    if number == 3 and start.month % 3 == 1:
        return When(_named(start, said, way), "quarter", start, end)
    return When(said, "span", start, end)


def _named(start: date, said: str, way: Way) -> str:
    """A quarter with its name, as the years of the indicator have it, and its months."""
    if way.academic:
        return said
    if way.financial:
        first = start.year - (start.month < 4)
        return f"Q{(start.month - 4) % 12 // 3 + 1} {first}/{(first + 1) % 100:02d}: {said}"
    return f"Q{(start.month + 2) // 3} {start.year}: {said}"


def _whole_year(end: date, way: Way) -> str:
    """The name of the indicator's year that ends on a day; empty where none does."""
    name = (
        f"{end.year - 1}/{end.year % 100:02d}" if spans_two_years(way.identifier) else str(end.year)
    )
    return name if period_end(name, way.means) == end else ""


def months_of(start: date, end: date) -> str:
    """The months from one day to another: ``April to June 2025``."""
    year = "" if start.year == end.year else f" {start.year}"
    return f"{month_name[start.month]}{year} to {month_name[end.month]} {end.year}"


def last_day(start: date, months: int) -> date:
    """The last day of some months that begin on a day."""
    at = start.year * 12 + start.month + months - 2
    year, month = at // 12, at % 12 + 1
    return date(year, month, monthrange(year, month)[1])


HELP = "write 2025/26 Q1, Apr-Jun 2025, 2025-06, 2025-06-30, or a year as published figures have it"


def unknown(text: str) -> CscdashError:
    """The refusal of a text that is no period, with what may be written."""
    return CscdashError(f"‘{text[:40]}’ is not a period: {HELP}")
