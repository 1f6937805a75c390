"""The stores that the pages are tried on, and a way to visit pages without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from cscdash.extracts import Store
from cscdash.extracts.store import current
from tests.app.reading import Visit

ROOT = Path(__file__).resolve().parents[2]


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
