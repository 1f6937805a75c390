"""Revenue outturn workbooks: found by machine codes and the word above the areas."""

from typing import Any

import pytest

from cscdash.errors import CscdashError
from cscdash.ingest.outturn import read_outturn
from cscdash.ingest.published_table import Table, area_codes

SHEET = "RO3_LA_Data_202425"
CARE, ALL = "RO3-csclkd-tot-exp", "RO3-csctot-tot-exp"
OLD_LAYOUT: list[list[str | float]] = [
    ["Revenue outturn", "", "", "", ""],
    ["E-code", "ONS Code", "Local authority", "Children looked after", "Total"],
    ["", "", "", CARE, ALL],
    ["E4601", "E08000025", "Birmingham", "[x]", "[x]"],
    ["E4602", "E08000026", "Coventry", 70.5, 100.0],
    ["E1234", "E07000008", "Cambridge", 0.0, 0.0],
    ["E9999", "E12000005", "West Midlands", 1.0, 2.0],
    ["Eng", "E92000001", "ENGLAND", 528.0, 1000.0],
]
NEW_LAYOUT: list[list[str | float]] = [
    ["Note", "", "", "", "", ""],
    ["", "", "", "", "", ""],
    ["", "", "", "", ALL, CARE],
    ["ONS Code", "E-code", "Class", "Local authority", "Total", "Children looked after"],
    ["E92000001", "Eng", "Eng", "ENGLAND", 1000.0, 528.0],
    ["E08000026", "E4602", "MD", "Coventry", 100.0, "[note 4]"],
    ["E06000060", "E0401", "UA", "Buckinghamshire UA", "[y]", 3.0],
]


def read(make: Any, rows: list[list[str | float]], sheet: str = SHEET) -> Table:
    content, dataset = make.ods(sheet, rows), make.dataset("outturn")
    return read_outturn(content, dataset, make.needs({CARE, ALL}), "ro3.ods")


def cells(table: Table, name: str) -> dict[str, tuple[float, int]]:
    values, codes = table.cells(name)
    areas = [area_codes()[place] for place in table.area]
    return dict(zip(areas, zip(values.tolist(), codes.tolist(), strict=True), strict=True))


def test_authorities_with_childrens_services_and_england(make: Any) -> None:
    table = read(make, OLD_LAYOUT)
    care = cells(table, CARE)
    assert list(care) == ["330", "331", "E92000001"]
    assert care["331"] == (70.5, 0)
    assert care["E92000001"] == (528.0, 0)
    assert care["330"][1] == 4
    assert table.line.tolist() == [4, 5, 8]
    assert set(table.time.words) == {"2024/25"}
    assert table.latest == 2025


def test_another_year_another_layout(make: Any) -> None:
    table = read(make, NEW_LAYOUT, "RO3_LA_Data_2023-24")
    care, everything = cells(table, CARE), cells(table, ALL)
    assert list(care) == ["E92000001", "331", "825"]
    assert (care["E92000001"][0], everything["E92000001"][0]) == (528.0, 1000.0)
    assert care["331"][1] == 4  # a note in place of a number: not available
    assert everything["825"][1] == 5  # [y]: no estimate can be made
    assert set(table.time.words) == {"2023/24"}
    assert table.latest == 2024


def test_without_the_sheet(make: Any) -> None:
    with pytest.raises(CscdashError, match=r"^ro3\.ods has no sheet named like"):
        read(make, OLD_LAYOUT, "Contents")


def test_a_renamed_machine_code(make: Any) -> None:
    rows = [[cell if cell != CARE else "RO3-csclkd-total-exp" for cell in r] for r in OLD_LAYOUT]
    with pytest.raises(
        CscdashError, match=rf"has no column ‘{CARE}’; the nearest is ‘RO3-csclkd-total-exp’"
    ):
        read(make, rows).cells(CARE)


def test_without_the_ons_codes(make: Any) -> None:
    rows = [[cell if cell != "ONS Code" else "Code" for cell in row] for row in OLD_LAYOUT]
    with pytest.raises(CscdashError, match="has no column ‘ONS Code’"):
        read(make, rows)


def test_cut_off_before_england(make: Any) -> None:
    with pytest.raises(CscdashError, match="no row for England"):
        read(make, OLD_LAYOUT[:-1])


def test_damage(make: Any) -> None:
    content = make.ods(SHEET, OLD_LAYOUT)
    for broken in (b"", b"<html></html>", content[: len(content) // 2],
                   make.zip({"content.xml": b"<office"}), make.zip({})):  # fmt: skip
        with pytest.raises(CscdashError, match=r"^ro3\.ods"):
            read_outturn(broken, make.dataset("outturn"), make.needs({CARE}), "ro3.ods")
