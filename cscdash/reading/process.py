"""The child process in which files that were handed over are opened.

A library that meets a hostile file may allocate without end, panic or never return. In a child
process that costs one file and one message, not the app and everybody who is using it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from cscdash.errors import CscdashError
from cscdash.reading.frames import BrokenFrameError, receive_body, receive_head, send
from cscdash.reading.limits import PUBLISHED, Limits
from cscdash.settings import of_the_system

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL")

Answer = tuple[dict[str, Any], bytes]


class Child:
    """A child process that reads one file after another; threads take turns.

    It starts with the first file, or when told to, and starts again after a file that ended it.

    Parameters
    ----------
    ahead : bool
        Whether to start now, with the libraries that published files need, rather than with the
        first file.
    """

    def __init__(self, ahead: bool = False) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._held: bytes | None = None  # the content that the child still has
        self.starts = 0
        if ahead:
            self._start(ahead=True)

    def ask(
        self, what: str, content: bytes | Path, label: str, limits: Limits, **details: Any
    ) -> Answer:
        """Have a file read.

        Parameters
        ----------
        what : str
            What to do with it: a key of `cscdash.reading.child.READERS`.
        content : bytes or Path
            The file, or where it is.
        label : str
            What messages call it.
        limits : Limits
            What it may cost.
        **details
            What else the reader needs; plain values.

        Returns
        -------
        tuple of dict and bytes
            The head and the body of the answer.

        Raises
        ------
        CscdashError
            With the reader's message, or because the file cost more than the limits allow.
        """
        if isinstance(content, bytes) and len(content) > limits.content:
            raise limits.too_large(label)
        with self._turn:
            head, body = self._asked(what, content, label, limits, details)
        if "refused" in head:
            raise CscdashError(str(head["refused"]))
        return head, body

    def _asked(
        self,
        what: str,
        content: bytes | Path,
        label: str,
        limits: Limits,
        details: dict[str, Any],
    ) -> Answer:
        if self._process is None or self._process.poll() is not None:
            self._start()
        process = self._process
        assert process is not None
        into, out = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(limits.seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            ask = {"what": what, "label": label, "limits": asdict(limits), "details": details}
            if isinstance(content, Path):
                send(into, {**ask, "path": str(content)})
                self._held = None
            elif content is self._held:
                send(into, {**ask, "again": True})
            else:
                self._held = content
                send(into, ask, content)
            head = receive_head(out)
            if head["bytes"] > limits.answer:
                raise BrokenFrameError
            return head, receive_body(out, head)
        except (BrokenFrameError, OSError, ValueError):
            self._stop()
            raise (limits.too_long if late.is_set() else limits.too_costly)(label) from None
        except BaseException:  # an interrupt between question and answer: begin afresh
            self._stop()
            raise
        finally:
            clock.cancel()

    def _start(self, ahead: bool = False) -> None:
        env = of_the_system(_KEPT)
        env |= {
            "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            # Address space counts against the limit whether it is used or not.
            "MALLOC_ARENA_MAX": "2",
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "OPENBLAS_NUM_THREADS": "1",
        }
        command = [sys.executable, "-m", "cscdash.reading.child", *(["ahead"] if ahead else [])]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=env,
                cwd=_ROOT,
            )
        except OSError as error:
            raise CscdashError(
                f"No process could be started to read files in ({error.strerror or error})."
            ) from error
        self._held = None
        self.starts += 1

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was still to be written has nowhere to go
                    if pipe:
                        pipe.close()
        self._process, self._held = None, None

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._stop()


_sharing = threading.Lock()
_shared: dict[Limits, tuple[Child, int]] = {}  # and how many blocks use it


@contextmanager
def one_child(limits: Limits) -> Iterator[Child]:
    """Files that are read with these limits inside the block, on any thread, share one child.

    Published files come by the dozen; a child for each would cost more than reading them. For them
    it starts at once.
    """
    with _sharing:
        child, users = _shared.get(limits) or (Child(ahead=limits == PUBLISHED), 0)
        _shared[limits] = child, users + 1
    try:
        yield child
    finally:
        with _sharing:
            _, users = _shared.pop(limits)
            if users > 1:
                _shared[limits] = child, users - 1
        if users == 1:
            child.close()


def ask(what: str, content: bytes | Path, label: str, limits: Limits, **details: Any) -> Answer:
    """Have a file read: as `Child.ask`, in a shared child or in one for this file alone."""
    shared = _shared.get(limits)
    if shared:
        return shared[0].ask(what, content, label, limits, **details)
    child = Child()
    try:
        return child.ask(what, content, label, limits, **details)
    finally:
        child.close()
