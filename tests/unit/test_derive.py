"""Every derivation of the closed list, on tables small enough to work out by hand."""

import math
from typing import Any

import pytest

from cscdash.errors import CscdashError
from tests.unit.derived import PLACEMENTS, cell, said

ENGLAND = "E92000001"


def test_direct_keeps_what_is_published(make: Any) -> None:
    content = make.ees(
        (ENGLAND, "2025", {"pct": "22.6", "n": "140", "d": "620"}),
        ("330", "2025", {"pct": "c", "n": "c", "d": "12"}),
        ("331", "2025", {"pct": "low", "n": "1", "d": "900"}),
        ("332", "2025", {"pct": "0", "n": "0", "d": "900"}),
        ("333", "2025", {"pct": "z", "n": "x", "d": "0"}),
    )
    source = {"value": "pct", "numerator": "n", "denominator": "d"}
    frame = make.observe(source, content)
    assert said(cell(frame, ENGLAND)) == ("ok", 22.6, 140, 620)
    assert said(cell(frame, "330")) == ("c", None, None, 12)
    assert said(cell(frame, "331")) == ("k", None, 1, 900)
    assert said(cell(frame, "332")) == ("ok", 0, 0, 900)
    assert said(cell(frame, "333")) == ("z", None, None, 0)
    assert set(frame["flags"]) == {""}
    assert set(frame["release"]) == {"office 2025"}
    assert set(frame["breakdown"]) == {"total"}


def test_direct_with_the_denominator_in_another_row(make: Any) -> None:
    source = {
        "where": {"group": "Placement", "part": "Foster"},
        "value": "pct",
        "numerator": "n",
        "denominator_where": {"part": "Total"},
        "breakdown": [
            {"name": "placement", "adds_up_to": "numerator", "column": "part", "drop": ["Total"],
             "labels": {"Foster": "Foster care"}}
        ],
    }  # fmt: skip
    frame = make.observe(source, make.ees(*PLACEMENTS))
    assert said(cell(frame, "330")) == ("ok", 60, 120, 200)
    assert said(cell(frame, "330", "Foster care")) == ("ok", 60, 120, 200)
    assert said(cell(frame, "330", "Homes")) == ("ok", 15, 30, 200)
    assert said(cell(frame, "331", "Homes")) == ("c", None, None, 50)
    assert set(frame["category"]) == {"total", "Foster care", "Homes", "Hostels"}
    assert set(frame["breakdown"]) == {"total", "placement"}


def test_two_denominators_for_one_cell(make: Any) -> None:
    rows = [*PLACEMENTS, ("330", "2025", {"group": "Placement", "part": "Total", "n": "201"})]
    source = {"where": {"group": "Placement", "part": "Foster"}, "value": "pct", "numerator": "n",
              "denominator_where": {"part": "Total"}}  # fmt: skip
    with pytest.raises(CscdashError, match=r"^file 1, line 2, column n: a second row"):
        make.observe(source, make.ees(*((a, p, {"pct": "1", **c}) for a, p, c in rows)))


def test_ratio(make: Any) -> None:
    content = make.ees(
        (ENGLAND, "2025", {"n": "528", "d": "1000"}),
        ("330", "2025", {"n": "c", "d": "1000"}),
        ("331", "2025", {"n": "3", "d": "k"}),
        ("332", "2025", {"n": "0", "d": "0"}),
        ("333", "2025", {"n": "1", "d": "3"}),
        ("334", "2025", {"n": "x", "d": "c"}),
    )
    frame = make.observe({"derive": "ratio", "numerator": "n", "denominator": "d"}, content)
    assert said(cell(frame, ENGLAND)) == ("ok", 52.8, 528, 1000)
    assert said(cell(frame, "330")) == ("c", None, None, 1000)
    assert said(cell(frame, "331")) == ("k", None, None, None)
    assert said(cell(frame, "332")) == ("z", None, 0, 0)
    assert said(cell(frame, "333")) == ("ok", 100 / 3, 1, 3)
    assert said(cell(frame, "334")) == ("x", None, None, None)
    assert set(frame["flags"]) == {"e"}


def test_ratio_in_other_units(make: Any) -> None:
    content = make.ees(("330", "2025", {"n": "3", "d": "2"}))
    source = {"derive": "ratio", "numerator": "n", "denominator": "d"}
    assert make.observe(source, content, unit="ratio")["value"].tolist() == [1.5]
    assert make.observe(source, content, unit="rate per 10,000")["value"].tolist() == [15_000]
    pounds = make.observe({**source, "scale": 1000.0}, content, unit="pounds")
    assert pounds["value"].tolist() == [1500]


