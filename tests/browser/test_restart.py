"""The server goes away and comes back while pages are open: no choice of the reader is lost.

The server is killed and started again, and then a control is used, first thing. What was chosen
has to be in force: in the control, and, where it belongs there, in the address.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.reading import KINDS
from tests.browser.looking import Sight
from tests.serving import Server, running

MAIN = '[data-testid="stMain"]'
WORDS = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea'


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with running(Server(data)) as found:
        yield found


def restart(server: Server, *sights: Sight) -> None:
    """Kill the server, start it again, and wait until the pages say that they are connected."""
    server.kill()
    for sight in sights:
        sight.page.wait_for_function(
            "() => document.querySelector('.st-key-still_here input')?.disabled", timeout=20_000
        )
    server.start()
    for sight in sights:
        sight.page.wait_for_function(
            "() => document.querySelector('.st-key-still_here input')?.disabled === false",
            timeout=60_000,
        )


@pytest.mark.parametrize("names", [KINDS[at::3] for at in range(3)])
def test_the_first_choice_of_an_area_counts(
    names: list[str], server: Server, sights: Callable[..., Sight]
) -> None:
    """On each page, all of them open in windows of their own when the server goes away."""
    addresses = {name: "" if name == "home" else name for name in names}
    windows = {name: sights(server.base).open(f"{at}?area=204") for name, at in addresses.items()}
    restart(server, *windows.values())
    for name, sight in windows.items():
        sight.choose_area("Rutland")
        sight.until(addresses[name], "Rutland")
        assert (sight.area, sight.query["area"]) == ("Rutland", "857"), name
        away = ("WebSocket", "ERR_", "reaching server endpoint")  # said while there is no server
        assert all(any(one in error for one in away) for error in sight.errors), name
        sight.page.close()


@pytest.mark.xfail(
    reason="a control in a part of a page that is drawn by itself is not yet heard right after"
    " the server came back; the second press is",
    strict=False,
)
def test_a_view_chosen_first_thing_is_drawn(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("outcome_4?area=204&indicator=foster_care&view=time")
    restart(server, sight)
    sight.page.get_by_role("radio", name="Neighbours", exact=True).or_(
        sight.page.get_by_role("button", name="Neighbours", exact=True)
    ).first.click()
    for _ in range(30):
        if sight.query.get("view") == "neighbours":
            break
        sight.page.wait_for_timeout(150)
    sight.settle()
    assert sight.query["view"] == "neighbours" and sight.area == "Hackney"


def test_words_that_were_typed_stay(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("framework?area=204")
    field = sight.page.locator(MAIN).locator(WORDS).first
    restart(server, sight)
    sight.settle()
    field.fill("kinship")
    field.press("Enter")
    for _ in range(100):
        if "q" in sight.query:
            break
        sight.page.wait_for_timeout(150)
    assert field.input_value() == "kinship" and sight.query["q"] == "kinship"
