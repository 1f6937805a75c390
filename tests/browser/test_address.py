"""State is the address, in a real browser: links, choices, pages, back and forward."""

from collections.abc import Callable

import pytest

from tests.browser.looking import Sight


def test_a_copied_address_reproduces_the_page(
    sights: Callable[..., Sight], server: str, sight: Sight
) -> None:
    sight.open("outcome_4?area=926&indicator=residential_care&view=neighbours&zero=0")
    other = sights(server).open(sight.page.url.removeprefix(f"{server}/"))
    assert other.page.url == sight.page.url
    assert other.words() == sight.words()
    assert other.area == sight.area == "Norfolk"


def test_a_link_followed_in_an_open_session_wins(sight: Sight) -> None:
    sight.open("outcome_4?area=926&view=who")
    sight.choose_area("Hackney")
    # as a link within the page does: the session stays, the address changes
    sight.page.evaluate(
        """() => { history.pushState({}, '', '/outcome_4?area=857&indicator=residential_care');
                   dispatchEvent(new PopStateEvent('popstate')); }"""
    )
    sight.settle()
    assert sight.area == "Rutland"
    assert "secure homes" in sight.heading
    assert sight.query["view"] == "time"


def test_a_choice_is_written_and_carried_to_the_next_page(sight: Sight) -> None:
    sight.open("outcome_4?area=857").choose_area("Norfolk")
    assert sight.query["area"] == "926"
    sight.go_to("Outcomes", "Outcome 1:")
    assert (sight.path, sight.query["area"], sight.area) == ("outcome_1", "926", "Norfolk")
    sight.go_to("Data and help", "Definitions")
    assert (sight.path, sight.query["area"], sight.area) == ("definitions", "926", "Norfolk")


def step_back(sight: Sight, path: str, area: str) -> None:
    """Go back one place.

    On a busy machine Streamlit may shorten the address of a page long before it leaves it; that
    entry of the history is then a step of its own, on which nothing changes.
    """
    for _ in range(2):
        sight.page.go_back()
        for _ in range(100):
            if (sight.path, sight.area) == (path, area):
                sight.settle()
                return
            sight.page.wait_for_timeout(150)


def test_back_undoes_step_by_step_and_leaves_at_last(sight: Sight) -> None:
    sight.page.goto("about:blank")
    sight.open("outcome_4?area=857").choose_area("Norfolk")
    sight.go_to("Outcomes", "Outcome 1:").choose_area("Hackney")
    steps = [
        ("outcome_1", "926", "Norfolk"),
        ("outcome_4", "926", "Norfolk"),
        ("outcome_4", "857", "Rutland"),
    ]
    for path, code, area in steps:
        step_back(sight, path, area)
        assert (sight.path, sight.query["area"], sight.area) == (path, code, area)
    sight.page.go_forward()
    sight.until("outcome_4", "Norfolk")
    assert sight.area == "Norfolk"
    sight.page.go_back()
    sight.until("outcome_4", "Rutland")
    # what Streamlit wrote before our script ran may take a step or two more, but holds nobody
    for _ in range(4):
        sight.page.go_back()
        sight.page.wait_for_timeout(700)
        if sight.page.url == "about:blank":
            return
    pytest.fail("an address that completes itself holds the visitor")


def test_a_link_from_a_definition_opens_that_indicator(sight: Sight) -> None:
    sight.open("definitions?area=926&indicator=residential_care")
    sight.page.get_by_text("Open it in its chapter").click()
    sight.page.wait_for_url("**/outcome_4**")
    sight.settle()
    assert sight.query["indicator"] == "residential_care" and sight.query["area"] == "926"
    assert "secure homes" in sight.heading


def test_an_unknown_area_is_noticed_once(sight: Sight) -> None:
    sight.open("outcome_4?area=%3Cb%3Ex%3C/b%3E")
    assert "The area in this address is not one we know" in sight.words()
    assert sight.query["area"] == "E92000001"


def test_an_unknown_page_leads_to_the_overview(sight: Sight) -> None:
    sight.open("no_such_page?area=926")
    assert sight.path == ""
    assert sight.page.locator('[data-testid="stException"]').count() == 0


def test_a_view_is_changed_without_drawing_the_rest_again(sight: Sight) -> None:
    sight.open("outcome_4?area=926")
    for view, code in (("Neighbours", "neighbours"), ("All authorities", "all"), ("Who", "who")):
        sight.page.get_by_role("button", name=view, exact=True).or_(
            sight.page.get_by_role("radio", name=view, exact=True)
        ).first.click()
        sight.settle()
        assert sight.query["view"] == code
        assert sight.page.locator('[data-testid="stVegaLiteChart"]').count() == 2
    assert sight.errors == [] and sight.elsewhere == []
