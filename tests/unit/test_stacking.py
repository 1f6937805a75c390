"""Stacking: which of several published cells is shown, and what two that disagree lead to."""

from typing import Any

import pandas as pd
import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import SCHEMA, problems
from cscdash.ingest.build import each_extract, extract_of
from cscdash.ingest.ees import read_ees
from cscdash.ingest.read_folder import Read
from cscdash.ingest.required_columns import needs

PERCENT = {"value": "pct", "numerator": "n", "denominator": "d"}


def rows(*cells: tuple[str, str, str]) -> list[tuple[str, str, dict[str, str]]]:
    """Rows of area, period and percentage; 10 of 20 unless it is hidden."""
    return [
        (area, period, {"pct": pct, "n": pct if pct.isalpha() else "10", "d": "20"})
        for area, period, pct in cells
    ]


def shown(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    value = frame["value"].where(frame["status"] == "ok", frame["status"])
    return dict(zip(zip(frame["area"], frame["period"], strict=True), value, strict=True))


def test_the_newer_release_wins_cell_by_cell(make: Any) -> None:
    old = make.ees(*rows(("330", "2021", "50"), ("330", "2022", "51"), ("331", "2022", "60"),
                         ("332", "2022", "c"), ("333", "2022", "70")))  # fmt: skip
    new = make.ees(*rows(("330", "2022", "52"), ("331", "2022", "c"), ("332", "2022", "33"),
                         ("330", "2023", "53")))  # fmt: skip
    expected = {
        ("330", "2021"): 50, ("330", "2022"): 52, ("330", "2023"): 53,
        ("331", "2022"): "c", ("332", "2022"): 33, ("333", "2022"): 70,
    }  # fmt: skip
    for files in ((old, new), (new, old)):
        frame = make.observe(PERCENT, *files)
        assert shown(frame) == expected
        release = dict(zip(zip(frame["area"], frame["period"], strict=True), frame["release"],
                           strict=True))  # fmt: skip
        assert release["330", "2021"] == release["333", "2022"] == "office 2022"
        assert release["330", "2022"] == release["331", "2022"] == "office 2023"


def test_a_number_that_was_hidden_later_stays_hidden_with_its_parts(make: Any) -> None:
    old = make.ees(*rows(("331", "2022", "60")))
    new = make.ees(*rows(("331", "2022", "c"), ("330", "2023", "1")))
    for source in (PERCENT, {"derive": "ratio", "numerator": "n", "denominator": "d"}):
        frame = make.observe(source, old, new)
        hidden = frame[(frame["area"] == "331") & (frame["period"] == "2022")]
        assert hidden["status"].tolist() == ["c"]
        assert hidden[["value", "numerator"]].isna().all(axis=None)


def test_what_a_newer_release_replaced_is_kept_but_not_what_is_hidden_now(make: Any) -> None:
    some = make.catalogue(make.indicator(source=[{"dataset": "made", **PERCENT}]))
    dataset, wanted = some.datasets["made"], needs(some)["made"]
    read = Read()
    for content in (
        make.ees(*rows(("330", "2021", "50"), ("331", "2021", "60"), ("332", "2021", "c"),
                       ("333", "2021", "70"))),
        make.ees(*rows(("330", "2021", "51"), ("331", "2021", "c"), ("332", "2021", "33"),
                       ("333", "2021", "70"), ("330", "2022", "52"))),
        make.ees(*rows(("330", "2021", "51"), ("330", "2023", "53"))),
    ):  # fmt: skip
        table = read_ees(content, dataset, wanted, f"file {len(read.tables.get('made', []))}")
        read.tables.setdefault("made", []).append(table)
    made = extract_of(some.indicator("measure"), read, some, {})
    assert made is not None
    assert made.replaced is not None
    assert made.replaced.schema == SCHEMA
    told = make.frame(made.replaced)[["area", "period", "value", "status", "release"]]
    assert told.astype(object).where(told.notna(), None).to_numpy().tolist() == [
        ["330", "2021", 50, "ok", "office 2021"],  # not 51 twice, which is what it is
        ["332", "2021", None, "c", "office 2021"],
    ]  # and nothing of 331, whose 60 became confidential
    alone = Read(tables={"made": read.tables["made"][:1]})
    (only,) = [extract_of(some.indicator("measure"), alone, some, {})]
    assert only is not None
    assert only.replaced is None


def test_the_first_source_wins_whatever_its_release(make: Any) -> None:
    content = make.ees(
        ("330", "2024", {"a": "1", "b": "9"}),
        ("330", "2025", {"a": "x", "b": "8"}),
    )
    first = {"value": "a", "first": "2025"}
    frame = make.observe([first, {"value": "b"}], content, unit="count")
    assert shown(frame) == {("330", "2024"): 9, ("330", "2025"): "x"}


def test_two_files_that_disagree(make: Any) -> None:
    one = make.ees(*rows(("330", "2025", "50"), ("331", "2025", "60")))
    two = make.ees(*rows(("332", "2025", "1"), ("332", "2024", "1"), ("331", "2025", "61")))
    with pytest.raises(CscdashError) as caught:
        make.observe(PERCENT, one, two)
    assert str(caught.value) == (
        "measure: two different values for Coventry, 2025, total: 60 (10 of 20) in file 1, line 3,"
        " and 61 (10 of 20) in file 2, line 4. Keep only the file that holds."
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"pct": "50", "n": "10", "d": "20"}, {"pct": "c", "n": "10", "d": "20"}),
        ({"pct": "c", "n": "c", "d": "20"}, {"pct": "x", "n": "c", "d": "20"}),
        ({"pct": "50", "n": "10", "d": "20"}, {"pct": "50", "n": "11", "d": "20"}),
        ({"pct": "50", "n": "10", "d": "20"}, {"pct": "50", "n": "10", "d": "c"}),
    ],
)
def test_two_rows_that_disagree_in_anything(make: Any, one: Any, two: Any) -> None:
    for content in ([make.ees(("330", "2025", one), ("330", "2025", two))],
                    [make.ees(("330", "2025", one)), make.ees(("330", "2025", two))]):  # fmt: skip
        with pytest.raises(CscdashError, match="two different values for Birmingham, 2025, total"):
            make.observe(PERCENT, *content)


