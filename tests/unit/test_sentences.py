"""Each sentence in the cases that a page meets, word for word."""

from datetime import date

import pytest

from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.comparison import Middle, Position, Spread
from cscdash.analysis.deprivation import Link
from cscdash.analysis.movement import movement
from cscdash.analysis.observations import ENGLAND, CannotSay
from cscdash.analysis.sentences import (
    all_authorities,
    breakdown,
    deprivation,
    moved,
    neighbours,
    over_time,
    unusual,
)
from cscdash.analysis.trend import Trend, trend
from cscdash.analysis.unusual import Unusual
from cscdash.analysis.usual_movement import Scatter
from tests.unit.observed import Measure, broken, point, shares

STILL = Scatter(0.0, 0.0)  # nothing moves but by chance

PERCENT = Measure("percent", 1)


def told(points, breaks=(), noun=None, place="Hackney") -> str:
    change = since_previous(points, "percent", breaks)
    return over_time(place, PERCENT, points, change, trend(points, "percent", breaks, STILL), noun)


def test_over_time_with_all_there_is() -> None:
    points = shares(2021, (180, 1000), (190, 1000), (200, 1000), (199, 1000), (199, 1000))
    assert told(points, noun="referral") == (
        "Hackney stood at 19.9% in 2025, the same as in 2024; "
        "from 2021 to 2025 there is no clear trend."
    )


def test_over_time_a_trend_and_a_move() -> None:
    points = shares(2021, (100, 1000), (130, 1000), (160, 1000), (190, 1000), (280, 1000))
    assert told(points) == (
        "Hackney stood at 28.0% in 2025, up 9.0 points since 2024: more than chance alone often"
        " gives; from 2021 to 2025 the trend is up."
    )


def test_over_time_a_trend_that_starts_in_the_pandemic() -> None:
    points = shares(2021, (100, 1000), (130, 1000), (160, 1000), (190, 1000), (280, 1000))
    change = since_previous(points, "percent", ())
    found = trend(points, "percent", (), STILL)

    def shut(end: date) -> str:
        return "clinics were shut" if end <= date(2021, 12, 31) else ""

    assert over_time("Hackney", PERCENT, points, change, found, disturbance=shut).endswith(
        "from 2021 to 2025 the trend is up; 2021 was a year of the pandemic, when clinics were"
        " shut: a part of this may be a return to what was usual."
    )
    turned = shares(2021, (280, 1000), (190, 1000), (160, 1000), (130, 1000), (100, 1000))
    fell = over_time(
        "Hackney",
        PERCENT,
        turned,
        since_previous(turned, "percent", ()),
        trend(turned, "percent", (), STILL),
        disturbance=shut,
    )
    assert fell.endswith("the trend is down; 2021 was a year of the pandemic, when clinics were"
                         " shut: a part of this may be a return to what was usual.")  # fmt: skip
    later = trend(points[1:], "percent", (), STILL)
    assert "pandemic" not in over_time(
        "Hackney", PERCENT, points, change, later, disturbance=shut
    ), "nothing is said of a stretch that cannot be tested"


@pytest.mark.parametrize(
    ("low", "high", "usual", "years", "words"),
    [
        # up 5 points, in the band of chance or not, beside what nine of ten changes stay within
        (-1.0, 11.0, 2.0, 1, "up 5.0 points since 2024: chance alone often gives as much"),
        (0.0, 10.0, 2.0, 1, "up 5.0 points since 2024: chance alone often gives as much"),
        (0.1, 9.9, 4.9, 1, "up 5.0 points since 2024: more than this indicator usually moves in a"
         " year in places of this size"),
        (0.1, 9.9, 5.0, 1, "up 5.0 points since 2024: no more than this indicator usually moves in"
         " a year in places of this size"),
        (0.1, 9.9, 4.9, 2, "up 5.0 points since 2023: more than this indicator usually moves in 2"
         " years in places of this size"),
        (0.1, 9.9, None, 1, "up 5.0 points since 2024: more than chance alone often gives"),
        (None, None, None, 1, "up 5.0 points since 2024;"),
        (None, None, 4.9, 1, "up 5.0 points since 2024: more than this indicator usually moves"),
    ],
)  # fmt: skip
def test_a_change_beside_chance_and_beside_the_usual(
    low: float | None, high: float | None, usual: float | None, years: int, words: str
) -> None:
    then, now = point(2025 - years, 20.0), point(2025, 25.0)
    change = Change(then, now, 5.0, low, high, (), usual)
    none = Trend("cannot say", why="it is short")
    assert words in over_time("Hackney", PERCENT, [then, now], change, none)


