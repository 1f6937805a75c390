"""Regions summed from their authorities, and what they must not give away."""

from typing import Any

import pytest

from cscdash.errors import CscdashError
from tests.unit.derived import cell, said

ENGLAND = "E92000001"
WEST_MIDLANDS, LONDON, INNER, OUTER = "E12000005", "E12000007", "E13000001", "E13000002"


SUMMED = {"derive": "ratio", "numerator": "n", "denominator": "d", "regions": "summed"}


def test_regions_leave_out_whoever_has_no_value(make: Any) -> None:
    content = make.ees(
        (ENGLAND, "2025", {"n": "400", "d": "1000"}),
        ("330", "2025", {"n": "[x]", "d": "5000"}),  # Birmingham
        ("331", "2025", {"n": "30", "d": "100"}),
        ("332", "2025", {"n": "10", "d": "60"}),
    )
    frame = make.observe(SUMMED, content)
    assert said(cell(frame, WEST_MIDLANDS)) == ("ok", 25, 40, 160)
    assert said(cell(frame, ENGLAND)) == ("ok", 40, 400, 1000)
    assert cell(frame, WEST_MIDLANDS)["flags"] == "e"
    assert set(frame["area"]) == {ENGLAND, "330", "331", "332", WEST_MIDLANDS}


def test_london_is_summed_once(make: Any) -> None:
    content = make.ees(
        ("202", "2025", {"n": "1", "d": "4"}),  # Camden, Inner
        ("302", "2025", {"n": "3", "d": "4"}),  # Barnet, Outer
    )
    frame = make.observe(SUMMED, content)
    assert said(cell(frame, INNER)) == ("ok", 25, 1, 4)
    assert said(cell(frame, OUTER)) == ("ok", 75, 3, 4)
    assert said(cell(frame, LONDON)) == ("ok", 50, 4, 8)


@pytest.mark.parametrize("symbol", ["c", "k"])
def test_a_hidden_authority_hides_its_region(make: Any, symbol: str) -> None:
    content = make.ees(
        ("202", "2025", {"n": symbol, "d": "4"}),
        ("302", "2025", {"n": "3", "d": "4"}),
        ("330", "2025", {"n": "3", "d": "4"}),
    )
    frame = make.observe(SUMMED, content)
    for region in (INNER, LONDON):
        assert said(cell(frame, region)) == ("c", None, None, None)
    assert said(cell(frame, OUTER)) == ("ok", 75, 3, 4)
    assert said(cell(frame, WEST_MIDLANDS)) == ("ok", 75, 3, 4)


def test_a_region_where_nobody_has_a_value(make: Any) -> None:
    frame = make.observe(SUMMED, make.ees(("330", "2025", {"n": "x", "d": "4"})))
    assert said(cell(frame, WEST_MIDLANDS)) == ("x", None, None, None)


def test_a_region_of_rounded_values_is_worked_out_from_its_parts(make: Any) -> None:
    content = make.ees(
        ("330", "2025", {"pct": "33", "n": "1", "d": "3"}),
        ("331", "2025", {"pct": "67", "n": "2", "d": "3"}),
        ("332", "2025", {"pct": "14", "n": "1", "d": "7"}),
    )
    source = {"value": "pct", "numerator": "n", "denominator": "d", "regions": "summed"}
    frame = make.observe(source, content)
    assert said(cell(frame, WEST_MIDLANDS)) == ("ok", 400 / 13, 4, 13)
    lacking = make.observe({"value": "pct", "regions": "summed"}, content)
    assert said(cell(lacking, WEST_MIDLANDS)) == ("x", None, None, None)


def test_regions_of_counts_and_of_pounds_per_child(make: Any) -> None:
    content = make.ees(("330", "2025", {"n": "30"}), ("331", "2025", {"n": "10"}))
    counts = make.observe({"value": "n", "regions": "summed"}, content, unit="count")
    assert said(cell(counts, WEST_MIDLANDS)) == ("ok", 40, None, None)
    people = make.ees(*((a, "2024", {"population_estimate": p})
                        for a, p in (("330", "290"), ("331", "110"))))  # fmt: skip
    source = {"derive": "rate", "numerator": "n", "population": "population", "scale": 1000.0,
              "regions": "summed"}  # fmt: skip
    pounds = make.observe(source, content, population=people, unit="pounds")
    assert said(cell(pounds, WEST_MIDLANDS)) == ("ok", 100, 40, 400)


def test_a_joint_return_counts_once_in_its_region(make: Any) -> None:
    content = make.ees(
        ("314 / 318", "2025", {"n": "3", "d": "4"}),  # Kingston and Richmond
        ("302", "2025", {"n": "1", "d": "12"}),
    )
    frame = make.observe(SUMMED, content)
    assert said(cell(frame, OUTER)) == ("ok", 25, 4, 16)


def test_a_joint_return_is_shown_for_both_and_marked(make: Any) -> None:
    content = make.ees(
        ("314 / 318", "2025", {"pct": "11.5"}),
        ("940 / 941", "2025", {"pct": "u"}),
        ("302", "2025", {"pct": "9"}),
    )
    frame = make.observe({"value": "pct"}, content, period_means="30 September")
    assert [said(cell(frame, a)) for a in ("314", "318")] == [("ok", 11.5, None, None)] * 2
    assert [said(cell(frame, a)) for a in ("940", "941")] == [("u", None, None, None)] * 2
    assert dict(zip(frame["area"], frame["flags"], strict=True)) == {
        "302": "", "314": "j", "318": "j", "940": "j", "941": "j",
    }  # fmt: skip


def test_doubted_cells_have_no_number_and_leave_their_region(make: Any) -> None:
    content = make.ees(
        ("310", "2024", {"n": "5", "d": "10"}),
        ("310", "2025", {"n": "6", "d": "10"}),
        ("302", "2024", {"n": "2", "d": "8"}),
    )
    doubts = [{"area": "310", "period": "2024", "status": "u", "why": "a note in the file"}]
    frame = make.observe({**SUMMED, "doubts": doubts}, content)
    assert said(cell(frame, "310", period="2024")) == ("u", None, None, None)
    assert said(cell(frame, "310")) == ("ok", 60, 6, 10)
    assert said(cell(frame, OUTER, period="2024")) == ("ok", 25, 2, 8)


def test_a_doubt_about_nobody(make: Any) -> None:
    doubts = [{"area": "31O", "period": "2024", "status": "u", "why": "misspelt"}]
    with pytest.raises(CscdashError, match="‘31O’ is not the code of an area"):
        make.observe({**SUMMED, "doubts": doubts}, make.ees(("310", "2024", {"n": "5", "d": "1"})))


def test_provisional_figures_are_marked_in_the_region_too(make: Any) -> None:
    content = make.ees(
        ("330", "2025 (prov)", {"n": "1", "d": "4"}), ("331", "2024", {"n": "1", "d": "4"})
    )
    frame = make.observe(SUMMED, content)
    assert cell(frame, "330")["flags"] == cell(frame, WEST_MIDLANDS)["flags"] == "pe"
    assert cell(frame, WEST_MIDLANDS, period="2024")["flags"] == "e"
