"""How unusual is a value? Distance from the middle, allowing for how much authorities differ.

Authorities differ far more than chance alone would have it, so that plain limits call most
of them unusual. Here the variation between authorities is estimated and added to chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cscdash.analysis.observations import (
    ByArea,
    CannotSay,
    authorities,
    is_authority,
    joint_partner,
)
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.uncertainty import SCALE, z_score
from cscdash.catalogue.models import Chance
from cscdash.extracts.observation import Observation

FEWEST = 20  # authorities
WINSORISED = 0.1
LIMIT = z_score(0.998)  # 3.09

Array = NDArray[np.float64]
Distances = Mapping[str, float]  # by authority, a joint return once


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


def distances(at: ByArea, unit: Chance) -> Distances | CannotSay:
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
    at : mapping of str to Observation
        By area, in one period; regions and England are ignored.

    Returns
    -------
    mapping of str to float, or CannotSay
        z by area, in standard deviations.
    """
    transformed = _transformed(at, unit)
    if isinstance(transformed, CannotSay):
        return transformed
    kept, y, error = transformed
    from_middle = y - np.median(y)
    plain = from_middle / error
    ends = np.quantile(plain, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(plain, *ends) ** 2))
    k, weights = len(y), error**-2.0
    room = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = max(0.0, (k * phi - (k - 1)) / room)
    z = from_middle / np.sqrt(error**2 + tau_squared)
    return dict(zip((one.area for one in kept), z.tolist(), strict=True))


def unusual(
    area: str, own: Observation | None, z: Distances | CannotSay, unit: Chance
) -> Unusual | CannotSay:
    """How far one authority is from the middle, and how many are as far.

    Parameters
    ----------
    area : str
        Its code.
    own : Observation or None
        Its own observation, if there is one.
    z : mapping of str to float, or CannotSay
        The `distances` of all.
    unit : str
        The indicator's.
    """
    if not is_authority(area):
        return CannotSay("only single authorities are compared")
    if own is None or own.value is None:
        return CannotSay("it has no value")
    few = too_few(own.numerator, own.denominator, unit)
    if few:
        return CannotSay(few)
    if isinstance(z, CannotSay):
        return z
    distance = distance_of(own, z)
    if distance is None:
        return CannotSay("no counts of people or events are known behind its value")
    as_far = sum(abs(other) >= abs(distance) - 1e-12 for other in z.values())
    return Unusual(distance, as_far, len(z))


def distance_of(own: Observation, z: Distances) -> float | None:
    """The distance of an observation; of a joint return only one of the two stands in the table."""
    listed = own.area if own.area in z or not own.joint else joint_partner(own.area)
    return z.get(listed) if listed else None


def beyond_plain_limits(at: ByArea, unit: Chance) -> int | CannotSay:
    """How many authorities a plain funnel (99.8 %, around the overall value) would call unusual.

    For the page that explains the method: on the 2025 looked-after rate 105 of 151.
    """
    transformed = _transformed(at, unit)
    if isinstance(transformed, CannotSay):
        return transformed
    kept, y, error = transformed
    n = [_counts(one) for one in kept]
    overall = sum(counted for counted, _ in n) / sum(of for _, of in n)
    centre = np.sqrt(overall) if unit != "percent" else np.arcsin(np.sqrt(overall))
    return int((np.abs((y - centre) / error) > LIMIT).sum())


def _counts(one: Observation) -> tuple[float, float]:
    """What is counted and out of how many; an unknown number is below all that are possible."""
    known = (-1.0 if number is None else number for number in (one.numerator, one.denominator))
    counted, of = known
    return counted, of


def _transformed(at: ByArea, unit: Chance) -> tuple[list[Observation], Array, Array] | CannotSay:
    if unit not in SCALE:
        return CannotSay("this is not a share or a rate of a count")
    kept = []
    for one in authorities(at):
        counted, of = _counts(one)
        if counted >= 0 and of > 0 and (unit != "percent" or counted <= of):
            kept.append(one)
    if len(kept) < FEWEST:
        return CannotSay(f"fewer than {FEWEST} authorities have a value with its counts")
    counts = np.array([_counts(one) for one in kept])
    n = counts[:, 1]
    root = np.sqrt(counts[:, 0] / n)
    both = 1 + root**2 if unit == "quotient" else 1.0  # of a quotient of two counts, both vary
    return kept, (np.arcsin(root) if unit == "percent" else root), np.sqrt(both / n) / 2