def test_what_is_said_as_printed_and_before_rounding() -> None:
    # printed as 22.6 and 23.8, so 1.2 apart; the counts give 1.1
    then, now = point(2024, 22.64), point(2025, 23.75)
    change = Change(then, now, 1.11)
    none = Trend("cannot say", why="it is short")
    said = over_time("Hackney", PERCENT, [then, now], change, none)
    assert "up 1.2 points as printed (up 1.1 points before rounding) since 2024" in said


def test_over_time_a_gap() -> None:
    points = [point(2020, 15.7), point(2021, None), point(2022, None), point(2023, 10.0)]
    assert told(points) == (
        "Hackney stood at 10.0% in 2023, down 5.7 points since 2020 (no value for 2021 and 2022); "
        "we cannot say whether there is a trend, because there are fewer than five values."
    )


def test_over_time_a_single_year_of_few() -> None:
    points = [point(2025, 50.0, 6, 12, flags="p")]
    assert told(points, noun="care leaver", place="Rutland") == (
        "Rutland stood at 50.0% (provisional) in 2025; there is no earlier value to compare with; "
        "too few to compare: fewer than 20 in the group; one care leaver more or fewer would move "
        "this by 8.3 points; "
        "we cannot say whether there is a trend, because there are fewer than five values."
    )


def test_what_is_too_few_to_compare_is_not_compared() -> None:
    points = [point(2024, 40.0, 6, 15), point(2025, 50.0, 6, 12)]
    said = told(points, noun="care leaver", place="Rutland")
    assert said.startswith("Rutland stood at 50.0% in 2025; too few to compare: fewer than 20")
    assert "since" not in said and "2024" not in said
    beside = neighbours(
        "Rutland", PERCENT, points[1], Position(8, 1, 1), Middle(18.6, 18.0, 10, 10), "care leaver"
    )
    assert beside.startswith("Rutland stood at 50.0% in 2025; median of all 10 neighbours: 18.6%;")


def test_one_child_is_named_where_it_moves_a_rate_noticeably() -> None:
    change, none = CannotSay("there is no earlier value to compare with"), Trend("cannot say")
    few = [point(2025, 50.0, 40, 8_000)]
    many = [point(2025, 125.0, 100, 8_000)]
    rate = Measure("rate per 10,000", 0)
    assert "one child more or fewer would move this by 1.3 per 10,000" in over_time(
        "Rutland", rate, few, change, none, "child"
    )
    assert "one child" not in over_time("Rutland", rate, many, change, none, "child")


def test_over_time_a_break() -> None:
    points = [point(2024, 10.0), point(2025, 20.0)]
    assert told(points, broken("2025")) == (
        "Hackney stood at 20.0% in 2025; the figures mean something else from 2025 on; we cannot "
        "say whether there is a trend, because there are fewer than five values since the break."
    )


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("c", "hidden because the number is small"),
        ("k", "rounds to zero"),
        ("u", "unreliable"),
        ("x", "not available"),
        ("z", "does not apply"),
    ],
)
def test_over_time_without_a_latest_value(status: str, why: str) -> None:
    hidden = point(2025, None, status=status)
    assert told([hidden]) == f"Hackney has no value for 2025 ({why})."
    assert told([point(2024, 12.0), hidden]) == (
        f"Hackney has no value for 2025 ({why}); the latest is 12.0% in 2024."
    )


def test_over_time_without_figures() -> None:
    assert told([]) == "There are no figures for Hackney."


def test_moved() -> None:
    lines = {
        "330": shares(2024, (400, 2000), (500, 2000)),
        ENGLAND: shares(2024, (22_000, 100_000), (27_000, 100_000)),
        **{str(c): [point(2024, 10.0), point(2025, 13.0)] for c in range(801, 807)},
    }
    codes = [str(c) for c in range(801, 811)]
    found = movement(lines, "330", codes, None, "2024", "2025", "percent", 1)
    assert moved(PERCENT, found) == (
        "Since 2024: up 5.0 points; median change of 6 of 10 neighbours: up 3.0 points; "
        "England: up 5.0 points; this moved with England."
    )
    found = movement(lines, "999", codes, None, "2024", "2025", "percent", 1)
    assert moved(PERCENT, found) == (
        "We cannot say whether this moved with England: there is no value for 2025."
    )


