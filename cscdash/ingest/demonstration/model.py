"""The model of a country: how many, of how many, in every authority and period.

An authority is a little higher or lower than England for good (its own level, its region's, and
its link with need), has a trend of its own, drifts from year to year, and has chance on top. Then
all are moved so that England comes out near the published figure.
"""

from collections.abc import Sequence

import numpy as np

from cscdash.extracts.published_cells import Floats
from cscdash.ingest.demonstration.breakdowns import Division
from cscdash.ingest.demonstration.country import FIRST, NOWHERE, Country
from cscdash.ingest.demonstration.declared import Declared, Nature, Points
from cscdash.ingest.demonstration.dice import Dice, grown, settled
from cscdash.ingest.published_table import Mask

# How far authorities lie apart, and the weakest and strongest link with need, as logarithms.
_APART = {"count": 0.25, "share": 0.28, "mean": 0.12, "score": 0.08}
_LINK = {
    "count": (0.06, 0.22),
    "share": (-0.15, 0.15),
    "mean": (-0.03, 0.03),
    "score": (-0.03, 0.03),
}
_LASTING = 0.8  # of what is out of line this year, so much is still there next year
_TREND = 0.04  # of what lies apart, for each year
_OFF = (0.01, 0.03)  # England's distance from the published figure, so that nobody takes it for it
_FURTHEST = 0.035
_CATEGORIES_APART = 0.25


def totals(it: Declared, land: Country) -> tuple[Floats, Floats | None, Mask]:
    """Draw numerators and denominators of the total, also where a gap will cover them.

    Returns
    -------
    array
        Numerators in whole steps, periods × authorities.
    array, optional
        Denominators, of the same shape; none for plain counts.
    array of bool
        Authorities that exist and hand in a return of their own.
    """
    there = land.alive(it.periods, it.indicator.period_means)
    lag = it.whole.sources[-1].population_lag
    people = np.array([land.population(year - lag) for year in it.years])
    for one, two in (map(land.codes.index, pair) for pair in it.facts.joint):
        people[:, one] += people[:, two]
        there[:, two] = False
    if it.facts.counts == "authorities":
        return np.where(there, 1.0, 0.0), None, there
    people = np.where(there, people, 0.0)
    people[:, land.codes.index(NOWHERE)] = 0.0
    chance = it.facts.counts == "people"
    bottom = np.floor(people * it.per_child + 0.5) if it.is_quotient else None
    level = course(it.level, it.counted, it.years, it.starts) * it.steps[0]
    if it.nature == "count":
        top = drawn("count", it.counted, it.years, people, level, land, chance, it.starts)
        return top, bottom, there
    if bottom is None or not it.per_child:
        size = course(it.size, it.of, it.years) * it.steps[1]
        bottom = drawn("count", it.of, it.years, people, size, land, chance)
    level = level * bottom.sum(axis=1) / it.steps[1]
    top = drawn(it.nature, it.counted, it.years, bottom, level, land, chance, it.starts)
    return top, bottom, there


def course(points: Points, about: str, years: Sequence[int], starts: Sequence[int] = ()) -> Floats:
    """England's figure in each of `years`, near the published `points`.

    Between published figures it is interpolated, beyond them held. A stretch between two breaks
    (`starts` are the first years after one) without a published figure is a step away from its
    neighbour. `about` names the random numbers.
    """
    size, side, *steps = Dice(about, "level").even(2 + 2 * len(starts))
    off = (_OFF[0] + (_OFF[1] - _OFF[0]) * size) * (1.0 if side < 0.5 else -1.0)
    factors = [
        1.0 + (0.08 + 0.1 * by) * (1.0 if up < 0.5 else -1.0)
        for by, up in zip(steps[::2], steps[1::2], strict=True)
    ]
    stretch = {year: sum(start <= year for start in starts) for year in (*points, *years)}
    line = np.zeros(len(years))
    for place, year in enumerate(years):
        here = stretch[year]
        near = min((abs(stretch[known] - here), stretch[known]) for known in points)[1]
        known = sorted(known for known in points if stretch[known] == near)
        line[place] = np.interp(year, known, [points[known] for known in known])
        for factor in factors[min(near, here) : max(near, here)]:
            line[place] *= factor
    wiggle = 0.012 * _by_year(1, years, about, "wiggle")[:, 0]
    wiggle = np.where([year in points for year in years], 0.2 * wiggle, wiggle)
    return settled(line * (1.0 + np.clip(off + wiggle, -_FURTHEST, _FURTHEST)))


