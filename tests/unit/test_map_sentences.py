"""What is said of a place on a map, word for word."""

import pandas as pd
import pytest

from cscdash.analysis.map_classes import classes
from cscdash.analysis.place_sentences import mapped
from tests.unit.observed import Measure, point

RATE = Measure("rate per 10,000", 0)
TEN = pd.Series(range(10, 110, 10), index=[str(code) for code in range(801, 811)], dtype=float)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("801", 10.0, "in the lowest of five classes (10 to 20)"),
        ("803", 30.0, "in the second lowest of five classes (30 to 40)"),
        ("805", 50.0, "in the middle of five classes (50 to 60)"),
        ("807", 70.0, "in the second highest of five classes (70 to 80)"),
        ("810", 100.0, "in the highest of five classes (90 to 100)"),
    ],
)
def test_the_class_of_a_place(code: str, value: float, words: str) -> None:
    found = classes(TEN, "quantile", RATE)
    said = mapped("Here", RATE, point(2025, value, area=code), found, code)
    assert said == f"Here stood at {value:.0f} per 10,000 in 2025, {words}."


def test_a_region_and_a_place_without_a_value() -> None:
    found = classes(TEN, "quantile", RATE)
    assert mapped("London", RATE, point(2025, 44.0), found, "E12000007") == (
        "London stood at 44 per 10,000 in 2025; the map shows its authorities."
    )
    hidden = point(2025, None, status="c")
    assert mapped("Here", RATE, hidden, found, "801") == (
        "Here has no value for 2025 (hidden because the number is small)."
    )
