"""Ingest, whatever the input: only the project's own error; no cell changes; nothing leaks."""

import io
import math
import tempfile
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.extracts import Store, write
from cscdash.extracts.published_cells import STATUS, read_cell
from cscdash.ingest.build import each_extract
from cscdash.ingest.ees import read_ees
from cscdash.ingest.fingertips import read_fingertips
from cscdash.ingest.lait import read_lait
from cscdash.ingest.outturn import read_outturn
from cscdash.ingest.published_files import find_files, plain_name
from cscdash.ingest.read_folder import Read
from cscdash.periods import end_year, period_end, read_period, say_period
from cscdash.places import places
from tests.conftest import Make

some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
more = settings(some, max_examples=200)

# Words that make a generated file look like a real one, up to the point where it does not.
SYMBOLS = {"c": "c", "k": "k", "low": "k", "u": "u", "x": "x", "z": "z", "": "x", "[c]": "c"}
numbers = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.floats(-1e9, 1e9, allow_nan=False).map(repr),
    st.decimals(0, 10_000, places=1).map(str),
)
cells = st.one_of(numbers, st.sampled_from(sorted(SYMBOLS)))
AREAS = ["E92000001", "E12000005", "E13000001", "330", "331", "202", "302", "314 / 318", "839"]
years = st.integers(2013, 2030).map(str)
wild = st.one_of(
    cells, years, st.sampled_from([*AREAS, "National", "Regional", "Local authority", "202425"]),
    st.text(max_size=8),
)  # fmt: skip


def dataset(kind: str = "ees", **changes: Any) -> Dataset:
    return Dataset.model_validate(
        {"id": "made", "title": "made", "format": kind, "files": [{"name": "made"}], **changes}
    )


def read_any(content: bytes) -> None:
    """Every reader, with the columns that `tidy` writes."""
    one = dataset()
    flagged = dataset(flags={"kind": {"a": "p"}})
    for read in (
        lambda: read_ees(content, one, Make.needs({"n", "kind"}), "f"),
        lambda: read_ees(content, flagged, Make.needs({"n"}), "f"),
        lambda: read_fingertips(content, one, Make.needs({"n"}), "f"),
        lambda: read_lait(content, dataset("lait"), Make.needs(series={"A"}), "f"),
        lambda: read_outturn(content, dataset("outturn"), Make.needs({"RO3-a-tot-exp"}), "f"),
    ):
        try:
            table = read()
            for name in table.columns:
                table.cells(name)
        except CscdashError as error:
            assert str(error).strip()


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """The same file with a few bytes changed, taken away, put in, or copied."""
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        to = data.draw(st.integers(at, min(at + 60, len(content))))
        how = data.draw(st.sampled_from(["change", "cut", "put", "copy", "end"]))
        if how == "change":
            content = content[:at] + data.draw(st.binary(max_size=8)) + content[to:]
        elif how == "cut":
            content = content[:at] + content[to:]
        elif how == "put":
            content = content[:at] + data.draw(st.binary(max_size=8)) + content[at:]
        elif how == "copy":
            content = content[:to] + content[at:]
        else:
            content = content[:at]
    return content


def tidy(make: Any) -> bytes:
    rows = [
        make.row(area, year, kind=kind, n=number)
        for area in AREAS
        for year in ("2024", "2025")
        for kind, number in (("a", "12"), ("b", "c"), ("total", "1.5"))
    ]
    fingertips = {"Area Code": "E06000001", "Time period": "2024"}
    return bytes(make.csv([row | fingertips for row in rows]))


@more
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    read_any(content)
    read_any(b"time_period,geographic_level,old_la_code,n,kind\n" + content)


@some
@given(st.lists(st.lists(wild, min_size=6, max_size=6), max_size=8))
def test_any_table(make: Any, rows: list[list[str]]) -> None:
    header = ["time_period", "geographic_level", "region_code", "old_la_code", "n", "kind"]
    if rows:
        read_any(make.csv([dict(zip(header, row, strict=True)) for row in rows]))


