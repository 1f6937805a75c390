"""Twenty-five people in a room: real sessions on one server, each thinking two to six seconds."""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.floor import floor
from cscdash.catalogue import load
from cscdash.ingest import build
from tests.serving import Server, running

Pages = tuple[tuple[str, str], ...]
PEOPLE, CHANGES, THINK = 25, 8, (2.0, 6.0)
AREAS = ("383", "204", "857", "926", "330", "815", "201", "314", "E12000003", "E92000001")
PAGES: Pages = (("outcome_1", "time"), ("outcome_4", "neighbours"), ("outcome_3", "map"))


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Time from a change of area to the end of the script, and the server's memory."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as folder:
        build(published, Path(data), load())
        empty = floor(Path(data), Path(folder), "outcome_3", "map", AREAS)
        with running(empty) as server:
            asyncio.run(_everybody(server.port, 1, 3, (0.1, 0.2), (("", ""),)))
            least = asyncio.run(_everybody(server.port, PEOPLE, CHANGES, THINK, (("", ""),)))
        with running(Server(Path(data))) as server:
            for page in PAGES:  # charts and extracts are made once
                asyncio.run(_everybody(server.port, 1, 3, (0.1, 0.2), (page,)))
            alone = asyncio.run(_everybody(server.port, 1, 10, (0.1, 0.2), PAGES))
            mixed = asyncio.run(_everybody(server.port, PEOPLE, CHANGES, THINK, PAGES))
            on_the_map = asyncio.run(_everybody(server.port, PEOPLE, CHANGES, THINK, PAGES[-1:]))
            held = memory(server.pid)
    budget = "p95 under 800 ms"
    yield "one session, change to finished", say_times(alone), "", "no thinking"
    yield f"{PEOPLE} on an empty page", say_times(least), "the floor", "the charts of a map view"
    yield f"{PEOPLE} on three pages", say_times(mixed), budget, "thinking 2 to 6 s"
    yield f"{PEOPLE} on the map", say_times(on_the_map), budget, "thinking 2 to 6 s"
    yield "memory of the server", f"{held} MB", "400 MB", "resident, at the end"


def say_times(taken: list[float]) -> str:
    """Median, 95th percentile and largest, in milliseconds."""
    cuts = statistics.quantiles(taken, n=20)
    return f"p50 {statistics.median(taken):.0f}, p95 {cuts[18]:.0f}, at most {max(taken):.0f} ms"


async def _everybody(
    port: int, people: int, changes: int, think: tuple[float, float], pages: Pages
) -> list[float]:
    found = await asyncio.gather(
        *(_one(port, random.Random(seed), changes, think, pages) for seed in range(people))
    )
    return [taken for one in found for taken in one]


async def _one(
    port: int, rng: random.Random, changes: int, think: tuple[float, float], pages: Pages
) -> list[float]:
    """One person: opens a page, then changes the area again and again."""
    page, view = rng.choice(pages)
    taken = []
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(
        address, max_size=None, subprotocols=["streamlit"], ping_interval=None
    ) as socket_:
        await run(socket_, page, f"area={rng.choice(AREAS)}&view={view}")
        for _ in range(changes):
            await asyncio.sleep(rng.uniform(*think))
            start = time.perf_counter()
            await run(socket_, page, f"area={rng.choice(AREAS)}&view={view}")
            taken.append((time.perf_counter() - start) * 1000)
    return taken


async def run(socket_: websockets.ClientConnection, page: str, query: str) -> list[str]:
    """Ask for the page with this address, and wait until its script has finished.

    Returns
    -------
    list of str
        The exceptions that the page shows.
    """
    ask = BackMsg()
    ask.rerun_script.query_string = query
    ask.rerun_script.page_name = page
    await socket_.send(ask.SerializeToString())
    wrong = []
    async for message in socket_:
        got = ForwardMsg()
        got.ParseFromString(message)
        kind = got.WhichOneof("type")
        if kind == "delta" and got.delta.new_element.WhichOneof("type") == "exception":
            wrong.append(got.delta.new_element.exception.message)
        if kind == "script_finished":
            break
    return wrong


def memory(pid: int) -> int:
    """Resident memory of a process in megabytes, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return 0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) // 1000
