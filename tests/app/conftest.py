"""The stores that the pages are tried on, and a way to visit pages without a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from cscdash.extracts import Store
from cscdash.extracts.store import current
from cscdash.views.frame import reader
from tests.app.reading import Visit

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _not_a_fresh_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let AppTest behave as a server after its first run.

    AppTest forgets before each run that there is a navigation, so that the first thing drawn is
    what a fresh server draws: nothing, and again. The session is an old one, though, and a press
    of a button would be spent on that. The browser tests try fresh servers.
    """
    usual = PagesManager.__init__

    def started(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        usual(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", started)


@pytest.fixture(autouse=True)
def _reader_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit without a browser has no connection; here it is one from this machine."""
    here = reader.Connection("127.0.0.1", {"host": "127.0.0.1:8501"})
    monkeypatch.setattr(reader, "connection", lambda: here)


@pytest.fixture(scope="session", params=["published", "demonstration"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store built from the published files, and the one that the project ships."""
    if request.param == "published":
        built: Store = request.getfixturevalue("built")
        return built
    folder = ROOT / "data" / "demonstration"
    if current(folder) is None:
        pytest.skip("the demonstration store is not drawn: data/demonstration")
    return Store.open(folder)


@pytest.fixture
def in_use(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same store, as the one that pages open."""
    monkeypatch.setenv("CSCDASH_DATA", str(store.folder))
    monkeypatch.delenv("CSCDASH_HOME_AREA", raising=False)
    return store


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """A visit that AppTest begins looks through every installed package for components."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True)
def _everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page shows on request is shown at once: AppTest cannot open it."""
    monkeypatch.setattr("cscdash.views.parts.on_request.OPEN_AT_FIRST", True)


@pytest.fixture
def visit(in_use: Store) -> Iterator[Visit]:
    yield Visit()
