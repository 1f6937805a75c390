"""Local lines: one for each kind of period, with gaps, words and freshness."""

import pytest

from cscdash.charts.over_time import Band, Series, over_time_rows, table
from cscdash.charts.over_time_template import over_time_template
from cscdash.charts.theme import Theme
from cscdash.local.lines import evenly, freshness, local_lines, rhythm, span_words
from cscdash.views.parts.local_figures import series
from tests.unit.local_files import figure, measure
from tests.wording import unwanted


def test_kinds_of_period_are_lines_of_their_own() -> None:
    figures = [figure(9, period=p) for p in ("2025 Q1", "2025", "2025-03", "2025 Q2")]
    lines = local_lines(figures, measure(), "Leeds")
    assert {line.kind: len(line.figures) for line in lines} == {"quarter": 2, "year": 1, "month": 1}
    assert all("local, not published" in line.name for line in lines)
    assert all(list(line.places) == sorted(line.places) for line in lines)


def test_a_local_line_is_dotted_and_hollow_and_stops_at_a_gap() -> None:
    figures = [figure(9 + at, period=f"2025 Q{at}") for at in (1, 2, 4)]
    figures.append(figure(None, period="2026 Q1"))
    (line,) = local_lines(figures, measure(), "Leeds")
    rows = over_time_rows([series(line)], [], Band(), zero=True)
    drawn = rows[rows["mark"] == "local line"]
    assert [len(part) for _, part in drawn.groupby("stretch", sort=False)] == [2, 1]
    assert (rows["mark"] == "local").sum() == 3
    assert rows.loc[rows["mark"] == "gap", "text"].tolist() == ["[c]"]
    assert not set(rows["mark"]) & {"line", "point", "hollow"}


def test_only_a_chart_with_local_figures_has_their_layers() -> None:
    plain, local = (over_time_template(Theme(), False, "", local=on) for on in (False, True))
    assert len(local["layer"]) == len(plain["layer"]) + 2
    dotted = [x for x in local["layer"] if "local line" in str(x.get("transform"))]
    assert dotted[0]["mark"]["strokeDash"] == [1, 4]


def test_local_numbers_have_rows_of_their_own() -> None:
    (line,) = local_lines([figure(9), figure(None, period="2025 Q2")], measure(), "Leeds")
    leeds = Series("own", "Leeds", ["2025"], [2025.0], [40.0], ["ok"], [False], ["40"])
    found = table([leeds, series(line)])
    assert found["Area"].tolist() == ["Leeds", "local, not published: Leeds"]
    assert found["2025"].tolist() == ["40", ""]
    assert found["Q1 2025/26: April to June 2025"].tolist() == [
        "",
        "[c] hidden because the number is small",
    ]


def test_freshness_says_how_new_and_from_whom() -> None:
    words = freshness([figure(9, source="Case system", owner="A team")], "2026-11-21")
    assert "latest Q4 2024/25: January to March 2025, added 21 November 2026" in words
    assert "Source: Case system. Owner: A team." in words
    assert not unwanted(words)


@pytest.mark.parametrize(
    ("unit", "measures", "said"),
    [("count", "flow", True), ("percent", "flow", False), ("count", "stock", False)],
)
def test_a_quarter_of_a_flow_is_not_set_beside_a_year(unit: str, measures: str, said: bool) -> None:
    own = measure(unit=unit, measures=measures)
    assert bool(span_words([figure(9)], own)) == said
    assert not span_words([figure(9, period="2025")], own)


def test_quarters_that_were_left_out_have_no_value() -> None:
    (line,) = local_lines([figure(9), figure(8, period="2025 Q4")], measure(), "Leeds")
    first, last = "Q4 2024/25: January to March 2025", "Q3 2025/26: October to December 2025"
    assert evenly(line) == ([first, "", "", last], [9, None, None, 8])


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2025-04-30", "2025-05-31", "2025-07-31"), "month"),
        (("2025-03-31", "2025-06-30", "2025-12-31"), "quarter"),
        (("2025-04-30", "2025-05-30"), ""),
    ],
)
def test_a_stock_goes_by_the_ends_of_months_or_quarters(days: tuple[str, ...], found: str) -> None:
    own = measure(measures="stock", period_means="31 March")
    (line,) = local_lines([figure(9, period=day) for day in days], own, "Leeds")
    assert line.kind == "date" and rhythm(line) == found
    if found == "month":
        assert evenly(line)[1] == [9, 9, None, 9]
