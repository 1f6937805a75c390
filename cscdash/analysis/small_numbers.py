"""What small numbers do to a value: one more or fewer, too few to compare, three years pooled."""

from collections.abc import Sequence
from dataclasses import dataclass

from cscdash.analysis.observations import CannotSay, since_break
from cscdash.analysis.uncertainty import SCALE, Band, interval
from cscdash.catalogue.models import Break, Chance, Measures
from cscdash.extracts.observation import Observation

FEWEST_EVENTS = 10
FEWEST_IN_GROUP = 20
YEARS = 3


@dataclass(frozen=True)
class Pooled:
    """Three years taken together: a share of all three, or the yearly average of a rate."""

    first: str
    last: str
    numerator: float
    denominator: float
    band: Band

    @property
    def value(self) -> float:
        """In the unit of the indicator."""
        return self.band.estimate


def one_more(denominator: float | None, unit: Chance) -> float | None:
    """How far one more or one fewer in the numerator moves the value, in its unit.

    One in a group of 24 is 4.2 points. None where the value is not a share or a rate of a
    count. Ask only where the denominator counts people or events: not sessions, not pounds.
    """
    if unit not in SCALE or denominator is None or not denominator > 0:
        return None
    return SCALE[unit] / denominator


def too_few(numerator: float | None, denominator: float | None, unit: Chance) -> str | None:
    """Why a value rests on too few to be compared; None if it does not, or if no count is known.

    A rate needs ten events: below that Fingertips shows no standardised rate and ONS
    calculates none. A percentage needs a group of twenty: ONS marks rates that rest on fewer
    than twenty as unreliable (User guide to mortality statistics, section 15), and in a
    smaller group one person moves a percentage by more than five points.
    """
    if (
        unit in ("rate per 10,000", "quotient")
        and numerator is not None
        and numerator < FEWEST_EVENTS
    ):
        return f"too few to compare: fewer than {FEWEST_EVENTS} events"
    if (
        unit in ("percent", "quotient")
        and denominator is not None
        and denominator < FEWEST_IN_GROUP
    ):
        return f"too few to compare: fewer than {FEWEST_IN_GROUP} in the group"
    return None


def pooled(
    points: Sequence[Observation], unit: Chance, measures: Measures, breaks: Sequence[Break] = ()
) -> tuple[Pooled, ...] | CannotSay:
    """Every three consecutive years of an annual flow taken together, oldest first.

    Only flows: in a stock the same children stand in each year and would be counted again.
    A stretch needs all three years with their counts, and none crosses a break; a hidden
    year is therefore never part of a sum.
    """
    if measures != "flow":
        return CannotSay("the same children may be counted in more than one year")
    if unit not in SCALE:
        return CannotSay("this is not a share or a rate of a count")
    usable = [p for p in since_break(points, breaks) if p.status == "ok"]
    found = []
    for start in range(len(usable) - YEARS + 1):
        stretch = usable[start : start + YEARS]
        if [p.end.year - stretch[0].end.year for p in stretch] != list(range(YEARS)):
            continue
        numerators = [p.numerator for p in stretch if p.numerator is not None]
        denominators = [p.denominator for p in stretch if p.denominator is not None]
        if len(numerators) < YEARS or len(denominators) < YEARS:
            continue
        numerator, denominator = sum(numerators), sum(denominators)
        band = interval(numerator, denominator, unit)
        if isinstance(band, Band):
            first, last = stretch[0].period, stretch[-1].period
            found.append(Pooled(first, last, numerator, denominator, band))
    return tuple(found) or CannotSay("no three years in a row have the counts behind their values")
