"""How much an indicator moves by itself from year to year, in places like this.

Figures move far more than the chance in small numbers would have it: practice, recording and
populations change. Whether a move or a trend is worth a sentence can only be said beside that.

Values are taken on a scale on which chance depends on the denominator alone (square root of a
rate, arcsine of the square root of a share; variance 1/(4n)), and relative to what everyone did
in the same year. What is left is described by two variances beside chance: one of what comes and
goes within a year, and one of what is added each year and stays.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import atan, cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from cscdash.catalogue.models import Chance

Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

LAGS = 4  # years apart at which the scatter is measured
FEWEST_CHANGES = 30
FEWEST_OWN_CHANGES = 5
USUAL = 0.9  # of changes are no larger than what is called usual
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
    rests_on : int
        How many years of one place's own scatter it weighs as much as.
    """

    passing: float
    lasting: float
    rests_on: int = PRIOR


@dataclass(frozen=True)
class SlopeTests:
    """Lines through the yearly values of several places, tested against the usual movement.

    Attributes
    ----------
    slope : array
        Change a year on the transformed scale.
    t : array
        The slope over its standard error.
    p : array
        How often the usual movement alone gives a slope at least as steep.
    """

    slope: Array
    t: Array
    p: Array


def transformed(numerator: Array, denominator: Array, unit: Chance) -> tuple[Array, Array]:
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
    root = np.sqrt((numerator + 0.375) / denominator)
    # of a quotient of two counts, both vary: the delta method adds the variance of the other
    both = 1 + numerator / denominator if unit == "quotient" else 1.0
    return root, 0.25 / denominator * both


def in_common(values: Array) -> Array:
    """What everyone did: the transformed value of the median authority in each year.

    Parameters
    ----------
    values : array, authorities × years
        Transformed values, NaN where there is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a year in which nobody has a value
        common: Array = np.nanmedian(values, axis=0)
    return common


def beside(values: Array, common: Array, unit: Chance) -> Array:
    """Values relative to what everyone did.

    Parameters
    ----------
    values : array, authorities × years
        Transformed values, NaN where there is none.
    common : array, years
        What everyone did (`in_common`).

    Returns
    -------
    array, authorities × years
        A common movement multiplies rates, so that on the square-root scale it is in proportion
        to an authority's own level; of shares it is subtracted.
    """
    if unit == "percent":
        less: Array = values - common
        return less
    there = ~np.isnan(values) & ~np.isnan(common)
    of_all = np.where(there, common, 0.0).sum(axis=1)
    level = np.where(there, values, 0.0).sum(axis=1) / np.maximum(of_all, 1e-12)
    relative: Array = values - level[:, None] * common
    return relative


def scatter(values: Array, chance: Array) -> Scatter | None:
    """The variances of an indicator's own movement, from all authorities together.

    For changes over one to four years, the variance beyond chance is the one at which the
    median absolute change is what a normal distribution has (so that a few authorities with
    real changes do not set it). Over k years it is 2 × passing + k × lasting; both are fitted
    by least squares, neither below 0.

    Parameters
    ----------
    values, chance : array, authorities × years
        Values relative to everyone, and the variance of chance in each; NaN where there is none.

    Returns
    -------
    Scatter or None
        None where fewer than 30 changes are known.
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
        return None
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


def own_scatter(values: Array, chance: Array) -> Scatter | None:
    """The scatter of one place that has no others of its kind (England, a region).

    All that its yearly changes vary by, beyond chance, is taken to stay.

    Parameters
    ----------
    values, chance : array
        Transformed values of consecutive years, and the variance of chance in each; no NaN.

    Returns
    -------
    Scatter or None
        None from fewer than five changes.
    """
    if len(values) <= FEWEST_OWN_CHANGES:
        return None
    changes = np.diff(values)
    by_chance = float((chance[1:] + chance[:-1]).mean())
    beyond = max(0.0, float(changes.var(ddof=1)) - by_chance)
    return Scatter(0.0, beyond, len(changes) - 1)


def slope_tests(values: Array, chance: Array, years: Array, usual: Scatter) -> SlopeTests:
    """Test the slope of a line through each place's yearly values against the usual movement.

    Generalised least squares with the covariance of chance, passing and lasting movement. A
    place's own residual scatter counts too, where it is larger than the indicator's: the
    over-dispersion is (m + residual sum of squares) ÷ (m + n − 2), at least 1, where m is what
    the indicator's scatter rests on (a scaled inverse chi-square prior, as in Smyth 2004), and
    the slope over its standard error is read against Student's t with m + n − 2 degrees of
    freedom.

    Parameters
    ----------
    values, chance : array, places × years
        At least three years; no NaN.
    years : array
        The same for all places; a gap keeps its length.
    """
    line, variance, left = _lines(values, chance, years, usual)
    freedom = usual.rests_on + len(years) - 2
    over = np.maximum(1.0, (usual.rests_on + left) / freedom)
    t = line / np.sqrt(variance * over)
    return SlopeTests(line, t, np.array([student_tails(float(one), freedom) for one in t]))


