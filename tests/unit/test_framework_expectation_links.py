"""Both ways between expectations and indicators; filters, folding, checklists, loading."""

import io
import re
import shutil

import docx
import pytest

from cscdash.catalogue import catalogue, context
from cscdash.catalogue.framework import CHAPTERS, HERE, framework, load_framework
from cscdash.errors import CscdashError
from cscdash.framework.checklist import COLUMNS, as_markdown, as_word
from cscdash.framework.expectation_links import (
    asked_for,
    bearing,
    close_to,
    measured_share,
    of_indicator,
    of_item,
    shown,
    unmeasured,
)
from cscdash.framework.filters import Asked, chosen, counts, entries, listening
from cscdash.framework.glossary import terms_in
from cscdash.framework.items import fold, items, place, reference, twins


def test_every_proposed_indicator_is_linked_and_back():
    for indicator in catalogue().indicators:
        if indicator.annex_b:
            some = asked_for(indicator)
            assert some, indicator.id
            assert all(indicator in bearing(one.id) for one in some)


def test_no_link_leads_nowhere():
    ids = {indicator.id for indicator in catalogue().indicators}
    expectations = {one.id for one in framework().expectations}
    for indicator in catalogue().indicators:
        assert set(indicator.expectations) <= expectations, indicator.id
    for entry in framework().register_:
        assert len(close_to(entry, {"area": "926"})) == len(entry.close), entry.id
    assert {page.indicator for page in framework().plain} <= ids
    assert [page.chapter for page in framework().plain] == list(CHAPTERS)


def test_what_the_register_calls_shown_is_shown():
    for entry in framework().register_:
        if entry.needs == "B":
            assert any(one.figures for one in close_to(entry, {"area": "926"})), entry.id


def test_what_the_register_links_is_what_its_name_says():
    entry = framework().entry
    (young_carers,) = close_to(entry("X-O3-02"), {"area": "926"})
    assert young_carers.address == (
        "outcome_1?area=926&indicator=assessments_rate&view=who&breakdown=factor"
    )
    deprived = close_to(entry("C-45"), {"area": "E12000005"})
    assert deprived[0].address == "context?part=map&measure=imd_2025&area=E12000005"
    (waiting,) = close_to(entry("X-E2-16"), {"area": "926"})
    assert not waiting.figures, "a card that waits for its measure"
    with pytest.raises(KeyError):
        close_to(
            entry("X-E2-16").model_copy(update={"close": ("absence_cla/colour",)}), {"area": "926"}
        )


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("C-09", "permanent_exclusions_cin"),  # exclusion, not suspension
        ("C-18", "referral_sources"),  # by police, schools and health, not the rate of all
        ("C-19", "referral_sources"),
        ("C-41", "social_work_unit_cost"),  # per child in need, not per child living in the area
        ("X-O1-14", "sen_plan_cin"),
    ],
)
def test_the_first_link_of_an_entry_is_what_it_asks_for(id, first):
    assert framework().entry(id).close[0] == first


def test_what_is_published_is_linked_from_the_register_and_bears_on_what_it_links():
    texts = framework()
    for file in catalogue().unloaded:
        assert file.entries, file.title
        for id in file.entries:
            assert texts.entry(id).close, id  # KeyError if there is no such entry


# Entries that share a word with an indicator, and not its subject: what they ask for is not shown.
ANOTHER_SUBJECT = {
    "F-E1-1",    # training of staff, not of care leavers
    "X-O1-07", "X-O1-15", "X-O1-21", "X-O2-02", "X-O2-03", "X-O2-13", "X-O2-22",
    "X-O3-13", "X-O3-14", "X-O3-15", "X-O3-20", "X-O3-24", "X-O3-26", "X-O3-43",
    "X-O4-01", "X-O4-02", "X-O4-10", "X-O4-11", "X-O4-13", "X-O4-27", "X-O4-28", "X-O4-31",
    "X-E1-03", "X-E1-09", "X-E1-12", "X-E1-13", "X-E1-21", "X-E1-26", "X-E1-27", "X-E1-30",
    "X-E1-31", "X-E1-32", "X-E1-38",
    "X-E2-04", "X-E2-06", "X-E2-07", "X-E2-10",
}  # fmt: skip


