"""Rows taken out of a frame: order, statuses, joint returns, breaks."""

import pandas as pd

from cscdash.analysis.observations import (
    at,
    authorities,
    break_between,
    joint_partner,
    line,
    periods,
    since_break,
    with_value,
    without_counts,
)
from cscdash.catalogue.models import Break
from tests.unit.observed import broken, frame, point


def test_line_is_ordered_and_keeps_the_reason_of_a_gap() -> None:
    found = line(
        frame(
            [
                {"area": "330", "period": "2025", "value": 3.0},
                {"area": "330", "period": "2023", "value": 1.0},
                {"area": "330", "period": "2024", "status": "c"},
                {"area": "331", "period": "2024", "value": 9.0},
            ]
        ),
        "330",
    )
    assert [(p.period, p.value, p.status) for p in found] == [
        ("2023", 1.0, "ok"),
        ("2024", None, "c"),
        ("2025", 3.0, "ok"),
    ]


def test_a_hidden_cell_gives_no_value_even_if_a_number_stands_in_it() -> None:
    (found,) = line(frame([{"area": "330", "value": 0.0, "status": "c"}]), "330")
    assert found.value is None


def test_categoricals_and_missing_flags_are_read() -> None:
    rows = frame([{"area": "330", "value": 1.0, "flags": None}, {"area": "331", "value": 2.0}])
    rows = rows.astype({"area": "category", "period": "category", "flags": "category"})
    assert line(rows, "330")[0].flags == ""
    assert list(at(rows, "2025").index) == ["330", "331"]


def test_at_takes_one_category() -> None:
    rows = frame(
        [
            {"area": "330", "value": 1.0},
            {"area": "330", "value": 2.0, "breakdown": "sex", "category": "girls"},
        ]
    )
    assert at(rows, "2025", "sex", "girls")["value"].tolist() == [2.0]


def test_periods_are_ordered_by_their_end() -> None:
    rows = frame([{"area": "1", "period": p, "value": 1.0} for p in ("2025", "2023", "2024")])
    assert periods(rows) == ("2023", "2024", "2025")


def test_authorities_leave_out_regions_and_count_a_joint_return_once() -> None:
    rows = frame(
        [
            {"area": "314", "value": 5.0, "flags": "j"},
            {"area": "318", "value": 5.0, "flags": "j"},
            {"area": "940", "value": 5.0},
            {"area": "941", "value": 5.0},
            {"area": "E12000005", "value": 5.0},
            {"area": "E92000001", "value": 5.0},
        ]
    )
    assert authorities(rows)["area"].tolist() == ["314", "940", "941"]
    assert len(with_value(rows)) == 6


def test_two_joint_rows_of_different_value_both_stand() -> None:
    rows = frame([{"area": a, "value": v, "flags": "j"} for a, v in (("314", 5.0), ("318", 6.0))])
    assert len(authorities(rows)) == 2


def test_joint_partner() -> None:
    assert joint_partner("941") == "940"
    assert joint_partner("330") is None


def test_since_break_starts_with_the_last_break_that_has_happened() -> None:
    points = [point(year, 1.0) for year in (2022, 2023, 2024)]
    assert [p.period for p in since_break(points, broken("2023"))] == ["2023", "2024"]
    assert len(since_break(points, broken("2026"))) == 3
    assert since_break([], broken("2023")) == ()


def test_a_break_of_one_breakdown_does_not_break_the_total() -> None:
    points = [point(year, 1.0) for year in (2022, 2023, 2024)]
    split = [Break(period="2023", why="Split in two.", breakdown="factor")]
    assert len(since_break(points, split)) == 3
    assert len(since_break(points, split, "age")) == 3
    assert [p.period for p in since_break(points, split, "factor")] == ["2023", "2024"]
    assert break_between(points[0], points[-1], split) is None
    assert break_between(points[0], points[-1], split, "factor") is split[0]


def test_without_counts_keeps_the_values() -> None:
    rows = without_counts(frame([{"area": "330", "value": 7.0, "numerator": 7, "denominator": 9}]))
    assert rows["value"].tolist() == [7.0]
    assert rows[["numerator", "denominator"]].isna().all(axis=None)
    assert isinstance(rows, pd.DataFrame)
