"""Three copies of the app behind nginx, with the configuration in ``deploy``."""

import asyncio
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import websockets

from benchmarks.sessions import AREAS, CHANGES, PAGES, THINK, run, say_times
from cscdash.catalogue import load
from cscdash.ingest import build
from tests.serving import ROOT, Server, running

ONE, THREE = 50, 150


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Times of 50 sessions on one copy and of 150 on three, and what became of the sessions."""
    if not shutil.which("nginx"):
        yield "replicas", "not measured", "", "nginx is not here"
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "store"
        build(published, data, load())
        with running(Server(data)) as first:
            alone = asyncio.run(_everybody(first.port, ONE))
        copies = [Server(data) for _ in range(3)]
        ports = [copy.port for copy in copies]
        with ExitStack() as stack:
            for copy in copies:
                stack.enter_context(running(copy))
            port = stack.enter_context(_proxy(Path(folder), ports))
            shared = asyncio.run(_everybody(port, THREE))
            broken = asyncio.run(_with_faults(port, copies[1], published, data))
    times = [taken for one in alone for taken in one.times]
    yield f"{ONE} sessions, one copy", say_times(times), "", "thinking 2 to 6 s"
    times = [taken for one in shared for taken in one.times]
    yield f"{THREE} sessions, three copies", say_times(times), "1.2 times p95", "on this machine"
    again = sum(one.again for one in broken)
    lost = sum(not one.ended for one in broken)
    times = [taken for one in broken for taken in one.times]
    yield "one killed, build renewed", say_times(times), "", f"{again} connected again"
    yield "sessions lost", str(lost), "0", f"of {THREE}"


class _Person:
    """One person: opens a page, then changes the area again and again, whatever happens."""

    def __init__(self, port: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.cookie = {"Cookie": f"copy={seed:032x}"}
        self.page, self.view = self.rng.choice(PAGES)
        self.times: list[float] = []
        self.again, self.ended = 0, False

    async def go(self) -> "_Person":
        done = -1  # the first run opens the page
        for _ in range(6):
            try:
                async with websockets.connect(
                    self.address,
                    max_size=None,
                    subprotocols=["streamlit"],
                    additional_headers=self.cookie,
                    open_timeout=30,
                    ping_interval=None,
                ) as socket_:
                    while done < CHANGES:
                        if done >= 0:
                            await asyncio.sleep(self.rng.uniform(*THINK))
                        start = time.perf_counter()
                        query = f"area={self.rng.choice(AREAS)}&view={self.view}"
                        await run(socket_, self.page, query)
                        if done >= 0:
                            self.times.append((time.perf_counter() - start) * 1000)
                        done += 1
                    self.ended = True
                    return self
            except (OSError, websockets.WebSocketException):
                self.again += 1
                await asyncio.sleep(0.5)
        return self


async def _everybody(port: int, people: int) -> list[_Person]:
    return list(await asyncio.gather(*(_Person(port, seed).go() for seed in range(people))))


async def _with_faults(port: int, copy: Server, published: Path, data: Path) -> list[_Person]:
    """Everybody at work, while one copy is killed and comes back, and the build is renewed."""
    everybody = asyncio.ensure_future(_everybody(port, THREE))
    await asyncio.sleep(10)
    copy.kill()
    await asyncio.sleep(3)
    await asyncio.to_thread(build, published, data, load())
    await asyncio.to_thread(copy.start)
    return await everybody


@contextmanager
def _proxy(folder: Path, ports: list[int]) -> Iterator[int]:
    """The proxy of ``deploy``, before servers on this machine."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for at, port in enumerate(ports, 1):
        text = text.replace(f"app{at}:8501", f"127.0.0.1:{port}")
    front = Server(folder).port  # a free one
    text = text.replace("listen 8080", f"listen 127.0.0.1:{front}").replace("/tmp/", f"{folder}/")
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(file), "-g", "daemon off;"])
    try:
        time.sleep(1)
        yield front
    finally:
        process.terminate()
        process.wait(10)
