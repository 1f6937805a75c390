"""Hundreds of sessions at random through all pages, views, authorities and indicators."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import websockets

from benchmarks.sessions import memory, run, say_times
from cscdash.catalogue import Catalogue, load
from cscdash.ingest import build
from cscdash.places import places
from cscdash.views.frame.navigation import declared_pages
from cscdash.views.indicator.registry import VIEWS
from tests.serving import Server, running

SESSIONS, CHANGES, AT_ONCE, EVERY = 780, 6, 12, 60


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Memory, open files and times, printed after every sixty sessions and at the end."""
    catalogue = load()
    with tempfile.TemporaryDirectory() as data:
        build(published, Path(data), catalogue)
        with running(Server(Path(data))) as server:
            least = memory(server.pid)
            times: list[float] = []
            wrong: list[str] = []
            for first in range(0, SESSIONS, EVERY):
                taken, found = asyncio.run(
                    _some(server.port, range(first, first + EVERY), catalogue)
                )
                times += taken
                wrong += found
                held, files = memory(server.pid), _files(server.pid)
                print(f"{first + EVERY} sessions: {held} MB, {files} open files,", end=" ")
                print(f"{say_times(taken)}, {len(wrong)} exceptions", flush=True)
            end, files = memory(server.pid), _files(server.pid)
    yield "memory of the server", f"{end} MB", "400 MB", f"{least} MB before the first session"
    yield "open files at the end", str(files), "", ""
    yield "changes", say_times(times), "", f"{SESSIONS} sessions with {CHANGES} changes each"
    yield "exceptions on a page", str(len(wrong)), "0", "; ".join(sorted(set(wrong))[:3])


async def _some(port: int, seeds: range, catalogue: Catalogue) -> tuple[list[float], list[str]]:
    """Some sessions, a dozen at once: what each change took, and the exceptions shown."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(seed: int) -> tuple[list[float], list[str]]:
        async with gate:
            return await _one(port, random.Random(seed), catalogue)

    found = await asyncio.gather(*(one(seed) for seed in seeds))
    return [t for taken, _ in found for t in taken], [w for _, wrong in found for w in wrong]


async def _one(
    port: int, rng: random.Random, catalogue: Catalogue
) -> tuple[list[float], list[str]]:
    taken: list[float] = []
    wrong: list[str] = []
    areas = [area.code for area in places().areas.values() if area.level != "former"]
    measured = [i for i in catalogue.indicators if i.standing != "gap"]
    pages = [page.address for page in declared_pages()]
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(
        address, max_size=None, subprotocols=["streamlit"], ping_interval=None
    ) as socket_:
        for _ in range(CHANGES + 1):
            area, indicator = rng.choice(areas), rng.choice(measured)
            query = f"area={area}"
            page = rng.choice(pages) if rng.random() < 0.3 else indicator.chapter
            if page == indicator.chapter:
                query += f"&indicator={indicator.id}&view={rng.choice([*VIEWS])}"
            start = time.perf_counter()
            for problem in await run(socket_, page, query):
                wrong.append(f"{page}?{query}: {problem}")
            taken.append((time.perf_counter() - start) * 1000)
    return taken[1:], wrong


def _files(pid: int) -> int:
    """How many files and connections a process has open, where the system tells it."""
    folder = Path(f"/proc/{pid}/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
