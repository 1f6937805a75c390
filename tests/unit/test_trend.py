"""The Fingertips rule, against its publisher's own test data and against statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm

from cscdash.analysis.trend import trend, weighted_slope
from cscdash.analysis.usual_movement import Scatter
from tests.unit.observed import broken, point, shares

STILL = Scatter(0.0, 0.0)  # nothing moves but by chance

# OHID's own tests of its trend marker: the first gives chi-square 46.77, the second no trend
RISING = ((994, 40299), (1023, 41527), (1199, 42811), (1332, 44064), (1367, 44701))
LEVEL = ((209, 1017), (213, 1087), (213, 1119), (239, 1117), (210, 1139))


def test_a_published_rise() -> None:
    points = [point(2014 + i, 1e4 * n / d, n, d) for i, (n, d) in enumerate(RISING)]
    found = trend(points, "rate per 10,000", (), STILL)
    assert (found.direction, found.first, found.last) == ("up", "2014", "2018")
    assert found.chi_squared == pytest.approx(46.77, abs=0.4)  # theirs from rounded limits


def test_published_values_without_a_trend() -> None:
    assert trend(shares(2014, *LEVEL), "percent", (), STILL).direction == "no clear trend"


def test_a_fall() -> None:
    found = trend(shares(2014, *reversed(RISING)), "percent", (), STILL)
    assert found.direction == "down"
    assert found.slope < 0


def test_only_the_latest_five_are_tested() -> None:
    points = shares(2013, (900, 1000), *LEVEL)
    assert trend(points, "percent", (), STILL).first == "2014"


def test_one_odd_year_alone_is_no_trend() -> None:
    points = shares(2020, (500, 1000), (500, 1000), (500, 1000), (500, 1000), (700, 1000))
    found = trend(points, "percent", (), STILL)
    assert found.chi_squared > 9.5495
    assert found.direction == "no clear trend"  # without the last year the slope is gone


def test_no_move_at_all() -> None:
    found = trend(shares(2020, *[(50, 100)] * 5), "percent", (), STILL)
    assert (found.direction, found.slope) == ("no clear trend", pytest.approx(0))


def test_cannot_say_and_why() -> None:
    five = shares(2020, *LEVEL)
    assert "fewer than five values" in trend(five[1:], "percent", (), STILL).why
    assert "since the break" in trend(five, "percent", broken("2022"), STILL).why
    assert "counts" in trend([point(p.end.year, p.value) for p in five], "percent", (), STILL).why
    assert "shares and rates" in trend(five, "months", (), STILL).why
    assert "yearly" in trend([*five[:4], five[0]], "percent", (), STILL).why
    assert trend([], "percent", (), STILL).direction == "cannot say"
    gap = (*five[:4], point(2024, None))
    assert "fewer than five" in trend(gap, "percent", (), STILL).why


def test_slope_as_statsmodels() -> None:
    x, y = np.arange(5.0), np.array([3.0, 4.0, 4.5, 4.0, 6.0])
    weights = np.array([1.0, 2.0, 4.0, 2.0, 0.5])
    slope, chi_squared = weighted_slope(x, y, weights)
    fitted = sm.WLS(y, sm.add_constant(x), weights=weights).fit()
    error = np.sqrt(fitted.normalized_cov_params[1, 1])  # the weights are the variances
    assert slope == pytest.approx(fitted.params[1])
    assert chi_squared == pytest.approx((slope / error) ** 2)


def test_a_trend_is_more_than_the_indicator_usually_moves() -> None:
    # 20 % to 28 % of 2,000: 2 points a year is far beyond chance (0.9 points a value)
    rising = shares(2021, *((20 * (20 + 2 * i), 2000) for i in range(5)))
    assert trend(rising, "percent", (), STILL).direction == "up"
    # where authorities wander by 0.035 a year on the arcsine scale (about 3 points), it is not
    found = trend(rising, "percent", (), Scatter(0.0, 0.035**2))
    assert (found.direction, found.beyond_chance) == ("no clear trend", True)
    assert "usually moves is not known" in trend(rising, "percent", (), None).why
    level = trend(shares(2014, *LEVEL), "percent", (), None)
    assert (level.direction, level.beyond_chance) == ("no clear trend", False)
