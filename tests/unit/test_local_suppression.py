"""Counts from 1 to 5 are hidden, and nothing shown gives one of them away."""

from datetime import date

import pytest

from cscdash.catalogue import catalogue
from cscdash.disclosure.audit import Interval
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
    for q in range(4):  # the region holds the five, and nobody else
        whole = sum(
            one.value or 0 for one in frame if one.when.text.startswith(f"Q{q + 1} 2025/26")
        )
        frame.append(figure(whole, area="E12000003", period=f"2025/26 Q{q + 1}"))
    found = hide(frame, COUNT)
    assert sum(one.value is None for one in found) > len(hidden)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((1, 1, 18), [None, None, None]),
        (
            (1, 2, 18),
            [None, None, None],
        ),  # 21 may be printed: 21 - 18 = 3, so 1 and 2 in some order
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


AGES_OF_ALL = {"age": frozenset(AGES)}


def test_months_of_a_quarter() -> None:
    # 25 - 12 = 13 for May and June together: May may be any of 1 to 12. June is the smaller part.
    months = [
        figure(v, period=p) for v, p in ((12, "April 2025"), (4, "May 2025"), (9, "June 2025"))
    ]
    found = values(hide([figure(25, period="2025/26 Q1"), *months], COUNT))
    assert found == [25, 12, None, None]


def test_a_year_marked_as_hidden_is_not_the_sum_of_its_quarters() -> None:
    # The four quarters make 45. Without 8 alone, 45 is 37 and a little; whoever reads 45 elsewhere
    # finds 8. Without 8 and 9, neither the year nor a quarter follows from 12 + 16 = 28.
    year = figure(None, period="2026")
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((12, 9, 16, 8), 1)]
    assert values(hide([year, *quarters], COUNT)) == [None, 12, None, 16, None]
    assert values(hide([*quarters, year], COUNT)) == [12, None, 16, None, None]


def test_a_part_that_was_left_out_is_not_what_remains() -> None:
    # 53 - 50 = 3 boys, whether nobody typed them or a symbol stands there.
    total, girls = figure(53), figure(50, breakdown="sex", category="Female")
    both = {"sex": frozenset({"Female", "Male"})}
    for boys in ([], [figure(None, breakdown="sex", category="Male", status="x")],
                 [figure(None, breakdown="sex", category="Male", status="k")]):  # fmt: skip
        found = hide([total, girls, *boys], COUNT, categories=lambda _: both)
        assert values(found)[:2] in ([None, 50], [53, None])
    # 56 - 50 = 6 tells nothing about 1 to 5, and 50 - 50 = 0 is a nought, which is shown.
    for total in (figure(56), figure(50)):
        found = hide([total, girls], COUNT, categories=lambda _: both)
        assert values(found) == [total.value, 50]


def test_three_authorities_of_a_year_are_no_england() -> None:
    # Nobody can know the sum of three authorities out of 153: only the small one is hidden.
    own = [figure(v, area=a, period="2025") for v, a in ((30, "383"), (4, "380"), (26, "382"))]
    assert values(hide(own, COUNT)) == [30, None, 26]
    # With a region of 60, 60 - 30 - 26 = 4; hiding 26 as well leaves 30 for Bradford and others.
    region = figure(60, area="E12000003", period="2025")
    assert values(hide([region, *own], COUNT)) == [60, 30, None, None]


def test_london_is_its_inner_and_its_outer_half() -> None:
    # 90 - 86 = 4 in Inner London: one of the shown two goes with it.
    london, outer = figure(90, area="E12000007"), figure(86, area="E13000002")
    found = values(hide([london, outer, figure(4, area="E13000001")], COUNT))
    assert found[2] is None and found[:2] in ([90, None], [None, 86])


def test_the_same_days_under_two_names_are_one_period() -> None:
    # January to March 2024: with the region 60 under one name and Leeds 56 under the other, the
    # four of the other authorities would be told.
    found = hide(
        [figure(60, area="E12000003", period="2024 Q1"), figure(56, period="2023/24 Q4")], COUNT
    )
    assert None in values(found)


