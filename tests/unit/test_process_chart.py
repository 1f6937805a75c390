"""What a series usually does: limits from moving ranges, and what lies outside them."""

import pytest

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.process_chart import Usual, usual


def limits(values: list[float | None], **ends: float) -> Usual:
    found = usual(values, **ends)
    assert isinstance(found, Usual)
    return found


def test_limits_are_the_mean_and_2_66_mean_ranges() -> None:
    found = limits([10.0, 12.0] * 6)  # every range is 2
    assert found.mean == 11
    assert (found.low, found.high) == pytest.approx((11 - 5.32, 11 + 5.32))
    assert found.outside == () and found.runs == ()


def test_a_value_outside_and_a_run_are_found() -> None:
    assert limits([10.0, 11.0] * 6 + [40.0]).outside == (12,)
    found = limits(
        [float(10 + at % 2) for at in range(8)] + [float(20 + at % 2) for at in range(8)]
    )
    assert found.runs == ((0, 7), (8, 15))


def test_no_range_is_taken_across_a_gap() -> None:
    found = limits([10.0] * 6 + [None] + [90.0] * 6)
    assert found.low == found.high == found.mean == 50
    assert found.runs == (), "a gap ends a run"


def test_limits_stay_where_values_can_be() -> None:
    found = limits([1.0, 99.0] * 6, lowest=0.0, highest=100.0)
    assert (found.low, found.high) == (0, 100)


def test_eleven_values_are_too_few() -> None:
    assert isinstance(usual([1.0] * 11), CannotSay)
    assert isinstance(usual([1.0, None] * 12), CannotSay)
    assert isinstance(usual([]), CannotSay)


def test_a_level_series_has_nothing_outside() -> None:
    found = limits([7.3] * 14)
    assert (found.mean, found.low, found.high) == pytest.approx((7.3, 7.3, 7.3))
    assert found.outside == () and found.runs == ()


def test_eight_in_a_row_are_a_run_and_seven_are_none() -> None:
    # mean 10 of eight 11s, then values that bring it back; one at the mean ends a run
    eight = limits([11.0] * 8 + [10.0] + [9.0] * 7 + [10.0, 9.0])
    assert eight.mean == pytest.approx(10.0)
    assert eight.runs == ((0, 7),)
    assert limits([11.0] * 7 + [10.0] + [9.0] * 7 + [10.0]).runs == ()


def test_twelve_values_with_a_gap_between_each_have_no_range() -> None:
    assert usual([1.0, None] * 12) == CannotSay("no two of its values follow each other")
    assert isinstance(usual([1.0, 2.0] * 6), Usual)
