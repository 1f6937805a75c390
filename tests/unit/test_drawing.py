"""Labels apart, rows lean, templates without data."""

from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscdash.charts.drawing import dodge, finished, lean
from cscdash.charts.theme import Theme

wishes = st.lists(st.floats(-1e5, 1e5, allow_nan=False), max_size=30)


@given(wishes, st.floats(0.01, 100))
def test_dodged_places_are_apart_and_in_order(wanted: list[float], gap: float) -> None:
    found = dodge(wanted, gap)
    assert len(found) == len(wanted)
    placed = sorted(found)
    slack = 1e-9 * max([1.0, *map(abs, found)])
    assert all(b - a >= gap - slack for a, b in pairwise(placed))
    for i, one in enumerate(wanted):
        for j, other in enumerate(wanted):
            assert not (one < other and found[i] > found[j])


@given(wishes, st.floats(0.01, 100))
def test_labels_with_room_stay_where_they_are_wanted(wanted: list[float], gap: float) -> None:
    spread = [value + at * 1e7 for at, value in enumerate(wanted)]
    assert dodge(spread, gap) == spread


def test_a_cluster_is_spread_around_its_middle() -> None:
    assert dodge([5.0, 5.0, 5.0], 2.0) == [3.0, 5.0, 7.0]
    assert dodge([10.0, 0.0, 10.5], 1.0) == [9.75, 0.0, 10.75]
    assert dodge([], 1.0) == []
    assert dodge([1.0], 1.0) == [1.0]


def test_a_cluster_that_grows_into_the_next_takes_it_along() -> None:
    found = dodge([0.0, 0.0, 1.4, 3.0], 1.0)
    assert min(np.diff(sorted(found))) >= 1 - 1e-9
    assert found[0] < found[1] < found[2] < found[3]


def test_lean_rows_hold_the_same_in_less() -> None:
    rows = pd.DataFrame(
        {
            "mark": ["line", "line", None],
            "value": [1.25, np.nan, 3.0],
            "row": np.array([1, 2, 3], dtype="int8"),
            "none": pd.Series([None, None, None], dtype=object),
        }
    )
    small = lean(rows)
    assert list(small) == list(rows) and len(small) == len(rows)
    assert small["value"].dtype == "float32"
    assert isinstance(small["mark"].dtype, pd.CategoricalDtype)
    assert small["row"].dtype == "int8"
    assert small["mark"].isna().tolist() == [False, False, True]
    assert small["value"].tolist()[::2] == [1.25, 3.0] and np.isnan(small["value"][1])
    assert rows["value"].dtype == "float64"


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False, width=32), min_size=1))
def test_single_precision_keeps_what_single_precision_can_hold(values: list[float]) -> None:
    assert lean(pd.DataFrame({"value": values}))["value"].tolist() == values


@pytest.mark.parametrize("dark", [False, True])
def test_a_finished_chart_has_a_look_and_no_data(dark: bool) -> None:
    frame = pd.DataFrame({"a": [12345.5]})
    chart = alt.layer(alt.Chart(frame).mark_point().encode(x="a:Q"))
    spec = finished(chart, Theme(dark))
    assert "12345.5" not in str(spec)
    assert "datasets" not in spec and "data" not in spec
    assert spec["config"]["text"]["color"] == Theme(dark).ink
