"""Dots with names keep their order; the swarm of all authorities is never a sorted bar."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscdash.analysis.printed import Printed
from cscdash.catalogue import catalogue
from cscdash.charts.all_authorities import everyone_rows
from cscdash.charts.dot_rows import Named, dots_rows
from cscdash.charts.in_the_round import Dot
from cscdash.charts.text_width import width

NAMED = [
    Named("own", "Here", 12.0, 9.0, 16.0, "12%"),
    Named("neighbour", "There", None, None, None, "[c] hidden because the number is small"),
    Named("neighbour", "Elsewhere", 30.0, None, None, "30%"),
]


def test_the_order_given_is_the_order_drawn() -> None:
    rows = dots_rows(NAMED, None, zero=True)
    texts = rows[rows["mark"] == "text"].sort_values("order")
    assert texts["name"].tolist() == ["Here", "There", "Elsewhere"]


def test_a_missing_value_has_its_reason_and_no_dot() -> None:
    rows = dots_rows(NAMED, None, zero=True)
    there = rows[rows["name"] == "There"]
    assert there["mark"].tolist() == ["text"]
    assert there["value"].isna().all()
    assert there["text"].tolist() == ["[c] hidden because the number is small"]


def test_a_band_is_drawn_only_with_its_dot() -> None:
    rows = dots_rows(NAMED, median_at(20.0), zero=False)
    band = rows[rows["mark"] == "band"]
    assert band[["name", "low", "high"]].values.tolist() == [["Here", 9.0, 16.0]]
    # a stroke in each row, so that it crosses no name
    assert rows.loc[rows["mark"] == "median", "value"].tolist() == [20.0] * 3
    assert rows.loc[rows["mark"] == "dot", "value"].tolist() == [12.0, 30.0]


def test_beside_a_row_stands_its_value_or_the_letter_of_why_there_is_none() -> None:
    rows = dots_rows(NAMED, None, zero=True).set_index(["mark", "name"])
    assert rows.loc[("text", "Here"), "brief"] == "12%"
    assert rows.loc[("text", "There"), "brief"] == "[c]"


def test_the_median_has_its_name_and_value_within_the_chart() -> None:
    for at, side in ((12.0, "left"), (20.0, "center"), (29.0, "right")):
        rows = dots_rows(NAMED, median_at(at), zero=False)
        (name,) = rows[rows["mark"] == "median name"].to_dict("records")
        assert (name["text"], name["side"]) == (f"median of neighbours {at}%", side)


def test_a_long_name_takes_lines() -> None:
    long = "Bournemouth, Christchurch and Poole · somewhat close"
    rows = dots_rows([Named("own", long, 1.0, None, None, "1%")], None, zero=True)
    drawn = rows.loc[rows["mark"] == "dot", "name"].iloc[0]
    assert drawn.replace("\n", " ") == long
    assert max(map(len, drawn.split("\n"))) <= 24


@pytest.mark.parametrize("zero", [True, False])
def test_nobody_has_a_value(zero: bool) -> None:
    rows = dots_rows([Named("own", "Here", None, None, None, "[x] not available")], None, zero)
    assert not rows["mark"].isin(["dot", "band"]).any()


def median_at(value: float) -> Printed:
    measure = catalogue().indicator("foster_care")
    return Printed(measure, "median of neighbours", "2025", value, f"{value}%")


def swarm_of(count: int) -> list[Dot]:
    roles = ["own", "england", "region", "neighbour"]
    return [
        Dot(roles[at] if at < 4 else "other", f"Place {at}", float(at % 7), f"{at % 7}%")
        for at in range(count)
    ]


def test_everyone_is_drawn_once_at_the_own_value() -> None:
    dots = swarm_of(40)
    rows = everyone_rows(dots, median_at(3.0), (1.0, 5.0), "Place 20")
    drawn = rows[rows["mark"].isin(["own", "england", "region", "neighbour", "other"])]
    assert drawn["value"].tolist() == [dot.value for dot in dots]
    assert drawn["name"].tolist() == [dot.name for dot in dots]
    assert rows.loc[rows["mark"] == "half", ["value", "high"]].values.tolist() == [[1.0, 5.0]]
    assert rows.loc[rows["mark"] == "median", "value"].tolist() == [3.0]


@given(
    st.lists(st.floats(0, 100), min_size=5, max_size=40),
    st.floats(0, 100),
    st.sampled_from(["Hackney", "Bournemouth, Christchurch and Poole"]),
)
def test_labels_of_the_swarm_meet_neither_each_other_nor_a_line(
    values: list[float], middle: float, name: str
) -> None:
    roles = ["own", "england", "region", "neighbour"]
    dots = [
        Dot(roles[at] if at < 4 else "other", name if at == 0 else f"Place {at}", value, "50%")
        for at, value in enumerate(values)
    ]
    rows = everyone_rows(dots, median_at(middle), None, "Place 4")
    labels = rows[rows["mark"] == "label"]
    assert set(labels["name"]) == {"median of neighbours", name, "Place 1", "Place 2", "Place 4"}
    low, span = min(values), (max(values) - min(values)) or 1.0
    for words, room in (("brief", 320), ("text", 620)):  # pixels of a plot: telephone, page
        boxes = []
        for label in labels.to_dict("records"):
            x = (label["value"] - low) / span * room
            wide = width(label[words], 14, bold=True)
            boxes.append((label["y"], x + 6 if label["side"] == "right" else x - 6 - wide, wide))
        for one, other in combinations(boxes, 2):
            apart = one[1] + one[2] < other[1] or other[1] + other[2] < one[1]
            assert one[0] != other[0] or apart
        for line in rows[rows["mark"].isin(["leader", "median"])].to_dict("records"):
            x = (line["value"] - low) / span * room
            for y, start, wide in boxes:
                reaches = y * line["y"] > 0 and abs(line["y"]) >= abs(y)
                assert not (reaches and start < x < start + wide)


def test_dots_of_one_value_stand_on_each_other() -> None:
    rows = everyone_rows([Dot("other", f"P{at}", 4.0, "4%") for at in range(8)], None, None, "")
    assert rows.loc[rows["mark"] == "other", "y"].round(9).nunique() == 8
