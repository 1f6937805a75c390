"""Stores as they may be: wrong, empty, or without an extract; and a new indicator in one table."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cscdash.catalogue as room
from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.ingest import build
from cscdash.learning.pack.markdown import escaped
from tests.app.equal import Truth, in_the_round
from tests.app.reading import PAGES, Visit

NEW = """
[[indicator]]
id = "newly_declared"
title = "A newly declared share"
short = "Newly declared, %"
annex_b = "O1-I99"
listed_in = "consultation Annex B"
unit = "percent"
decimals = 1
time_identifier = "Reporting year"
period_means = "year to 31 March"
kind = "process"
measures = "flow"
standing = "derived here"
numerator = "some referrals"
denominator = "all referrals"
noun = "referral"
why = "It shows that one table is enough."
reading = "As a share."
limits = "It was made for a test."
questions = ["What would you ask?"]
check = [{ period = "2025", value = 20.0, cite = "a test" }]

[[indicator.source]]
dataset = "cin_referrals"
derive = "ratio"
numerator = "rereferral_count"
denominator = "referral_count"
"""

COLUMNS = [
    f"{what}_{measure}"
    for what in ("referral", "rereferral", "no_further_action", "not_in_need", "rereferral_child")
    for measure in ("count", "percent")
] + ["referral_child_count"]


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "nothing here"
    monkeypatch.setenv("CSCDASH_DATA", str(folder))
    return folder


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("exists", [True, False])
def test_a_wrong_folder_says_one_clear_sentence(wrong: Path, name: str, exists: bool) -> None:
    if exists:
        wrong.mkdir()
    shown = Visit()(name, area="926")
    assert shown.exceptions == []
    assert shown.errors == [escaped(f"CSCDASH_DATA names {wrong}, which holds no extracts.")]
    assert not shown.charts


@pytest.mark.parametrize(
    "damage", ["no build", "no package", "package is no JSON", "package is a list", "odd pointer"]
)
def test_a_damaged_store_says_one_clear_sentence(small: Store, wrong: Path, damage: str) -> None:
    shutil.copytree(small.folder, wrong)
    store = Store.open(wrong)
    if damage == "no build":
        shutil.rmtree(store.path)
    elif damage == "no package":
        (store.path / "datapackage.json").unlink()
    elif damage == "odd pointer":
        (wrong / "current").write_text("../../elsewhere")
    else:
        text = "{" if damage == "package is no JSON" else "[]"
        (store.path / "datapackage.json").write_text(text)
    shown = Visit()("outcome_1", area="926")
    assert shown.exceptions == []
    assert len(shown.errors) == 1
    assert shown.errors[0].endswith(".") and "Traceback" not in shown.errors[0]


def test_a_damaged_extract_says_one_clear_sentence(small: Store, wrong: Path) -> None:
    shutil.copytree(small.folder, wrong)
    (Store.open(wrong).path / "repeat_referrals.parquet").write_bytes(b"PAR1 not really")
    shown = Visit()("outcome_1", area="926")
    assert shown.exceptions == []
    (said,) = set(shown.errors)  # the same in each card that would draw it
    assert escaped("repeat_referrals") in said


def test_an_extract_that_is_not_there_yet_is_a_normal_state(
    small: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSCDASH_DATA", str(small.folder))
    visit = Visit()
    for page in PAGES:
        shown = visit(page, area="926")
        assert shown.exceptions == [] and shown.errors == [], page
    for view in ("time", "neighbours", "all", "who", "table", "about"):
        shown = visit("outcome_4", area="926", indicator="foster_care", view=view)
        assert shown.exceptions == [] and shown.errors == [], view
        said = [info.value for info in shown.at.info]
        assert view == "about" or any("do not hold this indicator" in text for text in said)
        assert not [chart for chart in shown.charts if "row" not in chart.rows]


def test_new_figures_show_at_once(small: Store, wrong: Path, make: Any, tmp_path: Path) -> None:
    shutil.copytree(small.folder, wrong)
    visit = Visit()
    assert "24.0%" in set(visit("outcome_1", area="926").texts())
    build(referrals(make, tmp_path / "again", share=31), wrong, catalogue())
    again = set(visit("outcome_1", area="926").texts())
    assert "31.0%" in again and "24.0%" not in again


def test_a_new_indicator_is_one_table_and_nothing_else(
    declared: Path, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = build(referrals(make, tmp_path / "files"), tmp_path / "store", catalogue()).store
    monkeypatch.setenv("CSCDASH_DATA", str(store.folder))
    visit = Visit()
    title = "A newly declared share"

    home = visit("home", area="926")
    assert home.exceptions == [] and home.errors == []
    rows = next(
        c for c in home.charts if c.table is not None and title in set(c.table["Indicator"])
    )
    assert rows.table is not None
    in_the_round(rows, rows.table, store, "926", "the overview")

    chapter = visit("outcome_1", area="926", indicator="newly_declared")
    assert chapter.exceptions == [] and chapter.notices == []
    assert title in [header.value for header in chapter.at.header]
    assert chapter.charts[-1].table is not None
    assert title in set(chapter.charts[-1].table["Indicator"])
    assert "What would you ask?" in " ".join(chapter.texts())
    assert Truth(store, "newly_declared").value("926", "2025") == pytest.approx(24)
    for view in ("neighbours", "all", "who", "table", "about"):
        page = visit("outcome_1", area="926", indicator="newly_declared", view=view)
        assert page.exceptions == [] and page.errors == [], view

    definitions = visit("definitions", area="926", indicator="newly_declared")
    assert title in [header.value for header in definitions.at.header]
    data = visit("data", area="926")
    listed = [row for one in data.at.dataframe for row in one.value.to_dict("records")]
    (mine,) = [row for row in listed if row.get("Id") == "newly_declared"]
    assert mine["Indicator"] == title and mine["Periods"] == "2023 to 2025"


@pytest.fixture
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogue with one table more, in use until the test is over."""
    home = tmp_path / "catalogue"
    shutil.copytree(room.HERE, home, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (home / "chapters" / "outcome_1.toml").open("a", encoding="utf-8") as chapter:
        chapter.write(NEW)
    load = room.load
    monkeypatch.setattr(room, "load", lambda: load(home))
    catalogue.cache_clear()
    yield home
    monkeypatch.undo()
    catalogue.cache_clear()


@pytest.fixture(scope="session")
def small(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of hardly any indicators, from one small file of invented numbers."""
    files = referrals(make, tmp_path_factory.mktemp("small"))
    return build(files, tmp_path_factory.mktemp("small store"), catalogue()).store


def referrals(make: Any, folder: Path, share: int = 24) -> Path:
    """A file in the form of the publisher's, with a dozen areas and three years."""
    areas = ["926", "204", "857", "201", "942", "330", "331", "332", "333", "334", "335", "336"]
    rows = []
    for year in ("2023", "2024", "2025"):
        for at, area in enumerate([*areas, "E12000006", "E92000001"]):
            again = share + (at if area != "926" else 0)
            cells = dict.fromkeys(COLUMNS, "100")
            cells |= {"referral_count": "1000", "rereferral_count": str(again * 10)}
            cells |= {"rereferral_percent": f"{again}.0"}
            rows.append(make.row(area, year, **cells))
    folder.mkdir(exist_ok=True)
    name = "c1_children_in_need_referrals_and_rereferrals_2023_to_2025.csv"
    (folder / name).write_bytes(make.csv(rows))
    return folder
