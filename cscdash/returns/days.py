"""Dates of counting: months before a day, years to 31 March, and working days in England."""

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
from dateutil.easter import easter

_MOVED = {  # bank holidays on another day than usual, and extra ones (gov.uk/bank-holidays)
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
_EXTRA = (date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))


def months_before(day: date, months: int) -> date:
    """The day so many months before: the last of a month for the last of one, else the same day.

    The 31st of a month that has 30 days is its 30th.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends else min(day.day, last))


def at_least(day: date, months: int) -> date:
    """The last day on which something can have begun that has lasted so many months at `day`."""
    return months_before(day + timedelta(days=1), months)


def year_end(day: date) -> date:
    """The 31 March on or after a day."""
    return date(day.year + (day > date(day.year, 3, 31)), 3, 31)


def bank_holidays(year: int) -> set[date]:
    """The bank holidays of England in a year, with those that moved or were added up to 2026."""
    sunday = easter(year)
    found = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    found |= {_monday(date(year, 5, 1)), _monday(date(year, 5, 25)), _monday(date(year, 8, 25))}
    new_year = date(year, 1, 1)
    found.add(_monday(new_year) if new_year.weekday() > 4 else new_year)
    christmas = date(year, 12, 25)
    boxing = date(year, 12, 26)
    # One that falls on a weekend moves to the next working day that is free.
    found |= {
        4: {christmas, date(year, 12, 28)},
        5: {date(year, 12, 27), date(year, 12, 28)},
        6: {boxing, date(year, 12, 27)},
    }.get(christmas.weekday(), {christmas, boxing})
    return {_MOVED.get(day, day) for day in found} | {day for day in _EXTRA if day.year == year}


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def working_days(first: int, last: int) -> list[tuple[date, int]]:
    """Each day of these years with the number of working days before it, from a common start.

    The difference of two of them is what ``numpy.busday_count`` gives: the first day counts as 0.
    """
    holidays = sorted(day for year in range(first, last + 1) for day in bank_holidays(year))
    days = np.arange(f"{first}-01-01", f"{last + 1}-01-01", dtype="datetime64[D]")
    counts = np.busday_count(days[0], days, holidays=holidays)
    return list(zip(days.astype(object).tolist(), counts.tolist(), strict=True))