def drawn(
    nature: Nature,
    about: str,
    years: Sequence[int],
    bottom: Floats,
    wanted: Floats,
    land: Country,
    chance: bool,
    starts: Sequence[int] = (),
) -> Floats:
    """Whole numbers that are England's together: periods × authorities.

    A generalised linear model: logarithms of counts and means, log odds of shares, and scores as
    they are, are moved by what is special about an authority.

    Parameters
    ----------
    nature : str
        What is drawn.
    about : str
        Names the random numbers.
    years : list of int
        The periods.
    bottom : array, periods × authorities
        Of how many; for counts, children living there.
    wanted : array, periods
        England's number.
    land : Country
        Its authorities.
    chance : bool
        Whether people are counted, so that small numbers vary by chance.
    starts : list of int
        The first years after a break.
    """
    tendency = _tendency(nature, about, years, land, starts)
    if nature == "score":
        total = np.maximum(bottom.sum(axis=1), 1.0)
        middle, level = settled((tendency * bottom).sum(axis=1)) / total, wanted / total
        apart = (np.abs(level) + 20.0)[:, None] * (tendency - middle[:, None])
        score: Floats = np.floor((level[:, None] + apart) * bottom + 0.5)
        return score
    limit = bottom if nature == "share" else np.full_like(bottom, np.inf)
    expected = _fitted(grown(tendency), bottom, wanted, nature == "share")
    free = 1.0 - expected / np.maximum(bottom, 1.0) if nature == "share" else 1.0
    luck = chance * (nature != "mean") * _by_year(land.authorities, years, about, "chance")
    number, factor = expected, np.ones((len(years), 1))
    for _ in range(3):
        number = expected * factor + np.sqrt(np.maximum(expected * factor * free, 0.0)) * luck
        number = np.where(expected > 0, np.clip(np.floor(number + 0.5), 0.0, limit), 0.0)
        factor = factor * settled(wanted / np.maximum(number.sum(axis=1), 1.0))[:, None]
    return number


def _fitted(odds: Floats, bottom: Floats, wanted: Floats, share: bool) -> Floats:
    """Expected numbers at these odds, all moved by one factor to add up to `wanted`."""
    if not share:
        weight = odds * bottom
        weight *= settled(wanted / np.maximum(weight.sum(axis=1), 1e-9))[:, None]
        return weight
    low, high = np.full(wanted.shape, 1e-7), np.full(wanted.shape, 1e7)
    for _ in range(60):
        middle = np.sqrt(low * high)
        each = middle[:, None] * odds
        enough = (bottom * (each / (1.0 + each))).sum(axis=1) >= wanted
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    each = settled(high)[:, None] * odds
    expected: Floats = bottom * np.minimum(each / (1.0 + each), 0.9999)
    return expected


def _tendency(
    nature: Nature, about: str, years: Sequence[int], land: Country, starts: Sequence[int]
) -> Floats:
    """How much more or less than usual an authority tends to have: periods × authorities."""
    number, when = land.authorities, np.array(years)[:, None]
    weakest, strongest = _LINK[nature]
    link = weakest + (strongest - weakest) * Dice(about, "link").even(1)
    region = Dice(about, "region").bell(max(land.region) + 1)[land.region]
    own, trend = Dice(about, "own").bell(2, number)
    fresh = _by_year(number, range(FIRST, max(years) + 1), about, "drift")
    drift = np.zeros_like(fresh)
    for year in range(1, len(fresh)):
        drift[year] = _LASTING * drift[year - 1] + np.sqrt(1.0 - _LASTING * _LASTING) * fresh[year]
    apart = 0.3 * region + 0.8 * own + _TREND * trend * (when - 2020.0)
    apart = apart + 0.4 * drift[[year - FIRST for year in years]]
    for place, start in enumerate(starts):
        apart += 0.1 * np.where(when >= start, Dice(about, "break", str(place)).bell(number), 0.0)
    tendency: Floats = link * land.need + _APART[nature] * apart
    return tendency


def _by_year(number: int, years: Sequence[int], *about: str) -> Floats:
    """Random numbers, years × number; a year has the same in every span of years."""
    drawn: Floats = Dice(*about).bell(max(years) - FIRST + 1, number)
    return drawn[[year - FIRST for year in years]]


def parts(
    it: Declared, split: Division, top: Floats, bottom: Floats | None, land: Country
) -> tuple[Floats, Floats | None]:
    """Divide the totals of the periods that have a breakdown.

    Returns
    -------
    array
        Numerators: periods × authorities × categories.
    array, optional
        Denominators, of the same shape; none for plain counts without one.
    """
    names, about = list(split.shares), (it.indicator.id, split.name)
    below = top if bottom is None else bottom
    wanted = _wanted(it, split, top, bottom)
    if it.facts.counts == "authorities":
        return _by_lot(wanted, top, about), None
    own = Dice(*about, "own").bell(land.authorities, len(wanted))
    passing = Dice(*about, "drift").bell(*top.shape, len(wanted))
    uneven = grown(_CATEGORIES_APART * (own + 0.3 * passing))
    repeated = np.repeat(below[..., None], len(names), axis=2)
    if split.groups:
        return _groups(it, split, top, below, uneven[..., :-1])
    if not split.inside and not split.outside:
        years = [it.years[place] for place in split.places]
        nature: Nature = "share" if it.nature == "share" else "count"
        each = [
            drawn(nature, " ".join((*about, name)), years, below, wanted[[at] * len(years)], land,
                  it.facts.counts == "people")
            for at, name in enumerate(names)
        ]  # fmt: skip
        return np.stack(each, axis=-1), repeated
    divided = np.zeros(uneven.shape)
    for places, whole in _sums(split, top, below):
        divided[..., places] = apportioned(whole, uneven[..., places] * wanted[places])
    return divided[..., :-1], repeated


