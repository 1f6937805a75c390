"""Whatever goes wrong on the way, the store is the old build or the new one, and it is said."""

import errno
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import build_writer as stores
from cscdash.publishers import Outcome, update
from cscdash.publishers import partial_download as part
from cscdash.publishers.outcome_report import lines
from tests.standin.server import RENAMED, Fault, Standin, running, spoilt
from tests.standin.small import DATA, FAR, FOLDER, catalogue, options, versions, world
from tests.standin.world import Published
from tests.trials.sampling import cases

CASES = 29  # one of each kind; more: python -m tests.trials faults
OLD, NEW = dict.fromkeys(DATA, 1), dict.fromkeys(DATA, 2)
PLACES = {
    "/api/publications/letters": {"alpha", "beta"},
    "/version-summary": {"alpha", "beta", "gamma"},
    "/data-set-files?": {"alpha", "beta", "gamma"},
    "/download": {"alpha", "beta", "gamma"},
    "/api/": {"alpha", "beta", "gamma"},
    "api.github.com": {"delta"},
    "raw.githubusercontent.com": {"delta"},
    FAR: {"epsilon"},
    "": set(DATA),
}
ANYWHERE = [
    "404", "410", "429", "429 after", "429 date", "500", "503", "504", "reset", "drip",
    "wrong length", "html", "empty", "cut off", "gzip", "half gzip", "no length",
]  # fmt: skip
OF_TABLES = ["bom", "renamed column", "renamed category", "renamed group", "new code", "fewer rows"]
OF_LISTS = ["odd json"]
SPECIAL = ["truncated zip", "duplicate", "withdrawn", "disk full", "store full"]
HARMLESS = {"gzip", "no length", "bom", "duplicate", "withdrawn"}
TABLES = ("/download", "raw.githubusercontent.com", FAR)
SAID = {
    "404": "had no such page", "410": "withdrawn", "429": "fewer requests", "500": "500",
    "503": "503", "504": "504", "reset": "broke off", "wrong length": "broke off",
    "renamed column": "nearest is ‘percent’", "renamed category": "nearest is ‘All children’",
    "new code": "no area ‘999’ is known", "renamed group": "‘Foster carer’ is new",
    "disk full": "no room left", "store full": "No space left", "drip": "too",
}  # fmt: skip


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a cache after an update from the first world."""
    folder = tmp_path_factory.mktemp("start")
    with running(world(1)) as standin:
        assert update(catalogue(), options(folder, standin.url)).complete
    return folder


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with running(world(2)) as one:
        one.drip = 0.004
        yield one


def chosen(seed: int) -> tuple[str, str, int]:
    """What goes wrong, where, and how many times."""
    chance = random.Random(seed)
    kind = (ANYWHERE + OF_TABLES + OF_LISTS + SPECIAL)[seed % 29]
    places = list(PLACES)
    if kind in OF_TABLES:
        places = list(TABLES[:2] if kind == "fewer rows" else TABLES)  # elsewhere nobody counts
    if kind in OF_LISTS:
        places = ["/version-summary", "/data-set-files?", "/api/publications/letters", "api.github"]
    times = chance.choice([1, 2, 10**9, 10**9])
    return kind, chance.choice(places), times


def prepare(
    kind: str, where: str, times: int, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = standin.world.publications[0].releases
    page = len(where) % 2 + 1
    match kind:
        case "truncated zip":
            standin.faults = [Fault("/files", "truncated zip"), Fault("/download", "500")]
        case "duplicate":
            twin = next(one for one in letters[0].files if one.name.startswith("alpha"))
            letters[0].files.append(Published("alpha_2026.csv", "Alpha", twin.content))
        case "withdrawn":
            asked = f"publicationId={standin.world.publications[0].id}&latestOnly=true&page={page}"
            standin.after = [(asked, lambda: letters.remove(letters[0]))]
        case "disk full":
            left = [random.Random(where).randrange(0, 4)]

            def full(stream: Any, piece: bytes) -> None:
                left[0] -= 1
                if left[0] < 0:
                    stream.write(piece[: len(piece) // 2])
                    raise OSError(errno.ENOSPC, "No space left on device")
                stream.write(piece)

            monkeypatch.setattr(part, "write", full)
        case "store full":

            def none(*_: Any, **__: Any) -> None:
                raise OSError(errno.ENOSPC, "No space left on device")

            name = random.Random(where).choice(["_durable", "_place", "point"])
            monkeypatch.setattr(stores, name, none)
        case "bom" | "renamed column" | "renamed category" | "renamed group" | "new code" if (
            where.startswith("raw.")
        ):  # the listing knows the checksum of what is there
            folder = standin.world.folders[FOLDER]
            folder["delta.csv"] = spoilt(folder["delta.csv"], kind)
        case _:
            standin.faults = [Fault(where, kind, times)]


def tried(folder: Path, standin: Standin) -> tuple[Outcome | None, str]:
    """An update: its outcome if it had one, and everything that it said."""
    try:
        outcome = update(catalogue(), options(folder, standin.url))
    except CscdashError as error:
        return None, str(error)
    return outcome, " ".join(lines(outcome, catalogue()))


@pytest.mark.parametrize("seed", cases(CASES))
def test_a_fault(
    seed: int, start: Path, standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, where, times = chosen(seed)
    had = seed % 10 != 9 or kind == "renamed group"  # renamed from what, in an empty store?
    if had:
        shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    standin.world = world(2)
    prepare(kind, where, times, standin, monkeypatch)
    outcome, said = tried(tmp_path, standin)
    monkeypatch.undo()
    standin.faults, standin.after = [], []
    before = OLD if had else {}
    now = versions(tmp_path) if (tmp_path / "store" / "current").exists() else {}
    for data in DATA:
        old = 1 if kind == "withdrawn" else before.get(data)
        assert now.get(data) in (old, 2), (kind, where, times)
    if kind not in SPECIAL:
        for data in set(DATA) - PLACES.get(where, set(DATA)):
            assert now[data] == 2, f"{data} had no part in {kind} at {where}"
    missing = [data for data in DATA if now.get(data) != 2]
    if missing and kind != "withdrawn":
        assert outcome is None or not outcome.complete, (kind, where, times)
        assert SAID.get(kind[:3] if kind[:3].isdecimal() else kind, "") in said, said
    if kind in HARMLESS - {"withdrawn"} or (times == 1 and kind[:1] == "5"):
        assert now == NEW, (kind, where, times, said)
    if kind == "withdrawn":
        assert len(where) % 2 == 0 or "gone when we fetched them" in said
        assert now == {**NEW, "alpha": 1, "beta": 1}
    standin.world = world(2)
    if kind in (*RENAMED, "new code"):  # what was refused is asked for again once it is another
        for publication in standin.world.publications:
            publication.releases[0].version += 1
    last = update(catalogue(), options(tmp_path, standin.url))
    assert last.complete, (kind, where, times, *lines(last, catalogue()))
    assert versions(tmp_path) == NEW
    left = [p.name for p in (tmp_path / "cache").iterdir() if p.name.startswith(".")]
    assert left == [".lock"], (kind, where, times)
    builds = (tmp_path / "store" / "builds").iterdir()
    assert not [p for p in builds if p.name.startswith(".")]
