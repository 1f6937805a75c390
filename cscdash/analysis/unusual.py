"""How unusual is a value? Distance from the middle, allowing for how much authorities differ.

Authorities differ far more than chance alone would have it, so that plain limits call most
of them unusual. Here the variation between authorities is estimated and added to chance.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cscdash.analysis.observations import (
    CannotSay,
    Point,
    authorities,
    is_authority,
    joint_partner,
    point_of,
    with_value,
)
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.uncertainty import SCALE, z_score
from cscdash.catalogue.models import Unit

FEWEST = 20  # authorities
NONE = "it has no value"
WINSORISED = 0.1
COUNTS = ["numerator", "denominator"]
LIMIT = z_score(0.998)  # 3.09

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unusual:
    """How far one authority is from the middle.

    Attributes
    ----------
    z : float
        Distance in standard deviations, the variation between authorities included.
    as_far : int
        How many authorities are at least this far from the middle, this one included.
    counted : int
        How many authorities have a value with its counts.
    """

    z: float
    as_far: int
    counted: int

    @property
    def beyond(self) -> bool:
        """Whether the distance passes the 99.8 % limit."""
        return abs(self.z) > LIMIT


def distances(rows: pd.DataFrame, unit: Unit) -> pd.Series | CannotSay:
    """The adjusted distance of every authority from the median authority.

    Values are transformed so that chance depends on the denominator alone (square root for
    rates, arcsine of the square root for shares; standard error 1 / (2 sqrt(n))). The
    overdispersion phi is the mean of the k squared distances, the outer 10 % on each side
    winsorised. With w the inverse variances, the variance between authorities is
    (k phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)), or 0 if that is negative.

    Source: Spiegelhalter 2005, Quality and Safety in Health Care 14:347 (additive random
    effects).

    Parameters
    ----------
    rows : DataFrame
        One period and category (`observations.at`); regions and England are ignored.

    Returns
    -------
    Series or CannotSay
        z by area.
    """
    transformed = _transformed(rows, unit)
    if isinstance(transformed, CannotSay):
        return transformed
    areas, y, error = transformed
    from_middle = y - np.median(y)
    plain = from_middle / error
    ends = np.quantile(plain, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(plain, *ends) ** 2))
    k, weights = len(y), error**-2.0
    room = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = max(0.0, (k * phi - (k - 1)) / room)
    return pd.Series(from_middle / np.sqrt(error**2 + tau_squared), index=areas, name="z")


def unusual(rows: pd.DataFrame, area: str, unit: Unit) -> Unusual | CannotSay:
    """How far one authority is from the middle, and how many are as far."""
    if area not in rows.index:
        return CannotSay("only single authorities are compared" if not is_authority(area) else NONE)
    return unusual_of(area, point_of(rows.loc[area].to_dict()), distances(rows, unit), unit)


def unusual_of(
    area: str, point: Point | None, z: pd.Series | CannotSay, unit: Unit
) -> Unusual | CannotSay:
    """The same, from the authority's own observation and the `distances` of all."""
    if not is_authority(area):
        return CannotSay("only single authorities are compared")
    if point is None or point.value is None:
        return CannotSay(NONE)
    few = too_few(point.numerator, point.denominator, unit)
    if few:
        return CannotSay(few)
    if isinstance(z, CannotSay):
        return z
    # of a joint return only one of the two authorities stands in the table
    listed = area if area in z.index else joint_partner(area)
    if listed is None or listed not in z.index:
        return CannotSay("no counts of people or events are known behind its value")
    distance = float(cast(float, z[listed]))
    as_far = int((np.abs(z.to_numpy()) >= abs(distance) - 1e-12).sum())
    return Unusual(distance, as_far, len(z))


def beyond_plain_limits(rows: pd.DataFrame, unit: Unit) -> int | CannotSay:
    """How many authorities a plain funnel (99.8 %, around the overall value) would call unusual.

    For the page that explains the method: on the 2025 looked-after rate 105 of 151.
    """
    transformed = _transformed(rows, unit)
    if isinstance(transformed, CannotSay):
        return transformed
    areas, y, error = transformed
    kept = rows.loc[areas]
    overall = kept["numerator"].sum() / kept["denominator"].sum()
    centre = np.sqrt(overall) if unit != "percent" else np.arcsin(np.sqrt(overall))
    return int((np.abs((y - centre) / error) > LIMIT).sum())


def _transformed(rows: pd.DataFrame, unit: Unit) -> tuple[pd.Index, Array, Array] | CannotSay:
    if unit not in SCALE:
        return CannotSay("this is not a share or a rate of a count")
    found = with_value(authorities(rows))
    found = found[(found["numerator"] >= 0) & (found["denominator"] > 0)]
    if unit == "percent":
        found = found[found["numerator"] <= found["denominator"]]
    if len(found) < FEWEST:
        return CannotSay(f"fewer than {FEWEST} authorities have a value with its counts")
    n = found["denominator"].to_numpy(dtype=float)
    root = np.sqrt(found["numerator"].to_numpy(dtype=float) / n)
    return found.index, (np.arcsin(root) if unit == "percent" else root), 1 / (2 * np.sqrt(n))
