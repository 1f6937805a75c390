"""Places against the published files: every code is known, and nobody counts before birth."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cscdash.errors import CscdashError
from cscdash.places import neighbours, places

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "published"
P = places()

needs_files = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason=f"The published files are not there: {PUBLISHED}"
)
FILES = sorted((PUBLISHED / "ees").rglob("*.csv")) + sorted(PUBLISHED.glob("population/ons_*.csv"))
SPENDING = sorted(PUBLISHED.glob("finance/*.ods"))
GEOGRAPHY = {
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "la_name", "new_la_code",
}  # fmt: skip


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def census_day(path: Path, period: str) -> date:
    """Give the day on which an authority must exist to be counted in a file."""
    year = int(period[:4]) + (len(period) == 6)
    month, day = (9, 30) if "csww" in path.name else (6, 30) if "mid-year" in path.name else (3, 31)
    return date(year, month, day)


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@needs_files
@pytest.mark.parametrize(
    "path", FILES or [PUBLISHED], ids=lambda path: f"{path.parts[-3]}/{path.name}"
)
def test_every_area_of_a_file_is_known(path: Path) -> None:
    unknown: set[str] = set()
    for row in rows(path):
        if row["geographic_level"] == "Regional":
            area = P.by_gss(row["region_code"])
            if area is None or P.find(row["region_name"]) is not area:
                unknown.add(row["region_code"])
        elif row["geographic_level"] == "Local authority":
            try:
                codes = P.joint(row["old_la_code"])
            except CscdashError:
                unknown.add(row["old_la_code"])
                continue
            ons = [P.by_gss(code.strip()) for code in row["new_la_code"].split("/")]
            names = " / ".join(P.areas[code].name for code in codes)
            regions = {c for code in codes for c in (P.areas[code].region, P.areas[code].subregion)}
            if (
                [area and area.code for area in ons] != list(codes)
                or row["la_name"] != names
                or row["region_code"] not in regions
            ):
                unknown.add(f"{row['old_la_code']} {row['new_la_code']} {row['la_name']}")
        else:
            assert P.by_gss(row["country_code"]) is P.england
    assert unknown == set()


@needs_files
@pytest.mark.parametrize(
    "path", FILES or [PUBLISHED], ids=lambda path: f"{path.parts[-3]}/{path.name}"
)
def test_no_authority_has_a_figure_for_a_time_when_it_did_not_exist(path: Path) -> None:
    changed = {a.code for a in (*P.authorities, *P.abolished) if a.opened or a.closed}
    wrong = {
        (code, row["time_period"])
        for row in rows(path)
        if row["geographic_level"] == "Local authority"
        for code in P.joint(row["old_la_code"])
        if code in changed
        and not P.existed(code, census_day(path, row["time_period"]))
        and any(is_number(value) for column, value in row.items() if column not in GEOGRAPHY)
    }
    assert wrong == set()


@needs_files
def test_neighbours_agree_with_the_other_published_table() -> None:
    workbook = CalamineWorkbook.from_path(PUBLISHED / "neighbours" / "sn_may_2025.xlsx")
    sheet = workbook.get_sheet_by_name("LA SN Groups").to_python(skip_empty_area=False)
    listed = sheet[3 : 3 + len(P.authorities)]
    assert {str(row[0]).removesuffix(".0") for row in listed} == {a.code for a in P.authorities}
    for row in listed:
        code, *cells = (str(cell).strip().removesuffix(".0") for cell in (row[0], *row[5:25]))
        ours = [text for n in neighbours(code) for text in (n.code, n.closeness)]
        assert ours == cells, code


@needs_files
@pytest.mark.parametrize("name", ["la", "region"])
def test_codes_and_names_of_fingertips_lead_to_the_same_area(name: str) -> None:
    found = set()
    for row in rows(PUBLISHED / "fingertips" / f"{name}_hospital_admissions_2324.csv"):
        area = P.by_gss(row["Area Code"])
        assert area is not None
        assert P.find(row["Area Name"]) is area
        found.add(area.code)
    assert {a.code for a in P.authorities} <= found


@needs_files
@pytest.mark.parametrize("path", SPENDING or [PUBLISHED], ids=lambda p: p.name)
def test_codes_and_names_of_council_spending_lead_to_the_same_area(path: Path) -> None:
    workbook = CalamineWorkbook.from_path(path)
    (sheet,) = (name for name in workbook.sheet_names if "_LA_Data_" in name)
    found = set()
    for row in workbook.get_sheet_by_name(sheet).to_python():
        code, name, kind = (str(cell).strip() for cell in (row[1], row[2], row[4]))
        area = P.by_gss(code)
        if area in P.authorities:
            assert P.find(name) is area, name
            found.add(area)
        elif code.startswith("E") and name != "ENGLAND":
            # Districts, police, fire: no name may be taken for that of an authority.
            assert P.find(name) is None, (name, kind)
    assert len(found) == 153


@needs_files
def test_codes_and_names_of_ofsted_lead_to_the_same_area() -> None:
    (path,) = PUBLISHED.glob("ofsted/*.ods")
    workbook = CalamineWorkbook.from_path(path)
    sheet = workbook.get_sheet_by_name("Inspections_as_at_31_March").to_python()
    listed = [(str(row[1]), str(row[2])) for row in sheet if str(row[1]).startswith("E")]
    assert len(listed) == 153
    for code, name in listed:
        area = P.by_gss(code)
        assert area is not None
        assert P.find(name) is area, name
