"""The model: how many, of how many, in every authority and period.

An authority's level is a little higher or lower for good (its own level, its region's, and the
tie with need), drifts from year to year and has chance on top; then all are moved so that
England comes out near the published figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cscdash.ingest.cells import Floats
from cscdash.ingest.demonstration.country import JOINT, NOWHERE, Country
from cscdash.ingest.demonstration.dice import Dice, grown, settled
from cscdash.ingest.demonstration.plan import Plan, Points
from cscdash.ingest.table import Mask
from cscdash.periods import end_year

_PERSISTENCE = 0.8  # of what is out of line this year, so much is still there next year
_SPREAD = {"share": 0.28, "amount": 0.25, "mean": 0.08}
_OFF = (0.01, 0.03)  # England's distance from the published figure, so that nobody takes it for it
_FURTHEST = 0.035


@dataclass(frozen=True)
class Numbers:
    """Whole numbers of steps, periods × authorities; `bottom` is empty for plain counts."""

    top: Floats
    bottom: Floats | None
    there: Mask  # authorities that exist and hand in a return of their own


def numbers(plan: Plan, country: Country) -> Numbers:
    """Draw numerators and denominators of the total, also where a gap will cover them."""
    there = country.alive(plan.periods, plan.indicator.period_means)
    people = np.array([country.population(year - plan.lag) for year in plan.years])
    if plan.joint:
        for first, second in JOINT:
            one, two = country.codes.index(first), country.codes.index(second)
            people[:, one] += people[:, two]
            there[:, two] = False
    people = np.where(there, people, 0.0)
    if plan.of_authorities:
        return Numbers(np.where(there, 1.0, 0.0), None, there)
    people[:, country.codes.index(NOWHERE)] = 0.0
    subject = plan.counted(plan.sources[-1])
    level = course(plan, plan.level, subject)
    wide = _SPREAD[plan.nature] * (2.0 if plan.indicator.unit == "pounds" else 1.0)
    tendency = _tendency(plan, country, subject, wide)
    chance = Dice(subject, "chance").bell(*people.shape)
    if plan.nature == "amount":
        chance = chance if plan.people else 0.0 * chance
        top = amounts(people * tendency, level * plan.top_steps, chance)
        bottom = np.floor(people * plan.per_child + 0.5) if plan.is_quotient else None
        return Numbers(top, bottom, there)
    bottom = _denominators(plan, country, people)
    if plan.nature == "share":
        top = shares(tendency, bottom, np.clip(level / plan.scale, 0.0005, 0.995), chance)
    else:
        top = _means(plan, bottom, level, tendency)
    return Numbers(top, bottom, there)


def course(plan: Plan, points: Points, subject: str) -> Floats:
    """England's figure in each year of a plan, near the published ones where there are some.

    Between published figures it is interpolated, beyond them held, and never drawn across a
    break: a stretch without one is a step away from its neighbour.
    """
    starts = sorted(end_year(each.period) for each in plan.indicator.breaks)
    dice = Dice(subject, "England")
    steps = dice.even(20, 2)
    stretch_of = {year: sum(start <= year for start in starts) for year in plan.years}
    line = np.full(len(plan.years), np.nan)
    for stretch in sorted(set(stretch_of.values())):
        at = [i for i, year in enumerate(plan.years) if stretch_of[year] == stretch]
        known = sorted(y for y in points if sum(start <= y for start in starts) == stretch)
        if known:
            years = [plan.years[i] for i in at]
            line[at] = np.interp(years, known, [points[year] for year in known])
    for forward in (True, False):
        order = range(len(line)) if forward else range(len(line) - 1, -1, -1)
        for before, here in pairwise(order):
            if np.isnan(line[here]) and not np.isnan(line[before]):
                stretch = stretch_of[plan.years[here]] % len(steps)
                size, side = 0.08 + 0.1 * steps[stretch, 0], steps[stretch, 1] < 0.5
                apart = stretch_of[plan.years[here]] != stretch_of[plan.years[before]]
                line[here] = line[before] * (1.0 + apart * (size if side else -size))
    if np.isnan(line).any():
        line[:] = np.interp(plan.years, sorted(points), [points[y] for y in sorted(points)])
    low, high = _OFF
    off = (low + (high - low) * dice.even(1)[0]) * (1.0 if dice.even(1)[0] < 0.5 else -1.0)
    wiggle = 0.012 * dice.bell(len(plan.years))
    wiggle = np.where([year in points for year in plan.years], 0.2 * wiggle, wiggle)
    moved: Floats = line * (1.0 + np.clip(off + wiggle, -_FURTHEST, _FURTHEST))
    return moved


def amounts(weight: Floats, england: Floats, chance: Floats) -> Floats:
    """Whole numbers that share out England's: periods × authorities."""
    total = settled(weight.sum(axis=1, keepdims=True))
    expected = weight * (england[:, None] / np.maximum(total, 1e-9))
    return _counted(expected, expected, chance, england)


def shares(tendency: Floats, bottom: Floats, england: Floats, chance: Floats) -> Floats:
    """Whole numbers out of `bottom` that give England this share: periods × authorities."""
    share = np.minimum(_at_odds(tendency, bottom, england * bottom.sum(axis=1)), 0.9999)
    target = england * bottom.sum(axis=1)
    expected = share * bottom
    return np.minimum(_counted(expected, expected * (1.0 - share), chance, target), bottom)


