"""Authorities that were abolished: every page opens for them, as they and others were then."""

import pytest

from cscdash.extracts import Store
from cscdash.places import places
from tests.app.reading import KINDS, Visit

VIEWS = ("time", "neighbours", "all", "map", "deprivation", "who", "table", "about")


@pytest.mark.parametrize("area", ["909", "836"])
def test_every_page_opens(area: str, visit: Visit) -> None:
    for page in KINDS:
        shown = visit(page, area=area)
        assert not shown.exceptions and not shown.errors, page
        assert shown.address.get("area") == area
    for view in VIEWS:
        shown = visit("outcome_1", area=area, indicator="looked_after_rate", view=view)
        assert not shown.exceptions and not shown.errors, view


def test_the_page_says_until_when_and_leads_on(visit: Visit) -> None:
    page = visit("outcome_1", area="Cumbria")
    assert page.address["area"] == "909"
    said = " ".join(page.texts())
    assert "existed until 31 March 2023" in said
    assert {"Cumberland", "Westmorland and Furness"} <= {
        link.proto.label for link in visit.at.get("page_link")
    }


def test_nothing_is_told_of_later_years(visit: Visit, in_use: Store) -> None:
    page = visit("outcome_1", area="928", indicator="looked_after_number", view="neighbours")
    chart = page.charts[0]
    table = in_use.table("looked_after_number").to_pandas()
    then = table[
        (table["area"] == "928") & (table["breakdown"] == "total") & table["value"].notna()
    ]
    last = sorted(then["period"].astype(str))[-1]
    assert last == "2021" and "2021" in chart.alt
    names = set(chart.rows["name"].dropna())
    assert places().areas["940"].short not in names, "it did not exist yet"


def test_the_ground_since_is_derived_from_the_published_counts(visit: Visit, in_use: Store) -> None:
    page = visit("outcome_1", area="909", indicator="looked_after_number", before="1")
    chart = page.charts[0]
    line = chart.marks("line")
    derived = line[line["role"] == "other"].set_index("period")["value"]
    table = in_use.table("looked_after_number").to_pandas().astype({"area": str, "period": str})
    table = table[(table["breakdown"] == "total") & table["area"].isin(["942", "943"])]
    sums = table.groupby("period")["value"].agg(lambda v: v.sum(min_count=2))
    assert len(derived) >= 2 and derived.to_dict() == sums[sums.notna()].to_dict()
    own = line[line["role"] == "own"]
    assert set(own["stretch"]) & set(line[line["role"] == "other"]["stretch"]) == set()
    assert max(own["t"]) == 2023 and min(line[line["role"] == "other"]["t"]) == 2024


def test_a_successors_page_shows_the_line_before_on_request(visit: Visit) -> None:
    page = visit("outcome_1", area="942", indicator="looked_after_rate", before="1")
    chart = page.charts[0]
    assert set(chart.marks("line").query("role == 'other'")["name"]) == {"Cumbria"}
    page = visit("outcome_1", area="942", indicator="looked_after_rate")
    chart = page.charts[0]
    assert not len(chart.marks("line").query("role == 'other'"))
    assert "Open Cumbria" in {link.proto.label for link in visit.at.get("page_link")}
