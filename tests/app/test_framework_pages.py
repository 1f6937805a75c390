"""The pages of the framework, run as a visitor would."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import CHAPTERS

APP = str(Path(__file__).resolve().parents[2] / "app.py")


pytestmark = pytest.mark.usefixtures("in_use")


def go(page: str, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.run()
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(f"pages/{page}.py")
    at.run()
    assert not at.exception
    assert not at.error
    return at


def said(at: AppTest) -> str:
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info)
    return "\n".join(one.value for kind in kinds for one in kind)


def test_the_reader_says_what_its_texts_are():
    text = said(go("framework"))
    assert "Neither is the final guidance." in text
    assert "**206 items**, 8 of which say the same as another: folded." in text
    assert "The draft has none" in text  # practice supervisors


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"chapter": "outcome_2", "part": "leaders"}, "**5 items**"),
        ({"me": "family"}, "**37 items**"),
        ({"document": "response"}, "**26 items**"),
        ({"q": "xqzzv"}, "**0 items**"),
    ],
)
def test_the_address_sets_the_filters(query, count):
    assert count in said(go("framework", **query))


def test_a_search_in_the_box_finds_and_is_written_to_the_address():
    at = go("framework")
    at.text_input(key="framework:q").set_value("kinship carers mony").run()
    assert not at.exception
    assert at.query_params["q"] in ("kinship carers mony", ["kinship carers mony"])
    assert "Help kinship carers to get money" in said(at)


def test_everything_on_one_page():
    text = said(go("framework", whole="1", chapter="enabler_2", document="consultation"))
    assert text.count("E2-") >= 20


def test_an_item_shows_its_figures_for_the_area():
    text = said(go("framework", item="O4-P-01", area="204"))
    assert "What the figures say: Hackney" in text
    assert "Outcome 4, practitioners, p. 41 · O4-P-01" in text


def test_an_item_without_a_figure_says_so():
    assert "**Not measured.**" in said(go("framework", item="O1-L-03"))


def test_an_unknown_item_leads_to_the_list_with_a_word():
    text = said(go("framework", item="O9-X-99"))
    assert "not one we know" in text
    assert "items**" in text


def test_the_register_lists_and_searches():
    at = go("register", q="young carers")
    text = said(at)
    assert "Number of young carers assessments" in text
    assert [one.label for one in at.expander if "without a figure" in one.label]


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("area", ["204", "E92000001"])
def test_a_plain_page_has_its_parts(chapter, area):
    at = go("plain", about=chapter, area=area)
    text = said(at)
    for heading in ("What the picture shows", "What it does not show", "What do you think?"):
        assert heading in text


def test_a_chapter_page_leads_to_the_expectations():
    at = AppTest.from_file(APP, default_timeout=60)
    at.run()
    at.switch_page("pages/outcome_4.py")
    at.run()
    assert not at.exception
    first = catalogue().chapter("outcome_4").indicators[0]
    label = f"What the framework asks for here ({len(first.expectations)})"
    assert label in [one.label for one in at.expander]
