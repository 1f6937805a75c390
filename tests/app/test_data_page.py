"""The data page: where figures can be fetched from it, and where not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cscdash import settings
from cscdash.publishers import update
from cscdash.views.parts import get_data
from tests.standin.server import Fault, Standin, running
from tests.standin.small import DATA, catalogue, options, versions, world


def button_alone() -> None:
    from cscdash.views.parts.get_data import get_data_button, say_what_came

    get_data_button()
    say_what_came()


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running(world(1)) as one:
        yield one


@pytest.fixture
def page(tmp_path: Path, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The button over the small catalogue and a store of this test."""
    for name in ("CSCDASH_HOSTED", "CSCDASH_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CSCDASH_MIRROR", standin.url)
    monkeypatch.setenv("CSCDASH_PUBLISHED", str(tmp_path / "cache"))
    monkeypatch.setattr(get_data, "EXTRACTS", tmp_path / "store")
    monkeypatch.setattr(get_data, "catalogue", catalogue)
    return AppTest.from_function(button_alone, default_timeout=30)


def test_one_press_gets_the_data(page: AppTest, tmp_path: Path) -> None:
    page.run()
    page.button[0].click().run()
    assert not page.exception
    assert versions(tmp_path) == dict.fromkeys(DATA, 1)
    assert "Built 5 extracts" in page.success[0].value
    page.button[0].click().run()
    assert "Nothing is new" in page.success[0].value


def test_a_publisher_that_fails_is_named(page: AppTest, standin: Standin, tmp_path: Path) -> None:
    standin.faults = [Fault("/publications/letters", "404")]
    page.run()
    page.button[0].click().run()
    assert "Letters" in page.warning[0].value
    assert "had no such page" in page.warning[0].value
    assert set(versions(tmp_path)) == set(DATA) - {"alpha", "beta"}


@pytest.mark.parametrize("where", ["hosted", "named store", "cloud", "read-only"])
def test_the_button_is_absent(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    match where:
        case "hosted":
            monkeypatch.setenv("CSCDASH_HOSTED", "1")
        case "named store":
            monkeypatch.setenv("CSCDASH_DATA", str(tmp_path))
        case "cloud":
            monkeypatch.setattr(settings, "_PACKAGE", Path("/mount/src/copy/cscdash"))
        case "read-only":
            monkeypatch.setattr(get_data.os, "access", lambda *_: False)
    page.run()
    assert not page.button
    assert not page.exception


def test_a_running_app_shows_the_new_build(standin: Standin, tmp_path: Path) -> None:
    """A store opened before an update keeps its build; one opened after shows the new one."""
    from cscdash.extracts import Store

    first = update(catalogue(), options(tmp_path, standin.url)).store
    assert first
    standin.world = world(2)
    update(catalogue(), options(tmp_path, standin.url))
    assert int(first.read("measure_alpha")["value"].max()) < 20
    assert Store.open(tmp_path / "store").build != first.build
