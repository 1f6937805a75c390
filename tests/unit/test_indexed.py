"""Numbers that add up over areas: places of one kind share an axis; indices begin at 100."""

from dataclasses import replace

from cscdash.analysis.observations import CannotSay
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Break
from cscdash.charts.over_time import Series
from cscdash.views.parts.indexed import Indexed, indexed
from tests.unit.test_over_time_rows import series

PLANS = catalogue().indicator("plans_number")


def made(one: Series) -> Series:
    return replace(one, made_of=[()] * len(one.values))


def test_every_line_is_100_in_the_first_year_that_has_a_number() -> None:
    own = made(series([None, 40.0, 50.0], name="Here"))
    england = made(series([900.0, 1000.0, 900.0], role="england", name="England"))
    found = indexed([own, england], PLANS)
    assert isinstance(found, Indexed)
    assert [list(one.values) for one in found.series] == [[100.0, 125.0], [100.0, 90.0]]
    assert found.series[0].periods == ["2016", "2017"]
    assert found.series[0].texts == ["100", "125"]
    assert {one.unit for one in found.series} == {"index"}
    assert "100 in 2016: Here 40; England 1,000." in found.words


def test_what_is_hidden_stays_hidden_and_what_has_no_base_is_named() -> None:
    own = made(series([40.0, None, 50.0]))
    near = made(series([None, 60.0, 70.0], role="neighbour", name="There"))
    few = made(series([9.0, 60.0, 70.0], role="neighbour", name="Small"))
    found = indexed([own, near, few], PLANS)
    assert isinstance(found, Indexed)
    assert found.series[0].values == [100.0, None, 125.0]
    assert found.series[0].statuses[1] == "c"
    assert len(found.series) == 1 and "There and Small" in found.words


def test_no_index_begins_from_fewer_than_ten() -> None:
    assert isinstance(indexed([made(series([9.0, 20.0]))], PLANS), CannotSay)
    assert isinstance(indexed([made(series([0.0, 20.0]))], PLANS), CannotSay)


def test_the_median_is_that_of_the_indices() -> None:
    own = made(series([40.0, 50.0]))
    near = [
        made(series([first, 2 * first + at], role="neighbour", name=f"{at}"))
        for at, first in enumerate((100.0, 200.0, 50.0, 10.0, 20.0))
    ]
    of = made(series([50.0, 102.0], role="median", name="median of neighbours"))
    found = indexed([own, of, *near], PLANS)
    assert isinstance(found, Indexed)
    assert found.series[1].name == "median of neighbours"
    # 200, 201/200, 102/50, 23/10, 44/20: 200, 200.5, 204, 220, 230
    assert list(found.series[1].values) == [100.0, 204.0]


def test_an_index_begins_after_a_break() -> None:
    broken = PLANS.model_copy(update={"breaks": [Break(period="2021", why="counted anew")]})
    found = indexed([made(series([20.0, 30.0, 60.0], first=2020))], broken)
    assert isinstance(found, Indexed)
    assert list(found.series[0].values) == [100.0, 200.0]


def test_what_is_spent_for_each_child_does_not_add_up() -> None:
    held = [i for i in catalogue().indicators if i.unit == "pounds"]
    each = [i for i in held if " per " in i.title.lower()]
    assert len(each) >= 5 and not any(i.adds_up for i in each)
    assert all(i.adds_up for i in held if "cost" not in i.id and i not in each)
