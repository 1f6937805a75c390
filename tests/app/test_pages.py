"""Every page for every kind of area, and every view of every proposed indicator."""

import ast
import random
from urllib.parse import parse_qsl

import pytest

from cscdash.catalogue import Chapter, catalogue
from cscdash.extracts import Store
from cscdash.framework.items import items
from cscdash.places import places
from cscdash.views.indicator.registry import VIEWS
from tests.app.equal import Truth, agree, in_the_round
from tests.app.reading import KINDS, PAGES, ROOT, Page, Visit
from tests.wording import unwanted

AREAS = {
    "926": "a county",
    "204": "a London borough",
    "857": "small numbers",
    "201": "hardly any numbers",
    "420": "fewer still",
    "942": "began in 2023",
    "314": "a joint workforce return",
    "E12000005": "a region",
    "E13000001": "Inner London",
    "E92000001": "England",
}
CHAPTERS = [chapter.id for chapter in catalogue().chapters]
BUDGET = 100_000  # bytes of all charts of a page
EVERYWHERE = ["E92000001", *(a.code for a in (*places().regions, *places().subregions))]
EVERYWHERE += [area.code for area in places().authorities] * 2


def sound(page: Page, where: str) -> None:
    """No error, no word that judges, no chart without its words and its numbers."""
    assert page.exceptions == [], where
    assert page.errors == [], where
    for chart in page.charts:
        assert len(chart.alt) > 20, f"{where}: a chart without alternative text"
        assert chart.table is not None, f"{where}: a chart without its table"
        assert len(chart.table), f"{where}: a chart with an empty table"
        assert "coordinates" not in str(chart.spec), f"{where}: geometry in a chart"
    for text in page.texts():
        assert unwanted(text) == [], f"{where}: {text}"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_for_every_kind_of_area(visit: Visit, in_use: Store, name: str) -> None:
    fewer = ("926", "201", "942", "E12000005")  # the code is the same for invented values
    for area in fewer if in_use.demonstration else AREAS:
        kind = AREAS[area]
        where = f"{name}, {area} ({kind})"
        shown = visit(name, area=area)
        sound(shown, where)
        heavy = [chart.bytes for chart in shown.charts]
        assert area not in ("926", "E12000005") or sum(heavy) < BUDGET, f"{where}: {heavy}"
        said = [warning.value for warning in shown.at.warning]
        assert any("value is invented" in text for text in said) == in_use.demonstration, where
        assert shown.notices == [], where
        assert shown.address["area"] == area, where
        rounds = [
            chart for chart in shown.charts if "stretch" in chart.rows and "row" in chart.rows
        ]
        if name == "home" or name in CHAPTERS:
            assert rounds, f"{where}: nothing in the round"
        for chart in rounds:
            assert chart.table is not None
            if name == "context":
                continue  # its measures are facts of places, not extracts
            in_the_round(chart, chart.table, in_use, area, where)


@pytest.mark.parametrize("chapter", catalogue().chapters, ids=lambda chapter: chapter.id)
def test_every_view_of_every_proposed_indicator(
    visit: Visit, in_use: Store, chapter: Chapter
) -> None:
    """Each view at an area drawn by a seed that its name makes, so that a failure comes again."""
    views = [view for view in VIEWS if view != "about"]
    shown = [i.id for i in chapter.indicators if i.listed_in == "consultation Annex B"]
    for id in shown:
        truth = Truth(in_use, id) if id in in_use.indicators else None
        chosen = views if not in_use.demonstration else random.Random(id).sample(views, 2)
        for view in chosen:
            area = random.Random(f"{id} {view}").choice(EVERYWHERE)
            where = f"{id}, {view} {area}"
            page = visit(chapter.id, area=area, indicator=id, view=view)
            sound(page, where)
            assert page.address["view"] == view, where
            for chart in page.charts:
                if "row" not in chart.rows and truth is not None and chart.table is not None:
                    agree(chart, chart.table, truth, where)


@pytest.mark.parametrize("chapter", catalogue().chapters, ids=lambda chapter: chapter.id)
def test_companions_and_what_is_read_alongside(
    visit: Visit, in_use: Store, chapter: Chapter
) -> None:
    rng = random.Random(chapter.id)
    companions = [i for i in chapter.indicators if i.listed_in != "consultation Annex B"]
    for indicator in rng.sample(companions, min(4, len(companions))):
        area, view = rng.choice(EVERYWHERE), rng.choice([*VIEWS])
        where = f"{indicator.id}, {view} {area}"
        page = visit(
            chapter.id, area=area, indicator=indicator.id, view=view, companions="1", alongside="1"
        )
        sound(page, where)


def test_a_link_to_an_indicator_or_an_item_keeps_the_readers_own_group(visit: Visit) -> None:
    item = next(iter(items()))
    places = [("framework", {"item": item}), ("plain", {}), ("outcome_1", {}), ("home", {})]
    links = 0
    for page, query in places:
        shown = visit(page, area="926", group="330.855", **query)
        for link in shown.at.get("page_link"):
            kept = dict(parse_qsl(link.proto.query_string))
            if {"indicator", "item"} & set(kept):
                assert (kept.get("area"), kept.get("group")) == ("926", "330.855"), (page, kept)
                links += 1
    assert links > 10


def test_every_page_file_is_named_as_its_address_and_opens_the_frame_first() -> None:
    files = sorted((ROOT / "pages").rglob("*"))
    files = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
    assert {file.relative_to(ROOT).as_posix() for file in files} == set(PAGES.values())
    assert all(file == f"pages/{address}.py" for address, file in PAGES.items())
    assert set(CHAPTERS) < set(PAGES)
    for file in files:
        kinds = (ast.Expr, ast.ImportFrom)
        statements = ast.parse(file.read_text(encoding="utf-8")).body
        assert all(isinstance(statement, kinds) for statement in statements), file
        calls = [one for one in statements if isinstance(one, ast.Expr)][1:]  # after the docstring
        assert [ast.unparse(calls[0].value), len(calls)] == ["open_in_frame()", 2], file


def test_every_definition(visit: Visit, in_use: Store) -> None:
    for indicator in catalogue().indicators:
        page = visit("definitions", area="926", indicator=indicator.id)
        sound(page, indicator.id)
        assert indicator.title in [header.value for header in page.at.header]
        if in_use.demonstration:
            return  # the texts are the same in every store


def test_what_is_closed_is_not_sent(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cscdash.views.parts.on_request.OPEN_AT_FIRST", False)
    closed = visit("outcome_1", area="857")
    assert len(closed.at.table) == 0 and len(closed.at.get("vega_lite_chart")) == 2
    assert "The numbers as a table" in {e.label for e in closed.at.expander}


def test_every_page_as_readers_first_see_it(
    visit: Visit, in_use: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed parts closed; the other tests see all of them open."""
    if in_use.demonstration:
        return  # the same pages
    monkeypatch.setattr("cscdash.views.parts.on_request.OPEN_AT_FIRST", False)
    for page in KINDS:
        closed = visit(page, area="857")
        assert closed.exceptions == closed.errors == [], page
        assert [text for text in closed.texts() if unwanted(text)] == [], page
        assert all(len(chart.alt) > 20 and chart.table is None for chart in closed.charts), page
