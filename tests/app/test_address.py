"""Addresses: what is unknown or stale falls back, with a notice and never with an error."""

import pytest

from cscdash.extracts import Store
from cscdash.places import places
from tests.app.reading import PAGES, Page, Visit


@pytest.fixture(scope="session")
def store(built: Store) -> Store:
    """What an address does is the same in every store."""
    return built


@pytest.mark.parametrize(
    "area", ["999", "Nowhere", "20", "", "<img src=x onerror=alert(1)>", "926;204", "x" * 4000]
)
def test_an_unknown_area_falls_back(visit: Visit, area: str) -> None:
    page = visit("outcome_4", area=area)
    assert not page.exceptions and not page.errors
    assert page.address["area"] == "E92000001"
    assert len(page.notices) == (1 if area else 0)
    assert not area or all(area not in notice for notice in page.notices)


@pytest.mark.parametrize(
    ("area", "code"),
    [("Norfolk", "926"), ("Leeds City Council", "383"), ("E08000016", "370"), ("B&NES", "800")],
)
def test_an_area_may_be_named_as_people_do(visit: Visit, area: str, code: str) -> None:
    page = visit("outcome_4", area=area)
    assert page.address["area"] == code and not page.notices


def test_an_abolished_authority_opens(visit: Visit) -> None:
    for area in places().abolished:
        page = visit("outcome_1", area=area.code)
        assert page.address["area"] == area.code and not page.notices


def test_a_successor_says_what_came_before(visit: Visit) -> None:
    page = visit("outcome_4", area="942", view="time")
    said = [text for text in page.texts() if "Before it: Cumbria" in text]
    assert len(said) == 1 and "began on 1 April 2023" in said[0]
    assert not any("Before it:" in t for t in visit("outcome_4", area="383", view="time").texts())


@pytest.mark.parametrize(
    ("name", "value", "usual"),
    [
        ("indicator", "no_such_thing", "foster_care"),
        ("indicator", "repeat_referrals", "foster_care"),  # of another chapter
        ("view", "ranking", "time"),
    ],
)
def test_an_unknown_choice_falls_back(visit: Visit, name: str, value: str, usual: str) -> None:
    page = visit("outcome_4", **{"area": "926", name: value})
    assert not page.exceptions
    assert page.address[name] == usual
    assert len(page.notices) <= 1


def test_an_unknown_breakdown_falls_back(visit: Visit) -> None:
    page = visit("outcome_4", area="926", indicator="foster_care", view="who", breakdown="moon")
    assert not page.exceptions
    assert page.address["breakdown"] != "moon"


@pytest.mark.parametrize("value", ["2", "true", "", "<b>", "0" * 999])
def test_a_switch_takes_no_other_value(visit: Visit, value: str) -> None:
    page = visit("outcome_4", area="926", zero=value, large=value, companions=value)
    assert not page.exceptions
    assert not {"zero", "large", "companions"} & set(page.address)


@pytest.mark.parametrize(
    ("group", "kept"),
    [
        ("204.857", "204.857"),
        ("204.nowhere", "204"),
        ("E12000005", None),
        ("E92000001.204", "204"),
        ("....", None),
        ("204.204", "204"),
        (".".join(area.code for area in places().authorities), 30),
        ("926", "926"),
    ],
)
def test_a_comparison_group_of_ones_own(visit: Visit, group: str, kept: str | int | None) -> None:
    page = visit("outcome_4", area="926", group=group, view="neighbours")
    assert not page.exceptions and not page.errors
    found = page.address.get("group")
    assert (len(found.split(".")) if isinstance(kept, int) and found else found) == kept


def test_an_act_that_overtakes_the_address_of_the_act_before_it_loses_nothing(
    visit: Visit,
) -> None:
    """On a slow line the browser sends the next act with the address that it still shows."""
    at = visit("outcome_4", area="926", indicator="foster_care").at
    still_shown = at.query_params.copy()
    at.selectbox(key="outcome_4:indicator").set_value("ks4_cla").run()
    at.query_params.clear()
    at.query_params.update(still_shown)
    at.toggle(key="outcome_4:companions").set_value(True).run()
    page = Page(at)
    assert page.address["indicator"] == "ks4_cla" and page.address["companions"] == "1"


def test_parameters_of_others_are_left_alone(visit: Visit) -> None:
    page = visit("outcome_4", area="926", utm_source="newsletter")
    assert not page.exceptions and not page.notices


def test_the_area_is_carried_from_page_to_page(visit: Visit) -> None:
    visit("outcome_4", area="857")
    for page in PAGES:
        assert visit(page).address["area"] == "857"


def test_a_link_wins_over_the_session(visit: Visit) -> None:
    visit("outcome_4", area="857", indicator="foster_care", view="who")
    page = visit("outcome_4", area="204", indicator="residential_care", view="all")
    wanted = {"area": "204", "indicator": "residential_care", "view": "all"}
    assert page.address.items() >= wanted.items()


def test_a_choice_is_written_into_the_address(visit: Visit) -> None:
    page = visit("outcome_4", area="857")
    at = page.at
    area = next(box for box in at.selectbox if box.label == "Area")
    area.set_value("204").run()
    assert page.address["area"] == "204"
    assert not at.exception


def test_the_same_address_gives_the_same_page(visit: Visit) -> None:
    query = {"area": "926", "indicator": "foster_care", "view": "neighbours", "group": "204.857"}
    first = list(visit("outcome_4", **query).texts())
    visit("outcome_4", area="204", indicator="residential_care", view="who", large="1")
    assert list(visit("outcome_4", **query).texts()) == first
    assert list(Visit()("outcome_4", **query).texts()) == first
