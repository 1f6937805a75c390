"""How much an indicator moves by itself: against other libraries, simulation and by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cscdash.analysis.usual_movement import (
    PRIOR,
    Scatter,
    beside_everyone,
    false_discoveries,
    scatter,
    slope_test,
    student_tails,
    transformed,
    usual_change,
)


@pytest.mark.parametrize("freedom", [1, 2, 3, 8, 23, 28, 31])
@pytest.mark.parametrize("t", [0.0, 0.3, -1.0, 2.5, -4.0, 9.0])
def test_the_tails_of_students_t(t: float, freedom: int) -> None:
    assert student_tails(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), abs=1e-12)


def test_false_discoveries_are_those_of_statsmodels() -> None:
    rng = np.random.default_rng(4)
    for size in (1, 2, 10, 150):
        for _ in range(20):
            p = rng.random(size) ** 4
            theirs = multipletests(p, alpha=0.1, method="fdr_bh")[0]
            assert false_discoveries(p.tolist(), 0.1) == theirs.tolist()
    assert false_discoveries([], 0.1) == []


def test_false_discoveries_by_hand() -> None:
    # sorted 0.001 ≤ 1/40, 0.02 ≤ 2/40, 0.09 > 3/40, 0.098 ≤ 4/40: all four pass, by the last
    assert false_discoveries([0.098, 0.001, 0.09, 0.02], 0.1) == [True] * 4
    assert false_discoveries([0.3, 0.001, 0.09, 0.2], 0.1) == [False, True, False, False]


def test_the_two_variances_are_found_again() -> None:
    rng = np.random.default_rng(1)
    shape = (4000, 8)
    lasting = np.cumsum(rng.normal(0, 0.02, shape), axis=1)
    values = lasting + rng.normal(0, 0.03, shape) + rng.normal(0, 0.01, shape)
    found = scatter(values, np.full(shape, 1e-4))
    assert found.passing == pytest.approx(9e-4, rel=0.1)
    assert found.lasting == pytest.approx(4e-4, rel=0.1)


def test_chance_alone_leaves_no_scatter() -> None:
    rng = np.random.default_rng(2)
    shape = (3000, 6)
    found = scatter(rng.normal(0, 0.02, shape), np.full(shape, 4e-4))
    assert found.passing + found.lasting < 2e-5


def test_a_few_authorities_with_real_changes_do_not_set_the_scatter() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(0, 0.02, (150, 6))
    values[:10] += np.arange(6) * 0.2
    found = scatter(values, np.full(values.shape, 1e-4))
    assert found.passing + found.lasting == pytest.approx(3e-4, rel=0.5)


def test_too_few_changes_give_none() -> None:
    values = np.full((10, 3), np.nan)
    values[:, 0] = 1.0
    assert scatter(values, values) == Scatter(0.0, 0.0)


def test_the_slope_is_that_of_generalised_least_squares() -> None:
    values = np.array([0.50, 0.53, 0.51, 0.58, 0.60])
    chance = np.array([1e-4, 2e-4, 1e-4, 3e-4, 1e-4])
    years = np.array([2020.0, 2021.0, 2022.0, 2024.0, 2025.0])  # the gap keeps its length
    usual = Scatter(2e-4, 1e-4)
    since = years - 2020
    covariance = np.diag(chance + 2e-4) + 1e-4 * np.minimum.outer(since, since)
    fitted = sm.GLS(values, sm.add_constant(since), sigma=covariance).fit(use_t=False)
    rss = float(fitted.wresid @ fitted.wresid)
    over = max(1.0, (PRIOR + rss) / (PRIOR + 3))
    t = fitted.params[1] / np.sqrt(fitted.normalized_cov_params[1, 1] * over)
    found = slope_test(values, chance, years, usual)
    assert found.slope == pytest.approx(fitted.params[1])
    assert found.t == pytest.approx(t)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), PRIOR + 3))


def test_where_nothing_happens_tests_pass_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    usual = Scatter(3e-4, 2e-4)
    p = []
    for _ in range(4000):
        wander = np.cumsum(rng.normal(0, np.sqrt(2e-4), 5))
        values = wander + rng.normal(0, np.sqrt(4e-4), 5)
        p.append(slope_test(values, np.full(5, 1e-4), np.arange(5.0), usual).p)
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.015)
    assert np.mean(np.array(p) < 0.01) < 0.015


def test_a_movement_that_everyone_made_is_taken_out() -> None:
    common = np.array([1.0, 1.1, 1.3])
    levels = np.array([0.5, 1.0, 2.0])
    assert beside_everyone(np.outer(levels, common), "rate per 10,000") == pytest.approx(
        np.zeros((3, 3)), abs=1e-12
    )
    shares = np.array([0.2, 0.3, 0.4])[:, None] + common
    beside = beside_everyone(shares, "percent")
    assert beside == pytest.approx(np.array([[-0.1] * 3, [0.0] * 3, [0.1] * 3]))


def test_transformed_by_hand() -> None:
    y, variance = transformed(np.array([24.625]), np.array([99.25]), "percent")
    assert y[0] == pytest.approx(np.pi / 6)  # (24.625 + 0.375) / (99.25 + 0.75) = 1/4
    assert variance[0] == pytest.approx(0.25 / 99.25)
    y, _ = transformed(np.array([24.625]), np.array([10_000.0]), "rate per 10,000")
    assert y[0] == pytest.approx(0.05)  # sqrt(25 / 10,000)


def test_nine_of_ten_changes_in_places_of_that_size() -> None:
    # 100 changes of 0.1 … 10.0 in places of 1,000, and 200 larger ones in places of 10
    changes = np.concatenate([np.arange(1, 101) / 10, np.full(200, -50.0)])
    sizes = np.concatenate([np.full(100, 1000.0), np.full(200, 10.0)])
    # the nearest third is the hundred: their 0.9 quantile lies between 9.0 and 9.1
    assert usual_change(changes, sizes, 900.0) == pytest.approx(9.01)
    assert usual_change(changes, sizes, 11.0) == pytest.approx(50.0)
    assert usual_change(changes[:20], sizes[:20], 900.0) is None
    assert usual_change(changes, sizes, 0.0) is None
