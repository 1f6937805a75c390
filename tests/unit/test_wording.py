"""Words that are not used, and the reviewed exceptions."""

import pytest

from cscdash.analysis.wording import listed
from cscdash.extracts import Status
from tests.wording import ALLOWED, FORBIDDEN, unwanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hackney did better than most", ["better"]),
        ("Ranked 3rd, a GOOD result", ["ranked", "good"]),
        ("Top 10 performers", ["top 10", "performers"]),
        ("an amber light, the target", ["amber", "target"]),
        ("top quartile; the expected rate", ["top quartile", "expected"]),
        ("Redbridge and Redcar referred 12 children", []),
        ("No targets; not a performance measure", []),
        ("No targets, but a target", ["target"]),
        ("Reading at the expected standard", []),
        ("the IMD rank of the place", []),
        ("", []),
    ],
)
def test_unwanted(text: str, found: list[str]) -> None:
    assert unwanted(text) == found


def test_every_allowed_phrase_needs_its_place_on_the_list() -> None:
    for phrase in ALLOWED:
        assert unwanted(phrase) == []
        assert phrase == phrase.lower()
    assert len(set(FORBIDDEN)) == len(FORBIDDEN)


def test_each_status_has_its_own_reason() -> None:
    assert {status.value: status.words for status in Status} == {
        "ok": "has a value",
        "c": "hidden because the number is small",
        "k": "rounds to zero",
        "u": "unreliable",
        "x": "not available",
        "z": "does not apply",
        "n": "no rate, as its population is not loaded",
        "y": "no rate yet, as its population is not loaded",
    }
    assert Status.of("?").words == "not available"


def test_listed() -> None:
    assert [listed(p) for p in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
