"""What the returns give at an as-at date: each measure counted, or why it cannot be."""

from dataclasses import dataclass
from datetime import date

from cscdash.errors import CscdashError
from cscdash.returns.days import year_end
from cscdash.returns.measures import MEASURES, Measure
from cscdash.returns.pooled import Pooled


@dataclass(frozen=True)
class Counted:
    """A measure at a date, before anything small is hidden.

    Attributes
    ----------
    measure : Measure
        What was counted.
    above, below : float
        What was counted, and out of how many; `below` is 0 for numbers and rates.
    why_not : str
        Why it cannot be counted; empty if it was.
    """

    measure: Measure
    above: float = 0.0
    below: float = 0.0
    why_not: str = ""


def count_all(pooled: Pooled, day: date) -> list[Counted]:
    """Count every measure at a day.

    Parameters
    ----------
    pooled : Pooled
        The returns.
    day : date
        The as-at date: what is dated after it is as if it had not been recorded.
    """
    pooled.cut(day)
    return [_counted(pooled, measure, day) for measure in MEASURES]


def _counted(pooled: Pooled, measure: Measure, day: date) -> Counted:
    if why := _why_not(pooled, measure, day):
        return Counted(measure, why_not=why)
    return Counted(measure, *pooled.count(measure.sql))


def _why_not(pooled: Pooled, measure: Measure, day: date) -> str:
    """Why a measure cannot be counted at a day, or nothing."""
    if measure.yearly and (day.month, day.day) != (3, 31):
        return "recorded at 31 March alone"
    care, census = measure.kind == "care", measure.kind == "census"
    both = measure.id == "deescalated_plans"
    last = year_end(day).year
    across = (day.month, day.day) != (3, 31) and "$first" in measure.sql  # of two returns' years
    for needed, held, name in (
        (care or both, pooled.care, "SSDA903"),
        (census, pooled.census, "children in need census"),
    ):
        lacks = [
            year
            for year in range(last - measure.years + 1 - across, last + 1)
            if needed and date(year, 3, 31) not in held
        ]
        if lacks:
            return f"needs the {lacks[0] - 1}/{lacks[0] % 100:02} return of the {name}"
    if both:  # where a child is called otherwise in the other return, every plan would seem to hold
        return "not counted yet: nothing checks that the two returns call a child the same"
    if measure.table and (measure.table, date(last, 3, 31)) not in pooled.tables:
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
