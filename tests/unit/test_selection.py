"""A selection and its address: there and back, whatever an address holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscdash.catalogue import catalogue
from cscdash.places import places
from cscdash.selection import ENGLAND, VIEW_NAMES, VIEWS, Selection, from_query

AREAS = [
    ENGLAND,
    *(a.code for a in (*places().regions, *places().subregions, *places().authorities)),
]
INDICATORS = [indicator.id for indicator in catalogue().indicators]

selections = st.builds(
    Selection,
    area=st.sampled_from(AREAS),
    group=st.lists(st.sampled_from(AREAS), unique=True, max_size=12).map(tuple),
    indicator=st.sampled_from(["", *INDICATORS]),
    view=st.sampled_from(VIEWS),
    breakdown=st.text(max_size=80),
)


@given(selections)
def test_there_and_back(selection: Selection) -> None:
    asked = from_query(selection.to_query(), AREAS, catalogue())
    assert asked.selection == selection
    assert asked.notices == ()


@given(selections)
def test_an_address_holds_codes_and_nothing_empty(selection: Selection) -> None:
    query = selection.to_query()
    assert all(isinstance(value, str) and value for value in query.values())
    assert query["area"] == selection.area
    assert set(query) <= {"area", "group", "indicator", "view", "breakdown"}


@given(
    st.dictionaries(
        st.sampled_from(["area", "group", "indicator", "view", "breakdown", "utm_source", ""]),
        st.text(max_size=300),
    )
)
def test_whatever_an_address_holds_the_selection_is_one_we_can_show(query: dict[str, str]) -> None:
    selection = from_query(query, AREAS, catalogue()).selection
    assert selection.area in AREAS
    assert set(selection.group) <= set(AREAS)
    assert len(set(selection.group)) == len(selection.group)
    assert selection.indicator in ("", *INDICATORS)
    assert selection.view in VIEWS
    assert len(selection.breakdown) <= 80


@pytest.mark.parametrize(
    "query",
    [
        {"area": "999"},
        {"area": "Norfolk"},
        {"area": "<script>alert(1)</script>"},
        {"area": "926'; drop table areas"},
        {"area": "٩٢٦"},
        {"area": ""},
        {"indicator": "../../etc/passwd"},
        {"indicator": "Foster_Care"},
        {"view": "league"},
        {"view": ""},
        {"group": "926.nowhere"},
        {"group": "926..." + "x" * 10_000},
    ],
)
def test_a_value_that_cannot_be_followed_is_noticed_and_never_repeated(
    query: dict[str, str],
) -> None:
    asked = from_query(query, AREAS, catalogue())
    assert len(asked.notices) == 1
    assert asked.notices[0].endswith((".",))
    for value in query.values():
        assert not value or value not in asked.notices[0]


def test_abolished_authorities_are_stale_in_an_address() -> None:
    for area in places().abolished:
        asked = from_query({"area": area.code}, AREAS, catalogue(), home="926")
        assert asked.selection.area == "926" and asked.notices


def test_what_is_usual_is_left_out_of_an_address() -> None:
    assert Selection().to_query() == {"area": ENGLAND}
    assert Selection(view="who").to_query() == {"area": ENGLAND, "view": "who"}
    assert set(VIEW_NAMES) == set(VIEWS)
