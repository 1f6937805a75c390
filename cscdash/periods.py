"""Periods: how a publisher writes one, how people say it, and the day on which it ends."""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from cscdash.errors import CscdashError

TimeIdentifier = Literal["Reporting year", "Academic year", "Financial year", "Calendar year"]
PeriodMeans = Literal[
    "31 March",
    "year to 31 March",
    "30 September",
    "year to 30 September",
    "academic year",
    "financial year",
    "calendar year",
]

_LAST_DAY = {
    "31 March": (3, 31),
    "year to 31 March": (3, 31),
    "30 September": (9, 30),
    "year to 30 September": (9, 30),
    "academic year": (8, 31),
    "financial year": (3, 31),
    "calendar year": (12, 31),
}
_MARK = re.compile(r"\s*\((rev|revised|prov|provisional|final|ot)\)$", re.IGNORECASE)
_FLAGS = {"rev": "r", "revised": "r", "prov": "p", "provisional": "p"}
_SPLIT = re.compile(r"^(\d{4})[-/](\d{2}|\d{4})$")


def spans_two_years(identifier: TimeIdentifier) -> bool:
    """Whether years of this kind begin in one calendar year and end in the next: ``2024/25``."""
    return identifier in ("Academic year", "Financial year")


def say_date(day: date | str) -> str:
    """A date, or one in ISO form, as people write it: ``30 October 2025``."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=4096)
def read_period(text: str, identifier: TimeIdentifier) -> tuple[str, str]:
    """Read a period as a publisher writes it.

    Parameters
    ----------
    text : str
        ``2025``, ``202425``, ``2024/25``, ``2024-25 (OT)``, ``2025 (prov)``.
    identifier : TimeIdentifier
        What kind of year the indicator counts in. A single year stands for the year that
        ends in it, as in the Department's own files (LAIT's ``2025`` is 2024/25 for schools).

    Returns
    -------
    tuple of str
        The period as people say it (``2025`` or ``2024/25``) and the flags that the text
        carries (``p`` provisional, ``r`` revised, or nothing).

    Raises
    ------
    CscdashError
        If the text is not a period of this kind.
    """
    text = text.strip()
    flags = ""
    if mark := _MARK.search(text):
        flags = _FLAGS.get(mark.group(1).lower(), "")
        text = text[: mark.start()]
    end = _end_year(text)
    if end is None or not 1900 < end < 2200:
        raise CscdashError(f"‘{text}’ is not a period of the kind ‘{identifier}’.")
    if spans_two_years(identifier):
        return f"{end - 1}/{end % 100:02d}", flags
    if len(text) != 4:
        raise CscdashError(f"‘{text}’ is not a period of the kind ‘{identifier}’.")
    return text, flags


@lru_cache(maxsize=4096)
def _end_year(text: str) -> int | None:
    """The year in which a period ends, or None if the text is no year and no pair of years."""
    if not text.isascii():
        return None
    if text.isdigit() and len(text) == 4:
        return int(text)
    if text.isdigit() and len(text) == 6:
        text = f"{text[:4]}/{text[4:]}"
    match = _SPLIT.match(text)
    if not match:
        return None
    start, tail = int(match.group(1)), match.group(2)
    end = int(tail) if len(tail) == 4 else (start + 1) // 100 * 100 + int(tail)
    return end if end == start + 1 else None


def end_year(period: str) -> int:
    """The calendar year in which a period such as ``2025`` or ``2024/25`` ends."""
    year = _end_year(period)
    if year is None:
        raise CscdashError(f"‘{period}’ is not a year.")
    return year


def period_end(period: str, means: PeriodMeans) -> date:
    """The last day of a period: it orders periods and places them on an axis."""
    return date(end_year(period), *_LAST_DAY[means])


def census_day(period: str, means: PeriodMeans) -> date:
    """The day on which an authority must have existed to have a value for the period.

    It is the last day, but for academic years: the Department attaches pupils to the
    authority that was responsible on 31 March of that year.
    """
    return date(end_year(period), *((3, 31) if means == "academic year" else _LAST_DAY[means]))


def say_period(period: str, means: PeriodMeans) -> str:
    """A period in words, such as ``31 March 2025`` or ``the academic year 2024/25``."""
    return f"{means} {period}" if means[0].isdigit() else f"the {means} {period}"
