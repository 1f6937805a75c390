"""Updating: what is new comes in, what is not costs next to nothing, nothing is ever lost."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.extracts.restore import restore
from cscdash.publishers import update
from cscdash.publishers.outcome_report import lines
from tests.standin.server import Fault, Standin, running
from tests.standin.small import DATA, FAR, catalogue, everything, options, versions, world
from tests.standin.world import Published

OLD, NEW = dict.fromkeys(DATA, 1), dict.fromkeys(DATA, 2)


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running(world(1)) as one:
        yield one


def test_a_first_update_and_one_with_new_data(standin: Standin, tmp_path: Path) -> None:
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert outcome.complete, list(lines(outcome, catalogue()))
    assert versions(tmp_path) == OLD
    assert len(outcome.new) == 5
    assert all(agent.startswith("cscdash/") for agent in standin.agents)
    assert max(standin.most.values()) <= 2
    package = outcome.store.package if outcome.store else {}
    assert package["publications"]["letters"]["next"] == "2026-11"
    assert package["releases"]["letters 2025"]["published"] == "2025-11-20"
    assert package["releases"]["notes 2025"]["retrieved"]
    standin.world = world(2)
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert outcome.complete
    assert versions(tmp_path) == NEW
    told = list(lines(outcome, catalogue()))
    assert "Measure alpha: new period 2026." in told
    assert any(
        one.startswith("Measure gamma: 24 of 24 values revised, by 10.00 percentage points")
        for one in told
    )
    assert (tmp_path / "cache" / "letters" / "2025" / "alpha_2024_to_2025.csv").is_file()
    assert restore(tmp_path / "store").build != outcome.store.build
    assert versions(tmp_path) == OLD
    with pytest.raises(CscdashError, match="holds no whole build from before"):
        restore(tmp_path / "store")
    assert update(catalogue(), options(tmp_path, standin.url)).built
    assert versions(tmp_path) == NEW


def test_nothing_new_is_one_request_each_and_no_file(standin: Standin, tmp_path: Path) -> None:
    update(catalogue(), options(tmp_path, standin.url))
    before = everything(tmp_path)
    standin.asked.clear()
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert not outcome.built
    assert len(standin.asked) == 4
    assert everything(tmp_path) == before
    assert list(lines(outcome, catalogue()))[-1].startswith("Nothing is new")


def test_a_dry_run_changes_nothing(standin: Standin, tmp_path: Path) -> None:
    update(catalogue(), options(tmp_path, standin.url))
    before = everything(tmp_path)
    assert update(catalogue(), options(tmp_path, standin.url, dry_run=True)).offered == []
    standin.world = world(2)
    outcome = update(catalogue(), options(tmp_path, standin.url, dry_run=True))
    assert {item.dataset for item in outcome.offered} == set(DATA)
    assert everything(tmp_path) == before


def test_only_and_offline(standin: Standin, tmp_path: Path) -> None:
    update(catalogue(), options(tmp_path, standin.url, only=("numbers",)))
    assert versions(tmp_path) == {"gamma": 1}
    standin.world = world(2)
    assert not update(catalogue(), options(tmp_path, standin.url, offline=True)).built
    by_hand = tmp_path / "cache" / "by hand"
    by_hand.mkdir()
    (by_hand / "delta.csv").write_bytes(world(1).folders["office/notes", "data"]["delta.csv"])
    assert update(catalogue(), options(tmp_path, standin.url, offline=True)).built
    assert versions(tmp_path) == {"gamma": 1, "delta": 1}
    with pytest.raises(CscdashError, match="Do you mean numbers"):
        update(catalogue(), options(tmp_path, standin.url, only=("number",)))


def test_older_releases_on_request(standin: Standin, tmp_path: Path) -> None:
    standin.world = world(2)
    update(catalogue(), options(tmp_path, standin.url))
    letters = tmp_path / "cache" / "letters"
    assert [folder.name for folder in letters.iterdir()] == ["2026"]
    update(catalogue(), options(tmp_path, standin.url, since=2026))
    assert [folder.name for folder in letters.iterdir()] == ["2026"]
    outcome = update(catalogue(), options(tmp_path, standin.url, since=2020))
    assert {folder.name for folder in letters.iterdir()} == {"2025", "2026"}
    assert versions(tmp_path) == NEW
    assert "Measure alpha: new period 2024." in list(lines(outcome, catalogue()))
    standin.asked.clear()
    update(catalogue(), options(tmp_path, standin.url, since=2020))
    assert len(standin.asked) == 4


def test_no_more_than_two_connections_to_a_host(standin: Standin, tmp_path: Path) -> None:
    standin.delay = 0.02
    update(catalogue(), options(tmp_path, standin.url))
    assert max(standin.most.values()) == 2


def test_a_broken_download_is_taken_up(standin: Standin, tmp_path: Path) -> None:
    sent: list[int] = []
    standin.faults = [Fault(FAR, "reset", 1)]
    content = world(1).addresses[FAR]

    class Ear:
        def moved(self, file: str, done: int, of: int | None) -> None:
            if file.startswith("far"):
                sent.append(done)

        def __getattr__(self, name: str) -> object:
            return lambda *_: None

    assert update(catalogue(), options(tmp_path, standin.url), Ear()).complete
    assert sent[0] == len(content) // 2
    assert sent[-1] == len(content)
    assert versions(tmp_path) == OLD


def test_what_was_downloaded_is_not_asked_for_again(
    standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cscdash.publishers.build_from_cache.build", stop)
    with pytest.raises(KeyboardInterrupt):
        update(catalogue(), options(tmp_path, standin.url))
    monkeypatch.undo()
    standin.asked.clear()
    update(catalogue(), options(tmp_path, standin.url))
    assert not [one for one in standin.asked if "/download" in one or "raw." in one]
    assert versions(tmp_path) == OLD


def test_the_zip_of_a_release_stands_in(standin: Standin, tmp_path: Path) -> None:
    standin.faults = [Fault("/download", "404"), Fault("/files/", "404")]
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert outcome.complete
    assert versions(tmp_path) == OLD
    zips = [one for one in standin.asked if one.endswith("/files")]
    assert len(zips) == len(set(zips)) == 2
    assert not list((tmp_path / "cache").rglob("*.zip*"))


def test_known_by_title_where_the_name_is_new(standin: Standin, tmp_path: Path) -> None:
    files = standin.world.publications[1].releases[0].files
    files[0].name = "g_new_2025.csv"
    files[0].title = "Gamma tables - by LA"
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert versions(tmp_path) == OLD
    assert "Numbers: ‘Gamma table’ is now called g_new_2025.csv; it was known by title." in (
        outcome.notes
    )


def test_a_file_that_is_not_there_is_named(standin: Standin, tmp_path: Path) -> None:
    files = standin.world.publications[1].releases[0].files
    files[0] = Published("gammas.csv", "Something else altogether", files[0].content)
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert "gamma" not in versions(tmp_path)
    assert outcome.lacking == [
        "Numbers: ‘Gamma table’ (gamma) is not in this release; the nearest name is gammas.csv"
    ]
    assert outcome.code == 1
    standin.asked.clear()
    update(catalogue(), options(tmp_path, standin.url, only=("numbers",)))
    assert len(standin.asked) > 1  # it is asked for again, not remembered as done


def test_another_copy_serves_until_the_publisher_answers(standin: Standin, tmp_path: Path) -> None:
    copies = standin.world.folders["office/notes", "data"]
    content = standin.world.publications[0].releases[0].files[-2].content
    copies["alpha_2024_to_2025.csv"] = content
    standin.faults = [Fault("/publications/letters", "500")]
    outcome = update(catalogue(), options(tmp_path, standin.url))
    assert versions(tmp_path) == {id: 1 for id in DATA if id != "beta"}
    assert (tmp_path / "cache" / "letters" / "repository" / "alpha_2024_to_2025.csv").is_file()
    assert {failure.words for failure in outcome.failures} == {"answered with 500"}
    standin.faults = []
    update(catalogue(), options(tmp_path, standin.url))
    assert versions(tmp_path) == OLD
    assert not list((tmp_path / "cache" / "letters" / "repository").iterdir())


def test_what_a_person_put_there_stays(standin: Standin, tmp_path: Path) -> None:
    update(catalogue(), options(tmp_path, standin.url))
    own = tmp_path / "cache" / "by hand" / "notes on delta.csv"
    own.parent.mkdir()
    own.write_bytes(b"a,b\n1,2\n")
    standin.world = world(2)
    update(catalogue(), options(tmp_path, standin.url))
    assert own.read_bytes() == b"a,b\n1,2\n"


def test_another_update_waits_or_says_who(standin: Standin, tmp_path: Path) -> None:
    standin.delay = 0.15
    first = threading.Thread(
        target=lambda: update(catalogue(), options(tmp_path, standin.url)), daemon=True
    )
    first.start()
    lock = tmp_path / "cache" / ".lock"
    while not (lock.is_file() and lock.read_text()):  # it is held once it says by whom
        time.sleep(0.005)
    with pytest.raises(CscdashError, match=r"Another update is at work \((process \d+|just)"):
        update(catalogue(), options(tmp_path, standin.url, wait=0.05))
    first.join()
    assert versions(tmp_path) == OLD


def test_nothing_to_build_says_why(standin: Standin, tmp_path: Path) -> None:
    with pytest.raises(CscdashError, match="There are no published files here"):
        update(catalogue(), options(tmp_path, standin.url, offline=True))
    standin.faults = [Fault("", "500")]
    with pytest.raises(CscdashError, match="answered with 500"):
        update(catalogue(), options(tmp_path, standin.url))
    assert not (tmp_path / "store").exists()


def test_the_manifest_says_where_a_file_is_from(standin: Standin, tmp_path: Path) -> None:
    update(catalogue(), options(tmp_path, standin.url))
    known = json.loads((tmp_path / "cache" / "manifest.json").read_text())["files"]
    gamma = known["numbers/2025/gamma_2025.csv"]
    assert gamma["rows"] == 24
    assert gamma["url"].startswith("https://content.explore-education-statistics.service.gov.uk/")
    assert gamma["dataset"] == "gamma"
    assert len(gamma["sha256"]) == 64
