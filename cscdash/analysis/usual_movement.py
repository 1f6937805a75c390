"""How much an indicator moves by itself from year to year, in places like this.

Figures move far more than the chance in small numbers would have it: practice, recording and
populations change. Whether a move or a trend is worth a sentence can only be said beside that.

Values are taken on a scale on which chance depends on the denominator alone (square root of a
rate, arcsine of the square root of a share; variance 1/(4n)), and relative to what everyone did
in the same year. What is left is described by two variances beside chance: one of what comes and
goes within a year, and one of what is added each year and stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from cscdash.catalogue.models import Unit

Array = NDArray[np.float64]

LAGS = 4  # years apart at which the scatter is measured
FEWEST_CHANGES = 30
PRIOR = 25  # how many years of an authority's own the indicator's scatter weighs as much as
_NORMAL_MEDIAN = 0.6744897501960817  # of the absolute value of a standard normal


@dataclass(frozen=True)
class Scatter:
    """The variances of an indicator's own movement, beside chance, on the transformed scale.

    Attributes
    ----------
    passing : float
        Of what comes and goes within a year.
    lasting : float
        Of what is added each year and stays.
    """

    passing: float
    lasting: float


@dataclass(frozen=True)
class SlopeTest:
    """A line through yearly values, tested against the usual movement.

    Attributes
    ----------
    slope : float
        Change a year on the transformed scale.
    t : float
        The slope over its standard error.
    p : float
        How often the usual movement alone gives a slope at least as steep.
    """

    slope: float
    t: float
    p: float


def transformed(numerator: Array, denominator: Array, unit: Unit) -> tuple[Array, Array]:
    """Values on the scale on which chance depends on the denominator alone, and its variance.

    Parameters
    ----------
    numerator, denominator : array
        Counts; the denominator above 0, and in a share not below the numerator.

    Notes
    -----
    The 3/8 is Anscombe's (1948): it keeps the variance near 1/(4n) in small counts.
    """
    if unit == "percent":
        return np.arcsin(np.sqrt((numerator + 0.375) / (denominator + 0.75))), 0.25 / denominator
    return np.sqrt((numerator + 0.375) / denominator), 0.25 / denominator


def beside_everyone(values: Array, unit: Unit) -> Array:
    """Values relative to what the median authority did in the same year.

    Parameters
    ----------
    values : array, authorities × years
        Transformed values, NaN where there is none.

    Returns
    -------
    array, authorities × years
        A common movement multiplies rates, so that on the square-root scale it is in proportion
        to an authority's own level; of shares it is subtracted.
    """
    common = np.nanmedian(values, axis=0)
    if unit == "percent":
        return values - common
    there = ~np.isnan(values)
    level = np.nansum(values, axis=1) / np.maximum((there * common).sum(axis=1), 1e-12)
    relative: Array = values - level[:, None] * common
    return relative


def scatter(values: Array, chance: Array) -> Scatter:
    """The variances of an indicator's own movement, from all authorities together.

    For changes over one to four years, the variance beyond chance is the one at which the
    median absolute change is what a normal distribution has (so that a few authorities with
    real changes do not set it). Over k years it is 2 × passing + k × lasting; both are fitted
    by least squares, neither below 0.

    Parameters
    ----------
    values, chance : array, authorities × years
        Values relative to everyone, and the variance of chance in each; NaN where there is none.
    """
    lags, beyond, weights = [], [], []
    for lag in range(1, min(LAGS, values.shape[1] - 1) + 1):
        moves = values[:, lag:] - values[:, :-lag]
        by_chance = chance[:, lag:] + chance[:, :-lag]
        known = ~np.isnan(moves)
        if known.sum() < FEWEST_CHANGES:
            continue
        lags.append(float(lag))
        beyond.append(_beyond_chance(np.abs(moves[known]), by_chance[known]))
        weights.append(known.sum() / lag**2)  # changes over more years are fewer and overlap
    if not lags:
        return Scatter(0.0, 0.0)
    return _fit(np.array(lags), np.array(beyond), np.array(weights))


def _beyond_chance(moves: Array, by_chance: Array) -> float:
    """The variance which, added to chance, makes the median of |move| ÷ sd that of a normal."""

    def too_large(extra: float) -> bool:
        return bool(np.median(moves / np.sqrt(by_chance + extra)) > _NORMAL_MEDIAN)

    if not too_large(0.0):
        return 0.0
    low, high = 0.0, float((moves**2).max() / _NORMAL_MEDIAN**2)
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if too_large(middle) else (low, middle)
    return (low + high) / 2


def _fit(lags: Array, beyond: Array, weights: Array) -> Scatter:
    """Weighted least squares of ``2 × passing + lag × lasting``, neither below 0."""
    design = np.column_stack([np.full(len(lags), 2.0), lags])
    root = np.sqrt(weights)
    if len(lags) > 1:
        both = np.linalg.lstsq(design * root[:, None], beyond * root, rcond=None)[0]
        if both.min() >= 0:
            return Scatter(float(both[0]), float(both[1]))
    alone = [
        max(0.0, float((weights * part * beyond).sum() / (weights * part**2).sum()))
        for part in design.T
    ]
    left = [
        float((weights * (beyond - size * part) ** 2).sum())
        for size, part in zip(alone, design.T, strict=True)
    ]
    return Scatter(alone[0], 0.0) if left[0] < left[1] else Scatter(0.0, alone[1])


def slope_test(values: Array, chance: Array, years: Array, usual: Scatter) -> SlopeTest:
    """Test the slope of a line through one place's yearly values against the usual movement.

    Generalised least squares with the covariance of chance, passing and lasting movement. The
    authority's own residual scatter counts too, where it is larger than the indicator's:
    the over-dispersion is (`PRIOR` + residual sum of squares) ÷ (`PRIOR` + degrees of freedom),
    at least 1 (a scaled inverse chi-square prior, as in Smyth 2004), and the slope over its
    standard error is read against Student's t with `PRIOR` + n − 2 degrees of freedom.

    Parameters
    ----------
    values, chance, years : array
        At least three; no NaN.
    """
    count = len(values)
    since = years - years[0]
    covariance = np.diag(chance + usual.passing)
    covariance += usual.lasting * np.minimum.outer(since, since)
    inverse = np.linalg.inv(covariance)
    design = np.column_stack([np.ones(count), since])
    spread = np.linalg.inv(design.T @ inverse @ design)
    line = spread @ design.T @ inverse @ values
    left = values - design @ line
    freedom = PRIOR + count - 2
    over = max(1.0, (PRIOR + float(left @ inverse @ left)) / freedom)
    t = float(line[1]) / sqrt(float(spread[1, 1]) * over)
    return SlopeTest(float(line[1]), t, student_tails(t, freedom))


@lru_cache(maxsize=65536)
def student_tails(t: float, freedom: int) -> float:
    """The probability that Student's t is at least this far from 0, on either side.

    Source: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4 (whole degrees of freedom).
    """
    angle = atan(abs(t) / sqrt(freedom))
    squared = cos(angle) ** 2
    odd = freedom % 2 == 1
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(3 if odd else 2, freedom + 1, 2):
        total += term
        term *= squared * ((k - 1) / k)
    inside = 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return max(0.0, 1.0 - inside)


def false_discoveries(p: Sequence[float], share: float) -> list[bool]:
    """Which tests pass so that at most `share` of those that pass are expected to be chance.

    Source: Benjamini and Hochberg 1995.
    """
    order = sorted(range(len(p)), key=lambda i: p[i])
    passing = [at for at, i in enumerate(order, 1) if p[i] <= share * at / len(p)]
    passed = set(order[: passing[-1]]) if passing else set()
    return [i in passed for i in range(len(p))]


def usual_change(changes: Array, sizes: Array, size: float, share: float = 0.9) -> float | None:
    """How large a change is that nine of ten changes in places of similar size do not exceed.

    Parameters
    ----------
    changes : array
        Real changes of single authorities over equally many years, in the indicator's unit.
    sizes : array
        The denominator behind each.
    size : float
        The denominator of the place asked about.

    Returns
    -------
    float or None
        Of the third of changes that are nearest in size; None where they are fewer than 30.
    """
    known = ~(np.isnan(changes) | np.isnan(sizes)) & (sizes > 0)
    changes, sizes = np.abs(changes[known]), sizes[known]
    nearest = max(FEWEST_CHANGES, len(changes) // 3)
    if len(changes) < FEWEST_CHANGES or not size > 0:
        return None
    order = np.argsort(np.abs(np.log(sizes) - np.log(size)), kind="stable")[:nearest]
    return float(np.quantile(changes[order], share))
