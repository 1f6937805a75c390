"""Questions a practitioner would ask find the right item among the first three."""

import pytest

from cscdash.framework.filters import Asked, chosen, entries
from cscdash.framework.items import fold
from cscdash.framework.search import Index

# question -> the items that answer it; misspelt and inflected ones among them
QUESTIONS = {
    "no recourse": "O1-L-04",
    "NRPF": "O1-L-04",
    "kinship carers money": "O2-P-08",
    "who listens to babies": "O1-V-06",
    "carer leavers housing": "O4-L-18",
    "homelesness": "O4-L-18",
    "agency social wokers": "E1-L-11",
    "sharing informaton with police": "O3-L-06",
    "adultifcation": "O3-L-13",
    "unaccompanied asylum seekers": "O1-L-04",
    "dads": "O2-P-02",
    "family group conference": "O2-L-03",
    "before we go to court": "O2-P-09",
    "public law outline": "O3-L-12",
    "virtual school head": "O1-P-09",
    "deprivation of liberty": "O4-P-03",
    "brothers and sisters together": "O4-P-01",
    "independant advocates": "O4-V-06",
    "how do children complain": "O4-P-11",
    "families on interview panels": "E1-V-03",
    "caseloads too high": "E1-L-05",
    "reflective supervison": "E1-L-06",
    "exploited by gangs": "O3-L-14",
    "children who cannot speak": "O1-V-06",
    "genograms": "O1-P-03",
    "poverty and neglect": "O1-P-06",
    "adopters from diverse backgrounds": "O4-L-09",
    "mental health care leaver": "O4-P-15",
    "apprenticeships": "O4-L-16",
    "section 47": "O3-P-03",
    "blamed for being exploited": "O3-L-16",
    "stay with foster carers after 18": "O4-P-14",
    "newly qualified social workers": "E1-L-10",
    "stigmatised": "O1-P-05",
    "data about families' experience": "E2-V-01",
    "reunification": "O4-L-08",
    "audits": "E2-L-09",
    "where would children like to live": "O4-V-02",
}


def test_there_are_at_least_thirty_questions():
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_the_right_item_is_among_the_first_three(question, answer):
    first = fold(chosen(Asked(q=question)))[:3]
    assert answer in [item.id for one in first for item in (one.item, *one.also)]


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
