"""What may be worth a conversation: what is left when chance and usual movement are taken away.

Every loaded indicator is tested twice for each area: whether it moved otherwise than everyone did,
by more than it usually moves, and whether its value is far from the middle, allowing for how much
authorities differ. Of all tests of an area only so many pass that few of them are expected
to be chance. That nothing passes is the usual answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import erfc, sqrt
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import is_authority, since_break
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.trend import FEWEST
from cscdash.analysis.uncertainty import SCALE
from cscdash.analysis.unusual import LIMIT, Distances, distance_of
from cscdash.analysis.usual_movement import (
    Array,
    Scatter,
    false_discoveries,
    slope_tests,
    steady,
    transformed,
)
from cscdash.catalogue.models import Indicator
from cscdash.extracts.observation import Observation

TABLE = "worth_a_conversation"  # what it is called in a store
MOST = 5
FALSE = 0.075  # of what passes is chance; so that one authority in ten gets an item for nothing

Kind = Literal["trend", "unusual"]

SCHEMA = pa.schema(
    [
        pa.field("area", pa.string()),
        pa.field("indicator", pa.string()),
        pa.field("test", pa.string()),
        pa.field("direction", pa.string()),
        pa.field("first", pa.string()),
        pa.field("last", pa.string()),
        pa.field("p", pa.float64()),
        pa.field("passes", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Tested:
    """One test of one indicator in one area.

    Attributes
    ----------
    area, indicator : str
        Their codes.
    test : str
        ``trend`` or ``unusual``.
    direction : str
        ``up`` or ``down``; ``higher`` or ``lower`` than the middle authority.
    first, last : str
        The periods that were tested.
    p : float
        How often the like comes about where nothing happens.
    passes : bool
        Whether it is among the tests of its area that pass; not known before all are there.
    """

    area: str
    indicator: str
    test: Kind
    direction: str
    first: str
    last: str
    p: float
    passes: bool = False


@dataclass(frozen=True)
class Worth:
    """An indicator worth a conversation, and why in a sentence."""

    indicator: Indicator
    why: str
    caveat: str


@dataclass(frozen=True)
class Conversation:
    """What is worth a conversation in an area.

    Attributes
    ----------
    items : tuple of Worth
        At most five, the strongest first, one of each family of indicators.
    more : int
        How many more indicators pass.
    looked_at : int
        How many indicators were tested.
    """

    items: tuple[Worth, ...]
    more: int
    looked_at: int


def examine(held: Extract) -> list[Tested]:
    """Both tests of an indicator for every area whose latest value can be tested."""
    if held.indicator.chance not in SCALE or not held.latest:
        return []
    unit = held.indicator.chance
    now = {
        area: one
        for area, one in held.at(held.latest).items()
        if one.value is not None and not too_few(one.numerator, one.denominator, unit)
    }
    found = _authorities_trends(held, now)
    found += [one for area in now if not is_authority(area) and (one := _own_trend(held, area))]
    distances = held.distances(held.latest)
    if isinstance(distances, Mapping):
        found += [far for one in now.values() if (far := _far(held, one, distances))]
    return found


def examined(extracts: Iterable[Extract]) -> pa.Table:
    """All tests of all areas, and which of them pass: computed once for each build.

    Returns
    -------
    Table
        Of `SCHEMA`, by area and indicator.
    """
    by_area: dict[str, list[Tested]] = {}
    for held in extracts:
        for one in examine(held):
            by_area.setdefault(one.area, []).append(one)
    rows = []
    for _, tests in sorted(by_area.items()):
        passing = false_discoveries([one.p for one in tests], FALSE)
        for one, passes in zip(tests, passing, strict=True):
            rows.append(vars(replace(one, p=float(f"{one.p:.6g}"), passes=passes)))
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def tests_of(table: pa.Table, area: str) -> list[Tested]:
    """The tests of one area, from the table that `examined` made."""
    return [Tested(**row) for row in table.filter(pc.field("area") == area).to_pylist()]


def worth_a_conversation(
    tests: Sequence[Tested], indicators: Mapping[str, Indicator]
) -> Conversation:
    """Choose from the tests of one area.

    Parameters
    ----------
    tests : sequence of Tested
        Those of one area.
    indicators : mapping of str to Indicator
        Those that may be shown; others still count among those looked at.
    """
    passing = [one for one in tests if one.passes]
    strongest = sorted(passing, key=lambda one: (one.p, one.indicator))
    order = list(dict.fromkeys(one.indicator for one in strongest))
    families: dict[str, list[str]] = {}
    for id in order:
        if id in indicators:
            families.setdefault(indicators[id].annex_b or id, []).append(id)
    chosen = [ids[0] for ids in families.values()][:MOST]
    items = tuple(
        Worth(
            indicators[id],
            " ".join(_why(one) for one in strongest if one.indicator == id),
            _caveat(indicators[id]),
        )
        for id in chosen
    )
    looked_at = len({one.indicator for one in tests})
    return Conversation(items, len(order) - len(items), looked_at)


def _authorities_trends(held: Extract, now: Collection[str]) -> list[Tested]:
    """Whether authorities moved otherwise than everyone, over their latest five values."""
    usual = held.usual
    if usual.scatter is None:
        return []
    known = ~np.isnan(usual.relative)
    together: dict[tuple[int, ...], list[int]] = {}
    for row, area in enumerate(usual.areas):
        latest = tuple(np.flatnonzero(known[row])[-FEWEST:].tolist())
        if area in now and len(latest) == FEWEST and latest[-1] == known.shape[1] - 1:
            together.setdefault(latest, []).append(row)
    found = []
    for at, rows in together.items():
        some = np.ix_(rows, at)
        areas = [usual.areas[row] for row in rows]
        values, chance, years = usual.relative[some], usual.chance[some], usual.years[list(at)]
        found += _tested(held, areas, values, chance, years, usual.scatter)
    return found


def _own_trend(held: Extract, area: str) -> Tested | None:
    """Whether England or a region moved, over its latest five values."""
    indicator, usual = held.indicator, held.scatter_of(area)
    line = [one for one in since_break(held.line(area), indicator.breaks) if _counted(one)]
    latest = line[-FEWEST:]
    years = np.array([one.end.year for one in latest], dtype=float)
    if usual is None or len(set(years)) < FEWEST or latest[-1].period != held.latest:
        return None
    top = np.array([[one.numerator for one in latest]], dtype=float)
    bottom = np.array([[one.denominator for one in latest]], dtype=float)
    return _tested(held, [area], *transformed(top, bottom, indicator.chance), years, usual)[0]


def _tested(
    held: Extract, areas: Sequence[str], values: Array, chance: Array, years: Array, usual: Scatter
) -> list[Tested]:
    tests = slope_tests(values, chance, years, usual)
    p = np.where(steady(values, chance, years, usual), tests.p, 1.0)
    by_year = {float(end.year): period for period, end in held.ends.items()}
    ends = by_year[years[0]], by_year[years[-1]]
    return [
        Tested(area, held.indicator.id, "trend", "up" if slope > 0 else "down", *ends, chance_of)
        for area, slope, chance_of in zip(areas, tests.slope, p.tolist(), strict=True)
    ]


def _far(held: Extract, own: Observation, distances: Distances) -> Tested | None:
    """How far an authority is from the middle; None where that is not known.

    Within the 99.8 % limits nothing is unusual, however many other tests pass.
    """
    z = distance_of(own, distances)
    if z is None:
        return None
    p = erfc(abs(z) / sqrt(2)) if abs(z) > LIMIT else 1.0  # both tails, the far ones too
    direction = "higher" if z > 0 else "lower"
    return Tested(own.area, held.indicator.id, "unusual", direction, own.period, own.period, p)


def _counted(one: Observation) -> bool:
    return one.value is not None and one.numerator is not None and bool(one.denominator)


def _why(one: Tested) -> str:
    if one.test == "unusual":
        return (
            f"In {one.last} it is much {one.direction} than in the middle authority, allowing"
            " for how much authorities differ."
        )
    beside = "beside what other authorities did" if is_authority(one.area) else ""
    span = f"From {one.first} to {one.last} it went {one.direction}"
    return " ".join(part for part in (span, beside) if part) + ", more than it usually moves."


def _caveat(indicator: Indicator) -> str:
    """The first sentence of what the indicator cannot tell."""
    return indicator.limits.split(". ")[0].rstrip(".") + "."