@pytest.mark.parametrize(
    ("position", "middle", "words"),
    [
        (
            Position(8, 1, 1),
            Middle(18.6, 18.0, 10, 10),
            "Higher than 8 of 10 neighbours with data; the same as 1; "
            "median of all 10 neighbours: 18.6%.",
        ),
        (
            Position(1, 0, 9),
            Middle(18.6, 18.0, 10, 10),
            "Lower than 9 of 10 neighbours with data; median of all 10 neighbours: 18.6%.",
        ),
        (
            Position(0, 1, 6),
            Middle(18.6, 18.0, 7, 10),
            "Lower than 6 of 7 neighbours with data; the same as 1; "
            "median of 7 of 10 neighbours: 18.6%.",
        ),
        (
            Position(0, 9, 0),
            Middle(19.9, 19.9, 9, 10, shared=1),
            "The same as all 9 neighbours with data; "
            "median of 9 of 10 neighbours (1 in a joint return): 19.9%.",
        ),
        (
            Position(2, 0, 1),
            CannotSay("only 3 of 10 have a value"),
            "Higher than 2 of 3 neighbours with data; "
            "no median of the neighbours: only 3 of 10 have a value.",
        ),
        (
            CannotSay("none of 10 has a value"),
            CannotSay("none of 10 has a value"),
            "Hackney stood at 19.9% in 2025; no median of the neighbours: none of 10 has a value.",
        ),
    ],
)
def test_neighbours(position, middle, words: str) -> None:
    assert neighbours("Hackney", PERCENT, point(2025, 19.9), position, middle) == words


def test_neighbours_without_an_own_value() -> None:
    hidden = point(2025, None, status="c")
    middle = Middle(18.6, 18.0, 7, 10)
    assert neighbours("Rutland", PERCENT, hidden, Position(0, 0, 0), middle) == (
        "Rutland has no value for 2025 (hidden because the number is small); "
        "median of 7 of 10 neighbours: 18.6%."
    )


SPREAD = Spread(7, 17, 20, 23.1, 40, 151)


@pytest.mark.parametrize(
    ("value", "where"), [(16.0, "lower than"), (17.04, "within"), (23.2, "higher than")]
)
def test_all_authorities(value: float, where: str) -> None:
    found = all_authorities("Hackney", PERCENT, point(2025, value), SPREAD, {})
    assert found == (
        f"Hackney stood at {value:.1f}% in 2025, {where} the middle half of 151 authorities "
        "(17.0% to 23.1%)."
    )


def test_all_authorities_with_region_and_england() -> None:
    others = {"Inner London": (19.1, "similar"), "England": (22.6, "lower")}
    found = all_authorities("Hackney", PERCENT, point(2025, 19.9), SPREAD, others)
    assert found.endswith("; similar to Inner London (19.1%) and lower than England (22.6%).")


def test_all_authorities_where_something_is_missing() -> None:
    hidden = point(2025, None, status="z")
    assert all_authorities("Cumbria", PERCENT, hidden, SPREAD, {}) == (
        "Cumbria has no value for 2025 (does not apply); the middle half of 151 authorities "
        "(17.0% to 23.1%) is shown without it."
    )
    few = CannotSay("fewer than five authorities have a value")
    assert all_authorities("Leeds", PERCENT, point(2025, 1.0), few, {}) == (
        "Leeds stood at 1.0% in 2025; there are no quartiles, because fewer than five "
        "authorities have a value."
    )


@pytest.mark.parametrize(
    ("as_far", "words"),
    [
        (1, "Of 151 authorities only this one is this far from the middle."),
        (3, "Only 3 of 151 authorities are this far from the middle."),
        (8, "About 1 in 20 authorities is this far from the middle, or further."),
        (15, "About 1 in 10 authorities is this far from the middle, or further."),
        (50, "About 1 in 3 authorities is this far from the middle, or further."),
        (151, "Most authorities are this far from the middle, or further."),
    ],
)
def test_unusual(as_far: int, words: str) -> None:
    assert unusual(Unusual(1.0, as_far, 151)) == words


