"""The whole system: how the spread between authorities changes, and who moves with England."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say_range, say_size, step
from cscdash.analysis.observations import CannotSay, break_between
from cscdash.catalogue.models import Indicator
from cscdash.extracts import Observation

FEWEST = 10  # authorities; quartiles of fewer jump about
FEWEST_MOVED = 5
YEARS = 5
_DRAWS, _SEED = 1000, 20261127

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SpreadChange:
    """The middle half of the same authorities in two periods.

    Attributes
    ----------
    then, now : str
        The periods.
    counted : int
        How many authorities have a value in both.
    before, after : tuple of float
        The quartiles of the values.
    low, high : float
        Where the change of the width could lie for other authorities like these (95 %).
    """

    then: str
    now: str
    counted: int
    before: tuple[float, float]
    after: tuple[float, float]
    low: float
    high: float

    @property
    def wider(self) -> float:
        """By how much the middle half is wider now; negative if it is narrower."""
        return (self.after[1] - self.after[0]) - (self.before[1] - self.before[0])

    @property
    def told_from_chance(self) -> bool:
        """Whether another draw of authorities would hardly give the other sign."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Moved:
    """How many areas moved which way between the last two periods, as printed.

    Attributes
    ----------
    then, now : str
        The periods.
    like_england, otherwise, same : int
        Areas that moved the way England did, the other way, or not at all.
    """

    then: str
    now: str
    like_england: int
    otherwise: int
    same: int

    @property
    def counted(self) -> int:
        """How many have a value in both."""
        return self.like_england + self.otherwise + self.same


def spread_change(held: Extract, among: Collection[str]) -> SpreadChange | CannotSay:
    """How the spread of the same authorities changed over up to five years.

    Parameters
    ----------
    held : Extract
        The indicator.
    among : collection of str
        Codes of authorities; those that share a return are counted once.

    Notes
    -----
    The interval is a percentile bootstrap over authorities, both periods of one kept together
    (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13), with a fixed seed.
    """
    periods, indicator = held.periods, held.indicator
    if not held.latest:
        return CannotSay("there are no figures")
    last = periods.index(held.latest)
    why = "there is no earlier year to compare with"
    for first in range(max(last - YEARS, 0), last):
        then, now = periods[first], periods[last]
        both = _both(held, then, now, among)
        if any(break_between(a, b, indicator.breaks) for a, b in both[:1]):
            why = "the series changed its meaning"
            continue
        pairs = np.array([(a.value, b.value) for a, b in both], dtype=float).reshape(-1, 2)
        if len(pairs) < FEWEST:
            why = f"fewer than {FEWEST} authorities have a value in both years"
            continue
        before, after = (np.quantile(pairs[:, at], [0.25, 0.75]) for at in (0, 1))
        low, high = _interval(pairs)
        return SpreadChange(
            then,
            now,
            len(pairs),
            (float(before[0]), float(before[1])),
            (float(after[0]), float(after[1])),
            low,
            high,
        )
    return CannotSay(why)


def moved_with(held: Extract, england: str, among: Collection[str]) -> Moved | CannotSay:
    """How many areas moved the way England did in the latest year, whatever the size.

    Parameters
    ----------
    held, among
        As for `spread_change`.
    england : str
        England's code.
    """
    periods, decimals = held.periods, held.indicator.decimals
    if not held.latest or periods.index(held.latest) == 0:
        return CannotSay("there is no earlier year to compare with")
    now = held.latest
    then = periods[periods.index(now) - 1]
    whole = _both(held, then, now, [england])
    if not whole:
        return CannotSay("England has no value in both years")
    if break_between(*whole[0], held.indicator.breaks):
        return CannotSay("the series changed its meaning")
    way = _step(*whole[0], decimals)
    if not way:
        return CannotSay("England’s value did not move")
    signs = [_step(a, b, decimals) * way for a, b in _both(held, then, now, among)]
    if len(signs) < FEWEST_MOVED:
        return CannotSay(f"fewer than {FEWEST_MOVED} authorities have a value in both years")
    like, other = sum(one > 0 for one in signs), sum(one < 0 for one in signs)
    return Moved(then, now, like, other, len(signs) - like - other)


def spread_in_words(found: SpreadChange, indicator: Indicator) -> str:
    """What became of the spread, in a few words."""
    unit, decimals = indicator.unit, indicator.decimals
    was = say_range(*found.before, unit, decimals)
    now = say_range(*found.after, unit, decimals)
    size = say_size(found.wider, unit, decimals)
    if not found.told_from_chance:
        kind = "no clear change"
    else:
        kind = f"{'wider' if found.wider > 0 else 'narrower'} by {size}"
    return f"{was} in {found.then}, {now} in {found.now}: {kind}"


def moved_in_words(found: Moved) -> str:
    """Who moved with England, in a few words."""
    return (
        f"{found.then} to {found.now}: {found.like_england} of {found.counted} moved the way"
        f" England did, {found.otherwise} the other way, {found.same} not at all"
    )


def _both(
    held: Extract, then: str, now: str, among: Collection[str]
) -> list[tuple[Observation, Observation]]:
    """The observations of each area with a value in both periods, a joint return once."""
    first, last = held.at(then), held.at(now)
    found, seen = [], set()
    for code in among:
        a, b = first.get(code), last.get(code)
        if a is None or b is None or a.value is None or b.value is None:
            continue
        shared = (b.value, b.numerator, b.denominator) if b.joint else code
        if shared not in seen:
            seen.add(shared)
            found.append((a, b))
    return found


def _step(then: Observation, now: Observation, decimals: int) -> Decimal:
    """How far a value moved, as printed."""
    return step(now.value or 0.0, then.value or 0.0, decimals)


def _interval(pairs: Array) -> tuple[float, float]:
    draws = np.random.default_rng(_SEED).integers(0, len(pairs), (_DRAWS, len(pairs)))
    low, high = np.quantile(pairs[draws], [0.25, 0.75], axis=1)
    width = high - low
    ends = np.quantile(width[:, 1] - width[:, 0], [0.025, 0.975])
    return float(ends[0]), float(ends[1])
