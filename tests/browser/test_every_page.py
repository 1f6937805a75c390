"""What is true of every page, in a browser. `tests/app` has a fresh server for each of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.app.reading import PAGES
from tests.browser.axe import findings
from tests.browser.looking import Sight
from tests.serving import Server, running

SIZES = {"projector": (1280, 720), "phone": (390, 844)}
FRESH = ("home", "outcome_4", "framework")  # whose visitor is the first of a new server


@pytest.fixture(scope="module", params=PAGES)
def first(
    request: pytest.FixtureRequest, data: Path, sights: Callable[..., Sight]
) -> Iterator[tuple[str, Sight]]:
    """A visitor who follows a deep link to a page."""
    name = request.param
    with ExitStack() as until_seen:
        fresh = name in FRESH and until_seen.enter_context(running(Server(data)))
        base = fresh.base if fresh else request.getfixturevalue("server")
        sight = sights(base).open(f"{'' if name == 'home' else name}?area=857")
        yield name, sight
        sight.page.close()


def test_a_deep_link_shows_the_whole_frame(first: tuple[str, Sight]) -> None:
    name, sight = first
    assert sight.area == "Rutland"
    assert sight.query["area"] == "857"
    assert sight.path == ("" if name == "home" else name)
    assert sight.page.get_by_role("dialog").count() == 0
    assert "Page not found" not in sight.page.content()
    assert sight.page.locator('[data-testid="stException"]').count() == 0
    assert sight.page.get_by_role("navigation").count() >= 1
    assert sight.page.get_by_role("button", name="Outcomes").count() == 1
    assert sight.page.locator("h1").count() == 1


def test_every_chart_is_drawn_and_named(first: tuple[str, Sight]) -> None:
    _, sight = first
    for chart in sight.page.locator('[data-testid="stVegaLiteChart"]:visible').all():
        box = chart.locator("canvas, svg").first.bounding_box()
        assert box and box["width"] > 200 and box["height"] > 50


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(first: tuple[str, Sight], size: str) -> None:
    _, sight = first
    width, height = SIZES[size]
    sight.page.set_viewport_size({"width": width, "height": height})
    sight.page.wait_for_timeout(700)
    found = sight.overflow()
    sight.page.set_viewport_size({"width": 1280, "height": 720})
    assert found == {}


def test_axe_finds_nothing_that_is_ours(first: tuple[str, Sight]) -> None:
    _, sight = first
    sight.settle()
    assert findings(sight.page) == []


def test_print_leaves_the_controls_out(first: tuple[str, Sight]) -> None:
    _, sight = first
    assert sight.page.locator(".st-key-frame_bar").is_visible()
    sight.page.emulate_media(media="print")
    try:
        assert not sight.page.locator(".st-key-frame_bar").is_visible()
        for part in ("stHeader", "stToolbar"):
            assert not sight.page.locator(f'[data-testid="{part}"]').first.is_visible(), part
        assert sight.page.locator('[data-testid="stMain"] h1').is_visible()
    finally:
        sight.page.emulate_media(media="screen")


def test_no_error_in_the_console_and_no_request_elsewhere(first: tuple[str, Sight]) -> None:
    _, sight = first
    assert sight.errors == []
    assert sight.elsewhere == []
