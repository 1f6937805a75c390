"""What holds for any figures: bounds in order, row order without effect, no judging word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cscdash.analysis import comparison, sentences, small_numbers, unusual
from cscdash.analysis import deprivation as link
from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.movement import movement
from cscdash.analysis.number_format import round_half_up, say, say_difference
from cscdash.analysis.observations import ENGLAND, CannotSay
from cscdash.analysis.trend import trend
from cscdash.analysis.uncertainty import Band, band, exact_poisson, interval
from cscdash.analysis.usual_movement import Scatter
from cscdash.catalogue.models import Break, Unit
from cscdash.extracts import Observation
from tests.trials.sampling import examples
from tests.unit.observed import Measure, at, extract
from tests.wording import unwanted

UNITS: tuple[Unit, ...] = (
    "percent",
    "rate per 10,000",
    "count",
    "score",
    "pounds",
    "months",
    "ratio",
)
units = st.sampled_from(UNITS)
counts = st.tuples(st.integers(0, 3000), st.integers(1, 3000)).map(lambda p: (min(p), max(p)))
breaks = st.lists(
    st.builds(Break, period=st.sampled_from(["2022", "2024"]), why=st.just("new")), max_size=1
)

STILL = Scatter(0.0, 0.0)  # nothing moves but by chance


def cell(chance: Random) -> dict[str, Any]:
    """A cell of any kind: valued with or without counts, tied, tiny, or without a value."""
    status = chance.choice(["ok", "ok", "ok", "c", "k", "u", "x", "z"])
    most, least = chance.choice([(3000, 1), (12, 1)])
    denominator = chance.randint(least, most)
    numerator = chance.randint(0, min(denominator, 6 if most == 12 else most))
    known = chance.random() < 0.5
    value = chance.choice([0.0, 12.5, 12.5, 100.0 * numerator / denominator])
    return {
        "value": value if status == "ok" else None,
        "numerator": float(numerator) if known else None,
        "denominator": float(denominator) if known else None,
        "status": status,
        "flags": chance.choice(["", "", "p", "rj", "j"]),
    }


def row(area: str, year: int, cell: dict[str, Any], category: str = "total") -> dict[str, Any]:
    where = {"area": area, "period": str(year), "period_end": date(year, 3, 31)}
    return {**where, "breakdown": "total", "category": category, "release": "test", **cell}


NEIGHBOURS = ["314", "318", "801", "802", "803", "804", "805", "806", "940", "941"]


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Six years of England, a region, an authority and up to ten neighbours.

    Cells come of one drawn seed: drawn one by one, they took most of the tests' time.
    """
    areas = [ENGLAND, "E12000005", "330", *NEIGHBOURS[: draw(st.integers(0, 10))]]
    years = range(2020, 2020 + draw(st.integers(1, 6)))
    chance = Random(draw(st.integers(0, 2**32)))
    full = draw(st.sampled_from([0.9, 0.9, 0.4, 1.0]))
    return [row(a, y, cell(chance)) for a in areas for y in years if chance.random() < full]


@given(counts, units, st.sampled_from([0.8, 0.95, 0.998]))
def test_an_interval_holds_its_estimate(pair: tuple[int, int], unit: Unit, level: float) -> None:
    found = interval(*pair, unit, level)
    if unit not in ("percent", "rate per 10,000"):
        assert isinstance(found, CannotSay)
        return
    assert isinstance(found, Band)
    assert 0 <= found.low <= found.estimate <= found.high
    assert unit != "percent" or found.high <= 100
    wider = interval(*pair, unit, 0.999)
    assert isinstance(wider, Band)
    assert wider.low <= found.low + 1e-9
    assert found.high <= wider.high + 1e-9


@given(counts, st.integers(0, 1))
def test_a_band_holds_the_value_as_published(pair: tuple[int, int], decimals: int) -> None:
    value = float(round_half_up(100 * pair[0] / pair[1], decimals))
    found = band(value, *pair, "percent")
    assert isinstance(found, Band)
    assert found.low <= value <= found.high


@given(st.floats(0, 9.9), st.floats(0, 9.9))
def test_exact_limits_rise_with_the_count(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert exact_poisson(less)[0] <= exact_poisson(more)[0] + 1e-9
    assert exact_poisson(less)[1] <= exact_poisson(more)[1] + 1e-9


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), units, st.integers(0, 2))
def test_printed_numbers(now: float, then: float, unit: Unit, decimals: int) -> None:
    assert abs(float(round_half_up(now, decimals)) - now) <= 0.5 * 10**-decimals + 1e-5
    same = say(now, unit, decimals) == say(then, unit, decimals)
    assert (say_difference(now, then, unit, decimals) == "the same") == same


@settings(max_examples=examples(100))
@given(rows(), units, st.randoms(use_true_random=False))
def test_the_order_of_rows_has_no_effect(
    some: list[dict[str, Any]], unit: Unit, random: Any
) -> None:
    shuffled = random.sample(some, len(some))

    def results(some: list[dict[str, Any]]) -> list[Any]:
        held = extract(some)
        now, own = held.at("2021"), held.line("330")
        return [
            own,
            held.periods,
            held.latest,
            since_previous(own, unit),
            trend(own, unit, (), STILL),
            comparison.middle(now, "330", NEIGHBOURS),
            comparison.position(12.5, now, "330", NEIGHBOURS, 1),
            comparison.spread(now),
        ]

    assert repr(results(some)) == repr(results(shuffled))


