"""Counts from 1 to 5 are hidden, and nothing shown gives one of them away."""

from datetime import date

import pytest

from cscdash.local.additive_relations import sums
from cscdash.local.row import Figure
from cscdash.local.suppression import hide
from tests.unit.local_files import figure, measure

COUNT = {"made": measure()}
SHARE = {"made": measure(unit="percent")}
AGES = ("0 to 4", "5 to 9", "10 to 17")


def values(figures: tuple[Figure, ...]) -> list[float | None]:
    return [one.value for one in figures]


@pytest.mark.parametrize(("value", "shown"), [(0, True), (1, False), (5, False), (6, True)])
def test_counts_from_one_to_five_are_hidden(value: float, shown: bool) -> None:
    (found,) = hide([figure(value, note="a note")], COUNT)
    assert (found.value is not None) == shown
    assert found.status == ("ok" if shown else "c")
    assert bool(found.note) == shown, "a note may name the number"


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        (30, 100, True),
        (3, 100, False),
        (97, 100, False),
        (100, 100, True),
        (0, 100, True),
        (0, 4, False),
        (6, 12, True),
        (8, 12, False),
    ],
)
def test_a_share_rests_on_counts_too(above: float, below: float, shown: bool) -> None:
    (found,) = hide(
        [figure(100 * above / below, numerator=float(above), denominator=float(below))], SHARE
    )
    assert (found.value is not None) == shown
    assert shown or (found.numerator is None and found.denominator is None)


def test_the_second_smallest_group_is_hidden_with_a_small_one() -> None:
    groups = [figure(v, breakdown="age", category=c) for v, c in zip((3, 20, 9), AGES, strict=True)]
    assert values(hide([figure(32), *groups], COUNT)) == [32, None, 20, None]


def test_a_group_that_holds_nobody_is_not_the_one_to_hide() -> None:
    groups = [figure(v, breakdown="age", category=c) for v, c in zip((3, 0, 9), AGES, strict=True)]
    assert values(hide(groups, COUNT)) == [None, 0, None]


def test_a_hidden_quarter_is_not_a_year_less_the_others() -> None:
    year = [figure(40, period="2026")]
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((12, 4, 16, 8), 1)]
    assert values(hide(year + quarters, COUNT)) == [40, 12, None, 16, None]
    assert values(hide(quarters, COUNT)) == [12, None, 16, None], "the year may be published"


def test_a_photograph_of_a_day_adds_up_to_no_year() -> None:
    stock = {"made": measure(measures="stock", period_means="31 March")}
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((12, 4, 16, 8), 1)]
    assert values(hide(quarters, stock)) == [12, None, 16, 8]


def test_a_hidden_authority_is_not_a_region_less_the_others() -> None:
    region = [figure(60, area="E12000003")]
    own = [figure(v, area=a) for v, a in ((30, "383"), (4, "380"), (26, "382"))]
    assert values(hide(region + own, COUNT)) == [60, 30, None, None]
    assert values(hide(own, COUNT)) == [30, None, 26], "no total, nothing to subtract from"


def test_a_hidden_total_is_not_the_sum_of_its_groups() -> None:
    groups = [figure(v, breakdown="age", category=c) for v, c in ((2, AGES[0]), (3, AGES[1]))]
    assert values(hide([figure(5), *groups], COUNT)) == [None, None, None]
    whole = [figure(None), *(figure(9, breakdown="age", category=c) for c in AGES)]
    assert values(hide(whole, COUNT)).count(None) == 3


def test_a_cell_between_two_closed_rings_is_not_told() -> None:
    """Every row and column has no hidden cell or two, and yet one of them is pinned down."""
    areas = ["383", "380", "382", "384", "381"]
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    frame = []
    for a, area in enumerate(areas):
        for q in range(4):
            value = 3.0 if (a, q) in hidden else 50.0 + 10 * a + q
            frame.append(figure(value, area=area, period=f"2025/26 Q{q + 1}"))
    frame += [figure(500, area="E12000003", period=f"2025/26 Q{q + 1}") for q in range(4)]
    found = hide(frame, COUNT)
    assert sum(one.value is None for one in found) > len(hidden)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((1, 1, 18), [None, None, None]),
        ((1, 2, 18), [None, None, 18]),
        ((5, 5, 18), [None, None, 18]),
        ((5, 5, 5), [None, None, None]),
    ],
)
def test_hidden_groups_that_their_sum_tells(
    numbers: tuple[int, ...], shown: list[float | None]
) -> None:
    groups = [figure(v, breakdown="age", category=c) for v, c in zip(numbers, AGES, strict=True)]
    assert values(hide(groups, COUNT)) == shown


def test_what_is_missing_for_another_reason_cannot_be_subtracted() -> None:
    groups = [
        figure(3, breakdown="age", category=AGES[0]),
        figure(None, breakdown="age", category=AGES[1], status="x"),
        figure(30, breakdown="age", category=AGES[2]),
    ]
    assert values(hide(groups, COUNT)) == [None, None, 30]


def test_what_the_publisher_hides_is_hidden() -> None:
    def secret(one: Figure) -> bool:
        return one.when.end == date(2025, 3, 31)

    found = hide([figure(40), figure(50, period="2025 Q2")], COUNT, secret)
    assert [one.status for one in found] == ["c", "ok"]


def test_hiding_again_changes_nothing_and_order_stays() -> None:
    groups = [figure(v, breakdown="age", category=c) for v, c in zip((3, 20, 9), AGES, strict=True)]
    once = hide([figure(32), *groups], COUNT)
    assert hide(once, COUNT) == once
    assert [one.cell for one in once] == [one.cell for one in [figure(32), *groups]]


def test_one_part_is_no_sum() -> None:
    assert sums([figure(32), figure(3, breakdown="age", category=AGES[0])], measure()) == []
