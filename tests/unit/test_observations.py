"""Choosing among observations: order, statuses, joint returns, breaks, the main series."""

from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from cscdash.analysis.coverage import coverage
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import (
    CannotSay,
    authorities,
    break_between,
    joint_partner,
    since_break,
)
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Break
from cscdash.extracts import Columns, Observation, Status, problems
from tests.unit.observed import at, broken, extract, point, table


def test_a_line_is_ordered_and_keeps_the_reason_of_a_gap() -> None:
    held = extract(
        [
            {"area": "330", "period": "2025", "value": 3.0},
            {"area": "330", "period": "2023", "value": 1.0},
            {"area": "330", "period": "2024", "status": "c"},
            {"area": "331", "period": "2024", "value": 9.0},
        ]
    )
    assert [(p.period, p.value, p.status) for p in held.line("330")] == [
        ("2023", 1.0, "ok"),
        ("2024", None, "c"),
        ("2025", 3.0, "ok"),
    ]
    assert held.line("999") == ()
    assert held.periods == ("2023", "2024", "2025")
    assert held.latest == "2025"


def test_an_observation_is_its_row_whole() -> None:
    rows = [
        {"area": "330", "value": 81.5, "numerator": 163, "denominator": 200, "flags": "pr",
         "release": "children-in-need 2025"},
        {"area": "331", "period": "2024", "value": 7.0, "release": "children-in-need 2024"},
    ]  # fmt: skip
    held = extract(rows)
    assert held.point("330", "2025") == Observation(
        area="330",
        period="2025",
        end=date(2025, 3, 31),
        value=81.5,
        numerator=163.0,
        denominator=200.0,
        status=Status.OK,
        flags="pr",
        release="children-in-need 2025",
        breakdown="total",
        category="total",
    )
    assert held.line("331")[0].release == "children-in-need 2024"
    assert held.point("330", "2025") is held.line("330")[-1]


def test_a_hidden_cell_gives_no_value_even_if_a_number_stands_in_it() -> None:
    held = extract([{"area": "330", "value": 0.0, "status": "c"}])
    assert held.line("330")[0].value is None
    assert held.line("330")[0].status is Status.CONFIDENTIAL


def test_a_number_that_is_none_is_not_available() -> None:
    for number in (np.nan, np.inf):
        (found,) = extract([{"area": "330", "value": number}]).line("330")
        assert (found.value, found.status) == (None, Status.NOT_AVAILABLE)


def test_counts_of_pounds_or_sessions_stay_out_of_every_statement_of_chance() -> None:
    rows = [{"area": "330", "value": 7.0, "numerator": 7, "denominator": 9}]
    (found,) = extract(rows, noun="").line("330")
    assert (found.value, found.numerator, found.denominator) == (7.0, None, None)
    (found,) = extract(rows, noun="child").line("330")
    assert (found.numerator, found.denominator) == (7.0, 9.0)


def test_at_takes_the_main_series_and_groups_the_others() -> None:
    rows = [
        {"area": "330", "value": 1.0},
        {"area": "330", "value": 2.0, "breakdown": "sex", "category": "girls"},
        {"area": "330", "value": 3.0, "breakdown": "sex", "category": "boys", "period": "2024"},
    ]
    held = extract(rows)
    assert {area: one.value for area, one in held.at("2025").items()} == {"330": 1.0}
    assert held.at("2024") == {}
    assert {name: one.value for name, one in held.groups("330", "sex").items()} == {"girls": 2.0}
    assert held.groups("331", "sex") == {}


def test_without_a_total_the_headline_is_the_main_series() -> None:
    rows = [
        {"area": "330", "value": value, "breakdown": "time open", "category": category}
        for category, value in (("2 years or more", 31.0), ("under 3 months", 24.0))
    ]
    held = extract(rows, headline="2 years or more")
    assert held.main == ("time open", "2 years or more")
    assert held.headline == "2 years or more"
    assert held.line("330")[0].value == 31.0
    assert held.latest == "2025"
    with_total = extract([*rows, {"area": "330", "value": 100.0}], headline="2 years or more")
    assert (with_total.headline, with_total.line("330")[0].value) == ("", 100.0)


def test_the_latest_period_is_the_last_with_a_value() -> None:
    held = extract(
        [
            {"area": "330", "period": "2024", "value": 1.0},
            {"area": "330", "period": "2025", "status": "c"},
            {"area": "331", "period": "2026", "value": 1.0, "breakdown": "sex", "category": "g"},
        ]
    )
    assert held.latest == "2024"
    assert extract([{"area": "330", "status": "c"}]).latest == "2025"
    assert extract([]).latest == ""
    absent = held.absent("332", "2024")
    assert (absent.value, absent.status, absent.end) == (None, "x", date(2024, 3, 31))


