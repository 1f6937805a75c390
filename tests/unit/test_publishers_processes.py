"""Updates as processes: killed at any moment, or started together."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cscdash.publishers import update
from tests.standin.server import Standin, running
from tests.standin.small import DATA, catalogue, options, versions, world
from tests.trials.sampling import cases

KILLS, PAIRS = 8, 3  # more of them: python -m tests.trials kills, pairs
OLD, NEW = dict.fromkeys(DATA, 1), dict.fromkeys(DATA, 2)
NURSERY = Path(__file__).resolve().parents[1] / "standin" / "nursery.py"
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="forking needs POSIX")


class Nursery:
    """Starts updates in processes of their own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(NURSERY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=NURSERY.parents[2],
        )

    def ask(self, **what: object) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self, folder: Path, url: str) -> int:
        return self.ask(folder=str(folder), url=url)

    def end(self, process: int) -> int:
        return self.ask(wait=process)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    one = Nursery()
    yield one
    assert one.process.stdin
    one.process.stdin.close()
    one.process.wait(10)


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with running(world(1)) as one:
        yield one


@pytest.fixture(scope="module")
def start(standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    standin.world = world(1)
    assert update(catalogue(), options(folder, standin.url)).complete
    return folder


@posix
def test_killed_at_a_random_moment(
    start: Path, standin: Standin, nursery: Nursery, tmp_path: Path
) -> None:
    seeds = cases(KILLS, first=20261121)
    standin.world = world(2)
    shutil.copytree(start, tmp_path / "timed")
    begun = time.monotonic()
    assert nursery.end(nursery.start(tmp_path / "timed", standin.url)) == 0
    whole = time.monotonic() - begun
    seen = set()
    for turn in seeds:
        folder = tmp_path / str(turn)
        shutil.copytree(start, folder)
        process = nursery.start(folder, standin.url)
        time.sleep(random.Random(turn).uniform(0, whole * 1.05))
        os.kill(process, signal.SIGKILL)
        nursery.end(process)
        now = versions(folder)
        assert now in (OLD, NEW)
        seen.add(now == NEW)
        assert update(catalogue(), options(folder, standin.url)).complete
        assert versions(folder) == NEW
        assert not list((folder / "store" / "builds").glob(".*"))
        shutil.rmtree(folder)
    assert False in seen


@posix
def test_two_started_together(
    start: Path, standin: Standin, nursery: Nursery, tmp_path: Path
) -> None:
    standin.world = world(2)
    for turn in cases(PAIRS):
        folder = tmp_path / str(turn)
        shutil.copytree(start, folder)
        both = [nursery.start(folder, standin.url) for _ in range(2)]
        assert sorted(nursery.end(process) for process in both) == [0, 3]
        assert versions(folder) == NEW
        assert len(list((folder / "store" / "builds").iterdir())) == 2
        shutil.rmtree(folder)
