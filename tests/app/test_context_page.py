"""Maps, deprivation, the Context page and the context strip, for every kind of area."""

import io

import pandas as pd
import pytest

from cscdash.analysis.numbers_csv import numbers_csv
from cscdash.catalogue import context
from cscdash.charts.drawing import Drawing
from cscdash.charts.theme import Theme
from cscdash.extracts import Store
from cscdash.places import context_values, places
from cscdash.views.context import profile
from cscdash.views.frame.chosen_area import choose_area
from tests.app.reading import Visit

AREAS = ["926", "204", "420", "E12000005", "E92000001"]
PARTS = ["profile", "map", "two", "similar", "like"]
BUDGET = 40_000  # bytes for each chart


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("view", ["map", "deprivation"])
def test_views_of_an_indicator(visit: Visit, area: str, view: str) -> None:
    for indicator in ("looked_after_rate", "repeat_referrals"):
        page = visit("outcome_1", area=area, view=view, indicator=indicator)
        assert not page.exceptions
        assert not page.errors
        for chart in page.charts:
            assert chart.bytes < BUDGET
            assert "coordinates" not in str(chart.spec)
    if view == "map":
        chart = page.chart("map")
        assert chart is not None
        shown = chart.marks("area")
        assert len(shown) == shown["code"].nunique() == 153


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("part", PARTS)
def test_parts_of_the_context_page(visit: Visit, area: str, part: str) -> None:
    page = visit("context", area=area, part=part)
    assert not page.exceptions
    assert not page.errors
    for chart in page.charts:
        assert chart.bytes < BUDGET
        assert "coordinates" not in str(chart.spec)
    if part == "map":
        (chart,) = page.charts
        assert len(chart.marks("area")) == 153
    if part == "two":
        (chart,) = page.charts
        assert chart.marks("area")["place"].nunique() == 306


def test_the_line_is_hidden_where_the_link_is_weak(visit: Visit, in_use: Store) -> None:
    if in_use.demonstration:
        pytest.skip("invented values have no such link")
    strong = visit("outcome_1", area="926", view="deprivation", indicator="looked_after_rate")
    chart = strong.charts[0]
    assert len(chart.marks("line")) == 2
    weak = visit("outcome_3", area="926", view="deprivation", indicator="repeat_plans")
    other = weak.charts[0]
    assert not len(other.marks("line"))
    assert any("nothing is called typical" in text for text in weak.texts())


def test_london_can_be_left_out(visit: Visit) -> None:
    query = {"area": "926", "view": "deprivation", "indicator": "looked_after_rate"}
    whole = visit("outcome_1", **query).charts[0]
    rest = visit("outcome_1", **query, london="0").charts[0]
    dots = ("own", "neighbour", "region", "other")
    inside = {area.short for area in places().members("E12000007")}
    assert set(whole.marks(*dots)["name"]) & inside
    assert not set(rest.marks(*dots)["name"]) & inside


def test_places_like_us_become_the_group_everywhere(visit: Visit) -> None:
    page = visit("context", area="926", part="like", like="rural.poverty_bhc")
    assert page.address["like"] == "rural.poverty_bhc"
    (button,) = [b for b in page.at.button if b.label.startswith("Compare with")]
    button.click().run()
    assert not page.at.exception
    group = page.address["group"].split(".")
    assert len(group) == 10 and "926" not in group
    assert page.at.multiselect(key=":group").value == group


def test_nobody_can_be_like_a_place_without_a_value(visit: Visit) -> None:
    page = visit("context", area="420", part="like", like="pay")
    assert not page.exceptions
    assert any("Leave it out" in info.value for info in page.at.info)


@pytest.mark.parametrize("area", AREAS)
def test_the_strip_says_who_lives_here_and_leads_to_the_context_page(
    visit: Visit, area: str
) -> None:
    page = visit("outcome_2", area=area)
    links = [node.proto for node in page.at.main if getattr(node, "type", "") == "page_link"]
    labels = [link.label for link in links if link.page == "context"]
    assert len(labels) == (5 if area in ("926", "204", "420") else 1)
    assert "children (mid-2024)" in labels[0]


def test_numbers_of_the_profile_leave_as_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Drawing] = []
    monkeypatch.setattr(profile, "show_chart", lambda drawing, *_, **__: drawn.append(drawing))
    area = choose_area("926", (), Theme())
    profile.profile(area, "context")
    found = pd.concat(
        pd.read_csv(io.BytesIO(numbers_csv(one.cells, False)), dtype={"old_la_code": str})
        for one in drawn
    )
    assert found["value"].dtype == float and found["value"].notna().all()
    for measure in context().measures:
        known = context_values()[measure.id].dropna()
        rows = found[found["indicator"] == measure.id]
        authorities = rows[rows["figure"] == "value"].set_index("old_la_code")["value"]
        assert authorities.loc[known.index].tolist() == known.tolist()
        middles = rows[rows["figure"] != "value"].set_index("figure")["value"]
        assert middles["median of all authorities"] == known.median()
        assert middles[f"median of {area.group_name}"] == known.reindex(area.group).median()
