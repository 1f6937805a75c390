"""Classes of a map and fifths of authorities."""

import pandas as pd
import pytest

from cscdash.analysis.map_classes import classes, fifth
from tests.unit.observed import Measure

PERCENT = Measure("percent", 1)
RATE = Measure("rate per 10,000", 0)


def some(*values: float | None) -> pd.Series:
    return pd.Series(values, index=[str(200 + at) for at in range(len(values))], dtype=float)


def test_equal_numbers_of_places() -> None:
    found = classes(some(*range(10)), "quantile", PERCENT)
    assert found.of.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.texts[0] == "0.0% to 1.0%"


def test_equal_steps_leave_classes_empty_and_say_so() -> None:
    found = classes(some(0, 1, 100), "equal", RATE)
    assert found.of.tolist() == [1, 1, 5]
    assert found.texts == ["0 to 1", "none", "none", "none", "100"]


def test_values_that_print_alike_are_in_one_class() -> None:
    found = classes(some(1.01, 1.04, 2, 3, 4, 5, 6, 7, 8, 9), "quantile", PERCENT)
    assert found.of.iloc[0] == found.of.iloc[1]


def test_a_missing_value_is_in_no_class() -> None:
    found = classes(some(1, None, 3), "equal", PERCENT)
    assert "201" not in found.of.index
    assert classes(some(None), "quantile", PERCENT).of.empty


@pytest.mark.parametrize("how", ["quantile", "equal"])
def test_all_the_same(how: str) -> None:
    found = classes(some(4, 4, 4), how, PERCENT)
    assert set(found.of) == {1}
    assert found.texts[0] == "4.0%"


def test_fifths() -> None:
    values = some(*range(10))
    assert [fifth(values, code) for code in values.index] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert fifth(some(None, 1), "200") is None
    assert fifth(values, "999") is None
    assert fifth(some(0, 0, 0, 0, 1), "200") == 1
