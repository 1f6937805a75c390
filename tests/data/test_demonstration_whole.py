"""The whole demonstration: complete, giving nothing away, and nobody's published figures."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cscdash.catalogue import Catalogue, catalogue
from cscdash.extracts import DEMONSTRATION, Status, Store
from cscdash.ingest.demonstration.country import country
from cscdash.ingest.demonstration.observations import observations
from cscdash.periods import end_year
from tests.conftest import ENGLAND, Make
from tests.unit.secrecy import given_away

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 3_000_000  # bytes


@pytest.fixture(scope="module")
def frames(invented: Store) -> dict[str, pd.DataFrame]:
    return {id: Make.frame(invented.table(id)) for id in invented.indicators}


def whole(frame: pd.DataFrame, area: str = ENGLAND) -> pd.DataFrame:
    rows = (frame["area"] == area) & (frame["breakdown"] == "total")
    return frame[rows].set_index("period").sort_index()


def test_the_whole_catalogue_is_drawn_and_small(invented: Store) -> None:
    assert invented.indicators == sorted(i.id for i in catalogue().indicators if i.source)
    assert invented.check() == []
    assert invented.demonstration
    assert invented.build == "demonstration"
    assert sum(file.stat().st_size for file in invented.path.iterdir()) < LIMIT


def test_what_is_drawn_is_what_is_committed(invented: Store) -> None:
    committed = Store.open(DEMONSTRATION)
    assert committed.indicators == invented.indicators
    for id in committed.indicators:
        assert committed.table(id).equals(invented.table(id)), id
    pinned = dict(
        line.split(";")[0].strip().split("==")
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    )
    if any(version(name) != pinned[name] for name in ("numpy", "pyarrow")):
        pytest.skip("bytes are compared under the versions of requirements.txt alone")
    here = {file.name: file.read_bytes() for file in committed.path.iterdir()}
    assert here == {file.name: file.read_bytes() for file in invented.path.iterdir()}
    assert (DEMONSTRATION / "current").read_bytes() == (invented.folder / "current").read_bytes()


def own_sums(indicator: dict[str, Any]) -> list[dict[str, Any]]:
    """Declared sums that name no other indicator."""
    id = indicator["id"]
    return [one for one in indicator["sums"] if all(p.split(" / ")[0] == id for p in one["parts"])]


@pytest.mark.parametrize("place", range(0, 140, 20))
def test_an_indicator_is_drawn_from_its_own_declaration_alone(invented: Store, place: int) -> None:
    id = invented.indicators[place]
    whole = catalogue().model_dump()
    whole["unloaded"] = []
    for chapter in whole["chapters"]:
        chapter["flow"] = []
        chapter["indicators"] = [
            {**each, "read_alongside": [], "characteristics": {}, "sums": own_sums(each)}
            for each in chapter["indicators"]
            if each["id"] == id
        ]
    alone = Catalogue.model_validate(whole)
    assert [each.id for each in alone.indicators] == [id]
    assert observations(alone.indicator(id), alone).equals(invented.table(id).combine_chunks())


def test_england_is_near_the_published_figures(frames: dict[str, pd.DataFrame]) -> None:
    equal = []
    for indicator in catalogue().indicators:
        for check in indicator.check if indicator.source else ():
            if check.area != ENGLAND or check.measure != "value" or check.breakdown != "total":
                continue
            shown = whole(frames[indicator.id])["value"]
            if check.period not in shown.index:  # longer ago than thirteen years
                assert end_year(check.period) <= end_year(shown.index[0])
                continue
            apart = abs(shown[check.period] - check.value)
            assert apart <= 0.05 * abs(check.value) + 0.5000001 * 10.0**-indicator.decimals, (
                indicator.id,
                check.period,
                shown[check.period],
            )
            if abs(check.value) * 10**indicator.decimals > 100:
                equal.append(shown[check.period] == check.value)
    assert np.mean(equal) < 0.02  # near, and not it


def test_every_kind_of_gap_and_flag_is_there(frames: dict[str, pd.DataFrame]) -> None:
    ours = {Status.NOT_LOADED, Status.NOT_YET}  # of a copy without its population
    assert {s for frame in frames.values() for s in frame["status"]} == set(Status) - ours
    flags = {letter for frame in frames.values() for word in frame["flags"] for letter in word}
    assert flags == {"p", "e", "j"}
    known = {"looked_after_rate", "foster_care", "section_47_rate"}
    for id in known:
        there = frames[id]
        assert 0.3 < (there["status"] == "ok").mean() < 1.0
        scilly = there[(there["area"] == "420") & (there["breakdown"] == "total")]
        assert set(scilly["status"]) == {"z"}


def test_numbers_rise_with_child_poverty_and_do_not_follow_from_it(
    frames: dict[str, pd.DataFrame],
) -> None:
    land = country()
    need = pd.Series(land.need, index=land.codes[: land.authorities])
    latest = frames["section_47_rate"].query("period == '2025' and area.str.len() == 3")
    fit = latest.set_index("area")["value"].corr(need) ** 2
    assert 0.1 < fit < 0.7


def test_judgements_are_counted_for_regions_and_never_invented_for_an_authority(
    frames: dict[str, pd.DataFrame],
) -> None:
    for indicator in catalogue().indicators:
        formats = {catalogue().datasets[s.dataset].format for s in indicator.source}
        if formats == {"ofsted"}:
            frame = frames[indicator.id]
            assert not (frame["area"].str.len() == 3).any()
            latest = frame[(frame["period"] == frame["period"].max()) & (frame["area"] == ENGLAND)]
            totals = latest.groupby("breakdown")["value"].sum()
            assert totals.tolist() == [totals["total"]] * len(totals)


def test_only_england_where_the_file_is_national(frames: dict[str, pd.DataFrame]) -> None:
    assert set(frames["adoption_entry_to_order"]["area"]) == {ENGLAND}


def test_no_hidden_cell_can_be_worked_out(frames: dict[str, pd.DataFrame]) -> None:
    units = {indicator.id: indicator.unit for indicator in catalogue().indicators}
    found = {id: given_away(frame, units[id] == "count") for id, frame in frames.items()}
    assert {id: cells[:3] for id, cells in found.items() if cells} == {}


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
