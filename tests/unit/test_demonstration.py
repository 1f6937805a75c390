"""The demonstration store: invented, alike on every machine, whole, and giving nothing away."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cscdash.catalogue as project
from cscdash.catalogue import Catalogue, catalogue, load
from cscdash.extracts import Status, Store
from cscdash.ingest.demonstration import demonstrate, extracts
from cscdash.ingest.demonstration.country import country
from cscdash.ingest.demonstration.dice import Dice, grown
from cscdash.ingest.demonstration.hide import closed
from cscdash.periods import end_year
from cscdash.places import places
from tests.conftest import ENGLAND, Make
from tests.unit.secrecy import given_away

LIMIT = 3_000_000  # bytes
WORDS = ["area", "period", "breakdown", "category", "status", "flags", "release"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return demonstrate(tmp_path_factory.mktemp("demonstration"), catalogue())


@pytest.fixture(scope="module")
def frames(store: Store) -> dict[str, pd.DataFrame]:
    return {id: Make.frame(store.table(id)) for id in store.indicators}


def placements(make: type[Make], **changes: Any) -> dict[str, Any]:
    return make.indicator(
        id="fostered",
        decimals=0,
        check=[
            {"period": "2025", "value": 67, "cite": "a table"},
            {"period": "2025", "value": 54_820, "measure": "numerator", "cite": "a table"},
        ],
        source=[
            {
                "dataset": "made",
                "where": {"group": "Placement", "kind": "Foster placements"},
                "value": "percent",
                "numerator": "number",
                "denominator": "number",
                "denominator_where": {"kind": "Total"},
                "breakdown": [
                    {
                        "name": "placement",
                        "column": "kind",
                        "drop": ["Total"],
                        "labels": {"Other placements": "Elsewhere"},
                    }
                ],
            }
        ],
        **changes,
    )


def enquiries(make: type[Make], **changes: Any) -> dict[str, Any]:
    return make.indicator(
        **{
            "id": "enquiries",
            "unit": "rate per 10,000",
            "check": [{"period": "2025", "value": 189.3, "cite": "a table"}],
            "source": [
                {
                    "dataset": "made",
                    "derive": "rate",
                    "numerator": "enquiries",
                    "population": "population",
                }
            ],
            **changes,
        }
    )


def as_workforce(some: Catalogue) -> Catalogue:
    declared = some.model_dump()
    declared["publications"][0]["id"] = "workforce"
    return Catalogue.model_validate(declared)


def draw(some: Catalogue, id: str) -> pd.DataFrame:
    return Make.frame(extracts(some)[id])


def whole(frame: pd.DataFrame, area: str = ENGLAND) -> pd.DataFrame:
    rows = (frame["area"] == area) & (frame["breakdown"] == "total")
    return frame[rows].set_index("period").sort_index()


def test_the_whole_catalogue_is_drawn_small_and_fast(tmp_path: Path) -> None:
    began = time.perf_counter()
    store = demonstrate(tmp_path, catalogue())
    assert time.perf_counter() - began < 30
    assert store.indicators == sorted(i.id for i in catalogue().indicators if i.source)
    assert store.check() == []
    assert store.demonstration
    assert store.build == "demonstration"
    assert sum(file.stat().st_size for file in store.path.iterdir()) < LIMIT


def test_drawing_again_leaves_one_build_of_the_same_name(make: type[Make], tmp_path: Path) -> None:
    demonstrate(tmp_path, make.catalogue(placements(make)))
    (tmp_path / "builds" / "someones").mkdir()
    store = demonstrate(tmp_path, make.catalogue(enquiries(make)))
    assert store.build == "demonstration"
    assert store.indicators == ["enquiries"]
    assert store.check() == []
    assert {p.name for p in store.path.parent.iterdir()} == {"demonstration", "someones"}


@pytest.fixture
def no_context(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A country without the published child poverty, which changes from year to year."""
    country.cache_clear()
    monkeypatch.setattr("cscdash.ingest.demonstration.country.poverty_scores", dict)
    yield
    country.cache_clear()


@pytest.mark.usefixtures("no_context")
def test_two_runs_and_any_machine_give_the_same_values(make: type[Make]) -> None:
    some = make.catalogue(placements(make), enquiries(make))
    assert extracts(some)["fostered"].equals(extracts(some)["fostered"])
    rates = draw(some, "enquiries")
    shown = rates["value"].map("{:.1f}".format)
    lines = rates["area"] + " " + rates["period"] + " " + shown + " " + rates["status"]
    assert whole(rates)["value"].tolist()[-3:] == LATEST
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] == CHECKSUM


