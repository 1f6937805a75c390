"""One more or fewer, too few to compare, three years pooled."""

import pytest

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.small_numbers import one_more, pooled, too_few
from tests.unit.observed import broken, point, shares


def test_one_care_leaver_of_24_is_four_points() -> None:
    assert one_more(24, "percent") == pytest.approx(4.1667, abs=1e-4)
    assert one_more(8_000, "rate per 10,000") == 1.25


@pytest.mark.parametrize("denominator", [None, 0, float("nan")])
def test_no_step_without_a_denominator(denominator: float | None) -> None:
    assert one_more(denominator, "percent") is None
    assert one_more(24, "pounds") is None


def test_too_few() -> None:
    assert too_few(3, 19, "percent") == "too few to compare: fewer than 20 in the group"
    assert too_few(3, 20, "percent") is None
    assert too_few(9, 8_000, "rate per 10,000") == "too few to compare: fewer than 10 events"
    assert too_few(10, 8_000, "rate per 10,000") is None
    assert too_few(None, None, "percent") is None
    assert too_few(float("nan"), float("nan"), "rate per 10,000") is None
    assert too_few(1, 1, "months") is None


def test_three_years_pooled() -> None:
    found = pooled(shares(2022, (2, 10), (4, 20), (12, 30), (6, 40)), "percent", "flow")
    assert not isinstance(found, CannotSay)
    assert [(p.first, p.last, p.numerator, p.denominator) for p in found] == [
        ("2022", "2024", 18, 60),
        ("2023", "2025", 22, 90),
    ]
    assert found[0].value == 30
    assert found[0].band.low < 30 < found[0].band.high


def test_a_pooled_rate_is_a_yearly_average() -> None:
    points = [point(year, 10.0, n, 10_000) for year, n in ((2023, 8), (2024, 10), (2025, 15))]
    found = pooled(points, "rate per 10,000", "flow")
    assert not isinstance(found, CannotSay)
    assert found[0].value == 11


def test_only_flows_are_pooled() -> None:
    points = shares(2022, (2, 10), (4, 20), (12, 30))
    for measures in ("stock", "cohort", "snapshot"):
        assert isinstance(pooled(points, "percent", measures), CannotSay)
    assert isinstance(pooled(points, "score", "flow"), CannotSay)


def test_a_gap_or_a_break_is_not_pooled_over() -> None:
    whole = shares(2022, (2, 10), (4, 20), (12, 30))
    hidden = point(2023, None, 4, 20, status="c")
    assert isinstance(pooled((whole[0], hidden, whole[2]), "percent", "flow"), CannotSay)
    assert isinstance(pooled((whole[0], whole[2]), "percent", "flow"), CannotSay)
    assert isinstance(pooled(whole, "percent", "flow", broken("2023")), CannotSay)
    uncounted = [point(p.end.year, p.value) for p in whole]
    assert isinstance(pooled(uncounted, "percent", "flow"), CannotSay)


def test_three_years_are_three_that_follow_each_other() -> None:
    # 2022, 2024 and 2025 are never three years, whatever stands between
    apart = [point(2022, 20.0, 2, 10), point(2024, 20.0, 4, 20), point(2025, 40.0, 12, 30)]
    assert isinstance(pooled(apart, "percent", "flow"), CannotSay)
    found = pooled([*apart, point(2026, 25.0, 5, 20)], "percent", "flow")
    assert not isinstance(found, CannotSay)
    # 4 + 12 + 5 of 20 + 30 + 20
    assert [(p.first, p.last, p.numerator, p.denominator) for p in found] == [
        ("2024", "2026", 21, 70)
    ]


def test_a_year_without_its_numerator_or_denominator_is_not_pooled() -> None:
    whole = shares(2022, (2, 10), (4, 20), (12, 30), (6, 40))
    for bare in (point(2023, 20.0, None, 20), point(2023, 20.0, 4, None)):
        points = (whole[0], bare, *whole[2:])
        assert isinstance(pooled(points, "percent", "flow"), CannotSay)


def test_a_stretch_may_begin_with_the_break() -> None:
    whole = shares(2021, (5, 10), (2, 10), (4, 20), (12, 30))
    found = pooled(whole, "percent", "flow", broken("2022"))
    assert not isinstance(found, CannotSay)
    assert [(p.first, p.last, p.value) for p in found] == [("2022", "2024", 30.0)]  # 18 of 60


def test_nothing_of_nothing_is_not_pooled() -> None:
    nobody = [point(year, 0.0, 0, 0) for year in (2022, 2023, 2024)]
    assert isinstance(pooled(nobody, "percent", "flow"), CannotSay)


def test_too_few_of_a_quotient_of_two_counts() -> None:
    assert too_few(9, 40, "quotient") == "too few to compare: fewer than 10 events"
    assert too_few(12, 19, "quotient") == "too few to compare: fewer than 20 in the group"
    assert too_few(10, 20, "quotient") is None
    assert one_more(40, "quotient") == 2.5
