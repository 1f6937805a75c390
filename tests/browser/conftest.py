"""A server and a browser: Debian's Chromium, or one that is named."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cscdash.extracts.store import current
from tests.browser.looking import Sight
from tests.serving import ROOT, Server, running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """Chromium as it is installed; ``CSCDASH_CHROMIUM`` may name another."""
    named = os.environ.get("CSCDASH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """What is installed here."""
    found = chromium()
    if not found:
        pytest.skip("no Chromium here; install one, or name it in CSCDASH_CHROMIUM")
    return {**browser_type_launch_args, "executable_path": found, "args": FLAGS}


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The store that servers use: the published files' if they are here, or the demonstration."""
    shipped = ROOT / "data" / "demonstration"
    if (ROOT.parent / "shared" / "published").is_dir() or current(shipped) is None:
        built = request.getfixturevalue("built")
        folder: Path = built.folder
        return folder
    return shipped


@pytest.fixture(scope="session")
def server(data: Path) -> Iterator[str]:
    """A server for everything that needs no fresh one."""
    with running(Server(data)) as found:
        yield found.base


@pytest.fixture(scope="module")
def sights(browser: Any) -> Iterator[Callable[..., Sight]]:
    """Open visitors' windows; they are closed when the module is done."""
    contexts = []

    def opened(base: str, **how: Any) -> Sight:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **how})
        contexts.append(context)
        return Sight(context.new_page(), base)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sight(sights: Callable[..., Sight], server: str) -> Sight:
    """A new visitor of the shared server."""
    return sights(server)
