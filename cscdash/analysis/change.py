"""What changed in one area, and since when: never across a break, never bridging in silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from cscdash.analysis.observations import CannotSay, break_between
from cscdash.analysis.uncertainty import Band, exact, interval
from cscdash.analysis.usual_movement import UsualMovement
from cscdash.catalogue.models import Break, Chance
from cscdash.extracts.observation import Observation


@dataclass(frozen=True)
class Change:
    """A change between two observations of one area, in the indicator's unit.

    Attributes
    ----------
    then, now : Observation
        Both have a value, and no declared break lies between them.
    size : float
        Now minus then, before rounding where the counts are known.
    low, high : float or None
        Where the change could lie by chance alone; None without the counts.
    skipped : tuple of Observation
        The observations between that have no value: the change bridges nothing in silence.
    usual : float or None
        What nine of ten changes over as many years in places of similar size do not exceed.
    """

    then: Observation
    now: Observation
    size: float
    low: float | None = None
    high: float | None = None
    skipped: tuple[Observation, ...] = ()
    usual: float | None = None

    @property
    def ordinary(self) -> bool | None:
        """Whether chance alone often gives a move of this size; None if that is not known."""
        return None if self.low is None or self.high is None else self.low <= 0 <= self.high

    @property
    def beyond_usual(self) -> bool | None:
        """Whether it is more than the indicator usually moves; None if that is not known."""
        return None if self.usual is None else abs(self.size) > self.usual + 1e-9

    @property
    def years(self) -> int:
        """How many years lie between."""
        return self.now.end.year - self.then.end.year


def since_previous(
    points: Sequence[Observation],
    unit: Chance,
    breaks: Sequence[Break] = (),
    usual: UsualMovement | None = None,
) -> Change | CannotSay:
    """The latest observation against the one published before it.

    If that one has no value, against the last that has one: `then` says which, and
    `skipped` what lies between. Nothing is said across a break, or if the latest is missing.
    """
    ordered = sorted(points, key=lambda p: p.end)
    if not ordered:
        return CannotSay("there are no observations")
    earlier = [p for p in ordered[:-1] if p.value is not None]
    if ordered[-1].value is not None and not earlier:
        return CannotSay("there is no earlier value to compare with")
    then = earlier[-1].period if earlier else ordered[0].period
    return between(ordered, then, ordered[-1].period, unit, breaks, usual)


def between(
    points: Sequence[Observation],
    then: str,
    now: str,
    unit: Chance,
    breaks: Sequence[Break] = (),
    usual: UsualMovement | None = None,
) -> Change | CannotSay:
    """The change of one area from period `then` to period `now`.

    The interval of the change is built from those of its two ends: Newcombe's hybrid score
    interval for shares (Newcombe 1998, method 10), and the same construction for rates (Zou
    and Donner 2008). It takes the two years as independent; in a stock many children stand
    in both, so that it is wider than it need be.

    Parameters
    ----------
    usual : UsualMovement, optional
        What authorities did; given for a single authority, whose change is set beside theirs.
    """
    by_period = {p.period: p for p in points}
    first, last = by_period.get(then), by_period.get(now)
    if last is None or last.value is None:
        return CannotSay(f"there is no value for {now}")
    if first is None or first.value is None:
        return CannotSay(f"there is no value for {then}")
    crossed = break_between(first, last, breaks)
    if crossed:
        return CannotSay(f"the figures mean something else from {crossed.period} on")
    inside = sorted((p for p in points if first.end < p.end < last.end), key=lambda p: p.end)
    skipped = tuple(p for p in inside if p.value is None)
    low, high = _limits(first, last, unit)
    size = exact(last, unit) - exact(first, unit)
    years = last.end.year - first.end.year
    limit = usual.change(years, last.denominator) if usual and years else None
    return Change(first, last, size, low, high, skipped, limit)


def _limits(then: Observation, now: Observation, unit: Chance) -> tuple[float | None, float | None]:
    first = interval(then.numerator, then.denominator, unit)
    last = interval(now.numerator, now.denominator, unit)
    if not (isinstance(first, Band) and isinstance(last, Band)):
        return None, None
    size = last.estimate - first.estimate
    down = sqrt((last.estimate - last.low) ** 2 + (first.high - first.estimate) ** 2)
    up = sqrt((last.high - last.estimate) ** 2 + (first.estimate - first.low) ** 2)
    return size - down, size + up