def test_three_rows_the_last_of_which_disagrees(make: Any) -> None:
    content = make.ees(*rows(("330", "2025", "5"), ("330", "2025", "5"), ("330", "2025", "6")))
    with pytest.raises(CscdashError, match=r"line 3,? .*line 4|line 2,? .*line 4"):
        make.observe(PERCENT, content)


def test_copies_do_no_harm(make: Any) -> None:
    some = rows(("330", "2025", "50"), ("331", "2025", "c"))
    frame = make.observe(PERCENT, make.ees(*some, *some), make.ees(*some))
    assert shown(frame) == {("330", "2025"): 50, ("331", "2025"): "c"}


def test_two_names_for_one_category_that_disagree(make: Any) -> None:
    content = make.ees(
        ("330", "2025", {"sex": "Male", "n": "5"}), ("330", "2025", {"sex": "Boys", "n": "6"})
    )
    breakdown = {"name": "sex", "column": "sex", "labels": {"Boys": "Male"}}
    source = {"value": "n", "total": False, "breakdown": [breakdown]}
    with pytest.raises(CscdashError, match="two different values for Birmingham, 2025, Male"):
        make.observe(source, content, unit="count", headline="Male")


def test_an_extract_is_sorted_and_as_its_schema_says(make: Any) -> None:
    some = [("331", "2025"), ("330", "2024"), ("E92000001", "2025"), ("330", "2025")]
    content = make.ees(*((a, p, {"sex": s, "n": "1"}) for s in ("M", "F", "T") for a, p in some))
    source = {"dataset": "made", "value": "n", "where": {"sex": "T"},
              "breakdown": [{"name": "sex", "column": "sex", "drop": ["T"]}]}  # fmt: skip
    declared = make.catalogue(make.indicator(source=[source], unit="count"))
    dataset = declared.datasets["made"]
    table = read_ees(content, dataset, make.needs({"sex", "n"}), "f")
    ((_, extract, _),) = each_extract(Read(tables={"made": [table]}), declared)
    assert extract.schema == SCHEMA
    assert problems(extract) == []
    frame = make.frame(extract)
    assert len(frame) == 12
    key = frame[["area", "breakdown", "period", "category"]].apply(tuple, axis=1).tolist()
    assert key == sorted(key)
    assert frame["period_end"].astype(str).unique().tolist() == ["2024-03-31", "2025-03-31"]