@more
@given(st.data())
def test_any_damage_to_a_table(make: Any, data: st.DataObject) -> None:
    read_any(damaged(tidy(make), data))


@some
@given(st.data())
def test_any_damage_on_the_whole_way(make: Any, data: st.DataObject) -> None:
    source = {
        "where": {"kind": "total"}, "value": "n", "numerator": "n",
        "denominator_where": {"kind": "a"}, "regions": "summed",
        "breakdown": [
            {"name": "kind", "adds_up_to": "nothing", "column": "kind", "drop": ["total"]}],
    }  # fmt: skip
    for derive in ("direct", "share", "sum", "complement"):
        content = damaged(tidy(make), data)
        try:
            make.observe({**source, "derive": derive}, content)
        except CscdashError as error:
            assert str(error).strip()


@some
@given(st.data())
def test_any_damage_to_a_workbook(make: Any, data: st.DataObject) -> None:
    rows = [["", "ONS Code", "RO3-a-tot-exp"], ["", "E08000025", 5.0], ["", "E92000001", 9.0]]
    sheet = make.ods("RO3_LA_Data_202425", rows)
    read_any(sheet)
    read_any(damaged(sheet, data))
    inside = damaged(_content(sheet), data)
    read_any(make.zip({"mimetype": b"", "content.xml": inside}))


def _content(sheet: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(sheet)).read("content.xml")


@some
@given(st.data())
def test_any_damage_to_a_parquet_file(data: st.DataObject) -> None:
    stream = io.BytesIO()
    rows = [("A", "2025", 330.0, "1"), ("A", "2024", 970.0, "-"), ("B", "2025", 331.0, "2")]
    pd.DataFrame(rows, columns=["Short Desc", "Years", "LA Number", "Values"]).to_parquet(stream)
    read_any(stream.getvalue())
    read_any(damaged(stream.getvalue(), data))


@some
@given(st.lists(st.tuples(wild, wild, st.one_of(st.none(), st.floats()), wild), max_size=5))
def test_any_series(rows: list[tuple[str, str, float | None, str]]) -> None:
    stream = io.BytesIO()
    names = ["Short Desc", "Years", "LA Number", "Values"]
    frame = pd.DataFrame([("A", *row[1:]) for row in rows], columns=names)
    try:
        frame.astype({"LA Number": float}).to_parquet(stream)
    except (ValueError, UnicodeEncodeError):
        return
    read_any(stream.getvalue())


@some
@given(st.data())
def test_any_damage_to_a_zip(make: Any, data: st.DataObject) -> None:
    content = damaged(make.zip({"data/a.csv": b"a,b\n" * 40, "b.csv": b"c,d\n"}), data)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "made.zip").write_bytes(content)
        try:
            for found in find_files(Path(folder))[0]:
                found.content()
        except CscdashError as error:
            assert "made.zip" in str(error)


@more
@given(st.text(max_size=20))
def test_any_name_any_cell_any_period(text: str) -> None:
    plain_name(text)
    try:
        number, code = read_cell(text)
        assert math.isfinite(number) == (STATUS[code] == "ok")
    except CscdashError:
        pass
    for kind in ("Reporting year", "Academic year", "Financial year", "Calendar year"):
        with suppress(CscdashError):
            read_period(text, kind)


