"""A selection and the address that shows it."""

import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from cscdash.catalogue import catalogue
from cscdash.places import places
from cscdash.selection import ENGLAND, Selection
from cscdash.views.indicator.registry import VIEWS

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
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
    view=st.sampled_from(list(VIEWS)),
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


def test_every_view_says_all_of_itself() -> None:
    assert next(iter(VIEWS)) == Selection().view
    assert len({view.name for view in VIEWS.values()}) == len(VIEWS)
    for code, view in VIEWS.items():
        assert view.code == code and view.name and view.how_to_read
    contracts = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]
    apart = next(one for one in contracts["contracts"] if one["name"].startswith("No view"))
    assert {view.draw.__module__ for view in VIEWS.values() if view.draw} <= {*apart["modules"]}
