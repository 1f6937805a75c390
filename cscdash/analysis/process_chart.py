"""What a series usually does: individual values and moving ranges (XmR, process behaviour).

The natural process limits are the mean ± 2.66 × the mean moving range; 2.66 is 3 ÷ 1.128, where
1.128 is d2, the mean range of two values of a normal distribution with standard deviation 1.
Source: D. J. Wheeler, *Understanding Variation* (SPC Press), after W. A. Shewhart. Two more rules
are those of NHS England's *Making Data Count*: six in a row that rise or fall, and two of three in
the outer third between the mean and the same limit. The limits
describe what the series has done; they are no wish and no measure of what is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cscdash.analysis.observations import CannotSay

FEWEST = 12
FACTOR = 2.66
RUN = 8
TREND = 6


@dataclass(frozen=True)
class Usual:
    """What a series usually does.

    Attributes
    ----------
    mean, low, high : float
        Its mean, and the limits between which its movement from one period to the next lets
        its values lie.
    outside : tuple of int
        The places of the values outside the limits.
    runs : tuple of (int, int)
        First and last place of runs of eight or more in succession on one side of the mean.
    trends : tuple of (int, int)
        First and last place of stretches of six or more that rise, or fall, each time.
    near : tuple of (int, int, int)
        Three in succession of which two or more lie in the outer third towards one limit, or
        beyond it.
    """

    mean: float
    low: float
    high: float
    outside: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    trends: tuple[tuple[int, int], ...] = ()
    near: tuple[tuple[int, int, int], ...] = ()


def usual(
    values: Sequence[float | None], lowest: float | None = None, highest: float | None = None
) -> Usual | CannotSay:
    """The XmR limits of a series of evenly spaced periods.

    Parameters
    ----------
    values : sequence of float or None
        Oldest first; None where there is no value. A range is taken between neighbours only,
        never across a gap.
    lowest, highest : float, optional
        What no value can be below or above: 0 for a count, 0 and 100 for a percentage.

    Returns
    -------
    Usual or CannotSay
        A refusal for fewer than twelve values, or where none follow each other.
    """
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return CannotSay(f"it takes {FEWEST} values to say what is usual, and there are fewer")
    ranges = [
        abs(now - then) for then, now in pairwise(values) if then is not None and now is not None
    ]
    if not ranges:
        return CannotSay("no two of its values follow each other")
    mean = sum(known) / len(known)
    reach = FACTOR * sum(ranges) / len(ranges)
    low = mean - reach if lowest is None else max(lowest, mean - reach)
    high = mean + reach if highest is None else min(highest, mean + reach)
    tiny = 1e-9 * max(1.0, abs(mean))
    outside = tuple(
        at
        for at, value in enumerate(values)
        if value is not None and (value < low - tiny or value > high + tiny)
    )
    sides = [_side(value, mean, tiny) for value in values]
    outer = [_side(value, mean, reach * 2 / 3 + tiny) for value in values]
    steps = [
        0 if then is None or now is None else _side(now - then, 0.0, tiny)
        for then, now in pairwise(values)
    ]
    return Usual(
        mean,
        low,
        high,
        outside,
        tuple(_stretches(sides, RUN)),
        tuple((first, last + 1) for first, last in _stretches(steps, TREND - 1)),
        tuple(_near(values, outer)),
    )


def _side(value: float | None, middle: float, room: float) -> int:
    """1 for a value above a middle by more than some room, -1 below it, 0 between or for none."""
    if value is None or abs(value - middle) <= room:
        return 0
    return 1 if value > middle else -1


def _stretches(sides: Sequence[int], least: int) -> list[tuple[int, int]]:
    """First and last place of stretches, of a least length, of one side that is not 0."""
    found: list[tuple[int, int]] = []
    start, before = 0, 0
    for at, side in enumerate([*sides, 0]):
        if side != before:
            if before and at - start >= least:
                found.append((start, at - 1))
            start, before = at, side
    return found


def _near(values: Sequence[float | None], outer: Sequence[int]) -> list[tuple[int, int, int]]:
    """Three values in succession, two or more of them far out on the same side."""
    return [
        (at, at + 1, at + 2)
        for at in range(len(values) - 2)
        if None not in values[at : at + 3]
        and max(outer[at : at + 3].count(1), outer[at : at + 3].count(-1)) >= 2
    ]
