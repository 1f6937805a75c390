"""One at a time at a folder: the others wait, or say who is at it."""

import contextlib
import errno
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from cscdash.errors import CscdashError

NAME = ".lock"
_LOOK = 0.1  # seconds between two tries


@contextmanager
def locked(folder: Path, wait: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when the process ends, however it ends.

    Parameters
    ----------
    folder : Path
        What is locked; made if it does not exist.
    wait : float
        Seconds to wait for another to finish.
    say : callable
        Told once who holds it, when waiting.

    Raises
    ------
    CscdashError
        If another still holds it after that, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise CscdashError(f"{folder} cannot be written: {error.strerror or error}.") from error
    with stream:
        end, told = time.monotonic() + wait, False
        while not _taken(stream, folder):
            holder = _holder(folder)
            if time.monotonic() >= end:
                raise CscdashError(f"Another update is at work ({holder}). Try again later.")
            if not told:
                say(f"Waiting for another update ({holder}).")
                told = True
            time.sleep(_LOOK)
        try:
            _write(
                stream,
                f"process {os.getpid()} on {platform.node()},"
                f" since {datetime.now().astimezone():%H:%M:%S}",
            )
            yield
        finally:
            _write(stream, "")
            _release(stream)


def _write(stream: IO[str], text: str) -> None:
    """Say who holds the lock; that it cannot be said (a full disk) does not hinder."""
    with contextlib.suppress(OSError):
        os.ftruncate(stream.fileno(), 0)
        os.write(stream.fileno(), text.encode())


def _taken(stream: IO[str], folder: Path) -> bool:
    """Take the lock, unless another has it."""
    try:
        _take(stream)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK, errno.EINTR):
            return False
        raise CscdashError(
            f"The disk of {folder} knows no locks ({error.strerror or error}), so that two updates"
            " at once could not be told apart. Choose a folder on a disk of this computer."
        ) from error
    return True


def _holder(folder: Path) -> str:
    try:
        return (folder / NAME).read_text(encoding="utf-8").strip() or "just begun"
    except OSError:
        return "not known which"


if sys.platform == "win32":
    import msvcrt

    _AT = 1 << 30  # a byte that is never written: locking one on Windows forbids reading it

    def _take(stream: IO[str]) -> None:
        os.lseek(stream.fileno(), _AT, os.SEEK_SET)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(stream: IO[str]) -> None:
        os.lseek(stream.fileno(), _AT, os.SEEK_SET)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(stream: IO[str]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(stream: IO[str]) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)
