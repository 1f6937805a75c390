"""A selection and the address that shows it."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from cscdash.catalogue import catalogue
from cscdash.places import places
from cscdash.selection import ENGLAND, VIEW_NAMES, VIEWS, Selection

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
def test_an_address_holds_codes_and_nothing_empty(selection: Selection) -> None:
    query = selection.to_query()
    assert all(isinstance(value, str) and value for value in query.values())
    assert query["area"] == selection.area
    assert set(query) <= {"area", "group", "indicator", "view", "breakdown"}


@given(selections)
def test_nothing_is_lost_on_the_way_through_an_address(selection: Selection) -> None:
    back = dict(parse_qsl(urlencode(selection.to_query())))
    assert back.get("area") == selection.area
    assert tuple(filter(None, back.get("group", "").split("."))) == selection.group
    assert back.get("indicator", "") == selection.indicator
    assert back.get("view", "time") == selection.view
    assert back.get("breakdown", "") == selection.breakdown


def test_every_view_has_a_name() -> None:
    assert set(VIEW_NAMES) == set(VIEWS)
