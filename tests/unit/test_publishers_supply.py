"""Runs with random faults, each followed by a sound one that makes good what they did."""

import json
import random
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.publishers import download, ees_answers, github, update
from cscdash.publishers.outcome_report import lines
from tests.standin.server import ABSENT, RENAMED, Fault, Standin, running
from tests.standin.small import DATA, FAR, HURRIED, catalogue, options, versions, world
from tests.trials.sampling import cases

OLD, NEW = dict.fromkeys(DATA, 1), dict.fromkeys(DATA, 2)
LONGEST = HURRIED.asking + HURRIED.fetching + 60  # seconds for a run, with its build
MEMORY = 600_000_000
PLACES = [
    "/publications/", "/version-summary", "/data-set-files?", "/download", "/api/",
    "api.github.com", "raw.githubusercontent.com", FAR, "",
]  # fmt: skip
ANYWHERE = [
    "404", "429 hour", "403 limit", "503", "reset", "wrong length", "html", "empty", "cut off",
    "half gzip", "unasked 304", "unasked 206", "slow headers", "silent", "gzip bomb",
    "two gzip bombs", "deflate bomb", "damaged deflate", "deflate", "brotli", "deep json",
    "strange headers", "truncated zip", "empty list", "short list", "dots", "renamed column",
    "renamed group",
]  # fmt: skip
FIELDS = sorted(
    {
        field.alias or name
        for shape in (*ees_answers.Answer.__subclasses__(), github.Listed)
        for name, field in shape.model_fields.items()
    }
)
VALUES: list[object] = [ABSENT, None, 7, -1, True, "x", "", [], {}, [None], {"a": 1}, "../../x"]
Spoil = Callable[[Path, random.Random], None]


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("cache/*/**/*.csv"))


def deleted(folder: Path, chance: random.Random) -> None:
    chance.choice(kept(folder)).unlink()


