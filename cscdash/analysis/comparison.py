"""Where a value stands beside others: neighbours, all authorities, region and England.

Nothing here sorts places: a position is a count of who is higher, the same and lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

import numpy as np

from cscdash.analysis.number_format import round_half_up, step
from cscdash.analysis.observations import (
    ByArea,
    CannotSay,
    authorities,
    joint_once,
    joint_partner,
)
from cscdash.analysis.uncertainty import Band
from cscdash.extracts.observation import Observation

FEWEST = 5  # below this no median and no quartiles, as in Fingertips

Standing = Literal["higher", "similar", "lower"]


@dataclass(frozen=True)
class Middle:
    """The middle of a group: `counted` of `asked` places have a value.

    `mean` is here because other tools use it; `shared` counts places left out because
    their joint return is already counted.
    """

    median: float
    mean: float
    counted: int
    asked: int
    shared: int = 0
    made_of: tuple[Observation, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Position:
    """How many of those with data the own value is higher than, the same as and lower than."""

    higher_than: int
    same_as: int
    lower_than: int

    @property
    def counted(self) -> int:
        """How many have data."""
        return self.higher_than + self.same_as + self.lower_than


@dataclass(frozen=True)
class Spread:
    """All authorities with a value: both ends, quartiles, and how many."""

    low: float
    lower_quartile: float
    median: float
    upper_quartile: float
    high: float
    counted: int
    made_of: tuple[Observation, ...] = field(default=(), compare=False, repr=False)


def comparators(at: ByArea, area: str, places: Sequence[str]) -> list[Observation]:
    """Those of `places` that have a value and are comparable with `area`, in the given order.

    Parameters
    ----------
    at : mapping of str to Observation
        By area, in one period.

    Returns
    -------
    list of Observation
        A joint return stands once; one that `area` shares in does not stand at all, for it
        is the area's own.
    """
    pair = {area, joint_partner(area) or area}
    own = pair if any(code in at and at[code].joint for code in pair) else {area}
    found = (at[code] for code in dict.fromkeys(places) if code in at and code not in own)
    return joint_once(one for one in found if one.value is not None)


def middle(at: ByArea, area: str, places: Sequence[str]) -> Middle | CannotSay:
    """The median, and mean, of the places with data; no answer below five."""
    found = comparators(at, area, places)
    values = [one.value for one in found if one.value is not None]
    if len(values) < FEWEST:
        return CannotSay(_too_little(len(values), len(places)))
    known = {code for code in places if code != area and code in at and at[code].value is not None}
    shared = len(known) - len(values)
    mean = sum(values) / len(values)
    return Middle(median(values), mean, len(values), len(places), shared, tuple(found))


def position(
    value: float, at: ByArea, area: str, places: Sequence[str], decimals: int
) -> Position | CannotSay:
    """Count who of the places with data is higher, the same and lower, at published precision."""
    found = comparators(at, area, places)
    if not found:
        return CannotSay(_too_little(0, len(places)))
    steps = [step(value, one.value or 0.0, decimals) for one in found]
    higher, lower = sum(s > 0 for s in steps), sum(s < 0 for s in steps)
    return Position(higher, len(steps) - higher - lower, lower)


def _too_little(counted: int, asked: int) -> str:
    if not asked:
        return "there are none to compare with"
    if not counted:
        return f"none of {asked} has a value"
    return f"only {counted} of {asked} {'has' if counted == 1 else 'have'} a value"


def spread(at: ByArea) -> Spread | CannotSay:
    """Both ends and the quartiles of all authorities with a value; no answer below five."""
    found = authorities(at)
    values = [one.value for one in found if one.value is not None]
    if len(values) < FEWEST:
        return CannotSay("fewer than five authorities have a value")
    low, lower, middle, upper, high = map(float, np.quantile(values, [0, 0.25, 0.5, 0.75, 1]))
    return Spread(low, lower, middle, upper, high, len(values), tuple(found))


def stands(
    value: float, other: float, decimals: int, band: Band | CannotSay | None = None
) -> Standing:
    """Whether a value is higher than, similar to or lower than another.

    Similar: equal at the published precision, or the other lies within the value's own band.
    """
    if round_half_up(value, decimals) == round_half_up(other, decimals):
        return "similar"
    if isinstance(band, Band) and band.low <= other <= band.high:
        return "similar"
    return "higher" if value > other else "lower"