def steady(values: Array, chance: Array, years: Array, usual: Scatter) -> BoolArray:
    """Whether each slope keeps its sign when any one of the values is left out."""
    every = np.arange(len(years))
    slopes = np.stack(
        [
            _lines(values[:, every != at], chance[:, every != at], years[every != at], usual)[0]
            for at in every
        ]
    )
    return np.asarray((slopes > 0).all(axis=0) | (slopes < 0).all(axis=0))


def _lines(
    values: Array, chance: Array, years: Array, usual: Scatter
) -> tuple[Array, Array, Array]:
    """The slope of each line, its variance, and the weighted residual sum of squares."""
    since = years - years[0]
    shared = usual.passing * np.eye(len(years)) + usual.lasting * np.minimum.outer(since, since)
    inverse = np.linalg.inv(shared + chance[:, :, None] * np.eye(len(years)))
    design = np.column_stack([np.ones(len(years)), since])
    weighted = inverse @ design
    spread = np.linalg.inv(design.T @ weighted)
    lines = (spread @ np.swapaxes(weighted, 1, 2) @ values[:, :, None])[:, :, 0]
    left = values - lines @ design.T
    return lines[:, 1], spread[:, 1, 1], np.einsum("ni,nij,nj->n", left, inverse, left)


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


class UsualMovement:
    """What the authorities of an indicator did from year to year, to be asked what is usual.

    Parameters
    ----------
    areas : sequence of str
        The authorities.
    values, numerators, denominators : array, authorities × years
        In consecutive periods since the last declared break; NaN where there is none.
    once : array of bool
        Which of the authorities count: of a joint return only one does.
    england : array, years
        England's values.
    years : array
        In which year each period ends.
    unit : str
        The indicator's.
    """

    def __init__(
        self,
        areas: Sequence[str],
        values: Array,
        numerators: Array,
        denominators: Array,
        once: BoolArray,
        england: Array,
        years: Array,
        unit: Chance,
    ) -> None:
        self.areas, self.years, self._unit = tuple(areas), years, unit
        self._values, self._sizes, self._england = values[once], denominators[once], england
        counted = (numerators >= 0) & (denominators > 0)
        if unit == "percent":
            counted &= numerators <= denominators
        top = np.where(counted, numerators, np.nan)
        bottom = np.where(counted, denominators, np.nan)
        self._transformed, self.chance = transformed(top, bottom, unit)
        self._once = once

    @cached_property
    def relative(self) -> Array:
        """Transformed values beside what everyone did: authorities × years, NaN for none."""
        return beside(self._transformed, in_common(self._transformed[self._once]), self._unit)

    @cached_property
    def scatter(self) -> Scatter | None:
        """The variances of the indicator's own movement; None from fewer than 30 changes."""
        return scatter(self.relative[self._once], self.chance[self._once])

    def change(self, years: int, size: float | None, beside_england: bool = False) -> float | None:
        """How large a change is that nine of ten changes in places of similar size do not exceed.

        Parameters
        ----------
        years : int
            Over how many years.
        size : float or None
            The denominator of the place asked about; all places serve where it is not known.
        beside_england : bool
            Of changes less England's over the same years.

        Returns
        -------
        float or None
            In the indicator's unit: the 0.9 quantile of the third of changes that are nearest
            in size; None where fewer than 30 are known.
        """
        changes, sizes = self._changes(years, beside_england)
        if len(changes) < FEWEST_CHANGES:
            return None
        known = ~np.isnan(sizes) & (sizes > 0)
        if size is not None and size > 0 and known.sum() >= FEWEST_CHANGES:
            changes, sizes = changes[known], sizes[known]
            apart = np.abs(np.log(sizes) - np.log(size))
            nearest = np.argsort(apart, kind="stable")[: max(FEWEST_CHANGES, len(changes) // 3)]
            changes = changes[nearest]
        return float(np.quantile(changes, USUAL))

    def _changes(self, years: int, beside_england: bool) -> tuple[Array, Array]:
        """The sizes of all changes over so many years, and the denominators behind them."""
        values = self._values - self._england if beside_england else self._values
        changes, sizes = [], []
        for then, first in enumerate(self.years):
            for now in np.flatnonzero(self.years == first + years):
                changes.append(np.abs(values[:, now] - values[:, then]))
                sizes.append(self._sizes[:, now])
        if not changes:
            return np.empty(0), np.empty(0)
        moved, behind = np.concatenate(changes), np.concatenate(sizes)
        known = ~np.isnan(moved)
        return moved[known], behind[known]
