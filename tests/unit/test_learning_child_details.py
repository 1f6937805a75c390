"""The gentle check: what looks like a detail of a child, and what does not."""

import pytest

from cscdash.learning.child_details import concerns


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Jo Smith, 12/03/2015, came back", "a date of birth", "12/03/2015"),
        ("DOB 1.2.14", "a date of birth", "1.2.14"),
        ("born on 3rd March 2012 in the county", "a date of birth", "3rd March 2012"),
        ("Siân O’Neill 2013-04-05", "a date of birth", "2013-04-05"),
        ("they live at E8 1EA now", "a postcode", "E8 1EA"),
        ("sw1a2aa", "a postcode", "sw1a2aa"),
        ("pupil H801200001001", "a unique pupil number", "H801200001001"),
        ("pupil T80120000100A", "a unique pupil number", "T80120000100A"),
        ("943 476 5919", "an NHS number", "943 476 5919"),
        ("case no. 12345", "a case number", "case no. 12345"),
        ("Mosaic ID: 1234567", "a case number", "Mosaic ID: 1234567"),
        ("see 7654321 for more", "a case number", "7654321"),
    ],
)
def test_what_looks_like_a_child(text: str, what: str, words: str) -> None:
    assert (what, words) in {(one.what, one.words) for one in concerns(text)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "From 2019/20 to 2024/25 the rate went up by 12 per 10,000.",
        "In 2025 there were 81,770 children looked after.",
        "We will ring ten families by 12/05/2026.",
        "Ring 20 families in May 2026; £1,250,000 was spent.",
        "Outcome 1 and Enabler 2; section 47; the Children Act 1989.",
        "123.456 per 10,000 and 12.345678%",
        "E12000005 is the code of a region",
        "Early years, key stage 2, form B12",
    ],
)
def test_ordinary_notes_are_left_alone(text: str) -> None:
    assert concerns(text) == []


def test_each_kind_is_named_once() -> None:
    found = concerns("E8 1EA and E8 3RE, case no 12345, then 9876543")
    assert [one.what for one in found] == ["a postcode", "a case number"]
