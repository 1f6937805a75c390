"""The whole system, on authorities whose quartiles can be read off."""

import random
from typing import Any

from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.whole_system import (
    Moved,
    SpreadChange,
    moved_in_words,
    moved_with,
    spread_change,
    spread_in_words,
)
from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import framework
from cscdash.extracts import Columns
from tests.unit.observed import table

ENGLAND = "E92000001"
CODES = [str(code) for code in range(301, 342)]  # 41: quartiles are the 11th and the 31st


def held(make: Any, then: list[float], now: list[float], england: tuple[float, float]) -> Extract:
    cells = [*zip(CODES, then, now, strict=True), (ENGLAND, *england)]
    rows = [
        {"area": code, "period": period, "value": value}
        for code, before, after in cells
        for period, value in (("2024", before), ("2025", after))
    ]
    known = make.catalogue(make.indicator(source=[{"dataset": "made", "value": "pct"}]))
    return Extract(known.indicator("measure"), Columns(table(rows)))


def test_a_spread_that_widens(make: Any) -> None:
    """From 0, 1 … 40 to 0, 3 … 120: the middle half was 10 to 30, and is 30 to 90."""
    found = spread_change(
        held(make, list(range(41)), [3.0 * v for v in range(41)], (20, 60)), CODES
    )
    assert isinstance(found, SpreadChange)
    assert (found.before, found.after, found.wider) == ((10, 30), (30, 90), 40)
    assert found.told_from_chance and found.counted == 41
    indicator = make.catalogue(make.indicator(source=[{"dataset": "made", "value": "pct"}]))
    assert spread_in_words(found, indicator.indicator("measure")) == (
        "10.0% to 30.0% in 2024, 30.0% to 90.0% in 2025: wider by 40.0 points"
    )


def test_a_spread_of_which_nothing_can_be_said(make: Any) -> None:
    """The same values dealt out anew: the quartiles are the same, and nothing is clear."""
    values = [float(v) for v in range(41)]
    other = random.Random(7).sample(values, 41)
    found = spread_change(held(make, values, other, (20, 20)), CODES)
    assert isinstance(found, SpreadChange)
    assert found.wider == 0 and not found.told_from_chance
    few = spread_change(held(make, values, other, (20, 20)), CODES[:9])
    assert few == CannotSay("fewer than 10 authorities have a value in both years")


def test_who_moved_with_england(make: Any) -> None:
    """England rose from 20 to 21; 20 rose, 11 fell, and 10 stayed within the printed figure."""
    then = [10.0] * 41
    now = [11.0] * 20 + [9.0] * 11 + [10.04] * 10
    found = moved_with(held(make, then, now, (20, 21)), ENGLAND, CODES)
    assert found == Moved("2024", "2025", 20, 11, 10)
    assert moved_in_words(found) == (
        "2024 to 2025: 20 of 41 moved the way England did, 11 the other way, 10 not at all"
    )
    few = moved_with(held(make, then, now, (20, 21)), ENGLAND, CODES[:4])
    assert few == CannotSay("fewer than 5 authorities have a value in both years")
    still = moved_with(held(make, then, now, (20, 20.01)), ENGLAND, CODES)
    assert still == CannotSay("England’s value did not move")


def test_each_long_term_outcome_has_indicators_that_bear_on_it() -> None:
    known = {one.id for one in catalogue().indicators}
    assert len(framework().long_term) == 6
    for one in framework().long_term:
        assert one.bears and set(one.bears) <= known
