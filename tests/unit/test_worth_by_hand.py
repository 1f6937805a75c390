"""What is worth a conversation: each p and each word worked out by hand, for known authorities.

Each authority has 50,000 children. All but a few have 300 in every year, so that the usual movement
is nothing and chance alone counts. On the scale of the tests a value is the square root of
(count + 3/8) ÷ children, and its variance by chance 1/4 ÷ children.
"""

from collections.abc import Sequence
from math import isclose, sqrt
from typing import Any

import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cscdash.analysis.extract import Extract
from cscdash.analysis.worth_a_conversation import (
    Kind,
    Worth,
    examine,
    examined,
    worth_a_conversation,
)
from cscdash.analysis.worth_a_conversation import (
    Tested as Finding,  # pytest takes a class called Tested for a test
)
from cscdash.catalogue import catalogue
from tests.unit.observed import broken, extract
from tests.unit.test_worth_a_conversation import made, row

OTHERS = [str(code) for code in range(800, 839)]
YEARS = range(2018, 2026)


def held(
    others: Sequence[str] = OTHERS, declared: dict[str, Any] | None = None, **lines: list[float]
) -> Extract:
    """The others with 300 a year, and some (``_330``) with counts of their own up to 2025."""
    rows = [row(code, year, 300.0) for code in others for year in YEARS]
    for code, line in lines.items():
        for year, count in enumerate(line, start=2026 - len(line)):
            rows += [row(code[1:], year, count)] if count >= 0 else []
    return extract(rows, **(declared or {}))


def of(found: list[Finding], area: str, test: str) -> Finding | None:
    (one,) = [one for one in found if (one.area, one.test) == (area, test)] or [None]
    return one


def expected_p(counts: Sequence[float], line: Sequence[float], years: Sequence[int]) -> float:
    """The slope of the latest values beside the others, read against Student's t.

    With nothing but chance, all years weigh the same: an ordinary line, its slope over
    sqrt(chance ÷ sum of squared years), and 25 + 5 − 2 degrees of freedom.
    """
    size = 50_000
    usual = sqrt(300.375 / size)
    level = sum(sqrt((n + 0.375) / size) for n in line) / (len(line) * usual)
    values = [sqrt((n + 0.375) / size) - level * usual for n in counts]
    middle = sum(years) / len(years)
    squares = sum((year - middle) ** 2 for year in years)
    slope = sum((year - middle) * v for year, v in zip(years, values, strict=True)) / squares
    mean = sum(values) / len(values)
    left = sum(
        (v - mean - slope * (year - middle)) ** 2 for year, v in zip(years, values, strict=True)
    )
    chance = 0.25 / size
    over = max(1.0, (25 + left / chance) / 28)
    return float(2 * stats.t.sf(abs(slope) / sqrt(chance / squares * over), 28))


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ([300, 300, 300, 300, 330, 360, 390, 420], "up"),
        ([300, 300, 300, 300, 285, 270, 260, 240], "down"),
        ([300, 300, 300, 330, 290, 390, 350, 420], "up"),  # its own scatter is more than chance
    ],
)
def test_a_trend_of_the_latest_five_years(line: list[float], direction: str) -> None:
    one = of(examine(held(_330=line)), "330", "trend")
    assert one is not None
    assert (one.direction, one.first, one.last) == (direction, "2021", "2025")
    assert one.p == pytest.approx(expected_p(line[-5:], line, range(2021, 2026)), rel=1e-9)
    assert one.p < 0.01


def test_a_year_without_a_value_is_left_out_and_keeps_its_length() -> None:
    line: list[float] = [300, 300, 300, 315, -1, 340, 370, 400]  # nothing for 2022
    one = of(examine(held(_330=line)), "330", "trend")
    assert one is not None
    assert (one.first, one.last) == ("2020", "2025")
    known = [count for count in line if count >= 0]
    expected = expected_p(known[-5:], known, [2020, 2021, 2023, 2024, 2025])
    assert one.p == pytest.approx(expected, rel=1e-9)


def test_a_movement_that_hangs_on_one_year_is_none() -> None:
    # without 2025 the line is flat: it does not keep its sign when that one is left out
    one = of(examine(held(_330=[300, 300, 300, 300, 300, 300, 300, 600])), "330", "trend")
    assert one is not None and one.p == 1.0


def test_four_values_are_not_tested_five_are() -> None:
    found = examine(held(_330=[300, 320, 340, 360], _331=[300, 320, 340, 360, 380]))
    assert of(found, "330", "trend") is None
    assert of(found, "331", "trend") is not None


