"""Where a value stands beside others: neighbours, all authorities, region and England.

Nothing here sorts places: a position is a count of who is higher, the same and lower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

import pandas as pd

from cscdash.analysis.number_format import round_half_up, step
from cscdash.analysis.observations import (
    CannotSay,
    Point,
    authorities,
    joint_once,
    joint_partner,
    with_value,
)
from cscdash.analysis.uncertainty import Band

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


def comparators(rows: pd.DataFrame, area: str, places: Sequence[str]) -> pd.DataFrame:
    """The rows of `places` that have a value and are comparable with `area`, in the given order.

    Parameters
    ----------
    rows : DataFrame
        One period, indexed by area (`observations.at`).

    Returns
    -------
    DataFrame
        A joint return stands once; one that `area` shares in does not stand at all, for it
        is the area's own.
    """
    listed = [code for code in dict.fromkeys(places) if code in rows.index and code != area]
    found = with_value(rows.loc[listed])
    partner = joint_partner(area)
    if partner in found.index and area in rows.index:
        pair = rows.loc[[area, partner], "flags"].astype("object").fillna("").astype(str)
        if pair.str.contains("j").all():
            found = found.drop(index=partner)
    return joint_once(found)


def middle(rows: pd.DataFrame, area: str, places: Sequence[str]) -> Middle | CannotSay:
    """The median, and mean, of the places with data; no answer below five."""
    values = comparators(rows, area, places)["value"]
    others = {code for code in places if code in rows.index and code != area}
    shared = len(with_value(rows.loc[sorted(others)])) - len(values)
    if len(values) < FEWEST:
        return CannotSay(_too_little(len(values), len(places)))
    return Middle(float(values.median()), float(values.mean()), len(values), len(places), shared)


def middle_of(points: Mapping[str, Point], area: str, places: Sequence[str]) -> Middle | CannotSay:
    """The same as `middle`, from points by area: fast enough for every row of an overview.

    Parameters
    ----------
    points : mapping of str to Point
        Area -> its observation in the period.
    """
    listed = [code for code in dict.fromkeys(places) if code in points and code != area]
    known = [code for code in listed if points[code].value is not None]
    kept, pairs = [], set()
    for code in known:
        partner = joint_partner(code) if "j" in points[code].flags else None
        if partner is not None:
            own_return = partner == area and area in points and "j" in points[area].flags
            pair = (min(code, partner), points[code].value)
            if own_return or pair in pairs:
                continue
            pairs.add(pair)
        kept.append(points[code].value or 0.0)
    if len(kept) < FEWEST:
        return CannotSay(_too_little(len(kept), len(places)))
    shared = len(known) - len(kept)
    return Middle(median(kept), sum(kept) / len(kept), len(kept), len(places), shared)


def position(
    value: float, rows: pd.DataFrame, area: str, places: Sequence[str], decimals: int
) -> Position | CannotSay:
    """Count who of the places with data is higher, the same and lower, at published precision."""
    found = comparators(rows, area, places)
    if found.empty:
        return CannotSay(_too_little(0, len(places)))
    steps = [step(value, float(other), decimals) for other in found["value"]]
    higher, lower = sum(s > 0 for s in steps), sum(s < 0 for s in steps)
    return Position(higher, len(steps) - higher - lower, lower)


def _too_little(counted: int, asked: int) -> str:
    if not asked:
        return "there are none to compare with"
    return f"only {counted} of {asked} have a value" if counted else f"none of {asked} has a value"


def spread(rows: pd.DataFrame) -> Spread | CannotSay:
    """Both ends and the quartiles of all authorities with a value; no answer below five."""
    values = with_value(authorities(rows))["value"]
    if len(values) < FEWEST:
        return CannotSay("fewer than five authorities have a value")
    ends = [float(q) for q in values.quantile([0, 0.25, 0.5, 0.75, 1])]
    return Spread(ends[0], ends[1], ends[2], ends[3], ends[4], len(values))


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
