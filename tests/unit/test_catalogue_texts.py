"""What the catalogue declares, and the words it uses, held to the founding documents."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from cscdash.catalogue import Indicator, catalogue
from cscdash.catalogue.document import as_markdown
from cscdash.catalogue.models import PROTECTED
from tests.wording import unwanted

DOCS = Path(__file__).resolve().parents[2] / "docs"
ANNEX_B = {
    *(f"O1-I{n}" for n in range(1, 6)),
    *(f"O2-I{n}" for n in range(1, 3)),
    *(f"O3-I{n}" for n in range(1, 5)),
    *(f"O4-I{n}" for n in range(1, 11)),
    *(f"E1-I{n}" for n in range(1, 4)),
    *(f"E2-I{n}" for n in range(1, 3)),
}
GAPS = {"section_31_outcomes", "deescalated_plans", "leader_turnover"}
EXPECTATION = re.compile(r"(O[1-4]|E[12])-[LPV]-\d{2}")
FIELDS = ("title", "short", "numerator", "denominator", "why", "recorded_in", "reading", "limits",
          "hoped_for_caveat", "would_show", "held_by", "local_figures")  # fmt: skip
READ = ("why", "recorded_in", "reading", "limits")
# the texts are for people aged 12 to 14 and up: grades 7 to 9
MEAN_GRADE, HIGHEST_GRADE, HIGHEST_OF_A_TEXT = 7.5, 9.0, 12.0
WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'’.,/£%-]*[A-Za-z0-9%])?")
SENTENCE = re.compile(r"[.?!:](?=\s|$)")

ALL = catalogue().indicators
PROPOSED = [i for i in ALL if i.listed_in == "consultation Annex B"]

each = pytest.mark.parametrize("indicator", ALL, ids=lambda i: i.id)
each_proposed = pytest.mark.parametrize("indicator", PROPOSED, ids=lambda i: i.id)


def texts(indicator: Indicator) -> Iterator[str]:
    yield from (getattr(indicator, field) for field in FIELDS)
    yield from indicator.questions
    yield from (change.why for change in indicator.breaks)
    yield from (doubt.why for source in indicator.source for doubt in source.doubts)


def grade(text: str) -> float:
    """The Automated Readability Index, which needs neither syllables nor a dictionary.

    Source: Smith and Senter 1967. Grade 7 is read at 12 to 13, grade 9 at 14 to 15.
    """
    words = WORD.findall(text)
    letters = sum(character.isalnum() for word in words for character in word)
    sentences = max(1, len(SENTENCE.findall(text)))
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def test_all_26_are_declared_23_with_a_source_and_3_as_gaps() -> None:
    assert {i.annex_b for i in PROPOSED} == ANNEX_B
    with_source = {i.annex_b for i in PROPOSED if i.source}
    gaps = {i.id for i in PROPOSED if i.standing == "gap"}
    assert len(with_source) == 23
    assert gaps == GAPS
    assert not with_source & {i.annex_b for i in PROPOSED if i.id in GAPS}


def test_each_of_annex_b_stands_in_its_own_chapter() -> None:
    chapters = {"O": "outcome", "E": "enabler"}
    for indicator in ALL:
        if indicator.annex_b:
            kind, number = indicator.annex_b[0], indicator.annex_b[1]
            assert indicator.chapter == f"{chapters[kind]}_{number}"
            assert indicator.annex_b in ANNEX_B


def test_a_companion_may_share_a_card_but_is_not_counted() -> None:
    sharing = {i.id for i in ALL if i.annex_b and i.listed_in != "consultation Annex B"}
    assert sharing == {"looked_after_number", "new_entrants_number"}


def test_no_two_indicators_share_a_question() -> None:
    plain = [re.sub(r"\W+", " ", q).strip().lower() for i in ALL for q in i.questions]
    assert not [question for question, times in Counter(plain).items() if times > 1]


def test_no_two_indicators_of_annex_b_share_a_sentence() -> None:
    sentences = [
        sentence.strip().lower()
        for i in PROPOSED
        for field in READ
        for sentence in re.split(r"(?<=[.?!])\s", getattr(i, field))
    ]
    assert not [sentence for sentence, times in Counter(sentences).items() if times > 1]


def test_no_two_indicators_are_here_for_the_same_reason_or_read_alike() -> None:
    for field in ("why", "reading", "title", "short"):
        said = Counter(getattr(indicator, field) for indicator in ALL)
        assert not [text for text, times in said.items() if times > 1], field


@each_proposed
def test_an_indicator_of_annex_b_has_its_texts(indicator: Indicator) -> None:
    assert 3 <= len(indicator.questions) <= 5
    assert all(question.endswith("?") for question in indicator.questions)
    assert all(getattr(indicator, field) for field in READ)
    assert indicator.expectations
    assert 2 <= len(indicator.read_alongside) <= 4
    assert indicator.id not in indicator.read_alongside
    assert set(indicator.characteristics) == set(PROTECTED)
    assert indicator.synonyms


@each
def test_expectations_have_ids_as_in_the_framework(indicator: Indicator) -> None:
    assert all(EXPECTATION.fullmatch(id) for id in indicator.expectations)
    assert len(set(indicator.expectations)) == len(indicator.expectations)


@each
def test_no_text_judges_or_sets_places_in_an_order(indicator: Indicator) -> None:
    assert [(text, found) for text in texts(indicator) if (found := unwanted(text))] == []


def test_no_chapter_text_judges() -> None:
    for chapter in catalogue().chapters:
        assert unwanted(f"{chapter.title}. {chapter.aim} {chapter.hangs_together}") == []


@each_proposed
def test_a_text_can_be_read_at_14(indicator: Indicator) -> None:
    parts = [getattr(indicator, field) for field in READ]
    assert grade(" ".join([*parts, *indicator.questions])) <= HIGHEST_GRADE
    for part in parts:
        assert grade(part) <= HIGHEST_OF_A_TEXT, part


def test_texts_are_read_at_12_to_14_on_the_whole() -> None:
    whole = [
        grade(" ".join([*(getattr(i, field) for field in READ), *i.questions])) for i in PROPOSED
    ]
    assert mean(whole) <= MEAN_GRADE


def test_the_reading_grade_tells_plain_from_hard() -> None:
    assert grade("The dog sat by the door. It was late.") < 1
    hard = "Notwithstanding substantial reorganisation, intergovernmental cooperation"
    assert grade(f"{hard} necessitates comprehensive documentation.") > 20


@each
def test_a_noun_stands_where_people_or_events_are_counted(indicator: Indicator) -> None:
    if not indicator.noun:
        return
    assert indicator.unit in ("percent", "rate per 10,000")
    assert "session" not in indicator.denominator
    counted = [
        s
        for s in indicator.source
        if s.population
        or (s.numerator and (s.denominator or s.denominator_where))
        or any(b.numerator and b.denominator for b in s.breakdown)
    ]
    assert counted or indicator.standing == "gap"


@each
def test_a_break_of_a_breakdown_names_one_that_there_is(indicator: Indicator) -> None:
    names = {breakdown.name for source in indicator.source for breakdown in source.breakdown}
    assert {change.breakdown for change in indicator.breaks if change.breakdown} <= names


def test_the_document_is_in_step_with_the_catalogue() -> None:
    written = (DOCS / "indicators.md").read_text(encoding="utf-8")
    assert written == as_markdown(catalogue()), (
        "run: python -m cscdash catalogue --markdown > docs/indicators.md"
    )
