"""The commands update, restore and sources."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from cscdash.__main__ import main
from cscdash.catalogue import catalogue as whole
from cscdash.commands import catalogue as catalogue_commands
from cscdash.commands import doctor as doctor_commands
from cscdash.commands import update as update_commands
from cscdash.publishers.reachable import questions
from tests.serving import ROOT
from tests.standin.server import Fault, Standin, running
from tests.standin.small import DATA, catalogue, versions, world

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with running(world(1)) as one:
        monkeypatch.setenv("CSCDASH_MIRROR", one.url)
        for commands in (update_commands, catalogue_commands, doctor_commands):
            monkeypatch.setattr(commands, "catalogue", catalogue)
        yield one


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cscdash", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return run_it


def test_from_nothing_to_the_next_release_and_back(
    standin: Standin, run: Run, tmp_path: Path
) -> None:
    here = ("--to", tmp_path / "store", "--keep", tmp_path / "cache")
    code, out, err = run("update", *here, "--dry-run")
    assert (code, err) == (0, "")
    assert out.count("New: ") == 5
    assert not (tmp_path / "store").exists()
    code, out, err = run("update", *here)
    assert (code, err) == (0, "")
    assert "Built 5 extracts" in out
    code, out, _ = run("update", *here)
    assert code == 0
    assert "Nothing is new; the current build stays" in out
    standin.world = world(2)
    standin.faults = [Fault("api.github.com", "404")]
    code, out, _ = run("update", *here, "--only", "letters", "--only", "notes")
    assert code == 1
    assert "Not received: Notes: api.github.com had no such page (/repos/office/notes/" in out
    assert "Measure alpha: new period 2026." in out
    assert versions(tmp_path) == {**dict.fromkeys(DATA, 1), "alpha": 2, "beta": 2}
    code, out, _ = run("restore", "--to", tmp_path / "store")
    assert code == 0
    assert versions(tmp_path) == dict.fromkeys(DATA, 1)
    code, _, err = run("restore", "--to", tmp_path / "store")
    assert code == 2
    assert "holds no whole build from before" in err


def test_sources_are_listed(standin: Standin, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("sources", "--from", tmp_path / "store")
    assert code == 0
    assert out.count("nothing") == 4
    run("update", "--to", tmp_path / "store", "--keep", tmp_path / "cache")
    code, out, _ = run("sources", "--from", tmp_path / "store")
    assert code == 0
    assert "2025-11-20" in out
    assert "November 2026" in out
    assert "notes, by hand: Fetch it. https://example.org/notes" in out


def test_what_cannot_be_done_is_said(standin: Standin, run: Run, tmp_path: Path) -> None:
    here = ("--to", tmp_path / "store", "--keep", tmp_path / "cache")
    code, out, err = run("update", *here, "--only", "lettres")
    assert (code, out) == (2, "")
    assert err == "cscdash: There is no publication ‘lettres’. Do you mean letters?\n"
    code, out, err = run("update", *here, "--offline")
    assert code == 2
    assert "Nothing can be built. There are no published files here." in err


def test_the_doctor_finds_all_in_reach(standin: Standin, run: Run) -> None:
    """Six servers are asked once each; a server that has no such page is within reach as well."""
    code, out, err = run("doctor")
    assert (code, err) == (0, "")
    servers = {line.split()[1].strip(",") for line in out.splitlines() if line[:5] == "yes  "}
    assert len(servers) == len(standin.asked) and "api.github.com" in servers
    assert "\nno " not in out and "by hand" not in out


def test_the_doctor_says_what_is_in_the_way_and_what_would_still_work(
    standin: Standin, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.faults = [Fault("github", "403")]
    monkeypatch.setenv("HTTP_PROXY", "http://someone:secret@proxy.example.gov.uk:8080")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    code, out, _ = run("doctor")
    assert code == 1
    assert "http through proxy.example.gov.uk:8080 with a sign-in" in out
    assert "secret" not in out and "someone" not in out
    assert "no   api.github.com" in out and "no   raw.githubusercontent.com" in out
    assert "The others can be fetched by hand" in out
    # what has its own publisher does not need the copy on GitHub
    could = out.split("could fetch ")[1].split(" of ")
    own = [one for one in catalogue().publications if one.slug or one.download[0].kind == "file"]
    assert int(could[0]) == len(own) > 0


def test_the_page_for_it_names_every_server() -> None:
    asked = {one.host for one in questions(whole(), date(2026, 11, 27))}
    page = (ROOT / "docs" / "it.md").read_text(encoding="utf-8")
    table = page.split("| server |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z0-9.-]+)`", table)) == asked


def test_the_doctor_where_nothing_is_in_reach(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCDASH_MIRROR", "http://127.0.0.1:9")
    code, out, _ = run("doctor")
    assert code == 2
    assert "yes  " not in out and "They can be fetched by hand" in out
    assert out.count("Ask your IT department to let this computer reach it on port 443.") == 1
