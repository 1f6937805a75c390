"""The model: how many, of how many, in every authority and period.

An authority's level is a little higher or lower for good (its own level, its region's, and the
tie with need), drifts from year to year and has chance on top; then all are moved so that
England comes out near the published figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cscdash.ingest.demonstration.country import JOINT, NOWHERE, Country
from cscdash.ingest.demonstration.dice import Dice, grown, settled
from cscdash.ingest.demonstration.figures import Nature, Points
from cscdash.ingest.demonstration.plan import Plan
from cscdash.ingest.demonstration.sharing import amounts, shares
from cscdash.ingest.demonstration.wholes import Whole
from cscdash.ingest.published_cells import Floats
from cscdash.ingest.published_table import Mask
from cscdash.periods import end_year

_EPOCH = 2000  # no figure is older
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
    starts = sorted(end_year(each.period) for each in plan.indicator.breaks)
    if plan.nature == "amount":
        whole = Whole(plan.subject, plan.level, set(starts))
        top = _counts(plan, country, people, plan.whole or whole, plan.top_steps)
        bottom = np.floor(people * plan.per_child + 0.5) if plan.is_quotient else None
        return Numbers(top, bottom, there)
    bottom = _denominators(plan, country, people)
    level = course(plan.level, plan.subject, plan.years, starts)
    wide = _SPREAD[plan.nature] * (2.0 if plan.indicator.unit == "pounds" else 1.0)
    tendency = _tendency(plan, country, plan.subject, plan.nature, wide, starts)
    if plan.nature == "share":
        chance = _by_year(Dice(plan.subject, "chance"), plan.years, country.authorities)
        england = np.clip(level / plan.scale, 0.0005, 0.995)
        return Numbers(shares(tendency, bottom, england, chance), bottom, there)
    return Numbers(_means(plan, bottom, level, tendency), bottom, there)


def course(
    points: Points, subject: str, years: Sequence[int], starts: Sequence[int] = ()
) -> Floats:
    """England's figure in each year, near the published ones where there are some.

    Between published figures it is interpolated, beyond them held, and never drawn across a
    break: a stretch without one is a step away from its neighbour.

    Parameters
    ----------
    points : dict of int to float
        The published figures by year.
    subject : str
        Names the random numbers.
    years : list of int
        The years wanted.
    starts : list of int
        The first years after a break.
    """
    dice = Dice(subject, "England")
    steps = dice.even(20, 2)
    sides = dice.even(2)
    stretches = [sum(start <= year for start in starts) for year in years]
    line = np.full(len(years), np.nan)
    for stretch in sorted(set(stretches)):
        at = [place for place, each in enumerate(stretches) if each == stretch]
        known = sorted(y for y in points if sum(start <= y for start in starts) == stretch)
        if known:
            wanted = [years[place] for place in at]
            line[at] = np.interp(wanted, known, [points[year] for year in known])
    for forward in (True, False):
        order = range(len(line)) if forward else range(len(line) - 1, -1, -1)
        for before, here in pairwise(order):
            if np.isnan(line[here]) and not np.isnan(line[before]):
                size, side = steps[stretches[here] % len(steps)]
                step = (0.08 + 0.1 * size) * (1.0 if side < 0.5 else -1.0)
                line[here] = line[before] * (1.0 + step * (stretches[here] != stretches[before]))
    if np.isnan(line).any():
        line[:] = np.interp(years, sorted(points), [points[year] for year in sorted(points)])
    low, high = _OFF
    off = (low + (high - low) * sides[0]) * (1.0 if sides[1] < 0.5 else -1.0)
    wiggle = 0.012 * _by_year(dice, years, 1)[:, 0]
    wiggle = np.where([year in points for year in years], 0.2 * wiggle, wiggle)
    moved: Floats = line * (1.0 + np.clip(off + wiggle, -_FURTHEST, _FURTHEST))
    return moved


def _counts(
    plan: Plan,
    country: Country,
    people: Floats,
    whole: Whole,
    steps: int,
) -> Floats:
    """The number of something in every authority, the same wherever it is used."""
    starts = sorted(whole.starts)
    england = course(whole.points, whole.subject, plan.years, starts) * steps
    spread = _SPREAD["amount"]
    tendency = _tendency(plan, country, whole.subject, "amount", spread, starts)
    chance = _by_year(Dice(whole.subject, "chance"), plan.years, country.authorities)
    return amounts(people * tendency, england, chance if plan.people else 0.0 * chance)


def _denominators(plan: Plan, country: Country, people: Floats) -> Floats:
    if plan.per_child:
        return np.floor(people * plan.per_child + 0.5)
    if plan.below:
        return _counts(plan, country, people, plan.below, plan.bottom_steps)
    subject = plan.subject_below
    size = np.interp(plan.years, sorted(plan.size), [plan.size[y] for y in sorted(plan.size)])
    tendency = _tendency(plan, country, subject, "amount", 0.12)
    chance = _by_year(Dice(subject, "chance"), plan.years, country.authorities)
    chance = chance if plan.people else 0.0 * chance
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


def _tendency(
    plan: Plan,
    country: Country,
    subject: str,
    nature: Nature,
    wide: float,
    starts: Sequence[int] = (),
) -> Floats:
    """How much more or less than usual an authority tends to have: periods × authorities."""
    places = country.authorities
    link, side = Dice(subject, "link").even(2)
    tie = {"amount": 0.06 + 0.16 * link, "share": 0.15 * link, "mean": 0.03 * link}[nature]
    if nature != "amount" and side < 0.5:
        tie = -tie
    region = Dice(subject, "region").bell(len(set(country.region)))[country.region]
    own = Dice(subject, "own").bell(places)
    years = list(range(_EPOCH, max(*plan.years, _EPOCH) + 1))
    drift = _by_year(Dice(subject, "drift"), years, places)
    for year in range(1, len(years)):
        fresh = np.sqrt(1.0 - _PERSISTENCE**2) * drift[year]
        drift[year] = _PERSISTENCE * drift[year - 1] + fresh
    drift = drift[[years.index(year) for year in plan.years]]
    for number, start in enumerate(starts):
        shift = 0.3 * Dice(subject, "break", str(number)).bell(places)
        drift += np.where(np.array(plan.years) >= start, 1.0, 0.0)[:, None] * shift
    return grown(tie * country.need + wide * (0.3 * region + 0.8 * own + 0.45 * drift))


def _by_year(dice: Dice, years: Sequence[int], places: int) -> Floats:
    """Random numbers of these years × places; a year has the same in every span of years."""
    drawn = dice.bell(max(years) - _EPOCH + 1, places)
    return drawn[[year - _EPOCH for year in years]]


def by_category(seed: Sequence[str], shape: tuple[int, int, int], wide: float) -> Floats:
    """How much more or less of each category there is: periods × authorities × categories."""
    lasting = Dice(*seed, "own").bell(*shape[1:])
    passing = Dice(*seed, "drift").bell(*shape)
    return grown(wide * lasting + 0.3 * wide * passing)
