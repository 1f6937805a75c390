"""The Local authority interactive tool: its series, its numbers for areas, its periods."""

import io
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from cscdash.errors import CscdashError
from cscdash.ingest.build import each_extract
from cscdash.ingest.lait import read_lait
from cscdash.ingest.left_out import Why
from cscdash.ingest.published_table import Table, area_codes
from cscdash.ingest.read_folder import Read

NAMES = ("Short Desc", "Years", "LA Number", "Values")


def parquet(rows: list[tuple[Any, Any, Any, Any]], names: tuple[str, ...] = NAMES) -> bytes:
    stream = io.BytesIO()
    pd.DataFrame(rows, columns=list(names)).to_parquet(stream)
    return stream.getvalue()


def read(make: Any, content: bytes, *series: str) -> Table:
    return read_lait(content, make.dataset("lait"), make.needs(series=series), "bds.parquet")


def test_areas_and_values(make: Any) -> None:
    rows = [
        ("LAC", "2025", 330.0, "81"),
        ("Other", "2025", 330.0, "1"),
        ("LAC", "2025", 970.0, "67"),
        ("LAC", "2025", 984.0, "90"),
        ("LAC", "2025", 987.0, "60"),
        ("LAC", "2025", 909.0, "-"),
        ("LAC", "0", 330.0, "-"),
    ]
    table = read(make, parquet(rows), "LAC")
    areas = [area_codes()[place] for place in table.area]
    assert areas == ["330", "E92000001", "E12000005", "E13000001", "909"]
    assert [table.columns["value"].words[c] for c in table.columns["value"].codes] == [
        "81", "67", "90", "60", "-",
    ]  # fmt: skip
    assert table.line.tolist() == [1, 3, 4, 5, 6]
    assert table.latest == 2025


def test_every_aggregate_is_the_area_of_its_name(make: Any, published: Any) -> None:
    frame = pd.read_parquet(published / "lait" / "bds_long_0.parquet")
    named = frame[frame["LA Number"] >= 970][["LA Number", "LA and Regions"]].drop_duplicates()
    from cscdash.places import places

    spelt = {"London (Inner)": "Inner London", "London (Outer)": "Outer London"}
    rows = [("LAC", "2025", number, "1") for number in named["LA Number"]]
    table = read(make, parquet(rows), "LAC")
    areas = [places().areas[area_codes()[at]].name.lower() for at in table.area]
    assert areas == [spelt.get(n, n).lower() for n in named["LA and Regions"]]
    assert len(areas) == 12


def test_symbols_become_statuses(make: Any) -> None:
    rows = [("LAC", "2025", 330.0, "9.3699999999999992"), ("LAC", "2025", 331.0, "-"),
            ("LAC", "2025", 332.0, None)]  # fmt: skip
    values, codes = read(make, parquet(rows), "LAC").cells("value")
    assert values[0] == pytest.approx(9.37)
    assert codes.tolist() == [0, 4, 4]


@pytest.mark.parametrize(
    ("rows", "names", "said"),
    [
        ([("LAC", "2025", 999.0, "1")], NAMES, "row 1: no area has the number 999"),
        ([("LAC", "2025", 330.5, "1")], NAMES, "row 1: no area has the number 330.5"),
        ([("LAC", "2025", None, "1")], NAMES, "row 1: no area has the number"),
        ([("LAC", "2025", float("inf"), "1")], NAMES, "row 1: no area has the number inf"),
        ([("Other", "2025", 330.0, "1")], NAMES, "has no series ‘LAC’"),
        ([("LAC", "2025", "Leeds", "1")], NAMES, "does not hold what LAIT's file holds"),
        (
            [("LAC", "2025", 330.0, "1")],
            ("Short Desc", "Years", "LA Number", "Value"),
            "has no column ‘Values’; the nearest is ‘Value’",
        ),
    ],
)
def test_what_does_not_fit(make: Any, rows: Any, names: Any, said: str) -> None:
    with pytest.raises(CscdashError) as caught:
        read(make, parquet(rows, names), "LAC")
    assert str(caught.value).startswith("bds.parquet")
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"<html>", parquet([("a", "b", 1.0, "c")])[:-9]])
def test_damage(make: Any, content: bytes) -> None:
    with pytest.raises(CscdashError, match=r"^bds\.parquet is no whole Parquet file"):
        read(make, content, "LAC")


def test_a_series_that_is_absent_is_missed_by_its_indicators_alone(make: Any) -> None:
    rows = [("LAC", "2025", 330.0, "81"), ("LAC", "2025", 970.0, "67")]
    sources = {"there": "LAC", "gone": "LAC_Foster"}
    declared = [
        make.indicator(
            id=id,
            source=[{"dataset": "series", "where": {"series": series}, "value": "value"}],
            unit="count",
        )
        for id, series in sources.items()
    ]
    some = make.catalogue(*declared)
    table = read(make, parquet(rows), *sources.values())
    result = Read(tables={"series": [replace(table, dataset="series")]})
    assert [id for id, _, _ in each_extract(result, some)] == ["there"]
    (one,) = result.left_out
    assert (one.why, one.indicators) == (Why.LACKING, ("gone",))
    assert one.words == "bds.parquet, column series, has no ‘LAC_Foster’."