def _at_odds(odds: Floats, bottom: Floats, target: Floats) -> Floats:
    """The shares at these odds, all times one factor, whose sum over the last axis is `target`."""
    low, high = np.full(target.shape, 1e-7), np.full(target.shape, 1e7)
    for _ in range(60):
        middle = np.sqrt(low * high)
        each = middle[..., None] * odds
        enough = (bottom * (each / (1.0 + each))).sum(axis=-1) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    each = settled(high)[..., None] * odds
    found: Floats = each / (1.0 + each)
    return found


def apportioned(whole: Floats, weight: Floats) -> Floats:
    """Divide whole numbers by weights along the last axis, so that the parts add up again."""
    running = np.cumsum(weight, axis=-1)
    last = np.where(running[..., -1:] > 0, running[..., -1:], 1.0)
    edges = np.floor(running / last * whole[..., None] + 0.5)
    parts: Floats = np.diff(edges, axis=-1, prepend=0.0)
    return parts


def groups_at_odds(odds: Floats, bottom: Floats, top: Floats) -> Floats:
    """Divide numerators among groups with their own denominators, none above its denominator."""
    expected = _at_odds(odds, bottom, top) * bottom
    parts = np.minimum(apportioned(top, expected), bottom)
    missing = top - parts.sum(axis=-1)
    for place in range(parts.shape[-1]):
        room = np.minimum(bottom[..., place] - parts[..., place], missing)
        parts[..., place] += room
        missing = missing - room
    return parts


def _counted(expected: Floats, variance: Floats, chance: Floats, target: Floats) -> Floats:
    """Expected numbers with chance on top, as whole numbers near the sum wanted."""
    factor = np.ones((len(target), 1))
    number = expected
    for _ in range(2):
        moved = expected * factor
        number = np.floor(moved + np.sqrt(np.maximum(variance * factor, 0.0)) * chance + 0.5)
        number = np.where(expected > 0, np.maximum(number, 0.0), 0.0)
        reached = np.maximum(number.sum(axis=1), 1.0)
        factor = factor * settled(target / reached)[:, None]
    return number


def _denominators(plan: Plan, country: Country, people: Floats) -> Floats:
    if plan.per_child:
        return np.floor(people * plan.per_child + 0.5)
    subject = plan.counted_below(plan.sources[-1])
    size = np.interp(plan.years, sorted(plan.size), [plan.size[y] for y in sorted(plan.size)])
    tendency = _tendency(plan, country, subject, 0.12)
    chance = Dice(subject, "chance").bell(*people.shape) * (1.0 if plan.people else 0.0)
    return amounts(people * tendency, size * plan.bottom_steps, chance)


def _means(plan: Plan, bottom: Floats, level: Floats, tendency: Floats) -> Floats:
    """Sums whose quotient with `bottom` is near England's level; scores may be below nought."""
    if plan.indicator.unit == "score":
        apart = (tendency - 1.0) * (np.abs(level)[:, None] + 2.0)
    else:
        apart = (tendency - 1.0) * level[:, None]
    total = np.maximum(bottom.sum(axis=1), 1.0)
    apart = apart - settled((apart * bottom).sum(axis=1) / total)[:, None]
    each = (level[:, None] + apart) / plan.scale * plan.top_steps / plan.bottom_steps
    whole: Floats = np.floor(each * bottom + 0.5)
    return whole


def _tendency(plan: Plan, country: Country, subject: str, wide: float) -> Floats:
    """How much more or less than usual an authority tends to have: periods × authorities."""
    years, places = len(plan.years), country.authorities
    link, side = Dice(subject, "link").even(2)
    tie = {"amount": 0.12 + 0.2 * link, "share": 0.15 * link, "mean": 0.03 * link}[plan.nature]
    if plan.nature != "amount" and side < 0.5:
        tie = -tie
    region = Dice(subject, "region").bell(len(set(country.region)))[country.region]
    own = Dice(subject, "own").bell(places)
    fresh = Dice(subject, "drift").bell(years, places)
    drift = np.zeros((years, places))
    drift[0] = fresh[0]
    for year in range(1, years):
        kept = _PERSISTENCE * drift[year - 1]
        drift[year] = kept + np.sqrt(1.0 - _PERSISTENCE**2) * fresh[year]
    for number, start in enumerate(sorted(end_year(b.period) for b in plan.indicator.breaks)):
        shift = 0.3 * Dice(subject, "break", str(number)).bell(places)
        drift += np.where(np.array(plan.years) >= start, 1.0, 0.0)[:, None] * shift
    return grown(tie * country.need + wide * (0.3 * region + 0.8 * own + 0.45 * drift))


def by_category(seed: Sequence[str], shape: tuple[int, int, int], wide: float) -> Floats:
    """How much more or less of each category there is: periods × authorities × categories."""
    lasting = Dice(*seed, "own").bell(*shape[1:])
    passing = Dice(*seed, "drift").bell(*shape)
    return grown(wide * lasting + 0.3 * wide * passing)