def _sums(split: Division, top: Floats, below: Floats) -> list[tuple[list[int], Floats]]:
    """Categories and what they add up to; behind the last category stand those not shown."""
    inside = top if split.inside else np.zeros_like(top)
    return [(split.inside, inside), ([*split.outside, len(split.shares)], below - inside)]


def _wanted(it: Declared, split: Division, top: Floats, bottom: Floats | None) -> Floats:
    """England's number in each category and in those not shown: as published, or roughly."""
    rough = np.array(list(split.shares.values()))
    if not rough.any():
        even = Dice(it.indicator.id, split.name, "shares").even(len(rough))
        rough = 0.1 + even * even
    rough = np.append(np.where(rough > 0, rough, rough[rough > 0].mean()), split.unshown)
    england = top[-1].sum()
    below = england if bottom is None else bottom[-1].sum() / it.steps[1] * it.steps[0]
    one = below / it.scale if it.is_quotient else it.steps[0]
    told = np.full(len(rough), np.nan)
    for at, name in enumerate(split.shares):
        told[at] = split.values.get(name, np.nan) * one
        told[at] = split.tops[name] * it.steps[0] if name in split.tops else told[at]
    if split.headline is not None:
        told[split.headline] = england
    if not split.inside and not split.outside:
        usual = np.minimum(england * (0.4 + 0.6 * rough / rough.max()), 0.95 * below)
        return np.where(np.isnan(told), usual, told)
    for places, whole in _sums(split, england, below):
        here, unknown = told[places], np.isnan(told[places])
        left = max(whole - here[~unknown].sum(), 0.02 * whole)
        told[places] = np.where(
            unknown, rough[places] * left / max(rough[places][unknown].sum(), 1e-9), here
        )
    return np.where(told > 0, told, 0.0)


def _groups(
    it: Declared, split: Division, top: Floats, bottom: Floats, uneven: Floats
) -> tuple[Floats, Floats]:
    """Groups with denominators of their own, whose numerators add up to the total's."""
    rough = np.array(list(split.shares.values()))
    own = apportioned(bottom, uneven * np.where(rough.any(), rough, 1.0))
    level = it.level[max(it.level)] * it.scale
    lean = [max(split.values.get(name, 0.0), 0.0) / level if split.values.get(name) and level
            else split.lean.get(name, 1.0) for name in split.shares]  # fmt: skip
    differs = Dice(it.indicator.id, split.name, "lean").bell(*top.shape[1:], len(lean))
    divided = apportioned(top, own * np.array(lean) * grown(0.12 * differs))
    if it.nature != "share":
        return divided, own
    divided = np.minimum(divided, own)  # none is above its denominator: others take what is left
    for place in range(len(lean)):
        divided[..., place] += np.minimum(
            own[..., place] - divided[..., place], top - divided.sum(axis=-1)
        )
    return divided, own


def _by_lot(wanted: Floats, there: Floats, about: tuple[str, str]) -> Floats:
    """One category for each authority, by lot; only sums of regions and England are shown."""
    lots = Dice(*about, "lots").even(*there.shape)
    lots[1:] = np.where(lots[1:] < 0.8, lots[:1], lots[1:])  # most keep theirs
    # A little off the published numbers, so that nobody takes them for these.
    edges = np.cumsum(wanted[:-1] * grown(0.08 * Dice(*about, "off").bell(len(wanted) - 1)))
    chosen = np.zeros((*there.shape, len(edges)))
    for year, here in enumerate(there > 0):
        rank = np.argsort(np.argsort(lots[year, here], kind="stable"), kind="stable")
        category = np.searchsorted(edges / edges[-1], (rank + 0.5) / len(rank))
        chosen[year, np.flatnonzero(here), category] = 1.0
    return chosen


def apportioned(whole: Floats, weight: Floats) -> Floats:
    """Divide whole numbers by weights along the last axis, so that the parts add up again."""
    running = np.cumsum(weight, axis=-1)
    last = np.where(running[..., -1:] > 0, running[..., -1:], 1.0)
    edges = np.floor(running / last * whole[..., None] + 0.5)
    parts: Floats = np.diff(edges, axis=-1, prepend=0.0)
    return parts
