"""Installed from a wheel, without the project's folder: ``cscdash run`` opens the app."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.app.reading import PAGES
from tests.security.visitor import elements, told
from tests.serving import ROOT, Server, running


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel.

    It takes the libraries from this environment, but not the project, which stands there as a link.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "fresh", with_pip=False, symlinks=os.name != "nt")
    programs = folder / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    packages = sysconfig.get_path("purelib", vars={"base": str(folder / "fresh")})
    Path(packages, "libraries.pth").write_text(sysconfig.get_path("purelib"))
    python = str(programs / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return programs


class Installed(Server):
    """A server that ``cscdash run`` starts, for a person with a home of their own."""

    def __init__(self, programs: Path, home: Path) -> None:
        super().__init__(Path())
        self._command = [str(programs / "cscdash"), "run", "--no-browser", "--port", str(self.port)]
        self._environment = at_home(home)


def at_home(home: Path) -> dict[str, str]:
    """The environment of a person whose home this is, and who knows nothing of the project."""
    ours = ("PYTHONPATH", "XDG_DATA_HOME", "VIRTUAL_ENV")
    kept = {k: v for k, v in os.environ.items() if k not in ours and not k.startswith("CSCDASH_")}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}


def test_the_app_is_served_with_its_own_look_and_data(programs: Path, tmp_path: Path) -> None:
    with running(Installed(programs, tmp_path)) as server:
        for page in ("outcome_4", "guide"):
            said = told(server.base.replace("http", "ws"), page, "area=857")
            drawn = elements(said)
            assert [words for kind, words in drawn if kind == "exception"] == []
            assert b"Rutland" in b"".join(said) and b"invented" in b"".join(said).lower()
        assert b"is part of the project" not in b"".join(said)


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
