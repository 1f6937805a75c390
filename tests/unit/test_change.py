"""Change in one area: since when, never across a break, with its own interval."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from cscdash.analysis.change import Change, between, since_previous
from cscdash.analysis.observations import CannotSay
from tests.unit.observed import broken, point, shares


def test_since_the_year_before() -> None:
    found = since_previous([point(2023, 9.0), point(2025, 22.0), point(2024, 20.0)], "percent")
    assert isinstance(found, Change)
    assert (found.then.period, found.now.period, found.size) == ("2024", "2025", 2.0)
    assert found.skipped == ()
    assert found.ordinary is None


def test_a_gap_is_named_not_bridged_in_silence() -> None:
    points = [point(2020, 16.0), point(2021, None), point(2022, None), point(2023, 10.0)]
    found = since_previous(points, "percent")
    assert isinstance(found, Change)
    assert found.then.period == "2020"
    assert [p.period for p in found.skipped] == ["2021", "2022"]


def test_only_what_lies_between_was_skipped() -> None:
    points = [
        point(year, None if year in (2020, 2022, 2025) else 9.0) for year in range(2020, 2026)
    ]
    found = between(points, "2021", "2024", "percent")
    assert isinstance(found, Change)
    assert [p.period for p in found.skipped] == ["2022"]  # not 2020 before, nor 2025 after


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ([], "no observations"),
        ([point(2025, 1.0)], "no earlier value"),
        ([point(2024, 1.0), point(2025, None)], "no value for 2025"),
        ([point(2025, None)], "no value for 2025"),
        ([point(2024, None), point(2025, 1.0)], "no earlier value"),
    ],
)
def test_cannot_say(points: list, why: str) -> None:
    found = since_previous(points, "percent")
    assert isinstance(found, CannotSay)
    assert why in found.why


def test_never_across_a_break() -> None:
    points = [point(2023, 1.0), point(2024, 5.0), point(2025, 6.0)]
    assert isinstance(since_previous(points, "percent", broken("2024")), Change)
    refused = since_previous(points, "percent", broken("2025"))
    assert isinstance(refused, CannotSay)
    assert "from 2025 on" in refused.why
    assert isinstance(between(points, "2023", "2025", "percent", broken("2024")), CannotSay)
    assert isinstance(between(points, "2022", "2025", "percent"), CannotSay)


def test_interval_of_a_change_as_statsmodels() -> None:
    found = since_previous(shares(2024, (12, 60), (30, 80)), "percent")
    assert isinstance(found, Change)
    low, high = confint_proportions_2indep(30, 80, 12, 60, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high), abs=1e-9)
    assert found.ordinary is False


def test_a_small_move_is_ordinary() -> None:
    found = since_previous(shares(2024, (12, 60), (15, 60)), "percent")
    assert isinstance(found, Change)
    assert found.ordinary is True


def test_a_change_of_rates_by_hand() -> None:
    # 40 and 100 events in 10,000 each; Byar: 28.572 to 54.469 and 81.362 to 121.628
    points = [point(2024, 40.0, 40, 10_000), point(2025, 100.0, 100, 10_000)]
    found = since_previous(points, "rate per 10,000")
    assert isinstance(found, Change)
    assert found.low == pytest.approx(60 - (18.638**2 + 14.469**2) ** 0.5, abs=0.01)
    assert found.high == pytest.approx(60 + (21.628**2 + 11.428**2) ** 0.5, abs=0.01)
