"""A line across authorities, against scipy, and where it is switched off."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cscdash.analysis.deprivation import Link, link
from cscdash.analysis.observations import CannotSay
from cscdash.extracts import Observation
from tests.unit.observed import at

N = 60
CODES = [str(200 + i) for i in range(N)]


def made(noise: float) -> tuple[dict[str, Observation], pd.Series]:
    """Authorities on a line, with noise of this standard deviation that leaves the line alone."""
    x = np.linspace(10, 40, N)
    around = np.random.default_rng(7).normal(size=N)
    around -= np.polyval(np.polyfit(x, around, 1), x)
    y = 20 + 2 * x + noise * around / around.std()
    rows = [{"area": code, "value": v} for code, v in zip(CODES, y, strict=True)]
    rows.append({"area": "E92000001", "value": 1e6})
    return at(rows), pd.Series(x, index=CODES)


@pytest.mark.parametrize(("noise", "strength"), [(5.0, "strong"), (35.0, "some"), (60.0, "little")])
def test_as_scipy(noise: float, strength: str) -> None:
    rows, context = made(noise)
    found = link(rows, context)
    assert isinstance(found, Link)
    assert (found.slope, found.intercept) == pytest.approx((2, 20))
    known = stats.linregress(context, [rows[code].value for code in CODES])
    assert (found.slope, found.intercept) == pytest.approx((known.slope, known.intercept))
    assert found.r_squared == pytest.approx(known.rvalue**2)
    assert found.n == N
    assert found.strength == strength
    assert found.shown == (found.r_squared >= 0.15)


def test_the_band_holds_the_middle_80_percent() -> None:
    rows, context = made(20.0)
    found = link(rows, context)
    assert isinstance(found, Link)
    values = [rows[code].value for code in CODES]
    words = [found.typical(v, x) for v, x in zip(values, context, strict=True)]
    assert [words.count(w) for w in ("lower than", "similar to", "higher than")] == [6, 48, 6]


def test_nothing_is_typical_where_the_link_is_weak() -> None:
    rows, context = made(60.0)
    found = link(rows, context)
    assert isinstance(found, Link)
    assert isinstance(found.typical(50.0, 20.0), CannotSay)


def test_cannot_say() -> None:
    rows, context = made(5.0)
    assert isinstance(link(rows, context.iloc[:29]), CannotSay)
    assert isinstance(link(rows, context * 0), CannotSay)
    assert isinstance(link(rows, context.where(context > 30)), CannotSay)


def test_values_that_are_all_alike_have_no_link() -> None:
    x = pd.Series(np.linspace(10, 40, N), index=CODES)
    alike = at([{"area": code, "value": 7.0} for code in CODES])
    assert link(alike, x) == CannotSay("all authorities have the same value")
    assert link(at([{"area": code, "value": v} for code, v in x.items()]), x * 0 + 3) == CannotSay(
        "all authorities have the same value"
    )


def test_thirty_authorities_are_enough() -> None:
    rows, context = made(5.0)
    found = link(rows, context.iloc[:30])
    assert isinstance(found, Link) and found.n == 30


@pytest.mark.parametrize(
    ("r_squared", "strength", "shown"),
    [
        (0.1499, "little", False),
        (0.15, "some", True),
        (0.2499, "some", True),
        (0.25, "strong", True),
    ],
)
def test_the_limits_of_the_words(r_squared: float, strength: str, shown: bool) -> None:
    found = Link(30, r_squared, 2.0, 20.0, -5.0, 7.0)
    assert (found.strength, found.shown) == (strength, shown)


@pytest.mark.parametrize(
    ("value", "typical"),
    [(34.9, "lower than"), (35.0, "similar to"), (47.0, "similar to"), (47.1, "higher than")],
)
def test_the_edges_of_what_is_typical(value: float, typical: str) -> None:
    # at 10 the line gives 20 + 2 x 10 = 40; typical is from 40 - 5 to 40 + 7
    assert Link(30, 0.4, 2.0, 20.0, -5.0, 7.0).typical(value, 10.0) == typical