def test_share(make: Any) -> None:
    source = {
        "derive": "share",
        "where": {"group": "Placement", "part": "Homes"},
        "numerator": "n",
        "denominator_where": {"part": "Total"},
        "breakdown": [
            {"name": "placement", "adds_up_to": "numerator", "column": "part", "drop": ["Total"]}
        ],
    }
    frame = make.observe(source, make.ees(*PLACEMENTS))
    assert said(cell(frame, "330")) == ("ok", 15, 30, 200)
    assert said(cell(frame, "330", "Hostels")) == ("ok", 2.5, 5, 200)
    assert said(cell(frame, "331")) == ("c", None, None, 50)
    assert said(cell(frame, "331", "Foster")) == ("ok", 80, 40, 50)
    assert set(frame["flags"]) == {"e"}


def test_share_without_its_denominator(make: Any) -> None:
    rows = [row for row in PLACEMENTS if (row[0], row[2]["part"]) != ("331", "Total")]
    source = {"derive": "share", "where": {"group": "Placement", "part": "Foster"},
              "numerator": "n", "denominator_where": {"part": "Total"}}  # fmt: skip
    frame = make.observe(source, make.ees(*rows))
    assert said(cell(frame, "331")) == ("x", None, 40, None)


def test_rate_over_the_population_of_the_year_before(make: Any) -> None:
    content = make.ees(
        (ENGLAND, "2025", {"n": "230590"}),
        ("330", "2025", {"n": "c"}),
        ("331", "2025", {"n": "30"}),
        ("331", "2024", {"n": "20"}),
        ("331", "2013", {"n": "20"}),
        ("332", "2025", {"n": "30"}),
        ("331", "2026", {"n": "30"}),
        ("330", "2026", {"n": "c"}),
    )
    people = make.ees(
        (ENGLAND, "2024", {"population_estimate": "12000000"}),
        ("330", "2024", {"population_estimate": "290000"}),
        ("331", "2024", {"population_estimate": "80000"}),
        ("331", "2023", {"population_estimate": "50000"}),
        ("332", "2024", {"population_estimate": "x"}),
    )
    source = {"derive": "rate", "numerator": "n", "population": "population"}
    frame = make.observe(source, content, population=people, unit="rate per 10,000")
    assert said(cell(frame, ENGLAND)) == ("ok", 230590 / 1200, 230590, 12_000_000)
    assert said(cell(frame, "330")) == ("c", None, None, 290_000)
    assert said(cell(frame, "331")) == ("ok", 3.75, 30, 80_000)
    assert said(cell(frame, "331", period="2024")) == ("ok", 4, 20, 50_000)
    assert said(cell(frame, "331", period="2013")) == ("n", None, 20, None)
    assert said(cell(frame, "331", period="2026")) == ("y", None, 30, None)
    assert said(cell(frame, "330", period="2026")) == ("c", None, None, None)
    assert said(cell(frame, "332")) == ("x", None, 30, None)
    same = make.observe({**source, "population_lag": 0}, content, population=people,
                        unit="rate per 10,000")  # fmt: skip
    assert said(cell(same, "331", period="2024")) == ("ok", 2.5, 20, 80_000)


def test_rate_of_a_financial_year(make: Any) -> None:
    content = make.ees(("331", "2024-25", {"n": "40"}))
    people = make.ees(("331", "2024", {"population_estimate": "80000"}))
    frame = make.observe(
        {"derive": "rate", "numerator": "n", "population": "population", "scale": 1000.0},
        content, population=people, unit="pounds",
        time_identifier="Financial year", period_means="financial year",
    )  # fmt: skip
    assert frame[["period", "value"]].to_numpy().tolist() == [["2024/25", 0.5]]


def test_two_populations_for_one_area(make: Any) -> None:
    people = make.ees(
        ("331", "2024", {"population_estimate": "80000"}),
        ("331", "2024", {"population_estimate": "80001"}),
    )
    with pytest.raises(CscdashError, match=r"^people, line [23], column population_estimate"):
        make.observe(
            {"derive": "rate", "numerator": "n", "population": "population"},
            make.ees(("331", "2025", {"n": "40"})), population=people,
        )  # fmt: skip


