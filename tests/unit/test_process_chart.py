"""What a series usually does: limits from moving ranges, and what lies outside them."""

import numpy as np
import pytest

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.process_chart import Base, Usual, phases, usual


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


def by_windows(
    values: list[float | None], mean: float | None = None, limits: np.ndarray | None = None
) -> dict[str, set[int]]:
    """The places that each rule marks, from every window of the series, as the rule is worded."""
    known = np.array([value for value in values if value is not None])
    line = np.array([np.nan if value is None else value for value in values])
    mean = known.mean() if mean is None else mean
    sigma = np.nanmean(np.abs(np.diff(line))) / 1.128  # 2.66 is 3 / 1.128, rounded
    reach = np.full(len(line), 2.66 * 1.128 * sigma) if limits is None else limits

    def windows(size: int) -> list[tuple[int, np.ndarray]]:
        return [(at, line[at : at + size]) for at in range(len(line) - size + 1)]

    marked: dict[str, set[int]] = {"outside": set(), "runs": set(), "trends": set(), "near": set()}
    marked["outside"] = {at for at, v in enumerate(line) if abs(v - mean) > reach[at]}
    for at, eight in windows(8):
        if (eight > mean).all() or (eight < mean).all():
            marked["runs"] |= set(range(at, at + 8))
    for at, six in windows(6):
        if (np.diff(six) > 0).all() or (np.diff(six) < 0).all():
            marked["trends"] |= set(range(at, at + 6))
    for at, three in windows(3):
        near = reach[at : at + 3] * 2 / 3
        up, down = ((three - mean) * side > near for side in (1, -1))
        if not np.isnan(three).any() and max(up.sum(), down.sum()) >= 2:
            marked["near"] |= set(range(at, at + 3))
    return marked


def marked_by(found: Usual) -> dict[str, set[int]]:
    """The places that each rule marks."""
    return {
        "outside": set(found.outside),
        "runs": {at for first, last in found.runs for at in range(first, last + 1)},
        "trends": {at for first, last in found.trends for at in range(first, last + 1)},
        "near": {at for three in found.near for at in three},
    }


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
        mine = marked_by(found)
        assert mine == by_windows(values)
        for rule, places in mine.items():
            seen[rule] += bool(places)
    assert all(number > 20 for number in seen.values()), seen


@pytest.mark.parametrize("share", [True, False])
def test_limits_of_shares_and_rates_agree_with_a_second_way_on_500_series(share: bool) -> None:
    """Laney's P' and U', from arrays: the spread of standard scores widens what chance gives."""
    dice = np.random.default_rng(17 + share)
    scale = 100.0 if share else 10_000.0
    seen: dict[str, int] = {"outside": 0, "runs": 0, "trends": 0, "near": 0}
    for _ in range(500):
        size = int(dice.integers(12, 50))
        bottoms = dice.integers(200, 5_000, size).astype(float)
        level = 0.3 if share else 0.01
        drift = dice.normal(0, dice.choice([0.01, 0.1]), size).cumsum() * dice.choice([0.2, 1.0])
        chances = np.clip(level * np.exp(drift + dice.normal(0, 0.1, size)), 0.001, 0.9)
        tops = (dice.binomial(bottoms.astype(int), chances) if share
                else dice.poisson(bottoms * chances)).astype(float)  # fmt: skip
        gone = dice.choice(size, int(dice.integers(0, 2)), replace=False)
        values: list[float | None] = list(map(float, scale * tops / bottoms))
        for at in gone:
            values[at] = None
        found = usual(values, None, None, Base(tuple(tops), tuple(bottoms), scale, share))
        if isinstance(found, CannotSay):
            continue
        known = np.array([value is not None for value in values])
        mean = tops[known].sum() / bottoms[known].sum()
        chance = np.sqrt((mean * (1 - mean) if share else mean) / bottoms)
        scores = np.where(known, (tops / bottoms - mean) / chance, np.nan)
        reach = 3 * scale * chance * np.nanmean(np.abs(np.diff(scores))) / 1.128
        assert found.chart == ("P'" if share else "U'")
        assert found.mean == pytest.approx(scale * mean)
        assert np.allclose(found.highs, scale * mean + reach)
        assert np.allclose(found.lows, scale * mean - reach)
        mine = marked_by(found)
        assert mine == by_windows(values, scale * mean, reach)
        for rule, places in mine.items():
            seen[rule] += bool(places)
    assert all(number > 20 for number in seen.values()), seen


def test_without_all_counts_the_chart_is_of_the_values_alone() -> None:
    values: list[float | None] = [10.0, 12.0] * 6
    base = Base((None, *[10.0] * 11), (100.0,) * 12, 100.0, True)
    found = usual(values, base=base)
    assert isinstance(found, Usual) and found.chart == "XmR" and found.mean == 11


def test_a_new_baseline_has_limits_of_its_own_and_no_rule_looks_across_it() -> None:
    values: list[float | None] = [*[10.0, 12.0] * 6, *[30.0, 32.0] * 6]
    whole = limits(values)
    assert whole.runs, "one baseline: both halves lie on one side"
    first, second = phases(values, anew=12)
    assert (first.first, first.last, second.first, second.last) == (0, 12, 12, 24)
    for part, mean in ((first, 11), (second, 31)):
        assert isinstance(part.found, Usual)
        assert (part.found.mean, part.found.runs, part.found.outside) == (mean, (), ())
    six = phases(values, anew=18)[1].found
    assert isinstance(six, Usual) and six.counted == 6, "enough after a change that is known"
    short = phases(values, anew=20)[1].found
    assert isinstance(short, CannotSay), "four values since are too few for limits of their own"
    assert len(phases(values)) == len(phases(values, anew=0)) == len(phases(values, anew=99)) == 1


def test_letters_name_the_rules_at_each_place() -> None:
    found = limits([10.0, 11.0] * 6 + [40.0])
    assert (found.letters(12), found.letters(0)) == ("L", "R"), "twelve lie below the mean of 12.6"
    assert limits([10.0, 12.0] * 6).letters(3) == ""
    found = limits(
        [float(10 + at % 2) for at in range(8)] + [float(20 + at % 2) for at in range(8)]
    )
    assert found.letters(0) == "LRN", "two levels far apart with little movement in each"
