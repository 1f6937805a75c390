"""Periods of local figures: a month, a quarter, a year, or the date of a snapshot."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cscdash.errors import CscdashError
from cscdash.periods import PeriodMeans, TimeIdentifier, period_end, read_period

Kind = Literal["month", "quarter", "year", "date"]
STEP: dict[Kind, float] = {"month": 1 / 12, "quarter": 0.25, "year": 1.0, "date": 1.0}

_MONTHS = {name.lower(): at for at, name in enumerate(month_name) if name}
_MONTHS |= {name[:3]: at for name, at in list(_MONTHS.items())}
_QUARTER = re.compile(r"(\d{4})(?:/(\d{2}))?[ -]?q([1-4])", re.ASCII)
_QUARTER_FIRST = re.compile(r"q([1-4])[ -](\d{4})(?:/(\d{2}))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MONTH_NAMED = re.compile(r"([a-z]{3,9})[ -](\d{4})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ t]00:00:00)?", re.ASCII)
_DAY_SAID = re.compile(r"(\d{1,2}) ([a-z]{3,9}) (\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


@dataclass(frozen=True)
class When:
    """A period: as people say it, what kind it is, its first and last day."""

    text: str
    kind: Kind
    start: date
    end: date


def read_when(text: str, identifier: TimeIdentifier, means: PeriodMeans) -> When:
    """Read a period.

    Parameters
    ----------
    text : str
        ``2025 Q1`` (January to March 2025), ``2025/26 Q1`` (April to June 2025), ``2025-03`` or
        ``March 2025``, ``2025-03-31``, ``31 March 2025`` or ``31/03/2025`` (day first), or a year
        as the indicator counts it, ``2025`` or ``2024/25``.
    identifier, means
        How the indicator counts years, and on which day they end.

    Raises
    ------
    CscdashError
        If it is none of these.
    """
    plain = " ".join(text.lower().split())
    if found := _QUARTER.fullmatch(plain):
        return _quarter(found[1], found[2], int(found[3]), text)
    if found := _QUARTER_FIRST.fullmatch(plain):
        return _quarter(found[2], found[3], int(found[1]), text)
    if found := _MONTH.fullmatch(plain):
        return _month(int(found[1]), int(found[2]), text)
    if (found := _MONTH_NAMED.fullmatch(plain)) and found[1] in _MONTHS:
        return _month(int(found[2]), _MONTHS[found[1]], text)
    if found := _DAY.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if (found := _DAY_SAID.fullmatch(plain)) and found[2] in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2]], int(found[1]), text)
    if found := _DAY_FIRST.fullmatch(plain):
        return _day(int(found[3]), int(found[2]), int(found[1]), text)
    try:
        year, _ = read_period(plain, identifier)
        end = period_end(year, means)
    except CscdashError:
        raise _unknown(text) from None
    return When(year, "year", _year_before(end) + timedelta(days=1), end)


def place(end: date, means: PeriodMeans) -> float:
    """Where a day stands on the axis of years, on which a published year stands at its number.

    A year of the indicator that ends on 31 March 2025 stands at 2025; a quarter that ends on
    30 June 2025 then stands near 2025.25.
    """
    this = period_end(str(end.year), means)
    return end.year + (end - this).days / 365.25


def _quarter(year: str, tail: str | None, number: int, text: str) -> When:
    first = int(year)
    if tail is None:
        start = _first(first, 3 * number - 2, text)
        said = f"{first} Q{number}"
    else:
        if int(tail) != (first + 1) % 100:
            raise _unknown(text)
        start = _first(first + (number == 4), (4, 7, 10, 1)[number - 1], text)
        said = f"{first}/{tail} Q{number}"
    last = start.month + 2
    return When(said, "quarter", start, date(start.year, last, monthrange(start.year, last)[1]))


def _month(year: int, month: int, text: str) -> When:
    start = _first(year, month, text)
    end = date(year, month, monthrange(year, month)[1])
    return When(f"{month_name[month]} {year}", "month", start, end)


def _day(year: int, month: int, day: int, text: str) -> When:
    _first(year, month, text)
    try:
        found = date(year, month, day)
    except ValueError:
        raise _unknown(text) from None
    return When(f"{found.day} {month_name[month]} {year}", "date", found, found)


def _first(year: int, month: int, text: str) -> date:
    if not (1990 <= year <= 2100 and 1 <= month <= 12):
        raise _unknown(text)
    return date(year, month, 1)


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, day.day)  # no year of ours ends on 29 February


def _unknown(text: str) -> CscdashError:
    return CscdashError(
        f"‘{text[:40]}’ is not a period: write 2025 Q1, 2025-03, 2025-03-31, or a year as the"
        " published figures have it"
    )
