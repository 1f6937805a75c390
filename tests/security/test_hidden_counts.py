"""No hidden count is told by what is shown, whatever was handed in, in however many additions."""

from dataclasses import replace

import pytest

from cscdash.catalogue import catalogue
from cscdash.local.row import Figure
from cscdash.local.suppression import hide
from tests.security.attacker import Attack, Cell
from tests.security.random_tables import Drawn, draw
from tests.trials.sampling import cases

MEASURES = {one.id: one for one in catalogue().indicators}


def kept(drawn: Drawn) -> tuple[list[Figure], list[Figure]]:
    """What was handed in, and what is kept of it after each addition was audited with the last."""
    given: list[Figure] = []
    held: list[Figure] = []
    groups: dict[str, dict[str, frozenset[str]]] = {}
    for (id, breakdown), names in drawn.groups.items():
        groups[id] = {breakdown: names}
    for addition in drawn.additions:
        given += addition
        known = {"categories": lambda id: groups.get(id, {}), "settled": len(held)}
        held = list(hide([*held, *addition], MEASURES, **known))
    return given, held


def cell(figure: Figure) -> Cell:
    start, end = figure.when.start, figure.when.end
    return figure.indicator, figure.area, start, end, figure.breakdown, figure.category


def number(figure: Figure) -> int:
    counts = MEASURES[figure.indicator].unit == "count"
    found = figure.value if counts else figure.numerator
    return round(found or 0)


def attack(drawn: Drawn) -> tuple[Attack, list[Figure], list[Figure]]:
    given, held = kept(drawn)
    real = [one for one in given if one.status == "ok"]
    truth = {cell(one): number(one) for one in real}
    shown = {cell(one) for one in held if one.status == "ok"}
    groups = drawn.groups
    named = lambda id, breakdown: groups.get((id, breakdown), frozenset())  # noqa: E731
    return Attack(truth, shown, {}, named), given, held


@pytest.mark.parametrize("seed", cases(16))
def test_no_hidden_count_is_told(seed: int) -> None:
    drawn = draw(seed)
    outsider, given, held = attack(drawn)
    unit = {one.id: one.unit for one in catalogue().indicators}
    for was, now in zip(given, held, strict=True):
        assert now.status in (was.status, "c")
        if now.status == "ok":
            assert not 1 <= number(was) <= 5
            assert (now.value, now.numerator) == (was.value, was.numerator)
        if unit[was.indicator] == "percent" and now.status == "ok":
            assert (now.denominator or 0) >= 10
            assert not 1 <= round((was.denominator or 0) - (was.numerator or 0)) <= 5
    for which, (least, most) in outsider.widths().items():
        truth = outsider.truth[which]
        assert most - least >= 4, f"{which} is from {least} to {most}"
        if 1 <= truth <= 5:
            assert most >= 5, f"{which} ({truth}) is from {least} to {most}"


def test_the_attacker_finds_what_is_not_hidden() -> None:
    """With the small counts alone left out, sums tell many of them: the attack has teeth."""
    told = 0
    for seed in range(20):
        drawn = draw(seed)
        drawn = replace(drawn, additions=[[one for part in drawn.additions for one in part]])
        real = [one for one in drawn.additions[0] if one.status == "ok"]
        truth = {cell(one): number(one) for one in real}
        shown = {cell(one) for one in real if not 1 <= number(one) <= 5}
        named = lambda id, b, all=drawn.groups: all.get((id, b), frozenset())  # noqa: E731
        outsider = Attack(truth, shown, {}, named)
        told += sum(most - least < 4 for least, most in outsider.widths().values())
    assert told > 10


@pytest.mark.parametrize("seed", [1002, 1043])
def test_tables_that_once_failed(seed: int) -> None:
    """What each found.

    1002: a part of an unseen sum is an unseen sum itself, and was looked for as a number.
    1043: four shares of 25, of 1, 2, 3 and 1, that add up to a shown 7. Noughts are shown, so each
    is at least 1, and at most 7 - 3 = 4: four values. The audit took 0 for possible.
    """
    test_no_hidden_count_is_told(seed)
