"""What a reader waits for in a browser: the first charts, and the charts of another area."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.floor import floor
from benchmarks.timing import say
from cscdash.catalogue import load
from cscdash.ingest import build
from tests.browser.conftest import FLAGS, chromium
from tests.serving import Server, running

PAGES = (("home", ""), ("outcome_4", "time"), ("outcome_1", "neighbours"), ("outcome_3", "map"))
AREAS = {"383": "Leeds", "926": "Norfolk", "204": "Hackney", "857": "Rutland"}
CHANGES = 10

# Notes when charts are drawn: every change of what stands in a chart's picture, and whether the
# chart is in the window.
WATCH = """
window.drawn = {first: 0, last: 0, seen: 0, asked: 0};
const chart = '[data-testid="stVegaLiteChart"]', marks = chart + ' svg g';
new MutationObserver(changes => {
  const drawnOn = new Set(
    changes.map(change => change.target)
      .filter(target => target.matches && target.matches(marks + ', ' + marks + ' *'))
      .map(target => target.closest(chart)));
  for (const one of drawnOn) {
    drawn.last = performance.now();
    drawn.first = drawn.first || drawn.last;
    const {top, bottom} = one.getBoundingClientRect();
    if (top < innerHeight && bottom > 0) drawn.seen = drawn.last;
  }
}).observe(document, {subtree: true, childList: true, attributes: true});
addEventListener('keydown', press => {
  if (press.key === 'Enter') drawn.asked = performance.now();
}, true);
"""


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """First charts and redraws of four pages, each beside an empty page with the same charts."""
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        build(published, Path(data), load())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for page, view in PAGES:
            with tempfile.TemporaryDirectory() as folder:
                empty = floor(Path(data), Path(folder), page, view, list(AREAS))
                least = _both(browser, empty, "", "", by_code=True)
            ours = _both(browser, Server(Path(data)), page, view, by_code=False)
            name = f"{page} {view}".strip()
            times = statistics.median(ours[0]) / statistics.median(least[0])
            yield (
                f"{name}: first chart",
                say(ours[0]),
                f"floor {say(least[0])}",
                f"{times:.2f} times the floor; 1.5 asked",
            )
            yield (
                f"{name}: area changed, in the window redrawn",
                say([seen for seen, _ in ours[1]]),
                f"floor {say([seen for seen, _ in least[1]])}",
                f"300 ms asked; the whole page {say([whole for _, whole in ours[1]])},"
                f" floor {say([whole for _, whole in least[1]])}",
            )
        browser.close()


def _both(
    browser: Any, server: Server, page: str, view: str, by_code: bool
) -> tuple[list[float], list[tuple[float, float]]]:
    """Milliseconds to the first chart of a page, and from a change of area to the last stroke.

    The last stroke in the window, and that of the whole page.
    """
    first: list[float] = []
    redrawn: list[tuple[float, float]] = []
    with running(server):
        visitor = browser.new_context(viewport={"width": 1280, "height": 720})
        for turn in range(6):
            window = visitor.new_page()
            window.add_init_script(WATCH)
            path = "" if page == "home" else page  # the first page has no name in its address
            window.goto(f"{server.base}/{path}?area=383" + (f"&view={view}" if view else ""))
            _quiet(window)
            if turn:  # the first visit of a server reads the extracts and makes the charts
                first.append(window.evaluate("drawn.first"))
            if turn == 5:
                _look_at_the_focus(window)
                for change in range(CHANGES):
                    code = list(AREAS)[(change + 1) % len(AREAS)]
                    taken = _change(window, code if by_code else AREAS[code])
                    redrawn += [taken] if change >= len(AREAS) else []
            window.close()
        visitor.close()
    return first, redrawn


def _change(window: Page, name: str) -> tuple[float, float]:
    """Choose another area with the keyboard, and give the milliseconds until all is drawn."""
    box = window.locator('[data-testid="stSidebar"]').get_by_role("combobox").first
    box.click()
    window.keyboard.type(name)
    window.get_by_role("option", name=name, exact=True).first.wait_for()
    window.evaluate("drawn.asked = 0")
    window.keyboard.press("Enter")
    window.wait_for_function("drawn.last > drawn.asked && drawn.asked > 0")
    _quiet(window)
    seen, last = window.evaluate("[drawn.seen - drawn.asked, drawn.last - drawn.asked]")
    return seen, last


def _look_at_the_focus(window: Page) -> None:
    """Scroll as a reader does to the chart in focus; the overview is read from the top."""
    charts = window.locator('[data-testid="stVegaLiteChart"]')
    charts.nth(1 if charts.count() < 6 else 0).scroll_into_view_if_needed()
    window.wait_for_timeout(300)


def _quiet(window: Page) -> None:
    """Wait until charts were drawn and nothing has been for a second."""
    window.wait_for_function("drawn.last > 0 && performance.now() - drawn.last > 1000")
