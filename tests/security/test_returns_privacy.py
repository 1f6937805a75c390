"""A whole run of the command on returns with markers in every field: none is found anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.returns_written import census, child, details, episode, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
ROOT = Path(__file__).resolve().parents[2]
RUN = """
import socket, sys
def no(*_): raise RuntimeError("a socket was opened")
socket.socket.connect = no
socket.create_connection = no
from cscdash.__main__ import main
main()
"""


def run(tmp_path: Path, *given: str) -> tuple[int, str]:
    """The exit code of the command, and all that it printed."""
    for name in ("local", "temporary"):
        (tmp_path / name).mkdir()
    place = {"CSCDASH_LOCAL": str(tmp_path / "local"), "TMPDIR": str(tmp_path / "temporary")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, "returns", *given],
        env={**os.environ, **place, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def kept(tmp_path: Path) -> bytes:
    """All that lies in the folders of local figures and of temporary files."""
    files = [*(tmp_path / "local").rglob("*"), *(tmp_path / "temporary").rglob("*")]
    return b"".join(file.read_bytes() for file in files if file.is_file())


def test_no_marker_leaves_a_run(tmp_path: Path) -> None:
    ids = [f"MARKER{n}" for n in range(40)]
    rows = [episode(id, "05/05/2024", at=f"MARKER-{id}") for id in ids]
    rows.append(episode("MARKERX", "MARKERDATE", "MARKERRNE", ls="MARKERLS", place="MARKERP"))
    write(tmp_path / "given", 2025, rows, dict.fromkeys(ids, "10/06/2014"))
    (tmp_path / "given" / "census.xml").write_text(
        census("2025-03-31", child("MARKERC", details("2024-05-05", "<X>MARKERIN</X>")))
    )
    code, said = run(tmp_path, str(tmp_path / "given"))
    assert code == 0, said
    assert "Children looked after" in said
    assert "41" in said  # 40 and the child of the last day
    assert "MARKER" not in said
    assert b"MARKER" not in kept(tmp_path)
    assert (tmp_path / "local" / "audited.json").exists()


def test_no_marker_leaves_a_run_that_fails(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.csv").write_text("MARKER1,MARKER2\nMARKER3,MARKER4\n")
    (given / "b.xml").write_text("<Message><Header>MARKER5")
    code, said = run(tmp_path, str(given), "--authority", "330")
    assert code == 2
    assert "No file of an SSDA903" in said
    assert "MARKER" not in said
    assert b"MARKER" not in kept(tmp_path)