def test_a_population_for_half_a_year(make: Any) -> None:
    people = make.ees(("331", "202425", {"population_estimate": "80000"}))
    with pytest.raises(CscdashError, match=r"^people: ‘202425’ is not a period"):
        make.observe(
            {"derive": "rate", "numerator": "n", "population": "population"},
            make.ees(("331", "2025", {"n": "40"})), population=people,
        )  # fmt: skip


def test_complement(make: Any) -> None:
    content = make.ees(
        ("330", "2025", {"pct": "52.8", "n": "528", "d": "1000"}),
        ("331", "2025", {"pct": "c", "n": "c", "d": "10"}),
        ("332", "2025", {"pct": "x", "n": "5", "d": "10"}),
    )
    source = {"derive": "complement", "value": "pct", "numerator": "n", "denominator": "d"}
    frame = make.observe(source, content)
    assert said(cell(frame, "330")) == ("ok", 47.2, 472, 1000)
    assert said(cell(frame, "331")) == ("c", None, None, 10)
    assert said(cell(frame, "332")) == ("x", None, None, 10)
    assert set(frame["flags"]) == {"e"}
    bare = make.observe({"derive": "complement", "value": "pct"}, content)
    assert said(cell(bare, "330")) == ("ok", 47.2, None, None)


def test_years_and_months(make: Any) -> None:
    content = make.ees(
        (ENGLAND, "2025", {"t": "01:03"}),
        (ENGLAND, "2024", {"t": "00:10"}),
        (ENGLAND, "2023", {"t": "10:00"}),
        (ENGLAND, "2022", {"t": "z"}),
    )
    frame = make.observe({"derive": "months", "value": "t"}, content, unit="months")
    assert dict(zip(frame["period"], frame["value"], strict=True)) == {
        "2025": 15, "2024": 10, "2023": 120, "2022": pytest.approx(math.nan, nan_ok=True),
    }  # fmt: skip
    assert said(cell(frame, ENGLAND, period="2022")) == ("z", None, None, None)


@pytest.mark.parametrize("text", ["15", "01:12", "1.25", "1:03:00", "soon"])
def test_what_is_no_years_and_months(make: Any, text: str) -> None:
    content = make.ees((ENGLAND, "2024", {"t": "01:00"}), (ENGLAND, "2025", {"t": text}))
    with pytest.raises(CscdashError, match=r"^file 1, line 3, column t: .* is not years:months"):
        make.observe({"derive": "months", "value": "t"}, content, unit="months")


CROSSED = [
    ("330", "2025", {"place": place, "age": age, "n": n})
    for place, age, n in [
        ("Foster", "Under 10", "40"), ("Foster", "10 to 15", "60"), ("Foster", "Total", "100"),
        ("Homes", "Under 10", "c"), ("Homes", "10 to 15", "20"), ("Homes", "Total", "21"),
        ("Total", "Under 10", "41"), ("Total", "10 to 15", "80"), ("Total", "Total", "121"),
    ]
]  # fmt: skip


def test_a_breakdown_by_more_than_one_column(make: Any) -> None:
    divided = {
        "name": "placement and age", "column": "place", "across": ["age"], "drop": ["Total"],
        "labels": {"Foster": "Foster care"},
    }  # fmt: skip
    source = {
        "where": {"place": "Total", "age": "Total"}, "value": "n", "breakdown": [divided]
    }  # fmt: skip
    frame = make.observe(source, make.ees(*CROSSED), unit="count")
    assert said(cell(frame, "330")) == ("ok", 121, None, None)
    parts = frame[frame["breakdown"] == "placement and age"]
    assert sorted(parts["category"]) == [
        "Foster care, 10 to 15", "Foster care, Under 10", "Homes, 10 to 15", "Homes, Under 10",
    ]  # fmt: skip
    assert said(cell(frame, "330", "Foster care, 10 to 15"))[:2] == ("ok", 60)
    assert said(cell(frame, "330", "Homes, Under 10"))[:2] == ("c", None)


def test_a_source_without_a_total_row_is_the_sum_of_its_declared_parts(make: Any) -> None:
    rows = [row for row in CROSSED if "Total" not in row[2].values()]
    both = {"place": ["Foster", "Homes"]}
    source = {
        "derive": "sum", "numerator": "n", "where": {**both, "age": ["Under 10", "10 to 15"]},
        "breakdown": [{"name": "placement", "column": "place", "where": both}],
    }  # fmt: skip
    frame = make.observe(source, make.ees(*rows), unit="count")
    assert said(cell(frame, "330"))[0] == "c"  # one part is hidden: no sum gives it away
    assert said(cell(frame, "330", "Foster"))[:2] == ("ok", 100)
    assert said(cell(frame, "330", "Homes"))[0] == "c"


