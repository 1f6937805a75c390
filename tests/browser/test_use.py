"""With a keyboard alone, and in the dark."""

from collections.abc import Callable

import pytest

from tests.app.reading import KINDS
from tests.browser.axe import findings
from tests.browser.looking import Sight


def test_the_area_can_be_chosen_with_the_keyboard_alone(sight: Sight) -> None:
    sight.open("outcome_4?area=857")
    for _ in range(40):
        sight.page.keyboard.press("Tab")
        label = sight.page.evaluate("() => document.activeElement.getAttribute('aria-label') || ''")
        role = sight.page.evaluate("() => document.activeElement.getAttribute('role') || ''")
        if role == "combobox" and "Area" in label:
            break
    else:
        pytest.fail("the area is out of a keyboard's reach")
    sight.page.keyboard.type("Hackn")
    sight.page.get_by_role("option", name="Hackney").first.wait_for()
    sight.page.keyboard.press("Enter")
    sight.settle()
    assert (sight.area, sight.query["area"]) == ("Hackney", "204")


def test_focus_can_be_seen(sight: Sight) -> None:
    sight.open("outcome_4?area=857")
    seen = 0
    for _ in range(8):
        sight.page.keyboard.press("Tab")
        seen += sight.page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
                       const around = getComputedStyle(document.activeElement.parentElement);
                       return Number(style.outlineStyle !== 'none' || style.boxShadow !== 'none'
                         || around.boxShadow !== 'none' || around.outlineStyle !== 'none'); }"""
        )
    assert seen >= 6


@pytest.fixture(scope="module")
def night(sights: Callable[..., Sight], server: str) -> Sight:
    return sights(server, color_scheme="dark")


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_the_contrast_enough_in_the_dark(night: Sight, name: str) -> None:
    """All else that axe looks for is the same by day, where every page is tried."""
    night.errors.clear()
    night.open(f"{'' if name == 'home' else name}?area=926")
    ground = night.page.evaluate(
        "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    )
    assert ground == "rgb(16, 22, 29)"
    assert findings(night.page, "color-contrast") == []
    assert night.errors == []


def test_the_numbers_of_a_chart_open_with_the_keyboard_and_stay_open(sight: Sight) -> None:
    sight.open("outcome_1?area=857")
    numbers = sight.page.locator("summary", has_text="The numbers as a table").first
    tables = sight.page.locator('[data-testid="stTable"]')
    assert tables.count() == 0
    numbers.focus()
    sight.page.keyboard.press("Enter")
    tables.first.wait_for()
    assert "Rutland" in tables.first.inner_text()
    sight.settle().choose_area("Norfolk")
    assert "Norfolk" in tables.first.inner_text()


def test_in_a_contrast_theme_switches_and_the_chosen_view_can_be_seen(
    sights: Callable[..., Sight], server: str
) -> None:
    sight = sights(server, forced_colors="active").open("outcome_4?area=204&companions=1")
    of = "(selector) => getComputedStyle(document.querySelector(selector)).backgroundColor"
    ground = sight.page.evaluate(of, ".stApp")
    views = '.st-key-outcome_4-view [aria-checked="{}"]'
    switch = ".st-key-outcome_4-companions label > span + div"
    chosen, other = (sight.page.evaluate(of, views.format(is_on)) for is_on in ("true", "false"))
    track, thumb = (sight.page.evaluate(of, one) for one in (switch, f"{switch} > div"))
    assert chosen != other
    assert track not in (ground, thumb)
