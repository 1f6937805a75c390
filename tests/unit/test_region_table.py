"""The middle of a region, and how far from it a place is, whichever way."""

import pytest

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.region_table import Quarters, by_closeness, quarters, steps_away
from cscdash.analysis.uncertainty import Band
from tests.unit.observed import point


def some(*values: float | None) -> list[object]:
    return [point(2025, value, area=str(300 + at)) for at, value in enumerate(values)]


def test_quartiles_are_of_those_with_a_value() -> None:
    found = quarters(some(1.0, 2.0, None, 3.0, 4.0, 5.0))
    assert found == Quarters(2.0, 3.0, 4.0, 5)
    assert isinstance(quarters(some(1.0, 2.0, 3.0, 4.0, None)), CannotSay)


def test_a_joint_return_counts_once() -> None:
    joint = [point(2025, 9.0, area=code, flags="j") for code in ("314", "318")]
    found = quarters([*some(1.0, 2.0, 3.0, 4.0), *joint])
    assert isinstance(found, Quarters) and found.counted == 5 and found.median == 3.0


@pytest.mark.parametrize(
    ("value", "steps"),
    [(20, 0), (30, 0), (10, 0), (31, 1), (9, 1), (60, 1), (-20, 1), (60.1, 2), (-20.1, 2)],
)
def test_steps_are_the_same_above_and_below(value: float, steps: int) -> None:
    # the middle half is 10 to 30, and one and a half times its width is 30
    assert steps_away(value, Quarters(10, 20, 30, 9)) == steps


def test_what_chance_alone_may_have_done_is_no_distance() -> None:
    of = Quarters(10, 20, 30, 9)
    assert steps_away(70, of, Band(70, 19, 120, "Wilson")) == 0
    assert steps_away(70, of, Band(70, 21, 120, "Wilson")) == 2
    assert steps_away(5, Quarters(4, 4, 4, 9)) == 0, "all the same but a few: no width to go by"


def test_rows_by_closeness_begin_with_the_area_itself() -> None:
    assert by_closeness(["a", "b", "c", "own"], ["c", "x", "a"], "own") == ["own", "c", "a", "b"]
