"""The server goes away and comes back while pages are open: no choice of the reader is lost.

On every page the server is killed and started again, and then each control is used once, first
thing. What was chosen has to be in force: in the control, and, where it belongs there, in the
address.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.reading import PAGES
from tests.browser.looking import Sight
from tests.serving import Server

MAIN = '[data-testid="stMain"]'
# A page is told apart by what stands on it; buttons that leave the page or download are no choice.
SWITCHES = 'input[type="checkbox"]'
CHOICES = '[data-testid="stButtonGroup"] button, [role="radiogroup"] [role="radio"]'
BOXES = '[data-testid="stSelectbox"]'
WORDS = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea'
ENOUGH = 3  # of each kind on a page, for the suite's sake


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    found = Server(data)
    found.start()
    yield found
    found.stop()


def restart(sight: Sight, server: Server) -> None:
    """Kill the server, start it again, and wait until the page says that it is connected."""
    server.kill()
    box = sight.page.locator('[data-testid="stSidebar"] input').first
    sight.page.wait_for_function(
        "() => document.querySelector('.st-key-still_here input')?.disabled", timeout=20_000
    )
    server.start()
    sight.page.wait_for_function(
        "() => document.querySelector('.st-key-still_here input')?.disabled === false",
        timeout=60_000,
    )
    assert box.count()


def visible(sight: Sight, kind: str) -> list[Any]:
    found = sight.page.locator(MAIN).locator(kind)
    return [found.nth(at) for at in range(found.count())]


@pytest.mark.parametrize("name", PAGES)
def test_the_first_choice_of_an_area_counts(
    name: str, server: Server, sights: Callable[..., Sight]
) -> None:
    sight = sights(server.base).open(f"{'' if name == 'home' else name}?area=204")
    before = sight.words()
    restart(sight, server)
    sight.choose_area("Rutland")
    sight.until("" if name == "home" else name, "Rutland")
    assert (sight.area, sight.query["area"]) == ("Rutland", "857")
    assert sight.errors == [] or all("WebSocket" in e or "ERR_" in e for e in sight.errors)
    if name not in ("framework", "register", "plain", "guide", "definitions"):
        assert sight.words() != before


def labels(sight: Sight) -> list[str]:
    """The switches of the page, by their words; only those that can be seen."""
    return [
        text
        for text in sight.page.locator(
            f'{MAIN} [data-testid="stCheckbox"]:visible'
        ).all_inner_texts()
        if text.strip()
    ]


def switched(sight: Sight, label: str) -> bool:
    box = sight.page.locator(f'{MAIN} [data-testid="stCheckbox"]:visible', has_text=label).first
    return bool(box.locator("input").is_checked())


@pytest.mark.parametrize(
    "path",
    [
        "outcome_4?area=204&indicator=foster_care&view=time",
        "outcome_4?area=204&indicator=foster_care&view=neighbours",
        "outcome_3?area=204&indicator=referrals_rate&view=map",
        "context?area=204&part=map",
        "framework?area=204",
        "register?area=204",
        "session?area=204",
    ],
)
def test_each_control_of_a_page_counts_once(
    path: str, server: Server, sights: Callable[..., Sight]
) -> None:
    lost = []
    sight = sights(server.base).open(path)
    for label in labels(sight)[:ENOUGH]:
        sight = sights(server.base).open(path)
        was = switched(sight, label)
        restart(sight, server)
        sight.page.locator(f"{MAIN} label:visible", has_text=label).first.click()
        sight.settle()
        if switched(sight, label) == was:
            lost.append(label)
    sight = sights(server.base).open(path)
    for at in range(min(ENOUGH, len(visible(sight, CHOICES)))):
        sight = sights(server.base).open(path)
        button = sight.page.locator(MAIN).locator(CHOICES).nth(at)
        name = button.inner_text()
        restart(sight, server)
        sight.page.locator(MAIN).locator(CHOICES).nth(at).click()
        sight.settle()
        chosen = sight.page.locator(MAIN).locator(CHOICES).nth(at)
        if "true" not in (
            chosen.get_attribute("aria-checked"),
            chosen.get_attribute("aria-pressed"),
        ) and "Active" not in str(chosen.get_attribute("data-testid")):
            lost.append(name)
    sight = sights(server.base).open(path)
    for at in range(min(ENOUGH, len(visible(sight, BOXES)))):
        sight = sights(server.base).open(path)
        box = sight.page.locator(MAIN).locator(BOXES).nth(at).get_by_role("combobox").first
        was = box.input_value()
        restart(sight, server)
        box.click()
        sight.page.keyboard.press("ArrowDown")
        sight.page.keyboard.press("ArrowDown")
        sight.page.keyboard.press("Enter")
        wanted = box.input_value()
        sight.settle()
        if wanted == was or box.input_value() != wanted:
            lost.append(f"{was} to {wanted}")
    assert lost == []


def test_a_view_chosen_first_thing_is_drawn(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("outcome_4?area=204&indicator=foster_care&view=time")
    restart(sight, server)
    sight.page.get_by_role("radio", name="Neighbours", exact=True).or_(
        sight.page.get_by_role("button", name="Neighbours", exact=True)
    ).first.click()
    for _ in range(100):
        if sight.query.get("view") == "neighbours":
            break
        sight.page.wait_for_timeout(150)
    sight.settle()
    assert sight.query["view"] == "neighbours" and sight.area == "Hackney"


def test_words_that_were_typed_stay(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("framework?area=204")
    field = sight.page.locator(MAIN).locator(WORDS).first
    restart(sight, server)
    sight.settle()
    field.fill("kinship")
    field.press("Enter")
    for _ in range(100):
        if "q" in sight.query:
            break
        sight.page.wait_for_timeout(150)
    assert field.input_value() == "kinship" and sight.query["q"] == "kinship"


def test_a_link_and_a_step_back_are_followed(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("outcome_4?area=204").choose_area("Norfolk")
    restart(sight, server)
    sight.settle()
    sight.page.go_back()
    sight.until("outcome_4", "Hackney")
    assert (sight.area, sight.query["area"]) == ("Hackney", "204")
    restart(sight, server)
    sight.settle()
    sight.go_to("Outcomes", "Outcome 1:")
    sight.until("outcome_1", "Hackney")
    assert (sight.path, sight.area, sight.query["area"]) == ("outcome_1", "Hackney", "204")