def test_nothing_close_is_only_said_where_nothing_is():
    """A name or synonym of an indicator or a context measure within the title is a near match."""
    named = {one.id: {one.title, one.short, *one.synonyms} for one in catalogue().indicators}
    named |= {one.id: {one.title, one.words} for one in context().measures}
    missing = {one.annex_c for one in context().missing}
    near = {
        entry.id
        for entry in framework().register_
        if not entry.close and entry.id not in missing
        for names in named.values()
        if any(f" {_plain(name)} " in f" {_plain(entry.title)} " for name in names)
    }
    assert near == ANOTHER_SUBJECT
    areas = [one for one in framework().register_ if one.needs == "X" and not one.close]
    assert {one.id for one in areas} <= missing, "measures of places are in Context"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def test_counts_are_those_of_the_draft():
    found = counts()
    assert sum(found.values()) == 180
    by_part = {part: sum(n for (_, p), n in found.items() if p == part)
               for part in ("leaders", "practitioners", "listening")}  # fmt: skip
    assert by_part == {"leaders": 78, "practitioners": 65, "listening": 37}
    assert len(framework().promises) == 26
    assert {
        listing: len(entries(listing=listing)) for listing in ("promised", "annex c", "suggested")
    } == {"promised": 26, "annex c": 53, "suggested": 184}


def test_measured_and_unmeasured_make_the_whole():
    for chapter in CHAPTERS:
        found, there = measured_share(chapter)
        assert found + len(unmeasured(chapter)) == there
        assert not any(shown(one.id) for one in unmeasured(chapter))


@pytest.mark.parametrize("role", framework().roles, ids=lambda role: role.code)
def test_a_role_sets_the_parts(role):
    some = chosen(Asked(me=role.code))
    assert some
    assert {one.part for one in some} <= set(role.parts)
    if role.agency:
        assert all(one.agencies for one in some)


def test_a_part_goes_before_the_role():
    assert {one.part for one in chosen(Asked(me="family", part="leaders"))} == {"leaders"}


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("topic", framework().topics),
        ("group", framework().groups),
        ("agency", framework().agencies),
    ],
)
def test_every_choice_leaves_something(name, choices):
    for choice in choices:
        assert chosen(Asked(**{name: choice.code})), choice.code


def test_documents_divide_the_items():
    draft, response = (chosen(Asked(document=d)) for d in ("consultation", "response"))
    assert (len(draft), len(response)) == (180, 26)


def test_twins_are_folded_with_their_places():
    folded = {one.item.id: one for one in fold(list(items().values()))}
    assert len(folded) == 198
    assert [one.id for one in folded["O1-V-05"].also] == ["O3-V-05"]
    assert [one.id for one in twins(items()["O3-V-05"])] == ["O1-V-05"]


def test_twins_have_the_same_text_or_nearly():
    for one in framework().expectations:
        if one.same_as:
            first = framework().expectation(one.same_as).text
            assert one.text.replace("care leaver", "child in care") == first


def test_a_reference_names_document_place_and_page():
    one = items()["O3-L-14"]
    assert place(one) == "Outcome 3, leaders, harm outside the home, p. 35"
    assert "(February 2023)" in reference(one)
    assert reference(one).endswith("cscdash O3-L-14.")


def test_a_checklist_has_a_row_for_each_item_and_columns_to_fill_in():
    some = fold(listening())
    text = as_markdown("Sheet", some)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(some)  # the head and its rule
    assert all(line.count("|") == 3 + len(COLUMNS) for line in rows)
    table = docx.Document(io.BytesIO(as_word("Sheet", some))).tables[0]
    assert len(table.rows) == 1 + len(some)
    assert [cell.text for cell in table.rows[0].cells][2:] == list(COLUMNS)


def test_terms_are_found_in_their_forms():
    assert "Kinship care" in [term.term for term in terms_in("Help kinship carers to get money")]
    assert terms_in("Ask children") == []


def test_addresses_name_item_area_and_the_readers_own_group():
    assert of_item(items()["O1-L-02"], {"area": "204"}) == "framework?item=O1-L-02&area=204"
    indicator = catalogue().indicator("foster_care")
    assert of_indicator(indicator, {"area": "204", "group": "205.206"}) == (
        "outcome_4?area=204&indicator=foster_care&group=205.206"
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("expectations.csv", ",outcome_1,leaders,", ",outcome_9,leaders,", "outcome_9"),
        ("expectations.csv", "O1-L-02,", "O1-L-01,", "declared twice"),
        ("register.csv", ",response,835,B,cla,", ",response,835,Q,cla,", "unknown need"),
        ("framework.toml", "[[principle]]", "[[principal]]", "principal"),
        ("glossary.csv", "term,also", "word,also", "term"),
        ("plain.toml", "[[page]]", "[[page", "plain.toml"),
    ],
)
def test_a_mistake_in_the_texts_is_told(tmp_path, name, before, after, said):
    folder = tmp_path / "framework"
    shutil.copytree(HERE, folder)
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CscdashError, match=said):
        load_framework(folder)
