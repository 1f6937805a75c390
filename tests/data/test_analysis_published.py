"""The methods on the published figures: how many look unusual, how strong the link is."""

from pathlib import Path

import pandas as pd
import pytest

from cscdash.analysis.deprivation import Link, link
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.unusual import LIMIT, beyond_plain_limits, distances
from cscdash.extracts import Observation
from tests.unit.observed import at

SHARED = Path(__file__).parents[2].parent / "shared"
RATES = (
    SHARED
    / "published/ees/children-looked-after_2025/data/cla_number_and_rate_per_10k_children.csv"
)
CONTEXT = SHARED / "geo/utla_context_wide.csv"

pytestmark = pytest.mark.skipif(
    not (RATES.exists() and CONTEXT.exists()),
    reason="the published files are not beside the project (../shared)",
)


def published() -> pd.DataFrame:
    """Children looked after on 31 March 2025, per 10,000: one row per authority, as published."""
    raw = pd.read_csv(RATES, dtype=str, encoding="utf-8-sig")
    return raw[
        (raw["time_period"] == "2025")
        & (raw["geographic_level"] == "Local authority")
        & (raw["population_type"] == "Children looked after on 31 March each year")
    ]


@pytest.fixture(scope="module")
def looked_after() -> dict[str, Observation]:
    """The same as observations."""
    columns = ["old_la_code", "rate_per_10000", "children_count", "population_estimate"]
    return at(
        [
            {"area": area, "numerator": number(count), "denominator": number(of)}
            | ({"status": "c"} if number(value) is None else {"value": number(value)})
            for area, value, count, of in published()[columns].itertuples(index=False)
        ]
    )


def number(text: str) -> float | None:
    """A cell as a number; None for a symbol."""
    try:
        return float(text)
    except ValueError:
        return None


def test_plain_limits_call_105_of_151_unusual_and_adjusted_ones_5(
    looked_after: dict[str, Observation],
) -> None:
    assert beyond_plain_limits(looked_after, "rate per 10,000") == 105
    z = distances(looked_after, "rate per 10,000")
    assert not isinstance(z, CannotSay)
    assert len(z) == 151
    assert sum(abs(distance) > LIMIT for distance in z.values()) == 5


@pytest.mark.parametrize(
    ("measure", "r_squared"),
    [
        ("children_rel_low_income_bhc_pct", 0.40),
        ("children_rel_low_income_ahc_pct", 0.15),
        ("idaci_avg_score_2025", 0.19),
    ],
)
def test_the_link_with_deprivation(
    looked_after: dict[str, Observation], measure: str, r_squared: float
) -> None:
    by_gss = pd.read_csv(CONTEXT).set_index("code")[measure]
    context = published().set_index("old_la_code")["new_la_code"].map(by_gss)
    found = link(looked_after, context)
    assert isinstance(found, Link)
    assert found.n == 151
    assert found.r_squared == pytest.approx(r_squared, abs=0.01)
