"""A server of our own and a browser: Debian's Chromium, or one that is named."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cscdash.extracts.store import current
from tests.browser.looking import Sight

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as it is installed; ``CSCDASH_CHROMIUM`` may name another."""
    found = os.environ.get("CSCDASH_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
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


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A server of the app on a free port of this machine, stopped by its own handle."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "CSCDASH_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, process)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait(base: str, process: "subprocess.Popen[bytes]") -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            direct.open(f"{base}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer")


@pytest.fixture(scope="session")
def server(data: Path) -> Iterator[str]:
    """A server for everything that needs no fresh one."""
    with serving(data) as base:
        yield base


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