def cut_at_a_line(folder: Path, chance: random.Random) -> None:
    file = chance.choice(kept(folder))
    whole = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(whole[: len(whole) // 2]))


def cut_in_a_line(folder: Path, chance: random.Random) -> None:
    file = chance.choice(kept(folder))
    file.write_bytes(file.read_bytes()[: -chance.randrange(2, 200)])


def altered(folder: Path, chance: random.Random) -> None:
    file = chance.choice(kept(folder))
    file.write_bytes(file.read_bytes().replace(b",10.0", b",91.1", 1).replace(b",12", b",21", 1))


def strange_manifest(folder: Path, chance: random.Random) -> None:
    file = folder / "cache" / "manifest.json"
    known = json.loads(file.read_text())
    entry = chance.choice(sorted(known["files"]))
    match chance.randrange(7):
        case 0:
            file.write_text(file.read_text()[: chance.randrange(400)])
        case 1:
            file.write_text("[" * 100_000)
        case 2:
            known["files"][entry] = chance.choice(["a name", None, 3, [], {"bytes": "many"}])
            file.write_text(json.dumps(known))
        case 3:
            known["files"][entry][chance.choice(sorted(known["files"][entry]))] = None
            file.write_text(json.dumps(known))
        case 4:
            known["files"][f"../../{entry}"] = known["files"].pop(entry)
            file.write_text(json.dumps(known))
        case 5:
            known["publications"] = chance.choice([{"letters": 4}, ["letters"], None])
            file.write_text(json.dumps(known))
        case _:
            for one in known["publications"].values():
                one.update(etag="\xe9", key=None, since="long ago", edition="²")
            file.write_text(json.dumps(known))


def strange_leftovers(folder: Path, chance: random.Random) -> None:
    part = folder / "cache" / ".incoming" / "far" / "epsilon.csv.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"time_period,geographic_level\n2020,Nat")
    note: object = chance.choice(
        [
            {"url": f"https://{FAR}", "etag": '"old"', "total": 99},
            {"url": f"https://{FAR}", "etag": "caf\xe9", "modified": 3},
            {"done": "", "kept": {"bytes": 3}},
            [],
        ]
    )
    part.with_name(f"{part.name}.json").write_text(json.dumps(note))


ON_DISK: list[Spoil] = [
    deleted, cut_at_a_line, cut_in_a_line, altered, strange_manifest, strange_leftovers,
]  # fmt: skip


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a cache after an update from the first world."""
    folder = tmp_path_factory.mktemp("start")
    with running(world(1)) as standin:
        assert update(catalogue(), options(folder, standin.url)).complete
    return folder


@pytest.fixture(scope="module")
def sound(start: Path, standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store after an update from the second world in which nothing went wrong."""
    folder = tmp_path_factory.mktemp("sound")
    shutil.copytree(start, folder, dirs_exist_ok=True)
    assert update(catalogue(), options(folder, standin.url)).complete
    return Store.open(folder / "store")


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with running(world(2)) as one:
        one.silence, one.drip = 2.5, 0.01
        yield one


def most_memory() -> int:
    """The most bytes that this process ever took, other tests included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(folder: Path, standin: Standin) -> tuple[int, str]:
    """An update as the command does it: its exit code and everything that it says."""
    begun, before = time.monotonic(), most_memory()
    try:
        outcome = update(catalogue(), options(folder, standin.url))
        said = outcome.code, "\n".join(lines(outcome, catalogue()))
    except CscdashError as error:
        said = 2, str(error)
    assert time.monotonic() - begun < LONGEST
    if sys.platform == "linux":
        assert most_memory() < max(MEMORY, before + 1)
    return said


def made_good(folder: Path, standin: Standin, sound: Store, told: object) -> None:
    """After a sound run the store is, value for value, the one without faults."""
    standin.faults, standin.after, standin.mutated = [], [], None
    standin.world = world(2)
    for publication in standin.world.publications:  # what was refused is asked for once renewed
        publication.releases[0].version += 1
    code, said = run(folder, standin)
    assert code == 0, (told, said)
    store = Store.open(folder / "store")
    assert store.check() == []
    assert store.indicators == sound.indicators
    for id in sound.indicators:
        assert store.table(id).equals(sound.table(id)), (told, id)
    outside = [p for p in folder.rglob("*") if p.is_file() and p.parts[-2:][0] == "x"]
    assert not outside


@pytest.mark.parametrize("seed", cases(24))
def test_a_run_with_faults(
    seed: int,
    start: Path,
    standin: Standin,
    sound: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "a" / "b"
    shutil.copytree(start, folder)
    standin.world = world(2)
    monkeypatch.setattr(download, "LARGEST_FILE", 5_000_000)  # bombs of 200 MB pass that
    kinds = [chance.choice(ANYWHERE) for _ in range(chance.choice([0, 1, 1, 2]))]
    faults = [Fault(chance.choice(PLACES), kind, chance.choice([1, 2, 10**9])) for kind in kinds]
    told: list[object] = [repr(fault) for fault in faults]
    standin.faults = faults
    if seed % 3 == 0:
        standin.mutated = (chance.choice(FIELDS), chance.choice(VALUES))
        if standin.mutated == ("isLatestRelease", True):  # of the right type, and only untrue
            standin.mutated = None
        told.append(standin.mutated)
    if seed % 3 == 1:
        spoil = chance.choice(ON_DISK)
        spoil(folder, chance)
        told.append(spoil.__name__)
    before = sorted(Store.open(folder / "store").indicators)
    code, said = run(folder, standin)
    assert code in (0, 1, 2), (told, said)
    assert sorted(Store.open(folder / "store").indicators) == before, (told, said)
    now = versions(folder)
    assert set(now.values()) <= {1, 2}, told
    if code == 0 and not any(kind in RENAMED for kind in kinds):
        assert now == NEW, (told, said)
    made_good(folder, standin, sound, told)


@pytest.mark.parametrize("at", cases(12))
def test_every_field_may_be_null_absent_or_of_another_type(
    at: int, start: Path, standin: Standin, sound: Store, tmp_path: Path
) -> None:
    chance = random.Random(at)
    every = [
        (name, value)
        for name in FIELDS
        for value in VALUES
        if (name, value) != ("isLatestRelease", True)  # of the right type, and only untrue
    ]
    name, value = every[at % len(every)] if at >= 24 else chance.choice(every)
    folder = tmp_path / "a" / "b"
    shutil.copytree(start, folder)
    standin.world, standin.faults, standin.mutated = world(2), [], (name, value)
    code, said = run(folder, standin)
    assert code in (0, 1), (name, value, said)
    now = versions(folder)
    assert now["epsilon"] == 2, (name, value, said)  # it is at an address, and has no fields
    if code == 0:
        assert now == NEW, (name, value, said)
    made_good(folder, standin, sound, (name, value))
