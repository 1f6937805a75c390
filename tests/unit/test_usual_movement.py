"""How much an indicator moves by itself: against other libraries, simulation and by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cscdash.analysis.usual_movement import (
    PRIOR,
    Scatter,
    UsualMovement,
    beside,
    false_discoveries,
    in_common,
    scatter,
    slope_tests,
    student_tails,
    transformed,
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
    assert found is not None
    assert found.passing == pytest.approx(9e-4, rel=0.1)
    assert found.lasting == pytest.approx(4e-4, rel=0.1)


def test_chance_alone_leaves_no_scatter() -> None:
    rng = np.random.default_rng(2)
    shape = (3000, 6)
    found = scatter(rng.normal(0, 0.02, shape), np.full(shape, 4e-4))
    assert found is not None
    assert found.passing + found.lasting < 2e-5


def test_a_few_authorities_with_real_changes_do_not_set_the_scatter() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(0, 0.02, (150, 6))
    values[:10] += np.arange(6) * 0.2
    found = scatter(values, np.full(values.shape, 1e-4))
    assert found is not None
    assert found.passing + found.lasting == pytest.approx(3e-4, rel=0.5)


def test_too_few_changes_give_none() -> None:
    values = np.full((10, 3), np.nan)
    values[:, 0] = 1.0
    assert scatter(values, values) is None


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
    found = slope_tests(values[None, :], chance[None, :], years, usual)
    assert found.slope[0] == pytest.approx(fitted.params[1])
    assert found.t[0] == pytest.approx(t)
    assert found.p[0] == pytest.approx(2 * stats.t.sf(abs(t), PRIOR + 3))


def test_where_nothing_happens_tests_pass_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    usual = Scatter(3e-4, 2e-4)
    wander = np.cumsum(rng.normal(0, np.sqrt(2e-4), (4000, 5)), axis=1)
    values = wander + rng.normal(0, np.sqrt(4e-4), (4000, 5))
    p = slope_tests(values, np.full((4000, 5), 1e-4), np.arange(5.0), usual).p
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.015)
    assert np.mean(p < 0.01) < 0.015


def test_a_movement_that_everyone_made_is_taken_out() -> None:
    common = np.array([1.0, 1.1, 1.3])
    levels = np.array([0.5, 1.0, 2.0])
    rates = np.outer(levels, common)
    assert beside(rates, in_common(rates), "rate per 10,000") == pytest.approx(
        np.zeros((3, 3)), abs=1e-12
    )
    shares = np.array([0.2, 0.3, 0.4])[:, None] + common
    relative = beside(shares, in_common(shares), "percent")
    assert relative == pytest.approx(np.array([[-0.1] * 3, [0.0] * 3, [0.1] * 3]))


def test_transformed_by_hand() -> None:
    y, variance = transformed(np.array([24.625]), np.array([99.25]), "percent")
    assert y[0] == pytest.approx(np.pi / 6)  # (24.625 + 0.375) / (99.25 + 0.75) = 1/4
    assert variance[0] == pytest.approx(0.25 / 99.25)
    y, _ = transformed(np.array([24.625]), np.array([10_000.0]), "rate per 10,000")
    assert y[0] == pytest.approx(0.05)  # sqrt(25 / 10,000)


def usual(values: np.ndarray, sizes: np.ndarray, england: float = 0.0) -> UsualMovement:
    none = np.full_like(values, np.nan)
    years = np.arange(2020.0, 2020 + values.shape[1])
    across = np.linspace(0.0, england, values.shape[1])
    areas = [str(at) for at in range(len(values))]
    once = np.ones(len(values), dtype=bool)
    return UsualMovement(areas, values, none, sizes, once, across, years, "percent")


def test_nine_of_ten_changes_in_places_of_that_size() -> None:
    # 100 changes of 0.1 … 10.0 in places of 1,000, and 200 of 50 in places of 10
    changes = np.concatenate([np.arange(1, 101) / 10, np.full(200, -50.0)])
    values = np.column_stack([np.zeros(300), changes])
    sizes = np.repeat(np.concatenate([np.full(100, 1000.0), np.full(200, 10.0)])[:, None], 2, 1)
    asked = usual(values, sizes)
    # the nearest third is the hundred: their 0.9 quantile lies between 9.0 and 9.1
    assert asked.change(1, 900.0) == pytest.approx(9.01)
    assert asked.change(1, 11.0) == pytest.approx(50.0)
    assert asked.change(1, None) == pytest.approx(50.0)  # of all 300
    assert asked.change(2, 900.0) is None  # there are no two years between any two values
    assert usual(values[:20], sizes[:20]).change(1, 900.0) is None


def test_changes_beside_england_leave_its_own_out() -> None:
    values = np.column_stack([np.zeros(40), np.full(40, 7.0)])
    asked = usual(values, np.full((40, 2), 100.0), england=5.0)
    assert asked.change(1, 100.0) == pytest.approx(7.0)
    assert asked.change(1, 100.0, beside_england=True) == pytest.approx(2.0)
