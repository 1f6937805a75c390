"""Twenty-five people in a room: real sessions on one server, each thinking two to six seconds."""

import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from cscdash.catalogue import load
from cscdash.ingest import build

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, CHANGES, THINK = 25, 5, (2.0, 6.0)
AREAS = ("383", "204", "857", "926", "330", "815", "201", "314", "E12000003", "E92000001")
PAGES = (("outcome_1", "time"), ("outcome_4", "neighbours"), ("outcome_3", "map"))


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Time from a change of area to the end of the script, and the server's memory."""
    with tempfile.TemporaryDirectory() as folder:
        build(published, Path(folder), load())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"),
                *(f"--server.port={port}", "--server.address=127.0.0.1"),
            ],
            cwd=ROOT,
            env={**os.environ, "CSCDASH_DATA": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            asyncio.run(_everybody(port, 1, 3, (0.1, 0.2)))  # charts and extracts are made once
            alone = asyncio.run(_everybody(port, 1, 10, (0.1, 0.2)))
            room = asyncio.run(_everybody(port, PEOPLE, CHANGES, THINK))
            yield "one session, change to finished", _say(alone), "", "no thinking"
            yield f"{PEOPLE} sessions", _say(room), "p95 under 800 ms", "thinking 2 to 6 s"
            yield "memory of the server", f"{_memory(server.pid)} MB", "400 MB", "resident"
        finally:
            server.terminate()
            server.wait(20)


def _say(taken: list[float]) -> str:
    """Median, 95th percentile and largest, in milliseconds."""
    cuts = statistics.quantiles(taken, n=20)
    return f"p50 {statistics.median(taken):.0f}, p95 {cuts[18]:.0f}, at most {max(taken):.0f} ms"


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


async def _everybody(
    port: int, people: int, changes: int, think: tuple[float, float]
) -> list[float]:
    found = await asyncio.gather(
        *(_one(port, random.Random(seed), changes, think) for seed in range(people))
    )
    return [taken for one in found for taken in one]


async def _one(
    port: int, rng: random.Random, changes: int, think: tuple[float, float]
) -> list[float]:
    """One person: opens a page, then changes the area again and again."""
    page, view = rng.choice(PAGES)
    taken = []
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, max_size=None, subprotocols=["streamlit"]) as socket_:
        await _run(socket_, page, f"area={rng.choice(AREAS)}&view={view}")
        for _ in range(changes):
            await asyncio.sleep(rng.uniform(*think))
            start = time.perf_counter()
            await _run(socket_, page, f"area={rng.choice(AREAS)}&view={view}")
            taken.append((time.perf_counter() - start) * 1000)
    return taken


async def _run(socket_: websockets.ClientConnection, page: str, query: str) -> None:
    """Ask for the page with this address, and wait until its script has finished."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    ask.rerun_script.page_name = page
    await socket_.send(ask.SerializeToString())
    async for message in socket_:
        got = ForwardMsg()
        got.ParseFromString(message)
        if got.WhichOneof("type") == "script_finished":
            return


def _memory(pid: int) -> int:
    """Resident memory of a process in megabytes, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return 0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) // 1000