def test_wide_columns_become_categories(make: Any) -> None:
    content = make.ees(
        ("330", "2025", {"neglect": "7", "alcohol": "c"}),
        ("331", "2025", {"neglect": "x", "alcohol": "0"}),
    )
    columns = {"Neglect": "neglect", "Alcohol": "alcohol"}
    source = {"derive": "wide", "total": False, "breakdown": [{"name": "f", "columns": columns}]}
    frame = make.observe(source, content, unit="count", headline="Neglect")
    assert said(cell(frame, "330", "Neglect")) == ("ok", 7, None, None)
    assert said(cell(frame, "330", "Alcohol")) == ("c", None, None, None)
    assert said(cell(frame, "331", "Neglect")) == ("x", None, None, None)
    assert said(cell(frame, "331", "Alcohol")) == ("ok", 0, None, None)
    assert len(frame) == 4


def test_wide_columns_as_rates(make: Any) -> None:
    people = make.ees(("330", "2024", {"population_estimate": "10000"}))
    breakdown = {"name": "f", "columns": {"Neglect": "neglect"}, "derive": "rate"}
    source = {"derive": "wide", "total": False, "breakdown": [breakdown],
              "population": "population"}  # fmt: skip
    frame = make.observe(source, make.ees(("330", "2025", {"neglect": "7"})), population=people,
                         unit="rate per 10,000", headline="Neglect")  # fmt: skip
    assert said(cell(frame, "330", "Neglect")) == ("ok", 7, 7, 10_000)
    assert set(frame["flags"]) == {"e"}


LIVES = [("837", 2019), ("909", 2023), ("928", 2021)]  # last year to 31 March
BIRTHS = [("839", 2020), ("838", 2020), ("940", 2022), ("942", 2024)]  # first year to 31 March


@pytest.mark.parametrize(
    ("means", "kind", "write", "shift"),
    [
        ("31 March", "Reporting year", "{0}", 0),
        ("year to 31 March", "Reporting year", "{0}", 0),
        ("financial year", "Financial year", "{1}/{2}", 0),
        ("academic year", "Academic year", "{1}{2}", 0),
        ("30 September", "Reporting year", "{0}", -1),
        ("year to 30 September", "Reporting year", "{0}", -1),
    ],
)
def test_no_values_before_birth_or_after_death(
    make: Any, means: str, kind: str, write: str, shift: int
) -> None:
    """With the autumn's censuses new authorities begin, and old ones end, a year earlier."""
    years = range(2017, 2027)

    def text(year: int) -> str:
        return write.format(year, year - 1, f"{year % 100:02d}")

    areas = [code for code, _ in LIVES + BIRTHS]
    content = make.ees(*((a, text(y), {"n": "1"}) for a in areas for y in years))
    frame = make.observe({"value": "n"}, content, period_means=means, time_identifier=kind,
                         unit="count")  # fmt: skip
    ends = frame.assign(year=[int(p[:2] + p[-2:]) for p in frame["period"]])
    for code, last in LIVES:
        assert set(ends.loc[ends["area"] == code, "year"]) == set(range(2017, last + shift + 1))
    for code, first in BIRTHS:
        assert set(ends.loc[ends["area"] == code, "year"]) == set(range(first + shift, 2027))


def test_first_and_last_period_of_a_source(make: Any) -> None:
    content = make.ees(*(("330", str(y), {"n": str(y)}) for y in range(2015, 2020)))
    frame = make.observe({"value": "n", "first": "2016", "last": "2018"}, content, unit="count")
    assert frame["period"].tolist() == ["2016", "2017", "2018"]
    schools = {"time_identifier": "Academic year", "period_means": "academic year"}
    academic = make.observe({"value": "n", "first": "2016/17"}, content, unit="count", **schools)
    assert academic["period"].tolist() == ["2016/17", "2017/18", "2018/19"]


def test_a_missing_column_is_named(make: Any) -> None:
    content = make.ees(("330", "2025", {"number": "1"}))
    with pytest.raises(CscdashError, match=r"^file 1 has no column ‘numbers’; the nearest is"):
        make.observe({"value": "numbers"}, content)


def test_a_period_of_the_wrong_kind_is_named(make: Any) -> None:
    content = make.ees(("330", "2025", {"n": "1"}), ("330", "202425", {"n": "1"}))
    with pytest.raises(CscdashError, match=r"^file 1, line 3: ‘202425’ is not a period"):
        make.observe({"value": "n"}, content)
