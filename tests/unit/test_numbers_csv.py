"""The one CSV: header first, numbers as numbers, words apart, every release named."""

import io

import pandas as pd
import pytest

from cscdash.analysis.comparison import Middle, Spread
from cscdash.analysis.numbers_csv import COLUMNS, harmless, numbers_csv, table_csv
from cscdash.analysis.printed import median_of, printed, quartiles, releases
from cscdash.catalogue import catalogue
from tests.unit.observed import extract

RATE = catalogue().indicator("looked_after_rate")
ROWS = [
    {"area": "330", "value": 81.123456789, "numerator": 2163, "denominator": 266630,
     "flags": "p", "release": "children_looked_after 2025"},
    {"area": "E12000005", "value": 90.0, "release": "children_looked_after 2025"},
    {"area": "E92000001", "value": -0.5, "release": "children_looked_after 2022"},
    {"area": "331", "status": "c", "release": "children_looked_after 2022"},
    *({"area": str(332 + at), "value": float(at), "release": f"of {at % 2}"} for at in range(5)),
]  # fmt: skip


def read(content: bytes) -> pd.DataFrame:
    """As a reader would read it, without a hand."""
    return pd.read_csv(io.BytesIO(content), dtype={"period": str, "old_la_code": str})


def made(*areas: str, invented: bool = False) -> pd.DataFrame:
    held = extract(ROWS)
    cells = [printed(RATE, area, "2025", held.point(area, "2025")) for area in areas]
    return read(numbers_csv(cells, invented))


def test_the_header_is_the_first_line_and_data_are_called_invented_in_a_column() -> None:
    held = extract(ROWS)
    cells = [printed(RATE, "Birmingham", "2025", held.point("330", "2025"))]
    first = numbers_csv(cells, invented=True).decode("utf-8-sig").splitlines()[0]
    assert first.split(",") == list(COLUMNS)
    assert made("330", invented=True)["invented"].tolist() == ["yes"]
    assert made("330")["invented"].tolist() == ["no"]


def test_a_value_is_a_number_with_its_row_around_it() -> None:
    (row,) = made("330").to_dict("records")
    assert row["value"] == 81.123456789
    assert (row["numerator"], row["denominator"]) == (2163, 266630)
    assert (row["status"], row["flags"]) == ("ok", "p")
    assert row["release"] == "children_looked_after 2025"
    assert (row["geographic_level"], row["old_la_code"]) == ("Local authority", "330")
    assert (row["new_la_code"], row["la_name"]) == ("E08000025", "Birmingham")
    assert (row["region_code"], row["region_name"]) == ("E12000005", "West Midlands")
    assert (row["unit"], row["period"], row["time_period"]) == ("rate per 10,000", "2025", 2025)
    assert row["words"] == 81


def test_pounds_leave_with_their_value_and_no_chance_is_reckoned_from_them() -> None:
    spend = catalogue().indicator("spend_per_child")
    held = extract(
        [{"area": "330", "value": 950.5, "numerator": 1e8, "denominator": 105_208}], noun=""
    )
    point = held.point("330", "2025")
    assert point is not None and (point.numerator, point.denominator) == (None, None)
    (row,) = read(numbers_csv([printed(spend, "Birmingham", "2025", point)], False)).to_dict(
        "records"
    )
    assert (row["numerator"], row["denominator"]) == (1e8, 105_208)


def test_a_missing_value_is_empty_and_its_status_beside_it() -> None:
    (row,) = made("331").to_dict("records")
    assert pd.isna(row["value"])
    assert row["status"] == "c"
    assert row["words"] == "[c] hidden because the number is small"
    (none,) = made("999").to_dict("records")
    assert pd.isna(none["value"]) and none["words"] == "no figure"


def test_levels_are_named_as_the_publisher_names_them() -> None:
    found = made("330", "E12000005", "E92000001")
    assert found["geographic_level"].tolist() == ["Local authority", "Regional", "National"]
    assert found["value"].tolist() == [81.123456789, 90.0, -0.5]
    assert found["value"].dtype == float


def test_what_is_made_of_several_names_all_their_releases_and_no_area() -> None:
    held = extract(ROWS)
    group = held.middle("2025", "330", ["332", "333", "334", "335", "336"])
    assert isinstance(group, Middle)
    cell = median_of(RATE, "neighbours", "2025", group)
    (row,) = read(numbers_csv([cell], False)).to_dict("records")
    assert (row["value"], row["figure"]) == (2.0, "median of neighbours")
    assert row["release"] == "of 0; of 1"
    assert pd.isna(row["old_la_code"]) and pd.isna(row["status"])
    assert releases([cell]) == ("of 0", "of 1")


def test_a_chart_names_the_releases_of_what_it_draws_and_no_others() -> None:
    held = extract(ROWS)
    drawn = [printed(RATE, area, "2025", held.point(area, "2025")) for area in ("330", "E92000001")]
    assert set(releases(drawn)) == {"children_looked_after 2025", "children_looked_after 2022"}
    assert releases(drawn[:1]) == ("children_looked_after 2025",)
    spread = held.spread("2025")
    assert isinstance(spread, Spread)
    ends = quartiles(RATE, "2025", spread)
    assert set(releases(ends)) == {"children_looked_after 2025", "of 0", "of 1"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(-1.5) == -1.5


def test_a_table_of_other_things_says_invented_too() -> None:
    found = read(table_csv(pd.DataFrame({"What": ["a"], "How many": [3]}), True))
    assert found.to_dict("records") == [{"What": "a", "How many": 3, "invented": "yes"}]
