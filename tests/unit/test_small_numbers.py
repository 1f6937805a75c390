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
