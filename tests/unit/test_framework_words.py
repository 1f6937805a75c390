"""The framework's texts are short, plain, and judge nobody."""

import pytest

from cscdash.catalogue.framework import CHAPTERS, framework
from cscdash.framework.glossary import _patterns
from cscdash.framework.plain_words import WHY_NOT
from tests.unit.framework_texts import our_texts, plain_text
from tests.unit.readable import reading_age, words_of
from tests.wording import unwanted


@pytest.mark.parametrize("one", framework().expectations, ids=lambda one: one.id)
def test_an_expectation_has_at_most_thirty_words(one):
    assert len(words_of(one.text)) <= 30


@pytest.mark.parametrize("promise", framework().promises, ids=lambda promise: promise.id)
def test_a_promise_has_at_most_thirty_words(promise):
    assert len(words_of(promise.asked)) <= 30
    assert len(words_of(promise.promised)) <= 30


@pytest.mark.parametrize("term", framework().terms, ids=lambda term: term.term)
def test_a_meaning_has_at_most_thirty_words(term):
    assert len(words_of(term.text)) <= 30


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("part", ["leaders", "practitioners", "listening"])
def test_expectations_read_at_fourteen_or_below_legal_terms_excepted(chapter, part):
    texts = [o.text for o in framework().expectations if (o.chapter, o.part) == (chapter, part)]
    assert reading_age(without_terms(" ".join(texts))) <= 14.0


def test_all_texts_together_read_at_fourteen_or_below():
    assert reading_age(without_terms(" ".join(our_texts().values()))) <= 14.0


def test_meanings_read_at_twelve_or_below():
    assert reading_age(" ".join(term.text for term in framework().terms)) <= 12.0


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_plain_pages_read_at_eleven_or_below(chapter):
    assert reading_age(plain_text(chapter)) <= 11.0


def test_reasons_for_no_number_read_at_eleven_or_below():
    said = " ".join(f"There is no number: {reason}." for reason in WHY_NOT.values())
    assert reading_age(said) <= 11.0


@pytest.mark.parametrize(("name", "text"), our_texts().items(), ids=our_texts().keys())
def test_no_text_judges_or_sets_places_in_an_order(name, text):
    assert unwanted(text) == []


def without_terms(text: str) -> str:
    """A text with every term of the glossary replaced by a plain word.

    A legal term is explained where it stands: its length says nothing about the rest.
    """
    for pattern, _ in _patterns():
        text = pattern.sub("it", text)
    return text


def test_outcomes_two_and_three_have_each_others_numbers_elsewhere() -> None:
    numbering = framework().numbering
    assert [numbering.of(id) for id in ("outcome_1", "outcome_2", "outcome_3", "outcome_4")] == [
        "", "Outcome 3", "Outcome 2", "",
    ]  # fmt: skip
    assert numbering.checked == "Not checked against the statutory text."
    assert "2 and 16 March 2026" in numbering.source
