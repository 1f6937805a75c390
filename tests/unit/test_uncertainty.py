"""Intervals against numbers worked by hand, against scipy and against statsmodels."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.uncertainty import (
    Band,
    band,
    byar,
    exact,
    exact_poisson,
    interval,
    two_counts,
    wilson,
    z_score,
)
from cscdash.catalogue.models import Unit
from tests.unit.observed import point


def test_z_score() -> None:
    assert z_score(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert z_score(0.998) == pytest.approx(3.090232, abs=1e-6)


def test_twelve_of_sixty_is_12_to_32_percent() -> None:
    low, high = wilson(12, 60)
    # z^2 / n = 0.064024: (0.2 + 0.032012 -+ 1.959964 * sqrt(0.0026667 + 0.0002668)) / 1.064024
    assert (low, high) == pytest.approx((0.11829, 0.31782), abs=2e-5)


@pytest.mark.parametrize("total", [1, 7, 24, 60, 12_183])
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 1])
def test_wilson_as_statsmodels(total: int, share: float) -> None:
    count = round(total * share)
    expected = proportion_confint(count, total, method="wilson")
    assert wilson(count, total) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(40, 28.6, 54.5), (100, 81.4, 121.6), (400, 361.8, 441.2)]
)
def test_byar_published_examples(count: int, low: float, high: float) -> None:
    assert byar(count) == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("count", [0, 0.5, 1, 2, 3, 5, 7.25, 9])
def test_exact_poisson_as_scipy(count: float, level: float) -> None:
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    assert exact_poisson(count, level) == pytest.approx((low, high), abs=1e-9)


def test_exact_poisson_of_none_is_the_rule_of_three() -> None:
    assert exact_poisson(0) == pytest.approx((0, 3.688879), abs=1e-6)  # -ln(0.025)


def test_byar_is_close_to_the_exact_interval_where_it_takes_over() -> None:
    assert byar(10) == pytest.approx(exact_poisson(10), abs=0.05)


@pytest.mark.parametrize(
    ("numerator", "unit", "method"),
    [
        (9, "rate per 10,000", "exact Poisson"),
        (10, "rate per 10,000", "Byar"),
        (10, "percent", "Wilson"),
    ],
)
def test_the_method_by_unit_and_count(numerator: float, unit: Unit, method: str) -> None:
    found = interval(numerator, 1000, unit)
    assert isinstance(found, Band)
    assert found.method == method


def test_a_rate_of_40_in_20000() -> None:
    found = band(20, 40, 20_000, "rate per 10,000")
    assert isinstance(found, Band)
    assert (found.low, found.high) == pytest.approx((14.29, 27.24), abs=0.01)


def test_a_band_holds_a_rounded_value() -> None:
    found = band(67, 8_177_000, 1_218_301_600, "rate per 10,000")
    assert isinstance(found, Band)
    assert found.low <= 67 <= found.high
    assert found.estimate == pytest.approx(67.12, abs=0.01)


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "unit", "why"),
    [
        (None, 1, 2, "percent", "no value"),
        (float("nan"), 1, 2, "percent", "no value"),
        (50, None, 2, "percent", "no counts"),
        (50, 1, float("nan"), "percent", "no counts"),
        (50, 0, 0, "percent", "nobody"),
        (120, 12, 10, "percent", "parts of one whole"),
        (80, 200, 1000, "percent", "do not give it"),
        (14, 1, 2, "score", "not a share or a rate"),
    ],
)
def test_no_band_and_why(
    value: float | None, numerator: float | None, denominator: float, unit: Unit, why: str
) -> None:
    found = band(value, numerator, denominator, unit)
    assert isinstance(found, CannotSay)
    assert why in found.why


def test_a_quotient_of_two_counts() -> None:
    # 80 conferences to 200 enquiries: Wilson's interval of 80 in 280, as odds
    low, high = proportion_confint(80, 280, method="wilson")
    found = interval(80, 200, "quotient")
    assert isinstance(found, Band)
    assert found.estimate == pytest.approx(40.0)
    assert found.low == pytest.approx(100 * low / (1 - low))
    assert found.high == pytest.approx(100 * high / (1 - high))
    # wider than if the conferences were a share of the enquiries
    share = interval(80, 200, "percent")
    assert isinstance(share, Band)
    assert found.high - found.low > share.high - share.low
    assert isinstance(interval(0, 200, "quotient"), CannotSay)
    assert isinstance(interval(230, 200, "quotient"), Band)  # more than 100 is possible


def test_the_interval_of_two_counts_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(8)
    for mean, other in ((30, 60), (200, 400), (60, 40)):
        counts = zip(rng.poisson(mean, 3000), rng.poisson(other, 3000), strict=True)
        ends = [two_counts(float(a), float(n)) for a, n in counts if a]
        held = np.mean([low <= mean / other <= high for low, high in ends])
        assert 0.93 < held < 0.97


@pytest.mark.parametrize(
    ("value", "count", "of", "before"),
    [
        (57.0, 170, 300, 100 * 170 / 300),  # 56.7 rounds to 57
        (57.0, 160, 300, 57.0),  # 53.3 does not: the counts belong to something else
        (56.7, 170, 300, 100 * 170 / 300),
        (56.666666666666664, 170, 300, 56.666666666666664),  # never rounded
        (57.0, None, 300, 57.0),
    ],
)
def test_a_value_before_it_was_rounded(
    value: float, count: float | None, of: float, before: float
) -> None:
    assert exact(point(2025, value, count, of), "percent") == pytest.approx(before)


def test_a_band_only_for_counts_that_belong_to_the_value() -> None:
    # 22 of 500 are 4.4 %: a published 10.0 % is of something else
    assert isinstance(band(10.0, 22, 500, "percent"), CannotSay)
    # rounding to a whole number explains up to 1 point: 22 of 500 beside 5.3, not beside 5.5
    assert isinstance(band(5.3, 22, 500, "percent"), Band)
    assert isinstance(band(5.5, 22, 500, "percent"), CannotSay)
    # both counts rounded to the nearest 5: 5 in 50 are 10 points, so 20 % beside 15 of 50 (30 %)
    assert isinstance(band(20.0, 15, 50, "percent"), Band)
    assert isinstance(band(19.9, 15, 50, "percent"), CannotSay)


def test_nothing_and_everything_end_the_band() -> None:
    # Wilson: 0 of 20 ends at z^2 / (20 + z^2) = 3.8415 / 23.8415, 20 of 20 mirrors it
    none, all_ = band(0.0, 0, 20, "percent"), band(100.0, 20, 20, "percent")
    assert isinstance(none, Band) and isinstance(all_, Band)
    assert (none.low, none.high) == pytest.approx((0.0, 16.1125), abs=1e-3)
    assert (all_.low, all_.high) == pytest.approx((83.8875, 100.0), abs=1e-3)
    assert none.low == 0.0 and all_.high == 100.0


def test_the_band_reaches_to_a_rounded_value_outside_it() -> None:
    # 8,177,000 in 1,218,301,600 are 67.12 with a band of a few hundredths; printed as 67
    found = band(67, 8_177_000, 1_218_301_600, "rate per 10,000")
    assert isinstance(found, Band)
    assert found.low == 67.0 and found.high == pytest.approx(67.16, abs=0.01)
    above = band(67.3, 8_177_000, 1_218_301_600, "rate per 10,000")
    assert isinstance(above, Band)
    assert above.high == 67.3 and above.low == pytest.approx(67.07, abs=0.01)
