"""Lines over time: they stop at gaps and breaks, letters say why, labels do not touch."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscdash.charts.over_time import Band, Rule, Series, break_words, over_time_rows
from cscdash.charts.over_time_template import HEIGHT

NO_BAND = Band()
LETTERS = "ckuxz"


def series(
    values: list[float | None],
    role: str = "own",
    name: str = "Here",
    first: int = 2015,
    status: str = "c",
    provisional: frozenset[int] = frozenset(),
    ends: list[float] | None = None,
) -> Series:
    years = ends or [float(first + at) for at in range(len(values))]
    return Series(
        role=role,
        name=name,
        periods=[f"{year:.0f}" for year in years],
        ends=years,
        values=values,
        statuses=["ok" if value is not None else status for value in values],
        provisional=[at in provisional for at in range(len(values))],
        texts=["" if value is None else f"{value:g}%" for value in values],
    )


def stretches(rows: pd.DataFrame, name: str) -> list[list[float]]:
    """The years of each unbroken line of a series."""
    lines = rows[rows["mark"].isin(["line", "thin"]) & (rows["name"] == name)]
    return [part["t"].tolist() for _, part in lines.groupby("stretch", sort=False)]


def test_a_line_stops_at_a_gap_and_a_letter_says_why() -> None:
    rows = over_time_rows([series([1.0, 2.0, None, 4.0, 5.0])], [], NO_BAND, zero=True)
    assert stretches(rows, "Here") == [[2015, 2016], [2018, 2019]]
    gaps = rows[rows["mark"] == "gap"]
    assert gaps["t"].tolist() == [2017] and gaps["text"].tolist() == ["[c]"]
    assert gaps["value"].isna().all(), "a missing value has no place among the values"
    assert gaps["y"].tolist() == [0.0]


def test_years_of_the_pandemic_are_marked_on_the_axis() -> None:
    rows = over_time_rows(
        [series([1.0, 2.0, 3.0, 4.0], first=2020)], [], NO_BAND, True, pandemic=[2021.0, 2022.0]
    )
    bar = rows[rows["mark"] == "pandemic"]
    assert bar[["t", "low"]].to_numpy().tolist() == [[2020.5, 2022.5]]
    assert bar["text"].tolist() == ["pandemic"]
    gap = over_time_rows(
        [series([1.0, None, 3.0, 4.0], first=2020)], [], NO_BAND, True, pandemic=[2021.0]
    )
    assert gap[gap["mark"] == "pandemic"]["text"].tolist() == [""], "the letter of the gap is there"
    others = [series([1.0, 2.0], role="england", first=2021)]
    assert len(over_time_rows(others, [], NO_BAND, True, pandemic=[2021.0])), "no own line"
    first = over_time_rows([series([1.0, 2.0], first=2021)], [], NO_BAND, True, pandemic=[2021.0])
    bar = first[first["mark"] == "pandemic"]
    assert bar[["t", "low"]].to_numpy().tolist() == [[2021.0, 2021.5]], "inside the axis"


def test_a_line_stops_where_a_period_is_left_out() -> None:
    rows = over_time_rows(
        [series([1.0, 2.0, 3.0], ends=[2015.0, 2016.0, 2020.0])], [], NO_BAND, True
    )
    assert stretches(rows, "Here") == [[2015, 2016], [2020]]


@pytest.mark.parametrize(("at", "parts"), [(2017.0, [2, 3]), (2016.0, [1, 4]), (2015.0, [5])])
def test_no_line_crosses_a_break(at: float, parts: list[int]) -> None:
    rows = over_time_rows(
        [series([1.0, 2.0, 3.0, 4.0, 5.0])], [Rule(at, "counted anew")], NO_BAND, True
    )
    assert [len(part) for part in stretches(rows, "Here")] == parts
    rule = rows[rows["mark"] == "rule"].iloc[0]
    assert (rule["t"], rule["text"]) == (at, "counted anew")


def test_a_break_in_a_gap_makes_no_bridge() -> None:
    rows = over_time_rows(
        [series([1.0, None, 3.0, 4.0])], [Rule(2016.0, "counted anew")], NO_BAND, True
    )
    assert stretches(rows, "Here") == [[2015], [2017, 2018]]


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 500)), min_size=1, max_size=14),
    st.sets(st.integers(2015, 2029), max_size=3),
    st.sampled_from(["own", "neighbour", "region"]),
    st.booleans(),
)
def test_whatever_is_missing_nothing_is_bridged_or_made_up(
    values: list[float | None], breaks: set[int], role: str, zero: bool
) -> None:
    one = series(values, role=role)
    rows = over_time_rows([one], [Rule(float(b), "anew") for b in breaks], NO_BAND, zero)
    drawn = rows[rows["mark"].isin(["line", "thin"])]
    known = [(t, v) for t, v in zip(one.ends, values, strict=True) if v is not None]
    assert list(zip(drawn["t"], drawn["value"], strict=True)) == known
    for part in stretches(rows, "Here"):
        for before, after in pairwise(part):
            assert after - before == 1
            assert not any(before < b <= after for b in breaks)
    gaps = rows[rows["mark"] == "gap"]
    assert len(gaps) == (values.count(None) if role == "own" else 0)


def test_neighbours_are_thin_and_have_neither_points_nor_labels_nor_letters() -> None:
    rows = over_time_rows(
        [series([1.0, 2.0]), series([3.0, None], "neighbour", "There")], [], NO_BAND, True
    )
    assert set(rows.loc[rows["name"] == "There", "mark"]) == {"thin"}


def test_provisional_points_are_hollow_and_no_others() -> None:
    rows = over_time_rows(
        [series([1.0, 2.0, 3.0], provisional=frozenset({2}))], [], NO_BAND, zero=True
    )
    assert rows.loc[rows["mark"] == "hollow", "period"].tolist() == ["2017"]
    assert rows.loc[rows["mark"] == "point", "period"].tolist() == ["2015", "2016"]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5))
def test_labels_do_not_touch(lasts: list[float]) -> None:
    roles = ["own", "median", "region", "england", "region"]
    many = [
        series([value, value], role, f"Place {at}")
        for at, (value, role) in enumerate(zip(lasts, roles, strict=False))
    ]
    rows = over_time_rows(many, [], NO_BAND, zero=True)
    labels = rows[rows["mark"] == "label"].sort_values("y")
    assert len(labels) == len(lasts)
    top = max([*lasts]) or 1.0
    assert (labels["y"].diff().dropna() >= top * 18 / HEIGHT - 1e-9).all()
    assert set(labels["t"]) == {2016.0}


def test_a_label_says_the_period_where_a_line_ends_early() -> None:
    rows = over_time_rows(
        [series([1.0, 2.0, None]), series([5.0, 6.0, 7.0], "england", "England")], [], NO_BAND, True
    )
    labels = rows[rows["mark"] == "label"].set_index("name")["text"]
    assert labels["Here"] == "2%\u2002Here (2016)"
    assert labels["England"] == "7%\u2002England"


def test_the_axis_starts_at_zero_or_says_otherwise() -> None:
    def frame(zero: bool) -> list[float]:
        rows = over_time_rows([series([60.0, 80.0])], [], NO_BAND, zero)
        found: list[float] = rows.loc[rows["mark"] == "frame", "value"].tolist()
        return found

    assert frame(True) == [0.0, 80.0]
    assert frame(False) == [60.0, 80.0]


def test_values_below_zero_stay_in_the_frame() -> None:
    rows = over_time_rows([series([-2.0, -1.0])], [], NO_BAND, zero=True)
    assert rows.loc[rows["mark"] == "frame", "value"].tolist()[0] == -2.0


def test_a_line_that_does_not_move_has_height() -> None:
    rows = over_time_rows([series([0.0, 0.0])], [], NO_BAND, zero=True)
    assert rows.loc[rows["mark"] == "frame", "value"].tolist() == [0.0, 1.0]


def test_the_middle_half_is_drawn_as_it_is() -> None:
    band = Band([2015.0, 2016.0], [1.0, 2.0], [3.0, 9.0])
    rows = over_time_rows([series([1.0, 2.0])], [], band, zero=True)
    drawn = rows[rows["mark"] == "band"]
    assert drawn["low"].tolist() == [1.0, 2.0] and drawn["high"].tolist() == [3.0, 9.0]
    assert rows.loc[rows["mark"] == "frame", "value"].max() == 9.0


def test_nothing_to_draw_is_no_error() -> None:
    rows = over_time_rows([], [], NO_BAND, zero=True)
    assert set(rows["mark"]) == {"frame"}


@given(st.floats(0.01, 1e9), st.floats(1.0, 100.0))
def test_a_cut_axis_says_so_and_one_from_zero_does_not(low: float, times: float) -> None:
    rows = over_time_rows([series([low, low * times])], [], NO_BAND, zero=False)
    start = rows.loc[rows["mark"] == "frame", "value"].tolist()[0]
    assert (rows["mark"] == "cut").any() == (start > 0)
    # where the axis could be rounded down to zero it begins there
    assert start == (0.0 if low < 0.35 * low * times else low)


def test_breaks_are_numbered_and_the_numbers_explained() -> None:
    rules = [Rule(2016.0, "exams cancelled"), Rule(2017.0, "exams again")]
    rows = over_time_rows([series([1.0, 2.0, 3.0])], rules, NO_BAND, zero=True)
    assert rows.loc[rows["mark"] == "rule", "brief"].tolist() == ["1", "2"]
    assert break_words(rules) == "1: exams cancelled; 2: exams again"


def test_each_point_tells_the_labelled_lines_of_its_period() -> None:
    lines = [series([1.0, 2.0]), series([3.0, 4.0], "neighbour", "There")]
    rows = over_time_rows(lines, [], NO_BAND, zero=True)
    there = rows[(rows["mark"] == "thin") & (rows["period"] == "2016")]
    assert there["own"].tolist() == ["Here: 2%"]
