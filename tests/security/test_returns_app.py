"""*Your own returns* is there only on a server that was started so that no record can leave."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from tests.unit.returns_written import census, child, details, episode, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "server.address": "127.0.0.1",
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
}
PAGE = "cscdash.views.returns.page"


def drawn(monkeypatch: pytest.MonkeyPatch, options: dict[str, object]) -> AppTest:
    """The first page of the returns app on a server with these options."""
    before = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, before(name)))
    monkeypatch.delitem(sys.modules, PAGE, raising=False)
    at = AppTest.from_file(str(ROOT / "returns_app.py"), default_timeout=60)
    return at.run()


def test_it_is_there_when_started_by_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    at = drawn(monkeypatch, SAFE)
    assert at.title[0].value == "Your own returns"
    # AppTest has no connection, so nobody is known to be on this machine: nothing can be chosen.
    assert "seen and changed only on the machine" in at.error[0].value
    assert not at.text_input


@pytest.mark.parametrize(
    "way",
    [
        {"server.address": None},
        {"server.address": "0.0.0.0"},
        {"server.address": "192.168.1.20"},
        {"browser.gatherUsageStats": True},
        {"client.showErrorDetails": "full"},
    ],
)
def test_it_is_absent_otherwise(monkeypatch: pytest.MonkeyPatch, way: dict[str, object]) -> None:
    at = drawn(monkeypatch, SAFE | way)
    assert "Your own returns" not in [one.value for one in at.title]
    assert PAGE not in sys.modules


def test_it_is_absent_on_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCDASH_HOSTED", "1")
    at = drawn(monkeypatch, SAFE)
    assert "Your own returns" not in [one.value for one in at.title]
    assert PAGE not in sys.modules


def test_the_command_refuses_on_a_host() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cscdash", "returns-app"],
        env={**os.environ, "CSCDASH_HOSTED": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "hosted" in done.stderr


def test_the_app_itself_does_not_import_it() -> None:
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "AppTest.from_file('app.py', default_timeout=60).run()\n"
        "print([m for m in sys.modules if 'returns' in m and m.startswith('cscdash')],"
        " 'duckdb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip().endswith("[] False"), done.stderr[-500:]


def sent(block: Any) -> str:
    """All that a run sends to the browser, as text."""
    own = str(getattr(block, "proto", ""))
    return own + "".join(sent(one) for one in getattr(block, "children", {}).values())


def test_no_marker_reaches_the_browser_the_session_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ids = [f"MARKER{n}" for n in range(40)]
    rows = [episode(one, "05/05/2024", at=f"MARKER-{one}") for one in ids]
    rows.append(episode("MARKERX", "MARKERDATE", "MARKERRNE", ls="MARKERLS", place="MARKERP"))
    given = tmp_path / "given"
    write(given, 2025, rows, dict.fromkeys(ids, "10/06/2014"))
    (given / "other.csv").write_text("MARKERA,MARKERB\nMARKERC,MARKERD\n")
    inside = child("MARKERC", details("2024-05-05", "<X>MARKERIN</X>"))
    (given / "census.xml").write_text(census("2025-03-31", inside))
    for name in ("local", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("CSCDASH_LOCAL", str(tmp_path / "local"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    at = drawn(monkeypatch, SAFE)
    monkeypatch.setattr(sys.modules[PAGE], "on_this_machine", lambda: True)
    at.run()
    at.text_input(key="returns folder").set_value(str(given)).run()
    next(one for one in at.button if one.label == "Count").click().run()
    assert not at.exception
    shown = sent(at._tree)
    assert "Quality of the record" in shown
    assert "Children looked after" in shown
    assert "vega_lite" not in shown  # the published figures are the demonstration's, these are not
    next(one for one in at.button if one.label == "Keep these figures").click().run()
    assert "Kept as" in at.success[0].value
    kept = [*(tmp_path / "local").rglob("*"), *(tmp_path / "temporary").rglob("*")]
    assert any(file.suffix == ".parquet" for file in kept)
    everything = shown + sent(at._tree) + "".join(capfd.readouterr())
    everything += repr(at.session_state)
    assert "MARKER" not in everything
    assert not any(b"MARKER" in file.read_bytes() for file in kept if file.is_file())
    next(one for one in at.button if one.label == "Clear now").click().run()
    assert "_own_returns" not in at.session_state
    assert "Quality of the record" not in sent(at._tree)
