"""The release log, what stands behind the data page, and its coverage."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cscdash.analysis.coverage import characteristics, coverage
from cscdash.analysis.extract import Extract
from cscdash.analysis.publication_status import age_in_words, due_in_words, standings, told_changes
from cscdash.catalogue import catalogue
from cscdash.charts.coverage import Cell, coverage_rows, coverage_template
from cscdash.charts.theme import Theme
from cscdash.extracts import Columns, Store
from cscdash.ingest import build
from cscdash.ingest.left_out import NothingBuiltError
from tests.unit.observed import table

CELLS = {"pct": "10", "n": "1"}


def made(make: Any, folder: Path, *rows: tuple[str, str, str]) -> Store:
    """A store of one measure with these areas, years and values."""
    source = [{"dataset": "made", "value": "pct"}]
    (folder / "made.csv").write_bytes(make.ees(*((a, y, {"pct": v}) for a, y, v in rows)))
    known = make.catalogue(make.indicator(source=source))
    return build(folder / "made.csv", folder / "store", known).store


def test_the_log_tells_new_periods_and_revisions(tmp_path: Path, make: Any) -> None:
    first = made(
        make, tmp_path, ("E92000001", "2024", "5"), ("330", "2024", "7"), ("331", "2024", "c")
    )
    assert first.package["changes"] == []
    made(make, tmp_path, ("E92000001", "2024", "5"), ("330", "2024", "7"), ("331", "2024", "c"))
    assert Store.open(tmp_path / "store").package["changes"] == []
    store = made(
        make, tmp_path, ("E92000001", "2024", "5.5"), ("330", "2024", "c"), ("331", "2024", "4"),
        ("E92000001", "2025", "6"), ("330", "2025", "9"), ("331", "2025", "8"),
    )  # fmt: skip
    (entry,) = store.package["changes"]
    assert entry["periods"] == {"measure": ["2025"]}
    (one,) = entry["revised"]
    assert (one["cells"], one["of"], one["shown"], one["hidden"]) == (1, 1, 1, 1)
    assert (one["median"], one["was"], one["is"], one["area"]) == (0.5, 5.0, 5.5, "E92000001")
    known = make.catalogue(make.indicator(source=[{"dataset": "made", "value": "pct"}]))
    assert list(told_changes(entry, known)) == [
        "A measure: new period 2025.",
        "A measure: 1 of 1 value revised, by 0.50 percentage points at the median and 0.50 at most"
        " (E92000001, 2024); 1 now have a value; 1 no longer have one.",
    ]
    after = made(make, tmp_path, ("E92000001", "2024", "5.5"))
    assert len(after.package["changes"]) == 1  # rows that are gone are no revision
    assert after.package["changes"][0] == entry


def with_carers(make: Any, folder: Path, word: str, **names: str) -> tuple[Store, list[str]]:
    """The store of a share by carer, whose file has this word for one of them."""
    (folder / "made.csv").write_bytes(
        make.ees(*((a, "2025", {"pct": "10", "carer": w}) for a in ("330", "331")
                   for w in ("Total", "Other", word)))
    )  # fmt: skip
    by = {"name": "carer", "column": "carer", "drop": ["Total"], "labels": names}
    by["adds_up_to"] = "nothing"
    source = {"dataset": "made", "value": "pct", "where": {"carer": "Total"}, "breakdown": [by]}
    report = build(
        folder / "made.csv", folder / "store", make.catalogue(make.indicator(source=[source]))
    )
    return report.store, [one.words for one in report.left_out]


def test_a_category_that_the_catalogue_calls_otherwise_now_is_no_new_name_of_the_publisher(
    tmp_path: Path, make: Any
) -> None:
    """An upgrade of the app must not take an indicator from a copy that goes on from its store."""
    with_carers(make, tmp_path, "REL", REL="Relative who had fostered the child")
    store, left = with_carers(make, tmp_path, "REL", REL="Relative who had fostered")
    assert left == []
    assert set(store.read("measure")["category"]) == {
        "total",
        "Other",
        "Relative who had fostered",
    }
    # the publisher's own word, which the catalogue does not name, is still asked about
    with pytest.raises(NothingBuiltError) as caught:
        with_carers(make, tmp_path, "Relative who has fostered")
    assert "‘Relative who had fostered’ is gone" in caught.value.left_out[0].words


@pytest.mark.parametrize(
    ("text", "said"),
    [("2026-11-19", "19 November 2026"), ("2026-11", "November 2026"), ("2026", "2026"),
     ("", ""), ("soon", ""), ("2026-13", "2026"), ("2026-11-19-1", ""), ("2026-01", "January 2026"),
     ("2026-12", "December 2026"), ("2026-00", "2026")],
)  # fmt: skip
def test_when_a_release_is_due(text: str, said: str) -> None:
    assert due_in_words(text) == said


def test_what_came_and_went_is_told(make: Any) -> None:
    known = make.catalogue(make.indicator(source=[{"dataset": "made", "value": "pct"}]))
    entry = {
        "new": ["measure"],
        "gone": ["of_before"],  # no longer declared: by its id
        "periods": {"measure": ["2023", "2024", "2025"]},
        "revised": [
            {"indicator": "of_before", "cells": 1200, "of": 3000, "median": 0.25, "largest": 10.5,
             "area": "330", "period": "2024", "shown": 0, "hidden": 0},
            {"indicator": "measure", "cells": 0, "of": 3000, "shown": 1500, "hidden": 0},
        ],
    }  # fmt: skip
    assert list(told_changes(entry, known)) == [
        "A measure: new here.",
        "of_before: no longer here.",
        "A measure: new periods 2023, 2024 and 2025.",
        "of_before: 1,200 of 3,000 values revised, by 0.25 at the median and 10.50 at most"
        " (330, 2024).",
        "A measure: 1,500 now have a value.",
    ]


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2026-11-21", "0 days"),
        ("2026-11-22", "0 days"),  # of tomorrow
        ("2026-11-20", "1 day"),
        ("2026-09-21", "61 days"),
        ("2026-09-20", "2 months"),  # 62 days
        ("2024-11-22", "23 months"),  # 729 ÷ 30.44 is 23.9
        ("2024-11-20", "2 years"),  # 731 ÷ 30.44 is 24.01
    ],
)
def test_the_limits_of_ages(published: str, said: str) -> None:
    assert age_in_words(published, date(2026, 11, 21)) == said


def test_ages() -> None:
    today = date(2026, 11, 21)
    assert age_in_words("2026-11-01", today) == "20 days"
    assert age_in_words("2025-10-30", today) == "12 months"
    assert age_in_words("2022-10-30", today) == "4 years"
    assert age_in_words("", today) == ""


def test_every_publication_has_a_route_and_a_standing() -> None:
    package = {
        "releases": {
            "children_in_need 2025": {"published": "2025-10-30", "retrieved": "2026-01-02T"}
        },
        "publications": {"children_in_need": {"next": "2026-10-29"}},
    }
    found = {one.id: one for one in standings(catalogue(), package)}
    assert set(found) == {publication.id for publication in catalogue().publications}
    need = found["children_in_need"]
    assert (need.loaded, need.published, need.due) == (("2025",), "2025-10-30", "29 October 2026")
    assert found["ofsted"].loaded == ()
    assert found["outturn"].route == "the Department's repository, by hand"
    assert found["deprivation"].route == "by hand"


def extract(statuses: dict[str, str], **indicator: Any) -> Extract:
    declared = catalogue().indicators[0].model_copy(update=indicator)
    rows = [
        {"area": area, "value": 1.0 if status == "ok" else None, "status": status}
        for area, status in statuses.items()
    ]
    return Extract(declared, Columns(table(rows)))


def test_coverage_counts_authorities_alone() -> None:
    held = extract({"E92000001": "ok", "E12000001": "ok", "1": "ok", "2": "c", "3": "c", "4": "z"})
    (one,) = coverage([held], {"1", "2", "3", "4"}, "E92000001")
    assert (one.have, one.of, dict(one.missing), one.national) == (1, 3, {"c": 2, "z": 1}, True)
    assert one.share == pytest.approx(1 / 3)
    (none,) = coverage([extract({"E92000001": "ok"})], {"1"}, "E92000001")
    assert (none.of, none.share, none.national) == (0, 0.0, True)


def test_characteristics_are_nine_for_each_indicator() -> None:
    told = characteristics(catalogue().indicators[:3])
    assert len(told) == 27
    assert {said for *_, said in told} <= {
        "published", "published, not loaded", "not at authority level", "not collected", "not said",
    }  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_a_heat_map_has_its_number_in_every_cell(dark: bool) -> None:
    rows = coverage_rows(
        [Cell("One", "2024", 1.0, "100%", "all"), Cell("One", "2025", 0.0, "", "no")]
    )
    assert rows["text"].tolist() == ["100%", ""]
    assert rows["dark"].tolist() == [True, False]
    spec = coverage_template(Theme(dark=dark), 1, 1)
    assert "data" not in spec
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rect", "text"}