LATEST = [186.93, 184.78, 184.34]
CHECKSUM = "625897af363d525e"


def test_random_numbers_are_frozen_and_plain() -> None:
    dice = Dice("a purpose")
    assert dice.even(3).round(12).tolist() == FROZEN
    bells = Dice("bells").bell(20_000)
    assert abs(bells.mean()) < 0.03
    assert abs(bells.std() - 1) < 0.03
    assert Dice("long").bell(9, 4)[:5].tolist() == Dice("long").bell(5, 4).tolist()
    assert np.allclose(grown(np.array([-1.0, 0.0, 0.5])), np.exp([-1.0, 0.0, 0.5]), rtol=2e-4)


FROZEN = [0.324494977914, 0.805883943936, 0.469721914303]


def test_another_indicator_leaves_the_values_of_the_others(make: type[Make]) -> None:
    alone = make.catalogue(placements(make))
    both = make.catalogue(enquiries(make), placements(make))
    assert extracts(alone)["fostered"].equals(extracts(both)["fostered"])


def test_an_indicator_of_tomorrow_is_drawn_from_its_table_alone(tmp_path: Path) -> None:
    here = tmp_path / "catalogue"
    shutil.copytree(Path(project.__file__).parent, here)
    chapter = here / "chapters" / "outcome_1.toml"
    chapter.write_text(
        chapter.read_text(encoding="utf-8")
        + """
[[indicator]]
id = "tomorrow"
title = "Something new"
short = "Something new, %"
listed_in = "companion"
unit = "percent"
decimals = 1
time_identifier = "Reporting year"
period_means = "year to 31 March"
kind = "process"
measures = "flow"
standing = "published"
why = "why"
reading = "how"
limits = "what not"
check = [{ period = "2027", value = 41.5, cite = "a table" }]
[[indicator.source]]
dataset = "cin_referrals"
value = "percent"
[[indicator.source.breakdown]]
name = "age"
column = "age"
[[indicator.source.breakdown]]
name = "star sign"
column = "star"
""",
        encoding="utf-8",
    )
    some = load(here)
    drawn = demonstrate(tmp_path / "store", some)
    frame = Make.frame(drawn.table("tomorrow"))
    assert whole(frame)["value"].iloc[-1] == pytest.approx(41.5, rel=0.05)
    assert whole(frame).index[-1] == "2027"
    assert set(frame["breakdown"]) == {"total", "age"}  # nobody can tell the signs


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
    assert {s for frame in frames.values() for s in frame["status"]} == set(Status)
    flags = {letter for frame in frames.values() for word in frame["flags"] for letter in word}
    assert flags == {"p", "e", "j"}
    known = {"looked_after_rate", "foster_care", "section_47_rate"}
    for id in known:
        there = frames[id]
        assert 0.3 < (there["status"] == "ok").mean() < 1.0
        scilly = there[(there["area"] == "420") & (there["breakdown"] == "total")]
        assert set(scilly["status"]) == {"z"}


def test_authorities_have_values_only_while_they_existed(make: type[Make]) -> None:
    some = make.catalogue(enquiries(make))
    frame = draw(some, "enquiries")
    assert whole(frame, "909").index[-1] == "2023"
    assert whole(frame, "942").index[0] == "2024"
    assert whole(frame, "941").index[0] == "2022"
    assert whole(frame, "838").index[0] == "2020"
    assert {area.code for area in places().authorities} <= set(frame["area"])


def test_small_numbers_are_hidden_and_tiny_shares_round_to_nought(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    ok = frame[frame["status"] == "ok"]
    assert not ok["numerator"].between(1, 5).any()
    assert ok["numerator"].notna().all()
    hidden = frame[frame["status"] == "c"]
    assert len(hidden) > 100
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)
    nought = frame[frame["status"] == "k"]
    assert len(nought)
    assert (nought["numerator"] / nought["denominator"] < 0.005).all()
    assert "Elsewhere" in set(frame["category"])


