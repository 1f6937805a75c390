"""Ofsted's own workbook: our counts of the history against its list of judgements."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cscdash.extracts import Store
from cscdash.ingest.ofsted import JUDGEMENTS, History, read_history
from cscdash.places import places

LEADERS = "The impact of leaders on social work practice with children and families"


@pytest.fixture(scope="module")
def content(published: Path) -> bytes:
    (file,) = published.glob("ofsted/*.ods")
    return file.read_bytes()


@pytest.fixture(scope="module")
def history(content: bytes) -> History:
    return read_history(content, "ofsted")


@pytest.mark.parametrize(
    ("year", "counts"),
    [(2023, (35, 61, 43, 13)), (2024, (40, 54, 41, 16)), (2025, (45, 60, 33, 15))],
)
def test_england_by_year(history: History, year: int, counts: tuple[int, ...]) -> None:
    held = Counter(one.judgements[LEADERS] for one in history.latest(year).values())
    assert tuple(held[judgement] for judgement in JUDGEMENTS) == counts


def test_the_history_gives_ofsteds_own_list(content: bytes, history: History) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Inspections_as_at_31_March").to_python()
    head = [str(title).strip() for title in rows[2]]
    latest = history.latest(2025)
    assert len(rows) - 3 == len(latest) == 153
    for row in rows[3:]:
        listed = dict(zip(head, row, strict=True))
        area = places().by_gss(str(listed["Local authority area code"]))
        assert area is not None
        ours = latest[area.code]
        assert ours.inspected == _day(listed["Inspection date"])
        assert ours.published == _day(listed["Publication date"])
        for heading in history.headings:
            assert ours.judgements.get(heading, "") == listed[heading]


def test_regions_add_up_to_england(built: Store) -> None:
    frame = built.read("inspection_leaders")
    england = frame[frame["area"] == "E92000001"]
    regions = frame[frame["area"].astype(str).str.startswith("E12")]
    keys = ["period", "breakdown", "category"]
    added = regions.groupby(keys, observed=True)["value"].sum()
    assert added.equals(england.set_index(keys)["value"].sort_index().astype(float))
    halves = frame[frame["area"].astype(str).str.startswith("E13")]
    london = frame[frame["area"] == "E12000007"].set_index(keys)["value"].sort_index()
    assert halves.groupby(keys, observed=True)["value"].sum().equals(london.astype(float))


def test_the_package_holds_each_latest_inspection_as_dated_text(built: Store) -> None:
    inspections = built.package["inspections"]
    assert set(inspections) == {area.code for area in places().authorities}
    assert inspections["816"] == {
        "as_at": "2025-03-31",
        "date": "2025-02-24",
        "published": "2025-04-15",
        "judgements": {LEADERS: "Outstanding"},
    }


def _day(cell: object) -> date:
    assert isinstance(cell, date)
    return date(cell.year, cell.month, cell.day)


def test_the_workbook_of_2024_tells_of_its_own_day(published: Path) -> None:
    """Counted apart, in the rows of the sheet: 151 judged, two not inspected yet."""
    folder = published.parent / "published_earlier" / "ofsted"
    if not folder.is_dir():
        pytest.skip("the earlier published files are not here: ../shared/published_earlier")
    (file,) = folder.glob("*.ods")
    history = read_history(file.read_bytes(), "ofsted", {"Impact of leaders": LEADERS})
    assert (history.first, history.year, len(history.inspections)) == (2024, 2024, 151)
    held = [one.judgements[LEADERS] for one in history.latest(2024).values()]
    assert [held.count(judgement) for judgement in JUDGEMENTS] == [40, 54, 41, 16]
    assert {one.published for one in history.inspections} == {None}
