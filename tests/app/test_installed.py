"""Installed from a wheel, without the project's folder: ``cscdash run`` opens the app."""

import socket
import subprocess
from pathlib import Path

import pytest

from tests.app.reading import PAGES
from tests.installed import Installed, at_home, install
from tests.security.visitor import elements, told
from tests.serving import ROOT, running


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("installed"))


def test_the_app_is_served_with_its_own_look_and_data(programs: Path, tmp_path: Path) -> None:
    with running(Installed(programs, tmp_path)) as server:
        for page in ("outcome_4", "guide"):
            said = told(server.base.replace("http", "ws"), page, "area=857")
            drawn = elements(said)
            assert [words for kind, words in drawn if kind == "exception"] == []
            assert b"Rutland" in b"".join(said) and b"invented" in b"".join(said).lower()
        assert b"is part of the project" not in b"".join(said)
    # whoever ends the command ends the server with it
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)


def test_pages_static_files_and_the_look_are_carried(programs: Path) -> None:
    (site,) = programs.parent.rglob("cscdash/site")
    assert {file.stem for file in (site / "pages").glob("*.py")} == set(PAGES)
    assert list((site / "static").glob("hexes-*.json")) and (site / "static" / "icon.svg").is_file()
    assert (site / ".streamlit" / "config.toml").read_text() == (
        ROOT / ".streamlit" / "config.toml"
    ).read_text()


def test_data_are_kept_where_the_system_keeps_them(programs: Path, tmp_path: Path) -> None:
    """Not in the package, whose folder is replaced at the next upgrade."""
    asked = "from cscdash.settings import *; print(data_folder(), command('update'))"
    said = subprocess.run(
        [str(programs / "python"), "-c", asked],
        env=at_home(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    folder = said.removesuffix(" cscdash update")
    assert folder != said and Path(folder).is_relative_to(tmp_path)
    assert Path(folder).name == "cscdash"