@more
@given(st.integers(1901, 2199), st.sampled_from(["{0}", "{1}{2}", "{1}/{2}", "{1}-{2}", "{1}-{0}"]))
def test_periods_there_and_back(year: int, form: str) -> None:
    text = form.format(year, year - 1, f"{year % 100:02d}")
    for kind, means in (("Academic year", "academic year"), ("Financial year", "financial year")):
        period, flags = read_period(text, kind)
        assert flags == ""
        assert end_year(period) == year
        assert read_period(period, kind) == (period, "")
        assert period_end(period, means) == date(year, *((8, 31) if "acad" in means else (3, 31)))
        assert period in say_period(period, means)
    if form == "{0}":
        assert read_period(text, "Reporting year") == (text, "")
        assert period_end(text, "31 March") == date(year, 3, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@some
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(AREAS), st.integers(2020, 2026), st.sampled_from("ab")),
        st.tuples(cells, cells, cells),
        min_size=1,
    )
)
def test_no_cell_changes_on_its_way_to_the_frame(
    make: Any, folder: Path, table: dict[tuple[str, int, str], tuple[str, str, str]]
) -> None:
    rows = [
        make.row(area, str(year), kind=kind, value=value, top=top, bottom=bottom)
        for (area, year, kind), (value, top, bottom) in table.items()
    ]
    source = {
        "dataset": "made",
        "total": False,
        "value": "value",
        "numerator": "top",
        "denominator": "bottom",
        "breakdown": [{"name": "kind", "adds_up_to": "nothing", "column": "kind"}],
    }
    declared = make.catalogue(make.indicator(source=[source], headline="a"))
    one = declared.datasets["made"]
    read = read_ees(make.csv(rows), one, Make.needs({"kind", "value", "top", "bottom"}), "f")
    ((name, extract, _),) = each_extract(Read(tables={"made": [read]}), declared)
    write(folder, {name: extract}, lambda _: {}, {})
    frame = Store.open(folder).read("measure")
    got = {}
    for row in frame.to_dict("records"):
        shown = tuple(None if math.isnan(row[n]) else row[n]
                      for n in ("value", "numerator", "denominator"))  # fmt: skip
        got[row["area"], row["period"], row["category"]] = (row["status"], shown, row["flags"])
    expected = {}
    for (areas, year, kind), texts in table.items():
        shown = tuple(None if text in SYMBOLS else float(text) for text in texts)
        for area in areas.split(" / "):
            expected[area, str(year), kind] = (
                SYMBOLS.get(texts[0], "ok"), shown, "j" if "/" in areas else "",
            )  # fmt: skip
    assert got == expected


# What was hidden stays hidden ------------------------------------------------------------------

MEMBERS = ["330", "331", "332", "202", "302"]  # three of the West Midlands, two of London
REGIONS = {
    "E12000005": ["330", "331", "332"],
    "E12000007": ["202", "302"],
    "E13000001": ["202"],
    "E13000002": ["302"],
}
HIDDEN = {"c", "k"}
small = st.integers(0, 50).map(str)
statuses = st.sampled_from(["c", "k", "u", "x", "z"])
maybe = st.one_of(small, small, statuses)
PARTS = ["a", "b", "total"]
tables = st.fixed_dictionaries(
    {(area, part): st.tuples(maybe, maybe) for area in MEMBERS for part in PARTS}
)
Texts = dict[tuple[str, str], tuple[str, str]]

DERIVATIONS: list[dict[str, Any]] = [
    {"derive": "direct", "value": "n", "numerator": "n", "denominator": "d"},
    {"derive": "ratio", "numerator": "n", "denominator": "d"},
    {"derive": "complement", "value": "n", "numerator": "n", "denominator": "d"},
    {"derive": "share", "numerator": "n", "denominator_where": {"part": "total"}},
    {"derive": "rate", "numerator": "n", "population": "population"},
]
whole_of = {
    "where": {"part": "total"},
    "breakdown": [{"name": "part", "adds_up_to": "nothing", "column": "part"}],
}
SUM = {"derive": "sum", "where": {"part": ["a", "b"]}, "numerator": "n"}


def published(make: Any, table: Texts, year: str = "2025") -> bytes:
    return bytes(make.ees(*((area, year, {"part": part, "n": n, "d": d})
                            for (area, part), (n, d) in table.items())))  # fmt: skip


def people(make: Any) -> bytes:
    return bytes(make.ees(*((a, y, {"population_estimate": "1000"})
                            for a in MEMBERS for y in ("2023", "2024"))))  # fmt: skip


def observe(make: Any, source: Any, *files: bytes) -> pd.DataFrame:
    return make.observe(source, *files, population=people(make), unit="rate per 10,000")


