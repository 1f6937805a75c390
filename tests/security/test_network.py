"""Local figures over a network: from a second machine, and from the one where the app runs.

The server and its visitor stand in two private network namespaces, so that the server may listen
on every interface, as it does unless told otherwise.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cscdash.extracts import Store
from cscdash.extracts.store import PACKAGE, current
from tests.serving import ROOT
from tests.unit.local_files import keep
from tests.unit.test_local_kept_figures import OWN

HERE, THERE = "10.213.77.1", "10.213.77.2"
PORT = 8501
# Words of an own measure, and of a kept figure; the controls that change something.
PLANTED = [b"Did your worker listen to you?", b"listened_to", b"local, not published", b"64,739"]
CONTROLS = [
    b"Add figures of your own",
    b"Remove an addition",
    b"CSV, Excel (.xlsx), OpenDocument (.ods) or Parquet",
]
UPDATE = b"Get the published data"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=20)


@pytest.fixture(scope="module")
def network() -> Iterator[tuple[str, str]]:
    """Two namespaces with a line between them: the server's and the visitor's."""
    name = f"csc{os.getpid() % 100000}"
    server, visitor = f"{name}a", f"{name}b"
    ends = (server, f"{name}x", HERE), (visitor, f"{name}y", THERE)
    try:
        for space in (server, visitor):
            _run("ip", "netns", "add", space)
        _run("ip", "link", "add", ends[0][1], "netns", server, "type", "veth", "peer", "name",
             ends[1][1], "netns", visitor)  # fmt: skip
        for space, end, address in ends:
            _run("ip", "-n", space, "addr", "add", f"{address}/30", "dev", end)
            _run("ip", "-n", space, "link", "set", end, "up")
            _run("ip", "-n", space, "link", "set", "lo", "up")
    except (OSError, subprocess.SubprocessError):
        _remove(server, visitor)
        pytest.skip("network namespaces cannot be made here (they need root and `ip`)")
    yield server, visitor
    _remove(server, visitor)


def _remove(*spaces: str) -> None:
    for space in spaces:
        if shutil.which("ip"):
            subprocess.run(["ip", "netns", "del", space], capture_output=True, timeout=20)


@contextmanager
def listening(space: str, **environment: str) -> Iterator[None]:
    """A server that listens on every interface of a namespace."""
    inside = ["ip", "netns", "exec", space, sys.executable, "-m"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CSCDASH_")}
    server = subprocess.Popen(
        [*inside, "streamlit", "run", str(ROOT / "app.py"), "--server.headless=true"],
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    asked = (
        f"import urllib.request; urllib.request.urlopen('http://127.0.0.1:{PORT}/_stcore/health')"
    )
    try:
        for _ in range(120):
            if not subprocess.run([*inside[:-1], "-c", asked], capture_output=True).returncode:
                break
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(20)


def told(space: str, host: str, page: str, to: Path, ids: list[str] | None = None) -> bytes:
    """Everything that a visitor from a namespace is told."""
    query = "area=383&indicator=section_47_number&view=time"
    command = ["ip", "netns", "exec", space, sys.executable, "-m", "tests.security.visitor"]
    command += [f"ws://{host}:{PORT}", page, query, str(to)]
    if ids is not None:
        pressed = to.with_suffix(".json")
        pressed.write_text(json.dumps(ids))
        command.append(str(pressed))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=150)
    return to.read_bytes()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A store that counts as published, local figures beside it, and the settings that say so."""
    shipped = ROOT / "data" / "demonstration"
    if current(shipped) is None:
        pytest.skip("the demonstration store is not drawn: data/demonstration")
    shutil.copytree(shipped, tmp_path / "store")
    package = Store.open(tmp_path / "store").path / PACKAGE
    said = json.loads(package.read_text(encoding="utf-8"))
    package.write_text(json.dumps({**said, "demonstration": False}), encoding="utf-8")
    (tmp_path / "local").mkdir()
    monkeypatch.setenv("CSCDASH_LOCAL", str(tmp_path / "local"))
    (tmp_path / "local" / "own.toml").write_text(OWN)
    keep(
        tmp_path / "local",
        "indicator,area,period,value\nsection_47_number,383,Jan-Mar 2026,64739\n",
    )
    keep(
        tmp_path / "local",
        "indicator,area,period,value,denominator\nlistened_to,383,Jan-Mar 2026,50,80\n",
        "own.csv",
    )
    return {"CSCDASH_DATA": str(tmp_path / "store"), "CSCDASH_LOCAL": str(tmp_path / "local")}


def test_a_second_machine_gets_no_byte_of_local_figures_and_changes_nothing(
    network: tuple[str, str], kept: dict[str, str], tmp_path: Path
) -> None:
    server, visitor = network
    local = Path(kept["CSCDASH_LOCAL"])
    before = {file.name: file.read_bytes() for file in local.rglob("*") if file.is_file()}
    pages = ("outcome_3", "outcome_1", "data", "home")
    with listening(server, **kept):
        here = {page: told(server, "127.0.0.1", page, tmp_path / f"a{page}") for page in pages}
        there = {page: told(visitor, HERE, page, tmp_path / f"b{page}") for page in pages}
        own = told(server, HERE, "data", tmp_path / "c")
        ids = [id.decode() for id in set(re.findall(rb"\$\$ID-[0-9a-f]+-[\w ]+", here["data"]))]
        pressed = told(visitor, HERE, "data", tmp_path / "d", ids)
    on_this_machine = b"\n".join(here.values())
    elsewhere = b"\n".join([*there.values(), pressed])
    for word in (*PLANTED, *CONTROLS):
        assert word in on_this_machine, word
        assert word not in elsewhere, word
        assert word not in own, "the address of a network is not surely this machine's own browser"
    assert b"127.0.0.1:8501" in there["data"], "the page says what to open instead"
    assert b"Anybody on the network" in there["data"]
    assert ids
    assert before == {file.name: file.read_bytes() for file in local.rglob("*") if file.is_file()}


def test_a_second_machine_cannot_start_an_update(network: tuple[str, str], tmp_path: Path) -> None:
    server, visitor = network
    with listening(server, CSCDASH_LOCAL=str(tmp_path / "none")):
        assert UPDATE in told(server, "127.0.0.1", "data", tmp_path / "a")
        assert UPDATE not in told(visitor, HERE, "data", tmp_path / "b")