def test_nothing_before_a_break_is_tested() -> None:
    line: list[float] = [900, 900, 300, 300, 330, 360, 390, 420]
    five = examine(held(declared={"breaks": broken("2021")}, _330=line))
    one = of(five, "330", "trend")
    assert one is not None and one.first == "2021"
    # beside five years of the others, not eight
    assert one.p == pytest.approx(expected_p(line[3:], line[3:], range(2021, 2026)), rel=1e-9)
    four = examine(held(declared={"breaks": broken("2022")}, _330=line))
    assert not [one for one in four if one.test == "trend"]


def test_england_is_tested_on_its_own_line() -> None:
    counts = [60_000, 60_600, 61_100, 61_800, 62_300, 63_000, 63_500, 64_100]
    rows = [row(code, year, 300.0) for code in OTHERS for year in YEARS]
    rows += [row("E92000001", year, n, 1e7) for year, n in zip(YEARS, counts, strict=True)]
    one = of(examine(extract(rows)), "E92000001", "trend")
    assert one is not None
    assert (one.direction, one.first, one.last) == ("up", "2021", "2025")
    # square roots of (n + 3/8) ÷ 10 m; each change is about 0.0005, alike, so that what they vary
    # by (about 2e-10) is less than chance gives them (2 × 0.25e-7): chance alone is left
    values = [sqrt((n + 0.375) / 1e7) for n in counts[3:]]
    slope = stats.linregress(range(5), values).slope
    # seven changes: 7 − 1 years of its own, and 5 − 2; the residuals are far below chance
    t = slope / sqrt(0.25e-7 / 10)
    assert one.p == pytest.approx(2 * stats.t.sf(t, 6 + 3), rel=1e-6)


def test_a_year_of_england_without_its_counts_is_not_one_of_its_five() -> None:
    rows = [row(code, year, 300.0) for code in OTHERS for year in YEARS]
    line = [row("E92000001", year, 60_000 + 500 * at, 1e7) for at, year in enumerate(YEARS)]
    for name in ("numerator", "denominator"):
        bare = [dict(one) for one in line]
        del bare[6][name]  # of 2024
        one = of(examine(extract([*rows, *bare])), "E92000001", "trend")
        assert one is not None and (one.first, one.last) == ("2020", "2025")


def test_a_line_of_england_that_ended_a_year_ago_is_not_tested() -> None:
    rows = [row(code, year, 300.0) for code in OTHERS for year in YEARS]
    rows += [row("E92000001", year, 60_000 + 500 * at, 1e7) for at, year in enumerate(YEARS)][:-1]
    assert of(examine(extract(rows)), "E92000001", "trend") is None


@pytest.mark.parametrize(("count", "direction"), [(900.0, "higher"), (60.0, "lower")])
def test_far_from_the_middle_either_way(count: float, direction: str) -> None:
    # beside forty that are alike, no variation between authorities is left: the distance is
    # (sqrt(rate) − sqrt(300 ÷ 50,000)) × 2 × sqrt(50,000)
    one = of(examine(held(_330=[count] * 8)), "330", "unusual")
    assert one is not None
    z = (sqrt(count / 50_000) - sqrt(300 / 50_000)) * 2 * sqrt(50_000)
    assert (one.direction, one.first, one.last) == (direction, "2025", "2025")
    assert one.p == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-6, abs=1e-300)


@pytest.mark.parametrize(("count", "beyond"), [(355.0, False), (356.0, True)])
def test_within_the_limits_nothing_is_unusual(count: float, beyond: bool) -> None:
    # 2 × (sqrt(355) − sqrt(300)) is 3.042, of 356 3.095: the limit of 99.8 % is 3.0902
    one = of(examine(held(_330=[count] * 8)), "330", "unusual")
    assert one is not None
    z = 2 * (sqrt(count) - sqrt(300))
    assert isclose(one.p, 2 * stats.norm.sf(z) if beyond else 1.0, rel_tol=1e-6)


def test_a_joint_return_is_told_for_both_and_only_where_that_year_is_joint() -> None:
    rows = [row(code, year, 300.0) for code in OTHERS for year in YEARS]
    rows += [row("940", 2025, 900.0), {**row("941", 2025, 900.0)}]
    joint = [{**one, "flags": "j"} if one["area"] in ("940", "941") else one for one in rows]
    found = examine(extract(joint))
    first, second = of(found, "940", "unusual"), of(found, "941", "unusual")
    assert first is not None and second is not None
    assert first.p == second.p < 1e-10
    # 941 alone, its counts not known: what 940 has says nothing about it
    alone = [{k: v for k, v in one.items() if k not in ("numerator", "denominator")}
             if one["area"] == "941" else one for one in rows]  # fmt: skip
    assert of(examine(extract(alone)), "941", "unusual") is None
    assert of(examine(extract(alone)), "940", "unusual") is not None