@some
@given(tables, st.sampled_from(DERIVATIONS))
def test_a_derived_row_shows_nothing_where_a_part_is_hidden(
    make: Any, table: Texts, source: dict[str, Any]
) -> None:
    frame = observe(make, {**whole_of, **source, "regions": "summed"}, published(make, table))
    by_cell = {(r["area"], r["category"]): r for r in frame.to_dict("records")
               if r["breakdown"] == "part"}  # fmt: skip
    for (area, part), (n, d) in table.items():
        row = by_cell[area, part]
        below = table[area, "total"][0] if source["derive"] == "share" else d
        if n in HIDDEN:
            assert math.isnan(row["value"])
            assert math.isnan(row["numerator"])
            assert row["status"] in HIDDEN
        if source["derive"] in ("ratio", "share") and below in HIDDEN and n.isdigit():
            assert math.isnan(row["numerator"])  # or the value would give the denominator away
            assert math.isnan(row["denominator"])
            assert row["status"] in HIDDEN
    for region, members in REGIONS.items():
        for part in PARTS:
            row = by_cell[region, part]
            if any(by_cell[area, part]["status"] in HIDDEN for area in members):
                assert row["status"] == "c"
                shown = [row[name] for name in ("value", "numerator", "denominator")]
                assert all(map(math.isnan, shown))
            elif row["status"] == "ok":
                here = [by_cell[area, part] for area in members]
                counted = [r for r in here if r["status"] == "ok"]
                assert row["numerator"] == sum(r["numerator"] for r in counted)
                assert row["denominator"] == sum(r["denominator"] for r in counted)


@some
@given(tables, st.booleans())
def test_a_sum_with_a_hidden_part_is_hidden(make: Any, table: Texts, over: bool) -> None:
    source = {**SUM, "denominator_where": {"part": "total"}} if over else SUM
    frame = observe(make, source, published(make, table))
    for row in frame.to_dict("records"):
        parts = [table[row["area"], part][0] for part in ("a", "b")]
        below = table[row["area"], "total"][0]
        if HIDDEN & set(parts):
            assert row["status"] in HIDDEN
            assert math.isnan(row["value"])
            assert math.isnan(row["numerator"])
        elif all(map(str.isdigit, parts)) and (not over or below.isdigit()):
            if over and below == "0":
                assert row["status"] == "z"
            else:
                assert row["status"] == "ok"
                assert row["numerator"] == sum(map(int, parts))


@some
@given(tables, tables, tables, st.sampled_from([*DERIVATIONS, SUM]), st.booleans())
def test_a_hidden_cell_cannot_be_read_from_an_older_release(
    make: Any, new: Texts, old: Texts, other: Texts, source: dict[str, Any], summed: bool
) -> None:
    """Whatever older releases said of what is hidden now, the extract is the same."""
    declared = {**source, "regions": "summed" if summed else "published"}
    if source is not SUM:
        declared = {**whole_of, **declared}
    elif summed:
        declared["denominator_where"] = {"part": "total"}
    swapped = {
        cell: tuple(
            other[cell][at] if new[cell][at] in HIDDEN else old[cell][at] for at in range(2)
        )
        for cell in old
    }
    newer = published(make, new) + published(make, new, "2024").split(b"\n", 1)[1]
    frames = [
        observe(make, declared, newer, published(make, older, "2024")) for older in (old, swapped)
    ]
    pd.testing.assert_frame_equal(*frames)


@some
@given(tables, tables, tables)
def test_a_hidden_cell_cannot_be_read_from_a_later_source(
    make: Any, first: Texts, second: Texts, other: Texts
) -> None:
    rows = [
        (area, "2025", {"part": part, "n": first[area, part][0], "m": table[area, part][0]})
        for table in (second, other)
        for area, part in first
    ]
    half = len(rows) // 2
    sources = [{**whole_of, "value": "n"}, {**whole_of, "value": "m"}]
    frames = [
        observe(make, sources, make.ees(*some_rows)) for some_rows in (rows[:half], rows[half:])
    ]
    pd.testing.assert_frame_equal(*frames)


def test_the_regions_of_these_tests_are_those_of_the_authorities() -> None:
    for region, members in REGIONS.items():
        for code in members:
            area = places().areas[code]
            assert region in (area.region, area.subregion)
