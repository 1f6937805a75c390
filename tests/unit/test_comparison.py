"""Neighbours, quartiles, position and higher / similar / lower."""

from typing import Any

import pytest

from cscdash.analysis.comparison import (
    Middle,
    Position,
    Spread,
    middle,
    position,
    spread,
    stands,
)
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.uncertainty import Band
from cscdash.extracts import Observation
from tests.unit.observed import at

NEIGHBOURS = [str(code) for code in range(801, 811)]


def rows(values: list[float | None], **more: Any) -> dict[str, Observation]:
    own = {"area": "330", "value": 20.0}
    others = [
        {"area": code} | ({} if value is None else {"value": value}) | more
        for code, value in zip(NEIGHBOURS, values, strict=False)
    ]
    return at([own, *others])


def test_median_and_mean_with_their_count() -> None:
    found = middle(rows([1, 2, 3, 4, 5, 6, 28, None]), "330", NEIGHBOURS)
    assert found == Middle(median=4.0, mean=7.0, counted=7, asked=10)


def test_no_median_below_five() -> None:
    found = middle(rows([1, 2, 3, 4]), "330", NEIGHBOURS)
    assert found == CannotSay("only 4 of 10 have a value")
    assert middle(rows([1]), "330", NEIGHBOURS) == CannotSay("only 1 of 10 has a value")
    assert middle(rows([]), "330", []) == CannotSay("there are none to compare with")


def test_a_joint_return_counts_once_and_never_against_its_own() -> None:
    codes = ["314", "318", "801", "802", "803", "804"]
    joint = [{"area": c, "value": 9.0, "flags": "j"} for c in codes[:2]]
    others = [{"area": c, "value": v} for c, v in zip(codes[2:], (1.0, 2.0, 3.0, 4.0), strict=True)]
    table = at([*joint, *others, {"area": "330", "value": 20.0}])
    found = middle(table, "330", codes)
    assert found == Middle(median=3.0, mean=3.8, counted=5, asked=6, shared=1)
    assert position(9.0, table, "314", codes[1:], 0) == Position(4, 0, 0)
    assert spread(table) == Spread(1.0, 2.25, 3.5, 7.75, 20.0, 6)


def test_a_joint_return_is_one_whichever_of_the_two_has_the_flag() -> None:
    others = [{"area": c, "value": v} for c, v in zip(NEIGHBOURS, (1.0, 2, 3, 4), strict=False)]
    for flagged in ("940", "941"):
        pair = [{"area": c, "value": 9.0, "flags": "j" * (c == flagged)} for c in ("940", "941")]
        table = at([*pair, *others])
        found = middle(table, "330", ["940", "941", *NEIGHBOURS])
        assert isinstance(found, Middle)
        assert (found.median, found.counted, found.shared) == (3.0, 5, 1)  # of 1, 2, 3, 4, 9
        # for either of the two the other is its own
        assert position(9.0, table, "940", ["941", *NEIGHBOURS], 0) == Position(4, 0, 0)
        assert position(9.0, table, "941", ["940", *NEIGHBOURS], 0) == Position(4, 0, 0)
    # an own value that is not there leaves the other's return the area's own
    assert position(9.0, at([pair[1], *others]), "940", ["941", *NEIGHBOURS], 0) == Position(
        4, 0, 0
    )


def test_two_that_once_filed_together_stand_apart_in_a_year_without_the_flag() -> None:
    table = at([{"area": c, "value": 9.0} for c in ("940", "941", *NEIGHBOURS[:3])])
    found = middle(table, "330", ["940", "941", *NEIGHBOURS[:3]])
    assert isinstance(found, Middle) and (found.counted, found.shared) == (5, 0)
    assert position(9.0, table, "940", ["941", *NEIGHBOURS[:3]], 0) == Position(0, 4, 0)


def test_position_at_published_precision() -> None:
    table = rows([10, 11, 12, 13, 14, 15, 16, 17, 20.04, 30])
    assert position(20.0, table, "330", NEIGHBOURS, 1) == Position(8, 1, 1)
    assert position(20.0, table, "330", NEIGHBOURS, 2) == Position(8, 0, 2)
    assert position(20.0, rows([None, None]), "330", NEIGHBOURS, 1) == CannotSay(
        "none of 10 has a value"
    )


def test_own_value_in_an_own_group_is_no_neighbour() -> None:
    table = rows([1, 2, 3, 4, 5])
    found = middle(table, "330", ["330", *NEIGHBOURS[:5]])
    assert isinstance(found, Middle)
    assert (found.counted, found.shared) == (5, 0)


def test_quartiles_of_authorities_only() -> None:
    table = rows([1, 2, 3, 4])
    found = spread(table)
    assert found == Spread(1.0, 2.0, 3.0, 4.0, 20.0, 5)
    assert isinstance(spread(dict(list(table.items())[:4])), CannotSay)


@pytest.mark.parametrize(
    ("value", "other", "decimals", "band", "standing"),
    [
        (20.0, 20.04, 1, None, "similar"),
        (20.0, 25.0, 1, Band(20, 12, 32, "Wilson"), "similar"),
        (20.0, 33.0, 1, Band(20, 12, 32, "Wilson"), "lower"),
        (20.0, 11.0, 1, Band(20, 12, 32, "Wilson"), "higher"),
        (20.0, 19.0, 1, CannotSay("no counts"), "higher"),
        (20.0, 21.0, 1, None, "lower"),
    ],
)
def test_higher_similar_lower(
    value: float, other: float, decimals: int, band: Band | CannotSay | None, standing: str
) -> None:
    assert stands(value, other, decimals, band) == standing