@given(st.lists(counts, min_size=5, max_size=9), breaks)
def test_a_trend_turns_round_with_its_values(
    pairs: list[tuple[int, int]], declared: Sequence[Break]
) -> None:
    years = range(2026 - len(pairs), 2026)
    points = [
        Observation("330", str(y), date(y, 3, 31), 100 * n / d, n, d)
        for y, (n, d) in zip(years, pairs, strict=True)
    ]
    opposite = [
        replace(p, value=100 - (p.value or 0), numerator=(p.denominator or 0) - (p.numerator or 0))
        for p in points
    ]
    turned = {"up": "down", "down": "up"}
    found = trend(points, "percent", declared, STILL).direction
    assert trend(opposite, "percent", declared, STILL).direction == turned.get(found, found)


@given(st.lists(counts, min_size=20, max_size=40), st.sampled_from(["percent", "rate per 10,000"]))
def test_the_adjusted_distance_is_never_larger_than_the_plain_one(
    pairs: list[tuple[int, int]], unit: Unit
) -> None:
    cells_ = [
        {"value": n / d, "numerator": n, "denominator": d, "status": "ok", "flags": ""}
        for n, d in pairs
    ]
    z = unusual.distances(at([row(str(800 + i), 2025, c) for i, c in enumerate(cells_)]), unit)
    assert isinstance(z, dict)
    root = np.sqrt([n / d for n, d in pairs])
    y = np.arcsin(root) if unit == "percent" else root
    plain = np.abs(y - np.median(y)) * 2 * np.sqrt([d for _, d in pairs])
    assert (np.abs(list(z.values())) <= plain + 1e-9).all()


def proper(text: str) -> None:
    """One sentence, no word that judges, nothing that a computer would say."""
    assert unwanted(text) == []
    assert text.endswith(".")
    assert not text.endswith("..")
    assert ". " not in text
    assert text[0].isupper()
    assert not re.search(r"\b(nan|None|inf|null|True|False)\b", text)


@settings(max_examples=examples(200))
@given(rows(), units, st.integers(0, 2), breaks, st.sampled_from([None, "child"]))
def test_no_sentence_judges_whatever_the_figures(
    some: list[dict[str, Any]], unit: Unit, decimals: int, declared: list[Break], noun: str | None
) -> None:
    measure = Measure(unit, decimals)
    held = extract(some)
    codes = [c for c in NEIGHBOURS if held.line(c)]
    lines = held.lines(["330", ENGLAND, "E12000005", *codes])
    own = lines["330"]
    change = since_previous(own, unit, declared)
    found = trend(own, unit, declared, STILL)
    proper(sentences.over_time("Rutland", measure, own, change, found, noun))
    if isinstance(change, Change):
        assert change.now.value is not None
        assert change.then.value is not None
    ends = (own[0].period, own[-1].period) if own else ("2020", "2021")
    movements = movement(lines, "330", codes, "E12000005", *ends, unit, decimals, declared)
    proper(sentences.moved(measure, movements))
    small_numbers.pooled(own, unit, "flow", declared)
    if not own:
        return
    now, everyone = own[-1], held.at(own[-1].period)
    middle = comparison.middle(everyone, "330", codes)
    place = (
        CannotSay("it has no value")
        if now.value is None
        else comparison.position(now.value, everyone, "330", codes, decimals)
    )
    proper(sentences.neighbours("Rutland", measure, now, place, middle, noun))
    others = {}
    for name, code in (("England", ENGLAND), ("West Midlands", "E12000005")):
        other = lines[code][-1] if lines[code] else None
        if other and other.value is not None and now.value is not None:
            sure = band(now.value, now.numerator, now.denominator, unit)
            standing = comparison.stands(now.value, other.value, decimals, sure)
            others[name] = (other.value, standing)
    spread = comparison.spread(everyone)
    proper(sentences.all_authorities("Rutland", measure, now, spread, others))
    proper(sentences.unusual(unusual.unusual("330", now, unusual.distances(everyone, unit), unit)))
    groups = {f"group {i}": point for i, point in enumerate(own)}
    proper(sentences.breakdown("Rutland", measure, "ethnicity", groups, noun))


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(0, 200)), min_size=0, max_size=60),
    st.floats(0, 50),
    st.floats(0, 200),
)
def test_no_sentence_on_deprivation_judges(
    pairs: list[tuple[float, float]], context: float, value: float
) -> None:
    cells_ = [
        {"value": y, "numerator": None, "denominator": None, "status": "ok", "flags": ""}
        for _, y in pairs
    ]
    everyone = at([row(str(800 + i), 2025, cell) for i, cell in enumerate(cells_)])
    measures = pd.Series({str(800 + i): x for i, (x, _) in enumerate(pairs)}, dtype=float)
    found = link.link(everyone, measures)
    typical = None if isinstance(found, CannotSay) else found.typical(value, context)
    proper(sentences.deprivation("child poverty before housing costs", found, typical))
    if not isinstance(found, CannotSay):
        assert -1e-9 <= found.r_squared <= 1 + 1e-9
        assert found.low <= found.high


@given(st.sampled_from([1, 20, 151]).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_every_share_has_words(pair: tuple[int, int]) -> None:
    proper(sentences.unusual(unusual.Unusual(1.0, *pair)))
