"""Numbers as people read them."""

import pytest

from cscdash.analysis.number_format import (
    round_half_up,
    say,
    say_difference,
    say_move,
    say_range,
    say_size,
    step,
)
from cscdash.catalogue.models import Unit


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (2.5, 0, "3"),
        (3.5, 0, "4"),
        (-2.5, 0, "-3"),
        (0.25, 1, "0.3"),
        (1.005, 2, "1.01"),
        (100 * 0.285, 0, "29"),
        (28.499999999999996, 0, "29"),
        (28.4999, 0, "28"),
        (-0.4, 0, "0"),
        (19.0, 1, "19.0"),
    ],
)
def test_half_goes_up(value: float, decimals: int, printed: str) -> None:
    assert str(round_half_up(value, decimals)) == printed


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_missing_value_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="missing"):
        say(value, "percent", 1)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (22.6, "percent", 1, "22.6%"),
        (67, "rate per 10,000", 0, "67 per 10,000"),
        (81770, "count", 0, "81,770"),
        (1484, "pounds", 0, "£1,484"),
        (-30, "pounds", 0, "\N{MINUS SIGN}£30"),
        (10, "months", 0, "10 months"),
        (1, "months", 0, "1 month"),
        (14.8, "score", 1, "14.8"),
        (15.0, "ratio", 1, "15.0"),
    ],
)
def test_values_with_their_unit(value: float, unit: Unit, decimals: int, words: str) -> None:
    assert say(value, unit, decimals) == words


def test_a_range_that_reads_the_same_is_one_value() -> None:
    assert say_range(11.78, 31.78, "percent", 0) == "12% to 32%"
    assert say_range(12.1, 12.2, "percent", 0) == "12%"
    assert say_range(53, 90, "rate per 10,000", 0) == "53 to 90 per 10,000"
    assert say_range(1, 10, "months", 0) == "1 to 10 months"
    assert say_range(1200, 3400, "pounds", 0) == "£1,200 to £3,400"


@pytest.mark.parametrize(
    ("now", "then", "unit", "decimals", "words"),
    [
        (23.8, 22.6, "percent", 1, "up 1.2 points"),
        (64, 67, "rate per 10,000", 0, "down 3 per 10,000"),
        (13, 12, "percent", 0, "up 1 point"),
        (13.04, 13.01, "percent", 1, "the same"),
        (1454, 1484, "pounds", 0, "down £30"),
        (14.8, 14.5, "score", 1, "up 0.3"),
        (23.75, 22.64, "percent", 1, "up 1.2 points"),
    ],
)
def test_differences(now: float, then: float, unit: Unit, decimals: int, words: str) -> None:
    assert say_difference(now, then, unit, decimals) == words


def test_sizes_and_moves() -> None:
    assert say_size(-4.1667, "percent", 1) == "4.2 points"
    assert say_move(-0.04, "percent", 1) == "the same"
    assert say_move(-2, "months", 0) == "down 2 months"
    assert step(3.0, 1.0, 0) == 2
