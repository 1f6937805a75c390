"""Servers of our own on a free port of this machine, stopped by their own handle."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """A server of the app that can go away and come back under the same address.

    Parameters
    ----------
    data : Path
        The store it uses.
    script : Path
        What it serves.
    options : str
        More options of ``streamlit run``.
    environment : str
        More of the environment.
    """

    def __init__(
        self, data: Path, script: Path = ROOT / "app.py", *options: str, **environment: str
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", "streamlit", "run", str(script)]
        self._command += ["--server.headless=true", f"--server.port={self.port}"]
        self._command += ["--server.address=127.0.0.1", *options]
        self.log: Path | None = None  # where the server's own log goes, if anywhere
        self._environment = {**os.environ, "CSCDASH_DATA": str(data), **environment}

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        with Path(self.log or os.devnull).open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(600):
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended with {self._process.returncode}")
            try:
                direct.open(f"{self.base}/_stcore/health", timeout=1)
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.wait(10)

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """A server that answers, until the block ends."""
    server.start()
    try:
        yield server
    finally:
        server.kill()  # a server of a test has nothing to put in order
