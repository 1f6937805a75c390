"""How sure one can be of a share or a rate: intervals for the chance in small numbers.

The counts are complete, not a sample. The interval describes the chance variation of what
lies behind them; brothers and sisters arrive together, so that the true one is wider.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import Literal

import pandas as pd

from cscdash.analysis.observations import CannotSay
from cscdash.catalogue.models import Chance
from cscdash.extracts.observation import Observation

SCALE: dict[Chance, float] = {"percent": 100.0, "rate per 10,000": 10_000.0, "quotient": 100.0}
EXACT_BELOW = 10  # events: the exact method below, Byar's from here on, as in Fingertips

Method = Literal["Wilson", "Byar", "exact Poisson", "two counts"]


@dataclass(frozen=True)
class Band:
    """Where a value could lie by chance alone, in its own unit.

    Attributes
    ----------
    estimate : float
        The quotient of the published counts (`value` itself may be published rounded).
    low, high : float
        The limits of the interval.
    method : str
        How they were found.
    """

    estimate: float
    low: float
    high: float
    method: Method


def z_score(level: float) -> float:
    """The two-sided normal quantile: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a proportion, between 0 and 1.

    Source: Wilson 1927; the method of OHID's Fingertips for proportions.
    """
    z = z_score(level)
    share = count / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # at 0 and at all of them the interval ends exactly there; arithmetic alone misses by 1e-17
    low = 0.0 if count == 0 else (middle - half) / scale
    high = 1.0 if count == total else (middle + half) / scale
    return low, high


def byar(count: float, level: float = 0.95) -> tuple[float, float]:
    """Byar's interval of a count of events.

    Source: Breslow and Day 1987; the method of Fingertips for ten events or more.
    """
    z = z_score(level)
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    return low, above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def two_counts(count: float, other: float, level: float = 0.95) -> tuple[float, float]:
    """The interval of the quotient of two counts of events, neither part of the other.

    Given their sum, the first is a binomial share of it; Wilson's interval of that share is turned
    back into odds. Source: Przyborowski and Wilenski 1940 (the conditional test of two Poisson
    counts); Wilson's interval in place of the exact one, which is too wide (Price and Bonett 2000).
    """
    low, high = wilson(count, count + other, level)
    return low / (1 - low), high / (1 - high)


@lru_cache(maxsize=1024)
def exact_poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """The exact (chi-square) interval of a small count of events.

    Source: Garwood 1936; the method of Fingertips for fewer than ten events. Half a
    chi-square quantile with 2a degrees of freedom is a gamma quantile of shape a.
    """
    tail = (1 - level) / 2
    low = _gamma_quantile(tail, count) if count > 0 else 0.0
    return low, _gamma_quantile(1 - tail, count + 1)


def interval(
    numerator: float | None, denominator: float | None, unit: Chance, level: float = 0.95
) -> Band | CannotSay:
    """The interval of a share, a rate (exact below ten events) or a quotient, in its unit."""
    if unit not in SCALE:
        return CannotSay("this is not a share or a rate of a count")
    if numerator is None or denominator is None or pd.isna(numerator) or pd.isna(denominator):
        return CannotSay("no counts of people or events are known behind the value")
    if denominator <= 0 or numerator < 0:
        return CannotSay("there is nobody to count")
    scale, share = SCALE[unit], numerator / denominator
    if unit == "percent":
        if numerator > denominator:
            return CannotSay("the counts behind the value are not parts of one whole")
        low, high = wilson(numerator, denominator, level)
        return Band(scale * share, scale * low, scale * high, "Wilson")
    if unit == "quotient":
        if numerator == 0:
            return CannotSay("no events are counted")
        low, high = two_counts(numerator, denominator, level)
        return Band(scale * share, scale * low, scale * high, "two counts")
    exact = numerator < EXACT_BELOW
    low, high = exact_poisson(numerator, level) if exact else byar(numerator, level)
    method: Method = "exact Poisson" if exact else "Byar"
    return Band(scale * share, scale * low / denominator, scale * high / denominator, method)


def exact(one: Observation, unit: Chance) -> float:
    """The value of an observation before it was rounded, where its counts give it.

    Returns
    -------
    float
        The quotient of the counts if it rounds to the published value, else that value.
    """
    value = one.value or 0.0
    found = interval(one.numerator, one.denominator, unit)
    decimals = next((d for d in (0, 1, 2) if abs(value - round(value, d)) < 1e-9), None)
    if isinstance(found, CannotSay) or decimals is None:
        return value
    rounded = abs(found.estimate - value) <= 0.5 * 10**-decimals + 1e-9
    return found.estimate if rounded else value


def band(
    value: float | None,
    numerator: float | None,
    denominator: float | None,
    unit: Chance,
    level: float = 0.95,
) -> Band | CannotSay:
    """The interval of a published value; it always holds the value.

    Parameters
    ----------
    value : float or None
        As published, perhaps rounded. Where it differs from the quotient of the counts by
        more than rounding can explain, the counts belong to something else and no band is given.

    Returns
    -------
    Band or CannotSay
        In the unit of `value`.
    """
    if value is None or pd.isna(value):
        return CannotSay("there is no value")
    found = interval(numerator, denominator, unit, level)
    if isinstance(found, CannotSay):
        return found
    # a published value may be rounded to a whole number, and both counts to the nearest 5
    room = max(1.0, 5 * SCALE[unit] / float(denominator or 1))
    if abs(found.estimate - value) > room:
        return CannotSay("the counts behind the value do not give it")
    return Band(found.estimate, min(found.low, value), max(found.high, value), found.method)


def _gamma_quantile(probability: float, shape: float) -> float:
    """The x below which a gamma variable of this shape and scale 1 lies so often; by bisection."""
    low, high = 0.0, shape + 12 * sqrt(shape) + 30
    for _ in range(80):
        middle = (low + high) / 2
        below = _gamma_share(shape, middle) < probability
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2


def _gamma_share(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by its power series."""
    if x <= 0:
        return 0.0
    term = exp(shape * log(x) - x - lgamma(shape + 1))
    total, k = term, 1
    while term > 1e-17 * total:
        term *= x / (shape + k)
        total, k = total + term, k + 1
    return total
