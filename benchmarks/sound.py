"""Whether what is said holds: false items where nothing happens, power, coverage, rounding.

Nothing happens: an authority's own yearly values, taken beside what everyone did and without
their line, in a random order of years, so that scatter and outliers are real and no trend is. A
distance from the middle is drawn from the normal distribution.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist

import numpy as np

from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import is_authority
from cscdash.analysis.trend import FEWEST
from cscdash.analysis.uncertainty import SCALE, byar, exact_poisson, two_counts, wilson
from cscdash.analysis.unusual import LIMIT
from cscdash.analysis.usual_movement import Array, Scatter, false_discoveries, slope_tests, steady
from cscdash.analysis.worth_a_conversation import FALSE, examined
from cscdash.catalogue import load
from cscdash.ingest import build

SEED = 20261127
AUTHORITIES = 500
TRIALS = 400
DRAWS = 3000


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Print the promises of the methods page, measured on the real extracts."""
    catalogue = load()
    with tempfile.TemporaryDirectory() as folder:
        store = build(published, Path(folder), catalogue).store
        held = [Extract(catalogue.indicator(id), store.columns(id)) for id in store.indicators]
    rng = np.random.default_rng(SEED)
    known = [one for one in map(_tested, held) if one]
    yield "seed", str(SEED), "", f"{len(known)} indicators with a test of trend"
    hit = [_false_items(known, rng) for _ in range(AUTHORITIES)]
    yield (
        "authorities in which nothing happens, with an item",
        f"{np.mean([h > 0 for h in hit]):.1%}",
        "10%",
        f"{AUTHORITIES} drawn; {np.mean(hit):.2f} items on average",
    )
    power = [_power(one, 2 * len(known), rng) for one in known]
    yield (
        "power, a yearly change of twice the usual",
        f"{np.mean(power):.0%} on average, median {np.median(power):.0%}",
        "60%",
        "for five years, in an authority of median size",
    )
    table = examined(held).to_pylist()
    areas = {row["area"] for row in table if is_authority(row["area"])}
    items = [len({r["indicator"] for r in table if r["area"] == a and r["passes"]}) for a in areas]
    yield (
        "real authorities with an item",
        f"{np.mean([n > 0 for n in items]):.0%}",
        "",
        f"{np.mean(items):.2f} indicators on average, {max(items)} at most",
    )
    for name, low, high in _coverages(rng):
        yield f"coverage: {name}", f"{low:.1%} to {high:.1%}", "93% to 97%", "95% ranges"
    flips, said = _flips(held)
    yield "changes told otherwise than their counts tell", str(flips), "0", f"of {said}"


def _tested(held: Extract) -> tuple[Array, Array, Scatter] | None:
    """The latest five years of an indicator's authorities beside everyone, chance, scatter."""
    usual = held.usual
    if held.indicator.unit not in SCALE or usual.scatter is None or len(usual.years) < FEWEST:
        return None
    values, chance = usual.relative[:, -FEWEST:], usual.chance[:, -FEWEST:]
    whole = ~np.isnan(values).any(axis=1)
    return (values[whole], chance[whole], usual.scatter) if whole.sum() >= 20 else None


def _p(values: Array, chance: Array, usual: Scatter) -> Array:
    """The p of each row, as the app finds it."""
    years = np.arange(float(FEWEST))
    tested = slope_tests(values, chance, years, usual)
    return np.where(steady(values, chance, years, usual), tested.p, 1.0)


def _false_items(known: list[tuple[Array, Array, Scatter]], rng: np.random.Generator) -> int:
    years, p = np.arange(float(FEWEST)), []
    for values, chance, usual in known:
        at = rng.integers(len(values))
        own = values[at]
        left = own - np.polyval(np.polyfit(years, own, 1), years)
        left = rng.permutation(left) * np.sqrt(FEWEST / (FEWEST - 2))
        p += [float(_p(left[None, :], chance[[at]], usual)[0]), _far(rng)]
    return sum(false_discoveries(p, FALSE))


def _far(rng: np.random.Generator) -> float:
    """The p of a distance from the middle, where nothing is unusual within the limits."""
    z = abs(float(rng.normal()))
    return 2 * NormalDist().cdf(-z) if z > LIMIT else 1.0


def _power(one: tuple[Array, Array, Scatter], tests: int, rng: np.random.Generator) -> float:
    values, chance, usual = one
    usually = float(np.median(np.abs(np.diff(values, axis=1))))
    middling = np.median(chance, axis=0)
    shape = (TRIALS, FEWEST)
    wander = np.cumsum(rng.normal(0, np.sqrt(usual.lasting), shape), axis=1)
    own = wander + rng.normal(0, np.sqrt(usual.passing + middling), shape)
    own += 2 * usually * np.arange(FEWEST)
    return float((_p(own, np.tile(middling, (TRIALS, 1)), usual) <= FALSE / tests).mean())


def _coverages(rng: np.random.Generator) -> Iterator[tuple[str, float, float]]:
    """Of each kind of interval the lowest and the highest coverage, over real sizes of counts."""
    sizes, shares = (20, 50, 100, 300, 1000), (0.1, 0.2, 0.4, 0.6)
    wilsons, quotients = [], []
    for size in sizes:
        for share in shares:
            counts = rng.binomial(size, share, DRAWS)
            wilsons.append(_held(share, [wilson(float(c), size) for c in counts]))
            of = rng.poisson(size, DRAWS)
            drawn = zip(rng.poisson(size * share, DRAWS).tolist(), of.tolist(), strict=True)
            some = [(float(a), float(n)) for a, n in drawn if a and n]
            quotients.append(_held(share, [two_counts(a, n) for a, n in some]))
    yield "shares (Wilson)", min(wilsons), max(wilsons)
    yield "quotients of two counts", min(quotients), max(quotients)
    for name, method, means in (
        ("rates from ten events (Byar)", byar, (15, 30, 100, 400)),
        ("rates below ten (exact)", exact_poisson, (1, 2, 4, 7)),
    ):
        held = [_held(m, [method(float(c)) for c in rng.poisson(m, DRAWS) if c]) for m in means]
        yield name, min(held), max(held)


def _held(truth: float, ends: list[tuple[float, float]]) -> float:
    return float(np.mean([low <= truth <= high for low, high in ends]))


def _flips(held: list[Extract]) -> tuple[int, int]:
    """Changes told otherwise than the counts alone would tell them, of all that have counts.

    Told: up, down or the same before rounding, and whether it is more than the usual change.
    """
    flips = said = 0
    for one in held:
        indicator, scale = one.indicator, SCALE.get(one.indicator.chance)
        for area in filter(is_authority, one.columns.areas) if scale else ():
            change = since_previous(one.line(area), indicator.chance, indicator.breaks, one.usual)
            if not isinstance(change, Change) or change.low is None or not scale:
                continue
            ends = (change.then, change.now)
            counts = [scale * (end.numerator or 0) / (end.denominator or 1) for end in ends]
            if any(abs(c - (end.value or 0)) > 0.5 for c, end in zip(counts, ends, strict=True)):
                continue  # the counts belong to something else than the value
            said += 1
            size = counts[1] - counts[0]
            flips += np.sign(round(size, 9)) != np.sign(round(change.size, 9))
            flips += change.usual is not None and (abs(size) > change.usual) != change.beyond_usual
    return flips, said
