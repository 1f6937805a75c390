"""What a series usually does: process charts, one for each baseline.

XmR: the natural process limits are the mean ± 2.66 × the mean moving range; 2.66 is 3 ÷ 1.128,
where 1.128 is d2, the mean range of two values of a normal distribution with standard deviation 1.
Source: D. J. Wheeler, *Understanding Variation* (SPC Press), after W. A. Shewhart.

P' and U', for shares and rates of a base that varies: limits of each period follow from its base,
and widen by how much the series moves beyond chance. Source: D. B. Laney, "Improved Control Charts
for Attributes", *Quality Engineering* 14 (2002).

Two more rules are those of NHS England's *Making Data Count*: six in a row that rise or fall, and
two of three in the outer third between the mean and the same limit. The limits describe what the
series has done; they are no wish and no measure of what is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Literal

from cscdash.analysis.observations import CannotSay

FEWEST = 12
FEWEST_ANEW = 6  # of a new baseline: limits of fewer than twelve values are provisional
FACTOR = 2.66
D2 = 1.128
RUN = 8
TREND = 6

Chart = Literal["XmR", "P'", "U'"]
RULES = {
    "L": "outside the limits",
    "R": f"{RUN} or more in succession on one side of the mean",
    "T": f"{TREND} or more in succession that rise or fall",
    "N": "two of three in succession near the same limit",
}


@dataclass(frozen=True)
class Base:
    """What values are shares of: the base of each period, and by what a share is multiplied.

    Attributes
    ----------
    tops, bottoms : tuple of float or None
        What is counted, and out of how many, in each period.
    scale : float
        100 for a percentage, 10,000 for a rate.
    share : bool
        Whether those counted are part of the base (P'), or events in it (U').
    """

    tops: tuple[float | None, ...]
    bottoms: tuple[float | None, ...]
    scale: float
    share: bool

    def part(self, first: int, last: int) -> "Base":
        """The same of some of the periods."""
        return Base(self.tops[first:last], self.bottoms[first:last], self.scale, self.share)


@dataclass(frozen=True)
class Usual:
    """What a series usually does.

    Attributes
    ----------
    mean : float
        Its mean; of shares and rates that of all counts together.
    lows, highs : tuple of float
        For each place the limits between which its movement from one period to the next lets its
        values lie; of an XmR chart they are the same everywhere.
    outside : tuple of int
        The places of the values outside the limits.
    runs : tuple of (int, int)
        First and last place of runs of eight or more in succession on one side of the mean.
    trends : tuple of (int, int)
        First and last place of stretches of six or more that rise, or fall, each time.
    near : tuple of (int, int, int)
        Three in succession of which two or more lie in the outer third towards one limit, or
        beyond it.
    chart : str
        By which chart the limits were found.
    counted : int
        How many values there are.
    """

    mean: float
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    outside: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    trends: tuple[tuple[int, int], ...] = ()
    near: tuple[tuple[int, int, int], ...] = ()
    chart: Chart = "XmR"
    counted: int = 0

    @property
    def low(self) -> float:
        """The lower limit of the latest place."""
        return self.lows[-1]

    @property
    def high(self) -> float:
        """The upper limit of the latest place."""
        return self.highs[-1]

    def letters(self, at: int) -> str:
        """The letters of the rules (`RULES`) that mark a place."""
        told = {
            "L": at in self.outside,
            "R": any(first <= at <= last for first, last in self.runs),
            "T": any(first <= at <= last for first, last in self.trends),
            "N": any(at in three for three in self.near),
        }
        return "".join(letter for letter, marked in told.items() if marked)


@dataclass(frozen=True)
class Phase:
    """A part of a series with a baseline of its own: from one place up to another, without it."""

    first: int
    last: int
    found: Usual | CannotSay


def phases(
    values: Sequence[float | None],
    lowest: float | None = None,
    highest: float | None = None,
    base: Base | None = None,
    anew: int = 0,
) -> list[Phase]:
    """A series in one part, or in two where a new baseline begins.

    Parameters
    ----------
    values, lowest, highest, base
        As `usual` takes them.
    anew : int
        The place at which a new baseline begins; 0 for none. No rule looks across it.
    """
    ends = [0, anew, len(values)] if 0 < anew < len(values) else [0, len(values)]
    return [
        Phase(
            first,
            last,
            usual(
                values[first:last],
                lowest,
                highest,
                base.part(first, last) if base else None,
                FEWEST if len(ends) == 2 else FEWEST_ANEW,
            ),
        )
        for first, last in pairwise(ends)
    ]


def usual(
    values: Sequence[float | None],
    lowest: float | None = None,
    highest: float | None = None,
    base: Base | None = None,
    fewest: int = FEWEST,
) -> Usual | CannotSay:
    """The limits of a series of evenly spaced periods.

    Parameters
    ----------
    values : sequence of float or None
        Oldest first; None where there is no value. A range is taken between neighbours only,
        never across a gap.
    lowest, highest : float, optional
        What no value can be below or above: 0 for a count, 0 and 100 for a percentage.
    base : Base, optional
        What the values are shares or rates of: P' or U' limits, if it is known wherever there is
        a value. Otherwise an XmR chart is made.
    fewest : int
        How many values it takes.

    Returns
    -------
    Usual or CannotSay
        A refusal for fewer values, or where none follow each other.
    """
    known = [value for value in values if value is not None]
    if len(known) < fewest:
        return CannotSay(f"it takes {fewest} values to say what is usual, and there are fewer")
    if not any(None not in pair for pair in pairwise(values)):
        return CannotSay("no two of its values follow each other")
    if base and (found := _prime(values, base)):
        mean, reaches = found
        chart: Chart = "P'" if base.share else "U'"
    else:
        mean, chart = sum(known) / len(known), "XmR"
        reaches = [FACTOR * _mean_range(values)] * len(values)
    return _judged(values, mean, reaches, (lowest, highest), chart)


def _mean_range(values: Sequence[float | None]) -> float:
    """The mean of the ranges between values that follow each other."""
    ranges = [
        abs(now - then) for then, now in pairwise(values) if then is not None and now is not None
    ]
    return sum(ranges) / len(ranges)


def _prime(values: Sequence[float | None], base: Base) -> tuple[float, list[float]] | None:
    """The mean and, for each place, the reach of P' or U' limits; None where counts lack."""
    cells = list(zip(values, base.tops, base.bottoms, strict=True))
    if any(v is not None and (top is None or not bottom) for v, top, bottom in cells):
        return None
    known = [(top or 0.0, bottom or 0.0) for v, top, bottom in cells if v is not None]
    mean = sum(top for top, _ in known) / sum(bottom for _, bottom in known)
    spread = mean * (1 - mean) if base.share else mean
    if spread <= 0:
        return None
    chance = [sqrt(spread / bottom) if bottom else 0.0 for _, _, bottom in cells]
    scores = [
        None if v is None else (v / base.scale - mean) / one
        for (v, _, _), one in zip(cells, chance, strict=True)
    ]
    beyond = _mean_range(scores) / D2
    return base.scale * mean, [3 * base.scale * one * beyond for one in chance]


def _judged(
    values: Sequence[float | None],
    mean: float,
    reaches: Sequence[float],
    ends: tuple[float | None, float | None],
    chart: Chart,
) -> Usual:
    """Every rule, with the limits of each place."""
    lowest, highest = ends
    tiny = 1e-9 * max(1.0, abs(mean))
    cells = list(zip(values, reaches, strict=True))
    sides = [_side(value, mean, tiny) for value in values]
    far = [_side(value, mean, reach + tiny) for value, reach in cells]
    outer = [_side(value, mean, reach * 2 / 3 + tiny) for value, reach in cells]
    steps = [
        0 if then is None or now is None else _side(now - then, 0.0, tiny)
        for then, now in pairwise(values)
    ]
    return Usual(
        mean,
        tuple(mean - r if lowest is None else max(lowest, mean - r) for r in reaches),
        tuple(mean + r if highest is None else min(highest, mean + r) for r in reaches),
        tuple(at for at, side in enumerate(far) if side),
        tuple(_stretches(sides, RUN)),
        tuple((first, last + 1) for first, last in _stretches(steps, TREND - 1)),
        tuple(_near(values, outer)),
        chart,
        sum(value is not None for value in values),
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
