"""What is kept is what was published; what came is all that is needed; and what is said of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import Store, lock
from cscdash.extracts.restore import restore
from cscdash.publishers import Outcome, update
from cscdash.publishers.cache import Cache
from cscdash.publishers.outcome_report import lines
from tests.standin.server import Fault, Standin, running
from tests.standin.small import DATA, FAR, FOLDER, catalogue, options, versions, world

OLD, NEW = dict.fromkeys(DATA, 1), dict.fromkeys(DATA, 2)
ALPHA = Path("cache/letters/2025/alpha_2024_to_2025.csv")
SITE = "content.explore-education-statistics.service.gov.uk"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running(world(1)) as one:
        yield one


@pytest.fixture
def folder(standin: Standin, tmp_path: Path) -> Path:
    """A folder after an update from the first world."""
    assert update(catalogue(), options(tmp_path, standin.url)).complete
    return tmp_path


def told(outcome: Outcome) -> str:
    return "\n".join(lines(outcome, catalogue()))


def spoil(file: Path, how: str) -> None:
    match how:
        case "deleted":
            file.unlink()
        case "cut":
            file.write_bytes(b"\n".join(file.read_bytes().split(b"\n")[:7]) + b"\n")
        case "altered":
            file.write_bytes(file.read_bytes().replace(b",10.0", b",91.0"))


WRONG = {
    "deleted": "is not there any more",
    "cut": "is not of the size that it was published with",
    "altered": "has been changed since it was published",
}


@pytest.mark.parametrize("how", WRONG)
def test_a_kept_file_that_is_not_whole_is_fetched_again(
    standin: Standin, folder: Path, how: str
) -> None:
    whole = (folder / ALPHA).read_bytes()
    build = Store.open(folder / "store").build
    spoil(folder / ALPHA, how)
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 0
    assert (folder / ALPHA).read_bytes() == whole
    assert Store.open(folder / "store").build == build
    assert "revised" not in told(outcome)


@pytest.mark.parametrize("how", WRONG)
def test_offline_the_store_keeps_what_it_has_from_it(
    standin: Standin, folder: Path, how: str
) -> None:
    spoil(folder / ALPHA, how)
    by_hand = folder / "cache" / "by hand" / "delta.csv"
    by_hand.parent.mkdir()
    by_hand.write_bytes(world(2).folders[FOLDER]["delta.csv"])  # something else is to be built
    (folder / "cache" / "notes" / "repository" / "delta.csv").unlink()
    cache = json.loads((folder / "cache" / "manifest.json").read_text())
    del cache["files"]["notes/repository/delta.csv"]
    (folder / "cache" / "manifest.json").write_text(json.dumps(cache))
    outcome = update(catalogue(), options(folder, standin.url, offline=True))
    assert outcome.built
    assert outcome.code == 1
    assert versions(folder) == {**OLD, "delta": 2}
    said = f"Not whole: letters/2025/alpha_2024_to_2025.csv {WRONG[how]}. What the store has from"
    assert said in told(outcome)
    by_hand.unlink()
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 0, told(outcome)
    assert versions(folder) == OLD


def test_a_release_that_is_listed_no_more_is_fetched_again_too(
    standin: Standin, folder: Path
) -> None:
    standin.world = world(2)
    assert update(catalogue(), options(folder, standin.url)).complete
    whole = (folder / ALPHA).read_bytes()
    (folder / ALPHA).unlink()
    assert update(catalogue(), options(folder, standin.url)).code == 0
    assert (folder / ALPHA).read_bytes() == whole


def test_an_extract_that_goes_is_named(standin: Standin, folder: Path) -> None:
    by_hand = folder / "cache" / "by hand" / "delta_2023.csv"
    by_hand.parent.mkdir()
    by_hand.write_bytes(
        world(1)
        .folders[FOLDER]["delta.csv"]
        .replace(b"\n2024,", b"\n2022,")
        .replace(b"\n2025,", b"\n2023,")
    )
    assert update(catalogue(), options(folder, standin.url, offline=True)).code == 0
    by_hand.unlink()
    outcome = update(catalogue(), options(folder, standin.url, offline=True))
    assert outcome.code == 1
    assert outcome.lost == [
        "Measure delta has 24 rows instead of 48: by hand/delta_2023.csv is not here any more."
    ]


@pytest.mark.parametrize("kind", ["empty list", "short list", "unasked 304"])
def test_a_release_that_is_not_there_yet_is_asked_for_again(
    standin: Standin, folder: Path, kind: str
) -> None:
    standin.world = world(2)
    where = "/download" if kind == "unasked 304" else "/data-set-files?"
    standin.faults = [Fault(where, kind), Fault("/files", "404")]
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 1
    assert versions(folder)["gamma"] == 1
    if kind != "unasked 304":
        said = "Not received: Numbers: ‘Gamma table’ (gamma) is not in this release"
        assert said in told(outcome)
    standin.faults = []
    assert update(catalogue(), options(folder, standin.url)).code == 0
    assert versions(folder) == NEW


def test_a_resumed_download_is_never_of_two_versions(standin: Standin, folder: Path) -> None:
    standin.world = world(2)
    standin.faults = [Fault(FAR, "reset", 1), Fault(FAR, "other version", 1)]
    assert update(catalogue(), options(folder, standin.url)).code == 0
    assert (folder / "cache" / "far" / "epsilon.csv").read_bytes() == world(2).addresses[FAR]


def test_names_from_answers_stay_below_the_cache(standin: Standin, tmp_path: Path) -> None:
    standin.faults = [Fault("/api/", "dots")]
    inner = tmp_path / "a" / "b" / "c"
    update(catalogue(), options(inner, standin.url))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c"]
    assert {path.name for path in inner.iterdir()} == {"cache", "store"}


def test_one_strange_answer_costs_one_publication(
    standin: Standin, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.world = world(2)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cscdash.publishers.github.visit", broken)
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 1
    assert versions(folder) == {**NEW, "delta": 1}
    said = "Notes: GitHub gave an answer that could not be dealt with (ZeroDivisionError)."
    assert said in told(outcome)
    assert "ZeroDivisionError" in (folder / "cache" / "update.log").read_text()


def test_when_no_publisher_can_be_reached_that_is_one_sentence(
    standin: Standin, folder: Path
) -> None:
    outcome = update(catalogue(), options(folder, "http://127.0.0.1:9"))
    assert outcome.code == 2
    failed = [one for one in lines(outcome, catalogue()) if one.startswith("Not received")]
    assert len(failed) == 1
    assert failed[0].startswith("Not received: No publisher can be reached: ")
    assert failed[0].count("refused the connection") == 1
    assert "What was here stays." in failed[0]
    assert f"put them into {folder / 'cache'}, and run: python -m cscdash update" in failed[0]
    assert versions(folder) == OLD


def test_the_true_reason_is_never_hidden(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "mine.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CscdashError, match="refused the connection") as caught:
        update(catalogue(), options(tmp_path, "http://127.0.0.1:9"))
    assert "Nothing can be built." in str(caught.value)


def test_failures_are_grouped_by_cause(standin: Standin, folder: Path) -> None:
    standin.world = world(2)
    standin.faults = [Fault("/api/", "html")]
    outcome = update(catalogue(), options(folder, standin.url))
    failed = [one for one in lines(outcome, catalogue()) if one.startswith("Not received")]
    assert failed == [
        f"Not received: Letters and Numbers: {SITE} answered with a web page instead of data. The"
        " network may want you to sign in first, or a filter stands in between: open the"
        " publisher's page in a browser on this computer. What was here stays."
    ]


def test_a_dry_run_never_says_that_nothing_is_new_when_it_could_not_ask(
    standin: Standin, folder: Path
) -> None:
    standin.faults = [Fault(FAR, "503"), Fault("api.github", "503")]
    outcome = update(catalogue(), options(folder, standin.url, dry_run=True))
    assert outcome.code == 1
    assert "Nothing is new" not in told(outcome)
    said = "Notes and Far (epsilon.csv): api.github.com and far.example.org answered with 503."
    assert said in told(outcome)


def test_what_was_refused_is_not_fetched_again(standin: Standin, folder: Path) -> None:
    standin.world = world(2)
    standin.faults = [Fault("/download", "renamed column")]
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 1
    assert len(outcome.refused) == 3
    assert len(list((folder / "store" / "builds").iterdir())) == 2  # three refused, one build
    assert versions(folder) == {**OLD, "delta": 2, "epsilon": 2}
    standin.faults = []
    standin.asked.clear()
    outcome = update(catalogue(), options(folder, standin.url))
    assert not [one for one in standin.asked if "/download" in one]
    assert len(standin.asked) == 4
    assert (outcome.code, outcome.refused, outcome.built) == (1, [], False)
    assert "Still left out, for the reason that was given before: alpha_2025" in told(outcome)
    first, *others = catalogue().publications
    renamed = first.model_copy(update={"title": "Letters, renamed"})
    other = catalogue().model_copy(update={"publications": [renamed, *others]})
    assert update(other, options(folder, standin.url)).code == 0  # another catalogue may take it
    assert versions(folder) == NEW


@pytest.mark.parametrize("where", ["/version-summary", "/data-set-files?", "/letters/releases$"])
def test_every_route_has_another(standin: Standin, tmp_path: Path, where: str) -> None:
    standin.world = world(2)
    standin.faults = [Fault(where, "404")]
    outcome = update(catalogue(), options(tmp_path, standin.url, since=2020))
    assert (outcome.code, outcome.notes) == (0, [])
    assert versions(tmp_path) == NEW
    releases = {path.name for path in (tmp_path / "cache" / "letters").iterdir()}
    assert releases == {"2025", "2026"}


def test_the_public_data_api_stands_in(standin: Standin, folder: Path) -> None:
    standin.world = world(2)
    standin.world.in_data_api = {"letters"}
    standin.faults = [Fault(SITE, "503")]
    outcome = update(catalogue(), options(folder, standin.url))
    assert outcome.code == 1
    assert versions(folder) == {**NEW, "gamma": 1}
    standin.faults = []
    assert update(catalogue(), options(folder, standin.url)).code == 0
    assert versions(folder) == NEW


def test_parts_of_files_are_swept_after_a_month(folder: Path, standin: Standin) -> None:
    incoming = folder / "cache" / ".incoming" / "letters" / "2019"
    incoming.mkdir(parents=True)
    for name, days in (("old.csv.part", 31), ("recent.csv.part", 3)):
        (incoming / name).write_bytes(b"a")
        then = time.time() - days * 24 * 3600
        os.utime(incoming / name, (then, then))
    Cache(folder / "cache").tidy()
    assert [file.name for file in incoming.iterdir()] == ["recent.csv.part"]


def test_a_build_whose_date_is_wrong_is_found_again(standin: Standin, folder: Path) -> None:
    first = Store.open(folder / "store")
    standin.world = world(2)
    assert update(catalogue(), options(folder, standin.url)).built
    later = time.time() + 90 * 24 * 3600
    os.utime(first.path, (later, later))
    assert restore(folder / "store").build == first.build
    with pytest.raises(CscdashError, match="holds no whole build from before"):
        restore(folder / "store")


def test_a_disk_without_locks_is_said_to_be_one(
    standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_take", no_locks)
    with pytest.raises(CscdashError, match=r"The disk of .* knows no locks \(No locks available\)"):
        update(catalogue(), options(tmp_path, standin.url))


def test_a_full_disk_at_the_lock_does_not_hinder(
    standin: Standin, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock.os, "write", full)
    assert update(catalogue(), options(folder, standin.url)).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="sending Ctrl-C to one process needs POSIX")
def test_a_stop_is_heeded_while_every_server_is_silent(standin: Standin, tmp_path: Path) -> None:
    import signal

    standin.faults = [Fault("", "silent")]
    standin.silence = 60
    here = ["--to", str(tmp_path / "store"), "--keep", str(tmp_path / "cache")]
    process = subprocess.Popen(
        [sys.executable, "-m", "cscdash", "update", *here],
        env={**os.environ, "CSCDASH_MIRROR": standin.url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not standin.asked and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.3)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - begun < standin.silence / 3, "it did not wait for the server"
    assert process.returncode == 130
    assert err == "cscdash: Stopped. What was here stays.\n"
    assert "Asking Explore Education Statistics, 1 of " in out
