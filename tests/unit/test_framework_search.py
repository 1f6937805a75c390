"""Questions a practitioner would ask find the right item among the first three."""

import pytest

from cscdash.catalogue.framework import framework
from cscdash.framework.filters import Asked, chosen, entries
from cscdash.framework.items import fold, items
from cscdash.framework.search import Index, items_index, register_index
from tests.unit.search_questions import QUESTIONS


def answered(question: str) -> bool:
    """Whether an item that answers the question is among the first three listed."""
    first = fold(chosen(Asked(q=question)))[:3]
    listed = {item.id for one in first for item in (one.item, *one.also)}
    return bool(listed & set(QUESTIONS[question].split()))


def test_the_right_item_is_among_the_first_three_for_95_of_100_questions():
    missed = [question for question in QUESTIONS if not answered(question)]
    assert len(QUESTIONS) >= 60
    assert len(missed) <= 0.05 * len(QUESTIONS), missed


def test_every_answer_is_an_item():
    assert {id for answer in QUESTIONS.values() for id in answer.split()} <= set(items())


# what the first version of the search missed altogether
@pytest.mark.parametrize(
    "question", ["whistleblowing", "disguised compliance", "invest in prevention", "interpreters"]
)
def test_words_that_the_framework_does_not_use_find_what_it_says(question):
    assert answered(question)


def test_a_rare_word_outweighs_two_common_ones():
    rows = [(str(at), "children and families", "", "") for at in range(9)]
    index = Index([*rows, ("rare", "genograms", "", "")])
    assert index.find("genograms for children and families")[0] == "rare"


def test_a_synonym_counts_once_and_less_than_the_word():
    rows = [
        ("word", "money", "", ""),
        ("synonyms", "finance funding", "", ""),
        *((f"other {at}", "homes", "", "") for at in range(6)),
    ]
    index = Index(rows, {"money": ("finance", "funding")})
    assert index.find("money") == ["word", "synonyms"]


def test_a_phrase_is_read_whole_in_any_inflection():
    rows = [("lines", "straight lines", "", ""), ("harm", "exploitation", "", "")]
    rows += [(f"other {at}", "homes", "", "") for at in range(4)]
    index = Index(rows, {"county lines": ("exploitation",)})
    assert index.find("a county line") == ["harm"]


def test_every_synonym_leads_somewhere():
    """A declared word that no text holds would be a promise that the search cannot keep."""
    indexes = (items_index(), register_index())
    for synonym in framework().synonyms:
        for meant in synonym.meant:
            assert any(index.find(meant) for index in indexes), f"{synonym.said}: {meant}"


@pytest.mark.parametrize("question", ["", "   ", "?!", "of the", "xqzzv", '"OR (', "a" * 500, "'"])
def test_any_question_is_answered_without_an_error(question):
    assert isinstance(chosen(Asked(q=question)), list)


def test_inflections_are_the_same_word():
    index = Index([("one", "Listening to children", "", ""), ("two", "Homes", "", "")])
    assert index.find("listened") == index.find("listens") == ["one"]


def test_a_slip_finds_the_word_that_was_meant():
    index = Index([("one", "Advocacy for children", "", ""), ("two", "Homes", "", "")])
    assert index.find("advocasy") == ["one"]


def test_texts_with_more_of_the_words_come_first():
    index = Index([("one", "homes", "", ""), ("two", "safe homes", "", ""), ("three", "x", "", "")])
    assert index.find("safe homes")[0] == "two"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("young carers", "X-O1-09"), ("siblings", "X-O2-08"), ("advocacy", "X-O3-01")],
)
def test_the_register_is_searched(question, answer):
    assert answer in [entry.id for entry in entries(question)][:6]
