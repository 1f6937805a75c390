"""In the round: every dot where its value is, gaps as gaps, nobody on top of nobody."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscdash.charts.in_the_round import Dot, Row, in_the_round_rows, swarm

number = st.floats(-50, 1000, allow_nan=False, width=32)


def row(values: list[float], spark: list[float | None] | None = None, **changes: object) -> Row:
    roles = ["own", "england", "region", "neighbour", *["other"] * len(values)]
    dots = [
        Dot(role, f"Place {at}", value, f"{value:g}%")
        for at, (value, role) in enumerate(zip(values, roles, strict=False))
    ]
    settled = {
        "name": "Measure, %",
        "change": "2025 · up 1 point since 2024",
        "value": "3%",
        "spark": spark or [],
        "dots": dots,
        "median": None,
        "low": "0%",
        "high": "9%",
        **changes,
    }
    return Row(**settled)


@given(st.lists(number, min_size=1, max_size=160))
def test_every_dot_stands_where_its_value_is(values: list[float]) -> None:
    rows = in_the_round_rows([row(values)])
    dots = rows[rows["name"].notna()].copy()
    order = ["other", "neighbour", "region", "england", "own"]  # the chosen area on top
    drawn = [order.index(mark) for mark in dots["mark"]]
    assert drawn == sorted(drawn)
    dots = dots.sort_values("name", key=lambda names: names.str.split().str[1].astype(int))
    assert dots["text"].tolist() == [f"{value:g}%" for value in values]
    low, high = min(values), max(values)
    wanted = [(v - low) / (high - low) if high > low else 0.5 for v in values]
    assert dots["x"].tolist() == pytest.approx(wanted, abs=1e-6)
    assert dots["y"].abs().max() <= 0.31 + 1e-9
    assert dots["x"].between(0, 1).all()


def test_the_median_stands_on_the_same_scale_as_the_dots() -> None:
    rows = in_the_round_rows([row([10.0, 20.0, 30.0], median=25.0)])
    median = rows[rows["mark"] == "median"].iloc[0]
    assert median["x"] == pytest.approx(0.75)


def test_the_median_of_equal_values_stands_on_them() -> None:
    rows = in_the_round_rows([row([10.0, 10.0, 10.0], median=10.0)])
    assert rows.loc[rows["mark"] == "median", "x"].tolist() == [0.5]


def test_a_sparkline_stops_at_a_gap_and_never_falls_to_zero() -> None:
    rows = in_the_round_rows([row([1.0], spark=[1.0, 2.0, None, 4.0, 3.0])])
    spark = rows[rows["mark"] == "spark"]
    assert spark["x"].tolist() == [0, 0.25, 0.75, 1]
    assert spark["stretch"].tolist() == ["0.0", "0.0", "0.1", "0.1"]
    end = rows[rows["mark"] == "spark end"].iloc[0]
    assert (end["x"], end["y"]) == (1.0, pytest.approx(1 / 3))


@pytest.mark.parametrize("spark", [[], [None], [1.0], [None, 1.0, None]])
def test_too_little_for_a_sparkline_draws_none(spark: list[float | None]) -> None:
    rows = in_the_round_rows([row([1.0], spark=spark)])
    assert not rows["mark"].isin(["spark", "spark end"]).any()


def test_rows_keep_to_themselves_and_their_order() -> None:
    rows = in_the_round_rows([row([1.0, 2.0], name=name) for name in ("One", "Two", "Three")])
    names = rows[rows["mark"] == "name"]
    assert names["text"].tolist() == ["One", "Two", "Three"]
    assert names["row"].tolist() == [0, 1, 2]
    assert rows.groupby("row").size().nunique() == 1


def test_a_row_without_values_has_its_texts_and_no_strip() -> None:
    rows = in_the_round_rows([row([], value="[c]", low="", high="")])
    assert set(rows["mark"]) == {"name", "change", "value"}
    assert rows.loc[rows["mark"] == "value", "text"].tolist() == ["[c]"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
def test_a_swarm_is_level_and_symmetric(x: list[float]) -> None:
    offsets = swarm(np.array(x), ["other"] * len(x))
    assert abs(offsets.sum()) < 1e-9
    assert np.abs(offsets).max() <= 0.31 + 1e-9


def test_equal_values_can_be_counted_and_own_stays_on_the_line() -> None:
    roles = ["own", "england", "region", *["other"] * 9]
    offsets = swarm(np.full(len(roles), 0.4), roles)
    assert offsets[:3].tolist() == [0, 0, 0]
    assert len(set(offsets[3:].round(9))) == 9
