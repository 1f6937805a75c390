"""What is worth a conversation: authorities whose answer is known, and the choice among them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy import stats

from cscdash.analysis.extract import Extract
from cscdash.analysis.worth_a_conversation import (
    Tested as Finding,  # pytest takes a class called Tested for a test
)
from cscdash.analysis.worth_a_conversation import (
    examine,
    examined,
    worth_a_conversation,
)
from cscdash.catalogue import catalogue
from tests.unit.observed import extract

CODES = [str(code) for code in range(800, 840)]
YEARS = range(2018, 2026)


def made(seed: int = 1, **odd: dict[int, float]) -> Extract:
    """Forty authorities around 60 per 10,000 of 50,000 children; `odd` says where one is not.

    Each year every value moves by chance alone (a Poisson count).
    """
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for code in CODES:
        level = rng.normal(60, 6)
        for year in YEARS:
            mean = odd.get(f"_{code}", {}).get(year, level)
            count = float(rng.poisson(mean * 5))
            rows.append(row(code, year, count))
    return extract(rows)


def row(area: str, year: int, count: float, of: float = 50_000.0) -> dict[str, Any]:
    value = 10_000 * count / of
    return {
        "area": area, "period": str(year), "value": value, "numerator": count, "denominator": of,
    }  # fmt: skip


def passing(held: Extract) -> set[tuple[str, str, str]]:
    return {
        (one["area"], one["test"], one["direction"])
        for one in examined([held]).to_pylist()
        if one["passes"]
    }


def test_where_nothing_happens_nothing_passes() -> None:
    found = [passing(made(seed)) for seed in range(5)]
    # 200 authorities with two tests each: a few pass by chance, one in ten of all at the most
    assert sum(len({area for area, _, _ in one}) for one in found) <= 20


def test_an_authority_that_rose_by_itself_is_told() -> None:
    rising = {year: 60.0 + 12 * max(0, year - 2021) for year in YEARS}
    assert ("805", "trend", "up") in passing(made(_805=rising))


def test_one_that_is_far_from_the_middle_is_told() -> None:
    # 20 per 10,000 is nearly seven standard deviations of 6 below 60
    assert ("811", "unusual", "lower") in passing(made(_811=dict.fromkeys(YEARS, 20.0)))


def test_what_everyone_did_is_nobodys_item() -> None:
    everyone = {f"_{code}": {year: 60.0 + 5 * (year - 2018) for year in YEARS} for code in CODES}
    # each moved 35 of 60 by the end; by chance one in ten authorities has an item all the same
    assert len(passing(made(**everyone))) <= 8
    # alone among those that rose, the one that stood still has fallen behind
    everyone["_820"] = dict.fromkeys(YEARS, 60.0)
    assert ("820", "trend", "down") in passing(made(**everyone))


def test_too_few_are_not_tested() -> None:
    rows = [row(code, year, 300.0) for code in CODES[1:] for year in YEARS]
    rows += [row("800", year, 9.0, 300.0) for year in YEARS]  # fewer than ten events
    assert {one.area for one in examine(extract(rows))} == set(CODES[1:])


def test_a_line_that_has_ended_is_not_tested_for_trend() -> None:
    rows = [row(code, year, 300.0 + year % 3) for code in CODES for year in YEARS]
    rows = [one for one in rows if (one["area"], one["period"]) != ("801", "2025")]
    assert "801" not in {one.area for one in examine(extract(rows))}


def test_unusual_is_the_adjusted_distance_beyond_its_limits() -> None:
    held = made(_811=dict.fromkeys(YEARS, 20.0))
    distances = held.distances("2025")
    assert isinstance(distances, Mapping)
    by_area = {one.area: one for one in examine(held) if one.test == "unusual"}
    for area, z in distances.items():
        expected = 2 * stats.norm.sf(abs(z)) if abs(z) > 3.0902 else 1.0
        assert by_area[area].p == pytest.approx(expected, rel=1e-6)


def test_england_and_regions_are_tested_on_their_own_line_for_trend_alone() -> None:
    rows = [row(code, year, 300.0) for code in CODES for year in YEARS]
    steady = [10_000.0 + 500 * (year - 2018) for year in YEARS]
    for area, of in (("E92000001", 2_000_000.0), ("E12000005", 1_000_000.0)):
        rows += [row(area, year, count, of) for year, count in zip(YEARS, steady, strict=True)]
    found = {(one.area, one.test, one.direction) for one in examine(extract(rows))}
    assert ("E92000001", "trend", "up") in found
    assert ("E12000005", "trend", "up") in found
    assert not any(test == "unusual" for area, test, _ in found if area.startswith("E"))


def test_five_at_most_one_of_each_family_the_strongest_first() -> None:
    known = catalogue().by_id
    family = [i for i in known.values() if i.annex_b and i.standing != "gap"]
    twins = next(
        (one.id, other.id)
        for one in family
        for other in family
        if one.id != other.id and one.annex_b == other.annex_b
    )
    others = list(dict.fromkeys(i.annex_b for i in family if i.annex_b != known[twins[0]].annex_b))
    alone = [next(i.id for i in family if i.annex_b == annex) for annex in others[:6]]
    tests = [
        Finding("330", id, "trend", "up", "2021", "2025", p, passes)
        for id, p, passes in [
            (twins[0], 1e-6, True),
            (twins[1], 1e-9, True),
            *((id, 1e-5 * (at + 1), True) for at, id in enumerate(alone)),
            ("repeat_referrals", 0.2, False),
        ]
    ]  # fmt: skip
    found = worth_a_conversation(tests, known)
    assert [worth.indicator.id for worth in found.items] == [twins[1], *alone[:4]]
    assert found.more == 3  # of eight that pass
    assert found.looked_at == len({one.indicator for one in tests})
    assert "From 2021 to 2025 it went up beside what other authorities did" in found.items[0].why


def test_nothing_is_the_usual_answer() -> None:
    found = worth_a_conversation([], catalogue().by_id)
    assert (found.items, found.more, found.looked_at) == ((), 0, 0)