def test_releases_stand_by_the_latest_period_that_is_of_them() -> None:
    rows = [
        {"area": "330", "period": "2023", "value": 1.0, "release": "a 2025"},  # revised there
        {"area": "330", "period": "2024", "value": 1.0, "release": "b 2024"},
        {"area": "330", "period": "2025", "value": 1.0, "release": "a 2025"},
        {"area": "331", "period": "2022", "value": 1.0, "release": "c 2022"},
        {"area": "332", "period": "2024", "status": "c", "release": "d 2024"},
    ]
    for order in (rows, rows[::-1]):
        # b and d are of the same period: by name
        assert extract(order).releases == ("a 2025", "b 2024", "d 2024", "c 2022")
    assert extract([]).releases == ()


def test_breakdowns_are_the_declared_ones_that_have_rows() -> None:
    declared = catalogue().indicator("looked_after_rate").source[0]
    one, other = (
        declared.model_copy(update={"breakdown": [
            SimpleNamespace(name=name) for name in names
        ]}) for names in (("age", "sex"), ("sex", "ethnicity", "need"))
    )  # fmt: skip
    rows = [
        {"area": "330", "value": 1.0},
        *({"area": "330", "value": 1.0, "breakdown": name, "category": "x"}
          for name in ("need", "sex", "undeclared")),
    ]  # fmt: skip
    held = extract(rows, source=[one, other])
    assert held.breakdowns == ("sex", "need")  # as declared; none without rows, each once
    assert extract(rows[:1], source=[one, other]).breakdowns == ()


def test_groups_are_of_one_area_and_the_latest_period_that_has_them() -> None:
    rows = [
        {"area": "330", "period": period, "value": value, "breakdown": "age", "category": category}
        for period, category, value in [
            ("2023", "16 and over", 1.0), ("2023", "under 1", 2.0), ("2023", "1 to 4", 3.0),
            ("2024", "16 and over", 4.0), ("2024", "under 1", 5.0),
        ]
    ]  # fmt: skip
    rows += [{"area": "331", "period": "2025", "value": 9.0, "breakdown": "age", "category": "x"},
             {"area": "330", "period": "2025", "value": 7.0}]  # fmt: skip
    found = extract(rows).groups("330", "age")
    # ages in their order, not by name; 1 to 4 has none in 2024
    assert [(name, one.value, one.period) for name, one in found.items()] == [
        ("under 1", 5.0, "2024"), ("16 and over", 4.0, "2024"),
    ]  # fmt: skip
    assert extract(rows).groups("330", "need") == {}


def test_lines_of_several_areas() -> None:
    rows = [{"area": a, "period": p, "value": v} for a, p, v in
            (("330", "2024", 1.0), ("330", "2025", 2.0), ("331", "2025", 3.0))]  # fmt: skip
    found = extract(rows).lines(["331", "999", "330"])
    assert {a: [one.value for one in line] for a, line in found.items()} == {
        "331": [3.0], "999": [], "330": [1.0, 2.0],
    }  # fmt: skip
    assert list(found) == ["331", "999", "330"]


def test_an_area_of_a_period_that_is_not_there() -> None:
    held = extract([{"area": "330", "value": 1.0}])
    assert held.at("2031") == {}
    assert held.point("330", "2031") is None
    assert held.point("331", "2025") is None
    england = extract([{"area": "E92000001", "value": 5.0}]).england()
    assert [one.value for one in england] == [5.0]


def test_statuses_are_counted_by_period_without_the_groups() -> None:
    rows = [
        {"area": "330", "value": 1.0},
        {"area": "331", "status": "c"},
        {"area": "332", "status": "c", "breakdown": "sex", "category": "g"},
        {"area": "E92000001", "period": "2024", "value": 5.0},
    ]
    found = extract(rows).statuses({"330", "331", "332"})
    assert found == {"2024": Counter(), "2025": Counter({Status.OK: 1, Status.CONFIDENTIAL: 1})}


def test_periods_stand_by_their_end_whatever_the_order_of_rows() -> None:
    rows = [{"area": "1", "period": p, "value": 1.0} for p in ("2025", "2023", "2024")]
    for order in (rows, rows[::-1]):
        assert Columns(table(order)).periods == ("2023", "2024", "2025")


def test_a_period_has_one_end() -> None:
    rows = [
        {"area": "330", "value": 1.0},
        {"area": "331", "value": 1.0, "period_end": date(2025, 8, 31)},
    ]
    assert problems(table(rows)) == ["a period has two ends"]
    assert problems(table(rows[:1])) == []


def test_memory_is_counted_with_the_observations_made() -> None:
    held = extract([{"area": str(300 + at), "value": 1.0} for at in range(100)])
    before = held.nbytes
    held.at("2025")
    assert 100 * 100 < held.nbytes - before < 100 * 1000


def test_every_letter_has_words() -> None:
    assert [status.spelled for status in Status][1] == "[c] hidden because the number is small"
    assert Status.of("?") is Status.NOT_AVAILABLE
    assert point(2025, 1.0, flags="erpl").noted == ("p", "r")