def test_nine_events_are_too_few_ten_are_not() -> None:
    rows = [row(code, year, 300.0) for code in OTHERS for year in YEARS]
    rows += [row("330", 2025, 9.0, 300.0), row("331", 2025, 10.0, 300.0)]
    areas = {one.area for one in examine(extract(rows)) if one.test == "unusual"}
    assert areas == {*OTHERS, "331"}


def test_what_is_no_share_or_rate_is_not_tested() -> None:
    assert examine(held(declared={"unit": "score"})) == []
    assert examine(extract([])) == []


def test_what_passes_is_benjamini_and_hochbergs_share_of_each_areas_tests() -> None:
    rates = [made(seed) for seed in range(6)]
    odd = dict.fromkeys(YEARS, 20.0)
    rates.append(made(7, _811=odd, _812={year: 40.0 + 8 * (year - 2018) for year in YEARS}))
    table = examined(rates).to_pylist()
    areas = [one["area"] for one in table]
    assert areas == sorted(areas) and set(areas) == {str(code) for code in range(800, 840)}
    told = 0
    for area in set(areas):
        tests = [one for one in table if one["area"] == area]
        assert len(tests) == 14  # seven indicators, two tests each
        theirs = multipletests([one["p"] for one in tests], alpha=0.075, method="fdr_bh")[0]
        assert [one["passes"] for one in tests] == theirs.tolist()
        told += sum(theirs)
    assert told >= 3
    assert all(one["p"] == float(f"{one['p']:.6g}") for one in table)  # as precise as it is known


KNOWN = catalogue().by_id


def worth(id: str, test: Kind, direction: str, p: float, area: str = "330") -> Finding:
    ends = ("2021", "2025") if test == "trend" else ("2025", "2025")
    return Finding(area, id, test, direction, *ends, p, passes=p < 0.01)


def only(*tests: Finding) -> Worth:
    (one,) = worth_a_conversation(tests, KNOWN).items
    return one


def test_each_reason_in_a_sentence() -> None:
    id = "looked_after_rate"
    assert only(worth(id, "trend", "down", 1e-5)).why == (
        "From 2021 to 2025 it went down beside what other authorities did,"
        " more than it usually moves."
    )
    assert only(worth(id, "trend", "up", 1e-5, "E12000005")).why == (
        "From 2021 to 2025 it went up, more than it usually moves."
    )
    assert only(worth(id, "unusual", "higher", 1e-5)).why == (
        "In 2025 it is much higher than in the middle authority, allowing for how much"
        " authorities differ."
    )


def test_both_reasons_of_one_indicator_the_stronger_first_and_counted_once() -> None:
    id = "looked_after_rate"
    found = worth_a_conversation(
        [worth(id, "trend", "up", 1e-4), worth(id, "unusual", "lower", 1e-6)], KNOWN
    )
    assert (len(found.items), found.more, found.looked_at) == (1, 0, 1)
    assert found.items[0].why == (
        "In 2025 it is much lower than in the middle authority, allowing for how much"
        " authorities differ. From 2021 to 2025 it went up beside what other authorities did,"
        " more than it usually moves."
    )


def test_a_reason_that_does_not_pass_is_not_given() -> None:
    id = "looked_after_rate"
    found = only(worth(id, "trend", "up", 0.3), worth(id, "unusual", "lower", 1e-6))
    assert "went up" not in found.why


def test_indicators_without_a_family_are_each_their_own() -> None:
    alone = [i for i in KNOWN.values() if not i.annex_b][:2]
    tests = [worth(one.id, "trend", "up", 1e-4 * at) for at, one in enumerate(alone, 1)]
    found = worth_a_conversation(tests, KNOWN)
    assert [one.indicator.id for one in found.items] == [one.id for one in alone]


def test_what_may_not_be_shown_is_counted_and_not_named() -> None:
    tests = [worth("own_measure", "trend", "up", 1e-9),
             worth("looked_after_rate", "trend", "up", 1e-4)]  # fmt: skip
    found = worth_a_conversation(tests, KNOWN)
    assert [one.indicator.id for one in found.items] == ["looked_after_rate"]
    assert (found.more, found.looked_at) == (1, 2)


def test_the_caveat_is_the_first_thing_an_indicator_cannot_tell() -> None:
    some = KNOWN["looked_after_rate"].model_copy(update={"limits": "Not why. Nor for whom."})
    bare = some.model_copy(update={"limits": "Not why"})
    tests = [worth(some.id, "trend", "up", 1e-4)]
    assert worth_a_conversation(tests, {some.id: some}).items[0].caveat == "Not why."
    assert worth_a_conversation(tests, {some.id: bare}).items[0].caveat == "Not why."
