"""What the returns give at an as-at date: each measure counted, or why it cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cscdash.errors import CscdashError
from cscdash.returns.days import months_before, year_end
from cscdash.returns.measures import MEASURES, Measure
from cscdash.returns.pooled import Pooled

_SAME = 0.95  # of the children looked after have to be in the census too
_NOT_SAME = (
    "the two returns seem to call children by different identifiers: fewer than 19 in 20 of those"
    " looked after are in the census under the same one, with the same date of birth (put a file"
    " with the columns CHILD and LACHILDID beside the returns)"
)


@dataclass(frozen=True)
class Counted:
    """A measure at a date, in all or in a group, before anything small is hidden.

    Attributes
    ----------
    measure : Measure
        What was counted.
    above, below : float
        What was counted, and out of how many.
    why_not : str
        Why it cannot be counted; empty if it was.
    breakdown, category : str
        The group; ``total`` for all.
    """

    measure: Measure
    above: float = 0.0
    below: float = 0.0
    why_not: str = ""
    breakdown: str = "total"
    category: str = "total"


def count_all(pooled: Pooled, day: date) -> list[Counted]:
    """Count every measure at a day, in all and in its groups.

    Parameters
    ----------
    pooled : Pooled
        The returns.
    day : date
        The as-at date: what is dated after it is as if it had not been recorded.
    """
    pooled.cut(day)
    return [one for measure in MEASURES for one in _counted(pooled, measure, day)]


def _counted(pooled: Pooled, measure: Measure, day: date) -> Iterator[Counted]:
    if why := _why_not(pooled, measure, day):
        yield Counted(measure, why_not=why)
        return
    above, below = pooled.rows(measure.sql())[0]
    yield Counted(measure, _number(above), _number(below))
    for group in measure.groups:
        for above, below, category in pooled.rows(measure.sql(group)):
            yield Counted(measure, _number(above), _number(below), "", group, str(category))


def _number(cell: object) -> float:
    return float(str(cell or 0))


def _why_not(pooled: Pooled, measure: Measure, day: date) -> str:
    """Why a measure cannot be counted at a day, or nothing."""
    if measure.yearly and (day.month, day.day) != (3, 31):
        return "recorded at 31 March alone"
    held = {"SSDA903": pooled.care, "children in need census": pooled.census}
    first = months_before(day, measure.months) + timedelta(days=1) if measure.months else day
    if measure.since:
        began = pooled.rows(measure.since)[0][0]
        first = min(first, began) if isinstance(began, date) else first
    for name in measure.returns:
        for year in range(year_end(first).year, year_end(day).year + 1):
            if date(year, 3, 31) not in held[name]:
                return f"needs the {year - 1}/{year % 100:02} return of the {name}"
    if len(measure.returns) > 1:
        same, all = pooled.rows("select count(*) filter (where same), count(*) from in_both")[0]
        if _number(same) < _SAME * _number(all):
            return _NOT_SAME
    if measure.table and (measure.table, year_end(day)) not in pooled.tables:
        return f"needs the table {measure.table} of that year"
    return ""


def as_at_date(pooled: Pooled, asked: str) -> date:
    """The date to count at: the one asked for, or the 31 March of the newest return.

    Raises
    ------
    CscdashError
        If it is no date, or lies after the year of the newest return.
    """
    newest = max([*pooled.care, *pooled.census])
    if not asked:
        if pooled.newest_day < date(newest.year, 1, 1):
            raise CscdashError(
                "Nothing is recorded after December, so the return may have been made before the"
                f" end of its year: say up to which day it is complete, with --as-at (up to"
                f" {newest.isoformat()})."
            )
        return newest
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise CscdashError("--as-at is no date: write it as 2025-09-30.") from None
    if day > newest:
        raise CscdashError(
            f"The newest return is of the year to {newest.isoformat()}: no figure of a later day"
            " can be counted from it."
        )
    return day