def test_parts_add_up_and_the_headline_is_the_total(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    england = frame[frame["area"] == ENGLAND]
    latest = england[england["period"] == "2025"].set_index("category")
    assert latest.loc["Foster placements", "numerator"] == latest.loc["total", "numerator"]
    parts = latest[latest["breakdown"] == "placement"]
    assert parts["numerator"].sum() == latest.loc["total", "denominator"]


def test_regions_and_england_are_sums_of_what_they_hold(make: type[Make]) -> None:
    rates = draw(make.catalogue(enquiries(make)), "enquiries")
    by_area = {area: rows.set_index("period") for area, rows in rates.groupby("area")}
    wide, below, status = (
        pd.DataFrame({area: rows[column] for area, rows in by_area.items()})
        for column in ("numerator", "denominator", "status")
    )
    known = places()
    for half in known.subregions:
        inside = [area.code for area in known.authorities if area.subregion == half.code]
        shown = ~status[inside].eq("c").any(axis=1)
        assert (wide[inside].sum(axis=1)[shown] == wide[half.code][shown]).all()
    assert (wide["E13000001"] + wide["E13000002"] == wide["E12000007"]).all()
    for number in (wide, below):
        assert (number[[r.code for r in known.regions]].sum(axis=1) == number[ENGLAND]).all()
    ok = rates[rates["status"] == "ok"]
    assert np.allclose(ok["value"], ok["numerator"] / ok["denominator"] * 10_000, atol=0.0051)


def test_a_break_is_a_visible_step(make: type[Make]) -> None:
    changed = enquiries(make, breaks=[{"period": "2022", "why": "counted anew"}])
    series = whole(draw(make.catalogue(changed), "enquiries"))["value"]
    steps = series.pct_change().abs()
    assert steps["2022"] > 0.05
    assert steps.drop("2022").max() < steps["2022"]


def test_a_joint_return_stands_for_both(make: type[Make]) -> None:
    turnover = make.indicator(
        id="turnover",
        period_means="year to 30 September",
        check=[{"period": "2025", "value": 11.8, "cite": "a table"}],
        source=[
            {
                "dataset": "made",
                "value": "rate_fte",
                "numerator": "leavers_fte",
                "denominator": "inpost_fte",
            }
        ],
    )
    frame = draw(as_workforce(make.catalogue(turnover)), "turnover")
    assert len(whole(frame)) == 9
    for one, two in (("314", "318"), ("940", "941")):
        left, right = whole(frame, one), whole(frame, two)
        columns = ["value", "numerator", "denominator", "status", "flags"]
        pd.testing.assert_frame_equal(left[columns], right[columns])
        assert set(left["flags"]) == {"j"}
    assert set(frame["flags"]) == {"", "j"}
    assert (frame["denominator"].dropna() % 1 != 0).any()  # full-time equivalents


def test_counts_of_the_same_thing_agree_between_indicators(make: type[Make]) -> None:
    number = make.indicator(
        id="number",
        unit="count",
        decimals=0,
        check=[{"period": "2025", "value": 230_590, "cite": "a table"}],
        source=[{"dataset": "made", "value": "enquiries"}],
    )
    checks = [
        {"period": "2025", "value": 189.3, "cite": "a table"},
        {"period": "2025", "value": 230_590, "measure": "numerator", "cite": "a table"},
    ]
    some = make.catalogue(number, enquiries(make, check=checks))
    key = ["area", "period"]
    counts = draw(some, "number").set_index(key)["value"]
    rates = draw(some, "enquiries").set_index(key)["numerator"]
    both = pd.concat([counts, rates], axis=1).dropna()
    both = both[both.index.get_level_values("area").str.len() == 3]
    assert (both["value"] == both["numerator"]).mean() > 0.99


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


def test_the_look_for_such_cells_finds_a_planted_one(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    assert given_away(frame, count=False) == []
    rows = (frame["period"] == "2025") & (frame["breakdown"] == "placement")
    full = frame[rows & (frame["area"] == "E12000008")]
    assert set(full["status"]) <= {"ok", "k"}
    planted = frame.copy()
    planted.loc[full.index[1], ["value", "numerator", "denominator"]] = np.nan
    planted.loc[full.index[1], "status"] = "c"
    assert given_away(planted, count=False)


def test_a_second_cell_is_hidden_beside_a_single_one() -> None:
    hidden = np.array([[False], [True], [False], [False]])
    size = np.array([[60.0], [3.0], [40.0], [17.0]])
    usable = np.ones((4, 1), dtype=bool)
    done = closed(hidden, size, usable, [(0, [1, 2, 3])])
    assert done[:, 0].tolist() == [False, True, False, True]
    hidden = np.array([[True], [False], [False], [False]])
    done = closed(hidden, size, usable, [(0, [1, 2, 3])])
    assert done[:, 0].tolist() == [True, True, False, True]