def test_an_extract_of_the_catalogue_is_read_with_its_declaration() -> None:
    held = Extract(catalogue().indicator("looked_after_rate"), Columns(table([])))
    assert (held.periods, held.at("2025"), held.breakdowns) == ((), {}, ())


def test_authorities_leave_out_regions_and_count_a_joint_return_once() -> None:
    rows = [
        {"area": "314", "value": 5.0, "flags": "j"},
        {"area": "318", "value": 5.0, "flags": "j"},
        {"area": "940", "value": 5.0},
        {"area": "941", "value": 5.0},
        {"area": "942", "status": "c"},
        {"area": "E12000005", "value": 5.0},
        {"area": "E92000001", "value": 5.0},
    ]
    assert [one.area for one in authorities(at(rows))] == ["314", "940", "941"]


def test_two_joint_rows_of_different_value_both_stand() -> None:
    rows = [{"area": a, "value": v, "flags": "j"} for a, v in (("314", 5.0), ("318", 6.0))]
    assert len(authorities(at(rows))) == 2


def test_joint_partner() -> None:
    assert joint_partner("941") == "940"
    assert joint_partner("330") is None


def test_since_break_starts_with_the_last_break_that_has_happened() -> None:
    points = [point(year, 1.0) for year in (2022, 2023, 2024)]
    assert [p.period for p in since_break(points, broken("2023"))] == ["2023", "2024"]
    assert len(since_break(points, broken("2026"))) == 3
    assert since_break([], broken("2023")) == ()


def test_a_break_of_one_breakdown_does_not_break_the_total() -> None:
    points = [point(year, 1.0) for year in (2022, 2023, 2024)]
    split = [Break(period="2023", why="Split in two.", breakdown="factor")]
    assert len(since_break(points, split)) == 3
    ages = [replace(one, breakdown="age") for one in points]
    factors = [replace(one, breakdown="factor") for one in points]
    assert len(since_break(ages, split)) == 3
    assert [p.period for p in since_break(factors, split)] == ["2023", "2024"]
    assert break_between(points[0], points[-1], split) is None
    assert break_between(factors[0], factors[-1], split) is split[0]


def test_how_unusual_an_authority_is_in_a_period() -> None:
    rows = [
        {"area": str(800 + at), "value": float(n), "numerator": n, "denominator": 10_000}
        for at, n in enumerate([*range(40, 64), 400])
    ]
    held = extract(rows)
    found = held.unusual("2025", "824")
    assert not isinstance(found, CannotSay)
    assert (found.as_far, found.counted) == (1, 25)
    assert held.unusual("2025", "999") == CannotSay("it has no value")


def test_an_authority_is_set_beside_authorities_a_region_beside_its_own_past() -> None:
    rows = [
        {"area": area, "period": str(year), "value": n / 10, "numerator": n, "denominator": 1e5}
        for area, line in {
            **{str(800 + at): [300 + 5 * at] * 6 for at in range(12)},
            "E12000005": [300, 400, 300, 400, 300, 400],
        }.items()
        for year, n in enumerate(line, 2020)
    ]
    held = extract(rows)
    assert held.usual_for("801") is held.usual
    assert held.usual_for("E12000005") is None
    assert held.scatter_of("801") is held.usual.scatter
    # sqrt((400 + 3/8) ÷ 100,000) − sqrt((300 + 3/8) ÷ 100,000) = 0.063275 − 0.054806, up and down:
    # the variance of five changes ±0.008469, three up, is 0.008469² × 24 ÷ 25 × 5 ÷ 4 less chance
    own = held.scatter_of("E12000005")
    assert own is not None and own.passing == 0.0 and own.rests_on == 4
    assert own.lasting == pytest.approx(0.008469**2 * 1.2 - 2 * 0.25e-5, rel=1e-3)
    # a share with more in the numerator than in the denominator is none
    more = [{**one, "denominator": 350.0} for one in rows]
    assert extract(more, unit="percent").scatter_of("E12000005") is None
    assert extract(rows, unit="score").scatter_of("E12000005") is None
    assert held.scatter_of("E12000001") is None  # no line at all


def test_coverage_year_by_year() -> None:
    rows = [
        {"area": "330", "period": "2023", "value": 1.0},
        {"area": "331", "period": "2023", "status": "c"},
        {"area": "332", "period": "2023", "status": "z"},  # no such children: counts neither way
        {"area": "E92000001", "period": "2024", "value": 5.0},
        {"area": "E12000005", "period": "2025", "value": 5.0},  # neither authority nor England
    ]
    found = coverage([extract(rows)], {"330", "331", "332"}, "E92000001")
    assert [(one.period, one.year, one.have, one.of, one.national) for one in found] == [
        ("2023", 2023, 1, 2, False),
        ("2024", 2024, 0, 0, True),
    ]
    assert found[0].missing == {Status.CONFIDENTIAL: 1, Status.NOT_APPLICABLE: 1}
    assert [one.share for one in found] == [0.5, 0.0]
