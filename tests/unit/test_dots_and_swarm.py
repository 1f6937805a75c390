"""Dots with names keep their order; the swarm of all authorities is never a sorted bar."""

import pytest

from cscdash.charts.all_authorities import everyone_rows
from cscdash.charts.dot_rows import Named, dots_rows
from cscdash.charts.in_the_round import Dot

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
    rows = dots_rows(NAMED, 20.0, zero=False)
    band = rows[rows["mark"] == "band"]
    assert band[["name", "low", "high"]].values.tolist() == [["Here", 9.0, 16.0]]
    assert rows.loc[rows["mark"] == "median", "value"].tolist() == [20.0]
    assert rows.loc[rows["mark"] == "dot", "value"].tolist() == [12.0, 30.0]


def test_the_text_stands_beyond_the_band() -> None:
    rows = dots_rows(NAMED, None, zero=True).set_index(["mark", "name"])
    assert rows.loc[("text", "Here"), "edge"] == 16.0
    assert rows.loc[("text", "Elsewhere"), "edge"] == 30.0
    assert rows.loc[("text", "There"), "edge"] == 0.0


def test_a_long_name_takes_lines() -> None:
    long = "Bournemouth, Christchurch and Poole · somewhat close"
    rows = dots_rows([Named("own", long, 1.0, None, None, "1%")], None, zero=True)
    drawn = rows.loc[rows["mark"] == "dot", "name"].iloc[0]
    assert drawn.replace("\n", " ") == long
    assert max(map(len, drawn.split("\n"))) <= 34


@pytest.mark.parametrize("zero", [True, False])
def test_nobody_has_a_value(zero: bool) -> None:
    rows = dots_rows([Named("own", "Here", None, None, None, "[x] not available")], None, zero)
    assert not rows["mark"].isin(["dot", "band"]).any()


def swarm_of(count: int) -> list[Dot]:
    roles = ["own", "england", "region", "neighbour"]
    return [
        Dot(roles[at] if at < 4 else "other", f"Place {at}", float(at % 7), f"{at % 7}%")
        for at in range(count)
    ]


def test_everyone_is_drawn_once_at_the_own_value() -> None:
    dots = swarm_of(40)
    rows = everyone_rows(dots, 3.0, (1.0, 5.0), "Place 20")
    drawn = rows[rows["mark"].isin(["own", "england", "region", "neighbour", "other"])]
    assert drawn["value"].tolist() == [dot.value for dot in dots]
    assert drawn["name"].tolist() == [dot.name for dot in dots]
    assert rows.loc[rows["mark"] == "half", ["value", "high"]].values.tolist() == [[1.0, 5.0]]
    assert rows.loc[rows["mark"] == "median", "value"].tolist() == [3.0]


def test_own_region_england_and_the_one_looked_for_are_named_each_on_its_own_line() -> None:
    rows = everyone_rows(swarm_of(40), None, None, "Place 20")
    labels = rows[rows["mark"] == "label"]
    assert set(labels["name"]) == {"Place 0", "Place 1", "Place 2", "Place 20"}
    assert labels["y"].nunique() == len(labels)
    for _, label in labels.iterrows():
        assert label["text"].startswith(label["name"])


def test_dots_of_one_value_stand_on_each_other() -> None:
    rows = everyone_rows([Dot("other", f"P{at}", 4.0, "4%") for at in range(8)], None, None, "")
    assert rows.loc[rows["mark"] == "other", "y"].round(9).nunique() == 8
