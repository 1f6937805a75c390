"""Context, links and boundaries on the real files."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cscdash.analysis.deprivation import Link, link
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import authorities
from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.places import children, context_values, places
from cscdash.places.boundaries import boundaries_from
from tests.unit.drawn import FILLED, PALE, box, picture, pieces, where

GEO = Path(__file__).resolve().parents[3] / "shared" / "geo"
needs_geo = pytest.mark.skipif(not GEO.is_dir(), reason="../shared/geo is not here")
NAMES = {
    "poverty_bhc": "children_rel_low_income_bhc_pct",
    "poverty_ahc": "children_rel_low_income_ahc_pct",
    "white_british": "eth_white_british_pct",
    "house_prices": "house_price_to_earnings_ratio",
    "pay": "median_weekly_pay_gbp",
    "rural": "rural_lsoa_share_pct",
    "imd_2025": "imd_avg_score_2025",
    "claimants": "claimant_count_pct",
}


def extract(store: Store, id: str) -> Extract:
    return Extract(catalogue().indicator(id), store.columns(id))


@pytest.mark.parametrize(
    ("measure", "r_squared"), [("poverty_bhc", 0.40), ("poverty_ahc", 0.15), ("idaci_2025", 0.19)]
)
def test_the_link_of_the_looked_after_rate(built: Store, measure: str, r_squared: float) -> None:
    rows = extract(built, "looked_after_rate").at("2025")
    found = link(rows, context_values()[measure])
    assert isinstance(found, Link)
    assert found.n == 151
    assert found.r_squared == pytest.approx(r_squared, abs=0.01)
    # again, by other means
    y = pd.Series({one.area: one.value for one in authorities(rows)}, dtype=float)
    x = context_values()[measure].reindex(y.index)
    assert found.r_squared == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    slope, intercept = np.polyfit(x, y, 1)
    residuals = y - (intercept + slope * x)
    low, high = np.percentile(residuals, [10, 90])
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_nothing_is_typical_for_repeat_plans(built: Store) -> None:
    held = extract(built, "repeat_plans")
    found = link(held.at(held.latest), context_values()["poverty_bhc"])
    assert isinstance(found, Link) and not found.shown


@needs_geo
@pytest.mark.parametrize("measure", list(NAMES))
def test_context_is_what_the_publishers_print(measure: str) -> None:
    theirs = pd.read_csv(GEO / "utla_context_wide.csv").set_index("code")[NAMES[measure]]
    for code, value in theirs.items():
        area = places().by_gss(str(code))
        assert area is not None
        ours = context_values().loc[area.code, measure]
        assert (np.isnan(value) and np.isnan(ours)) or ours == pytest.approx(value, abs=6e-5)


def test_children_are_as_published(published: Path) -> None:
    file = published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"
    rows = pd.read_csv(file, dtype=str)
    rows = rows[(rows["geographic_level"] == "Local authority") & (rows["time_period"] == "2024")]
    for row in rows.to_dict("records"):
        assert children().loc[row["old_la_code"], "2024"] == float(row["population_estimate"])


@needs_geo
@pytest.mark.parametrize(
    "file", ["ctyua_2023_england.geojson", "ctyua_2023_england_bng_500m.topojson"]
)
def test_real_boundaries_show_cities_and_33_in_london(tmp_path: Path, file: str) -> None:
    made = boundaries_from(GEO / file)
    assert len(made) < 150_000
    (tmp_path / "map.json").write_text(made)
    url = "app/static/map.json"
    for city, county in (("856", "855"), ("892", "891"), ("831", "830"), ("861", "860")):
        image = picture({city}, {county}, url, tmp_path)
        inner, outer = box(where(image, FILLED)), box(where(image, PALE))
        assert outer[0] < inner[0] and inner[1] < outer[1]
        assert outer[2] < inner[2] and inner[3] < outer[3]
    london = {a.code for a in places().members("E12000007")}
    image = picture(london, set(), url, tmp_path)
    assert pieces(where(image, FILLED), least=60) == 33
    everyone = {a.code for a in places().authorities}
    image = picture(everyone, set(), url, tmp_path)
    assert (image[:3] == 255).all() and (image[:, :3] == 255).all()
    assert 0.15 < where(image, FILLED).mean() < 0.5