def test_a_window_of_months_is_the_sum_of_months_that_nobody_sees() -> None:
    # The year to March 2026 counts 44 and April to December 2025 (three quarters) 14 + 12 + 15:
    # 44 - 41 leaves 3 for the last quarter, which nobody typed.
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((14, 12, 15), 1)]
    found = values(hide([figure(44, period="2026"), *quarters], COUNT))
    assert found[0] == 44 and found.count(None) == 1


def test_a_number_that_repeats_another_is_hidden_with_it() -> None:
    known = {one.id: one for one in catalogue().indicators}
    names = ("neet_17_18", "eet_17_18")
    base = {"numerator": 30.0, "denominator": 100.0}
    # 30 not in education, of which 3 + 7 + 20; the parts stand under eet_17_18 too.
    rows = [figure(30.0, indicator=names[0], period="2025", **base)]
    for number, reason in ((3.0, "Pregnancy or parenting"), (7.0, "Illness or disability"),
                           (20.0, "Other reasons")):  # fmt: skip
        share = {"numerator": number, "denominator": 100.0, "period": "2025"}
        rows.append(
            figure(number, indicator=names[0], breakdown="reason", category=reason, **share)
        )
        named = f"Not in education or work: {reason.lower()}"
        rows.append(
            figure(number, indicator=names[1], breakdown="activity", category=named, **share)
        )
    found = hide(rows, known)
    assert [one.value for one in found] == [30, None, None, None, None, 20, 20]


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [(0, 9, False), (9, 9, False), (0, 10, True), (10, 10, True), (3, 9, False)],
)
def test_nought_and_all_are_shown_from_ten(above: int, below: int, shown: bool) -> None:
    share = figure(100 * above / below, numerator=float(above), denominator=float(below))
    assert (hide([share], SHARE)[0].value is not None) == shown


def later(first: list[Figure], second: list[Figure]) -> list[float | None]:
    """What is shown of two additions, the second audited with what was kept of the first."""
    kept = hide(first, COUNT)
    return values(hide([*kept, *second], COUNT, settled=len(kept)))


def test_a_year_marked_as_hidden_that_was_kept_first() -> None:
    # As above: 45 must not be found, so a second quarter goes with the 8.
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((12, 9, 16, 8), 1)]
    assert later([figure(None, period="2026")], quarters) == [None, 12, None, 16, None]


def test_a_year_of_quarters_and_of_months() -> None:
    # The year makes 7 + 2 + 3 + 12 + 20 + 30 = 74 by its months, which somebody may print, and 12
    # by its first quarter. May and June are hidden: 74 - 7 - 62 = 5 = 2 + 3, so each would be 1
    # to 4. The quarter itself is given as not there, so only the months make up the year.
    months = [
        figure(v, period=p) for v, p in ((7, "April 2025"), (2, "May 2025"), (3, "June 2025"))
    ]
    others = [figure(v, period=f"2025/26 Q{q}") for q, v in ((2, 12), (3, 20), (4, 30))]
    quarter = figure(None, period="2025/26 Q1", status="x")
    found = values(hide([quarter, *others, *months], COUNT))
    assert (found[:4] == [None, 12, 20, 30] and found[5:] == [None, None]) or None in found[1:4]
    assert found.count(None) >= 4, "a third number goes with the two that make 5"


def test_a_hidden_number_that_was_not_kept_may_be_small() -> None:
    # 0 to 4 wide is five values, but says that it is no 5; of a number above 5 that is no secret.
    assert Interval(1, 5).protects(None) and not Interval(0, 4).protects(None)
    assert not Interval(0, 4).protects(3) and Interval(0, 4).protects(20)
    assert Interval(2, 6).protects(3) and not Interval(2, 5).protects(3)


def test_figures_without_numbers_are_left_as_they_are() -> None:
    means = {"made": measure(unit="score")}
    found = hide([figure(None, status="x"), figure(None, period="2026", status="k")], means)
    assert [one.status for one in found] == ["x", "k"]
