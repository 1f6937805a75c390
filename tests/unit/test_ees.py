"""Explore Education Statistics: areas, joint returns, vintages, and what does not fit."""

from typing import Any

import pytest

from cscdash.catalogue.publications import File
from cscdash.errors import CscdashError
from cscdash.ingest.ees import read_ees
from cscdash.ingest.published_table import JOINT, PROVISIONAL, Table, area_codes

ENGLAND = "E92000001"


def read(make: Any, content: bytes, wanted: set[str], **declared: Any) -> Table:
    dataset = make.dataset(**declared)
    return read_ees(content, dataset, make.needs(wanted), "made.csv")


def areas(table: Table) -> list[str]:
    return [area_codes()[place] for place in table.area]


def words(table: Table, name: str) -> list[str]:
    column = table.columns[name]
    return [column.words[code] for code in column.codes]


def test_areas_are_known_by_their_codes(make: Any) -> None:
    rows = [
        make.row(ENGLAND, "2025", n="1"),
        make.row("E12000005", "2025", n="2"),
        make.row("E13000001", "2025", n="3"),
        make.row("330", "2025", n="4"),
        make.row("330", "2025", n="5") | {"geographic_level": "School"},
    ]
    table = read(make, make.csv(rows), {"n"})
    assert areas(table) == [ENGLAND, "E12000005", "E13000001", "330"]
    assert words(table, "n") == ["1", "2", "3", "4"]
    assert table.line.tolist() == [2, 3, 4, 5]
    assert table.latest == 2025


def test_a_joint_return_stands_for_both(make: Any) -> None:
    rows = [make.row(a, "2025", n=a) for a in ("313", "314 / 318", "940 / 941", "315")]
    table = read(make, make.csv(rows), {"n"})
    assert areas(table) == ["313", "314", "318", "940", "941", "315"]
    assert words(table, "n") == ["313", "314 / 318", "314 / 318", "940 / 941", "940 / 941", "315"]
    assert (table.flags & JOINT).tolist() == [0, JOINT, JOINT, JOINT, JOINT, 0]
    assert table.line.tolist() == [2, 3, 3, 4, 4, 5]


@pytest.mark.parametrize("code", ["999", "", "314 / 999", "314 / 318 / 315", "E06000001", "330.0"])
def test_an_unknown_authority(make: Any, code: str) -> None:
    content = make.csv([make.row("330", "2025", n="1"), make.row(code, "2025", n="1")])
    with pytest.raises(CscdashError, match=r"^made\.csv, line 3, column old_la_code: no area"):
        read(make, content, {"n"})


def test_an_unknown_region(make: Any) -> None:
    content = make.csv([make.row("E12000099", "2025", n="1")])
    with pytest.raises(CscdashError, match="line 2, column region_code: no area ‘E12000099’"):
        read(make, content, {"n"})


def test_no_area_at_all(make: Any) -> None:
    content = make.csv([make.row("330", "2025", n="1") | {"geographic_level": "Local Authority"}])
    with pytest.raises(CscdashError, match="has no row of an area that we know"):
        read(make, content, {"n"})


def test_a_renamed_column_names_the_nearest(make: Any) -> None:
    content = make.ees(("330", "2025", {"rereferral_pct": "1", "referral_count": "2"}))
    with pytest.raises(
        CscdashError,
        match=r"^made\.csv has no column ‘rereferral_percent’; the nearest is ‘rereferral_pct’\.",
    ):
        read(make, content, {"rereferral_percent", "referral_count"}).cells("rereferral_percent")


@pytest.mark.parametrize("column", ["time_period", "geographic_level", "old_la_code"])
def test_a_column_that_every_file_has(make: Any, column: str) -> None:
    rows = [make.row("330", "2025", n="1")]
    rows[0].pop(column)
    with pytest.raises(CscdashError, match=f"has no column ‘{column}’"):
        read(make, make.csv(rows), {"n"})


@pytest.mark.parametrize("period", ["soon", "2025 Q5", "20245", "31/03/2025"])
def test_a_year_that_is_none(make: Any, period: str) -> None:
    content = make.ees(("330", "2025", {"n": "1"}), ("330", period, {"n": "1"}))
    with pytest.raises(CscdashError, match=r"^made\.csv: ‘.*’ stands where a year should"):
        read(make, content, {"n"})


def test_a_file_without_rows(make: Any) -> None:
    content = make.ees(("330", "2025", {"n": "1"})).split(b"\n", 1)[0] + b"\n"
    with pytest.raises(CscdashError, match=r"^made\.csv "):
        read(make, content, {"n"})


OLD = File(
    name="made",
    columns={"cla_group": "characteristic", "characteristic": "breakdown", "number": "count"},
    values={"characteristic": {"Gender": "Sex"}, "breakdown": {"Total children": "Total"}},
)


def test_two_names_that_change_places_are_translated_in_one_step(make: Any) -> None:
    old = make.ees(
        ("330", "2022", {"cla_group": "Gender", "characteristic": "Male", "number": "3"}),
        ("330", "2022", {"cla_group": "Gender", "characteristic": "Total children", "number": "5"}),
    )
    new = make.ees(("330", "2025", {"characteristic": "Sex", "breakdown": "Male", "count": "4"}))
    wanted = {"characteristic", "breakdown", "count"}
    files = [{"name": "made"}, OLD.model_dump()]
    table = read(make, old, wanted, files=files)
    assert words(table, "characteristic") == ["Sex", "Sex"]
    assert words(table, "breakdown") == ["Male", "Total"]
    assert words(table, "count") == ["3", "5"]
    table = read(make, new, wanted, files=files)
    assert words(table, "characteristic") == ["Sex"]
    assert words(table, "breakdown") == ["Male"]
    assert words(table, "count") == ["4"]


def test_a_column_of_versions_becomes_a_flag(make: Any) -> None:
    content = make.ees(
        ("330", "2025", {"version": "Provisional", "n": "1"}),
        ("331", "2025", {"version": "Final", "n": "1"}),
    )
    table = read(make, content, {"n"}, flags={"version": {"Provisional": "p", "Revised": "r"}})
    assert table.flags.tolist() == [PROVISIONAL, 0]


def test_a_cell_that_is_neither_number_nor_symbol(make: Any) -> None:
    content = make.ees(("330", "2025", {"n": "1"}), ("331", "2025", {"n": "1,20"}))
    table = read(make, content, {"n"})
    with pytest.raises(
        CscdashError, match=r"^made\.csv, line 3, column n: ‘1,20’ is neither a number nor"
    ):
        table.cells("n")
