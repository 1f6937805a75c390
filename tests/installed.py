"""The app, installed from a wheel of its own into a fresh environment, and a server of it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.serving import ROOT, Server


def install(folder: Path) -> Path:
    """The folder of programs of a fresh environment that holds the wheel.

    It takes the libraries from this environment, but not the project, which stands there as a link.
    """
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

    def __init__(self, programs: Path, home: Path, **environment: str) -> None:
        super().__init__(Path())
        self._command = [str(programs / "cscdash"), "run", "--no-browser", "--port", str(self.port)]
        self._environment = {**at_home(home), **environment}


def at_home(home: Path) -> dict[str, str]:
    """The environment of a person whose home this is, and who knows nothing of the project."""
    ours = ("PYTHONPATH", "XDG_DATA_HOME", "VIRTUAL_ENV")
    kept = {k: v for k, v in os.environ.items() if k not in ours and not k.startswith("CSCDASH_")}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
