"""Sums of categories: what is hidden in a part is hidden in the sum."""

from typing import Any

import pytest

from cscdash.errors import CscdashError
from tests.unit.derived import PLACEMENTS, cell, said

SUM = {
    "derive": "sum",
    "where": {"group": "Placement", "part": ["Homes", "Hostels"]},
    "numerator": "n",
    "denominator_where": {"part": "Total"},
}


def test_sum_is_hidden_where_a_part_is(make: Any) -> None:
    frame = make.observe(SUM, make.ees(*PLACEMENTS))
    assert said(cell(frame, "330")) == ("ok", 17.5, 35, 200)
    assert said(cell(frame, "331")) == ("c", None, None, 50)
    assert set(frame["flags"]) == {"e"}


def test_sum_of_numbers(make: Any) -> None:
    source = {k: v for k, v in SUM.items() if k != "denominator_where"}
    frame = make.observe(source, make.ees(*PLACEMENTS), unit="count")
    assert said(cell(frame, "330")) == ("ok", 35, 35, None)
    assert said(cell(frame, "331")) == ("c", None, None, None)


@pytest.mark.parametrize(
    ("one", "two", "status"),
    [("c", "x", "c"), ("x", "c", "c"), ("k", "u", "k"), ("c", "k", "c"), ("5", "k", "k"),
     ("z", "x", "x"), ("5", "z", "z"), ("u", "5", "u"), ("z", "z", "z"), ("0", "0", "ok")],
)  # fmt: skip
def test_which_status_a_sum_has(make: Any, one: str, two: str, status: str) -> None:
    content = make.ees(
        ("330", "2025", {"part": "a", "n": one}), ("330", "2025", {"part": "b", "n": two})
    )
    source = {"derive": "sum", "where": {"part": ["a", "b"]}, "numerator": "n"}
    assert make.observe(source, content, unit="count")["status"].tolist() == [status]


def test_a_copy_of_a_row_is_not_added_twice(make: Any) -> None:
    frame = make.observe(SUM, make.ees(*PLACEMENTS, PLACEMENTS[2]))
    assert said(cell(frame, "330")) == ("ok", 17.5, 35, 200)


def test_two_numbers_for_a_part_of_a_sum(make: Any) -> None:
    other = ("330", "2025", {"group": "Placement", "part": "Homes", "n": "31", "pct": "15"})
    with pytest.raises(CscdashError, match=r"^file 1, lines 4 and 11: two numbers for the same"):
        make.observe(SUM, make.ees(*PLACEMENTS, other))


def test_a_sum_without_one_of_its_parts_has_no_value(make: Any) -> None:
    rows = [row for row in PLACEMENTS if (row[0], row[2]["part"]) != ("330", "Hostels")]
    shown = [(a, p, c | {"n": "9"} if c["n"] == "c" else c) for a, p, c in rows]
    frame = make.observe(SUM, make.ees(*shown))
    assert said(cell(frame, "330")) == ("x", None, None, 200)
    assert said(cell(frame, "331")) == ("ok", 26, 13, 50)
