"""The demonstration beside the published figures: near for England, of no authority."""

import pandas as pd
import pytest

from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.ingest.demonstration import demonstrate
from tests.conftest import Make


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return demonstrate(tmp_path_factory.mktemp("invented"), catalogue())


def side_by_side(id: str, built: Store, invented: Store) -> pd.DataFrame:
    """Published and invented totals of authorities, where both have a value."""
    series = []
    for store in (built, invented):
        frame = Make.frame(store.table(id))
        rows = (frame["breakdown"] == "total") & (frame["area"].str.len() == 3)
        series.append(frame[rows].set_index(["area", "period"])["value"])
    both: pd.DataFrame = pd.concat(series, axis=1, keys=["published", "invented"]).dropna()
    return both.round(catalogue().indicator(id).decimals)


def test_no_authority_has_its_own_series(built: Store, invented: Store) -> None:
    compared = 0
    same: list[tuple[str, str]] = []
    for id in invented.indicators:
        if id not in built.indicators:
            continue
        for area, series in side_by_side(id, built, invented).groupby(level="area"):
            # Rows of noughts and ones are alike by chance.
            if len(series) >= 4 and series["published"].nunique() >= 3:
                compared += 1
                if (series["published"] == series["invented"]).all():
                    same.append((id, str(area)))
    assert compared > 10_000
    assert same == []


def test_no_indicator_follows_the_published_order(built: Store, invented: Store) -> None:
    # Both go with child poverty, so that many agree a little.
    for id in invented.indicators:
        if id not in built.indicators or catalogue().indicator(id).unit in ("count", "pounds"):
            continue  # a county has more children than a borough, invented or not
        both = side_by_side(id, built, invented)
        if not len(both):
            continue
        latest = both.xs(both.index.get_level_values("period").max(), level="period").rank()
        if len(latest) > 50:
            assert abs(latest["published"].corr(latest["invented"])) < 0.6, id