@pytest.mark.parametrize(
    ("as_far", "counted", "words"),
    [
        (15, 20, "Most authorities are"),  # three in four
        (14, 20, "About 1 in 2 authorities is"),
        (2, 20, "About 1 in 10 authorities is"),
        (
            4,
            140,
            "About 1 in 50 authorities is",
        ),  # one in 35: 35 ÷ 20 is more than 50 ÷ 35
        (3, 140, "Only 3 of 140 authorities are"),
        (1, 20, "Of 20 authorities only this one is"),
    ],
)
def test_shares_at_the_limits_of_their_words(as_far: int, counted: int, words: str) -> None:
    assert unusual(Unusual(1.0, as_far, counted)).startswith(words)


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position(1, 0, 0), "Higher than the only one of the neighbours with data; "),
        (Position(0, 0, 1), "Lower than the only one of the neighbours with data; "),
        (Position(0, 1, 0), "The same as the only one of the neighbours with data; "),
        (Position(1, 0, 1), "Higher than 1 of 2 neighbours with data; "),
        (Position(0, 1, 1), "Lower than 1 of 2 neighbours with data; the same as 1; "),
    ],
)
def test_one_and_several(position: Position, words: str) -> None:
    none = CannotSay("too few")
    assert neighbours("Hackney", PERCENT, point(2025, 19.9), position, none).startswith(words)


@pytest.mark.parametrize(
    ("value", "where"),
    [(16.94, "lower than"), (16.95, "within"), (23.14, "within"), (23.15, "higher than")],
)
def test_the_ends_of_the_middle_half_are_within_as_printed(value: float, where: str) -> None:
    # the quartiles are printed as 17.0 and 23.1: 16.95 is printed as 17.0, 23.14 as 23.1
    found = all_authorities("Hackney", PERCENT, point(2025, value), SPREAD, {})
    assert f"in 2025, {where} the middle half" in found


def test_unusual_cannot_be_said() -> None:
    found = unusual(CannotSay("it has no value"))
    assert found == "We cannot say how unusual this is: it has no value."


def test_deprivation() -> None:
    context = "child poverty before housing costs"
    strong, weak = (Link(151, r2, 2.4, 24.6, -30, 30) for r2 in (0.40, 0.03))
    assert deprivation(context, strong, "similar to") == (
        f"Similar to what is typical for places with similar {context}; "
        f"across 151 authorities there is a strong link with {context}."
    )
    assert deprivation(context, strong, "higher than").startswith("Higher than is typical")
    assert deprivation(context, strong, "lower than").startswith("Lower than is typical")
    assert deprivation(context, weak, None) == (
        f"Across 151 authorities there is little link with {context}, so nothing is called typical."
    )
    assert "one of the two values is missing" in deprivation(context, strong, None)
    assert "We cannot say" in deprivation(context, CannotSay("fewer than 30 have both"), None)


def test_breakdown() -> None:
    groups = {
        "girls": point(2025, 40.0, 8, 20),
        "boys": point(2025, 60.0, 9, 15),
        "other": point(2025, None, status="c"),
    }
    assert breakdown("Rutland", PERCENT, "sex", groups, "child") == (
        "By sex, values in Rutland run from 40.0% (girls) to 60.0% (boys); 1 of 3 groups has no "
        "value (hidden because the number is small); too few to compare in 1 of the groups."
    )
    assert breakdown("Rutland", PERCENT, "sex", {"girls": groups["girls"]}) == (
        "By sex, one group in Rutland has a value: girls (40.0%)."
    )
    assert breakdown("Rutland", PERCENT, "sex", {"other": groups["other"]}) == (
        "By sex, no group in Rutland has a value (hidden because the number is small)."
    )
    tied = {"girls": point(2025, 40.0), "boys": point(2025, 40.04)}
    assert breakdown("Rutland", PERCENT, "sex", tied) == (
        "By sex, all 2 groups with a value in Rutland are at 40.0%."
    )
    assert breakdown("Rutland", PERCENT, "sex", {}) == "There are no figures by sex for Rutland."
