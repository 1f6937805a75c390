"""What a series usually does: limits from moving ranges, and what lies outside them."""

import numpy as np
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


def by_windows(values: list[float | None]) -> dict[str, set[int]]:
    """The places that each rule marks, from every window of the series, as the rule is worded."""
    known = np.array([value for value in values if value is not None])
    line = np.array([np.nan if value is None else value for value in values])
    mean = known.mean()
    sigma = np.nanmean(np.abs(np.diff(line))) / 1.128  # 2.66 is 3 / 1.128, rounded
    reach = 2.66 * 1.128 * sigma

    def windows(size: int) -> list[tuple[int, np.ndarray]]:
        return [(at, line[at : at + size]) for at in range(len(line) - size + 1)]

    marked: dict[str, set[int]] = {"outside": set(), "runs": set(), "trends": set(), "near": set()}
    marked["outside"] = {at for at, v in enumerate(line) if abs(v - mean) > reach}
    for at, eight in windows(8):
        if (eight > mean).all() or (eight < mean).all():
            marked["runs"] |= set(range(at, at + 8))
    for at, six in windows(6):
        if (np.diff(six) > 0).all() or (np.diff(six) < 0).all():
            marked["trends"] |= set(range(at, at + 6))
    for at, three in windows(3):
        up, down = ((three - mean) * side > reach * 2 / 3 for side in (1, -1))
        if not np.isnan(three).any() and max(up.sum(), down.sum()) >= 2:
            marked["near"] |= set(range(at, at + 3))
    return marked


def test_every_rule_agrees_with_a_second_way_on_500_series() -> None:
    dice = np.random.default_rng(16)
    seen: dict[str, int] = {"outside": 0, "runs": 0, "trends": 0, "near": 0}
    for _ in range(500):
        size = int(dice.integers(14, 60))
        drift = dice.choice([0.0, 0.4, 1.5])
        steps = dice.normal(0, 1, size).cumsum() * drift + dice.normal(0, 2, size)
        values: list[float | None] = list(
            map(float, 100 + np.round(steps, int(dice.integers(0, 3))))
        )
        for at in dice.choice(size, int(dice.integers(0, 3)), replace=False):
            values[at] = None
        found = usual(values)
        if isinstance(found, CannotSay):
            continue
        mine = {
            "outside": set(found.outside),
            "runs": {at for first, last in found.runs for at in range(first, last + 1)},
            "trends": {at for first, last in found.trends for at in range(first, last + 1)},
            "near": {at for three in found.near for at in three},
        }
        assert mine == by_windows(values)
        for rule, places in mine.items():
            seen[rule] += bool(places)
    assert all(number > 20 for number in seen.values()), seen
