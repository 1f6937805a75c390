"""Doing several things side by side, so that one that hangs can be left behind."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LOOK = 0.1  # seconds between two looks at the clock; a Ctrl-C is heeded at each
_GRACE = 1.0  # seconds that are left to what was told to stop


def side_by_side(
    work: Callable[[T], R],
    things: Sequence[T],
    together: int,
    stopped: threading.Event,
    end: float,
    late: Callable[[T], R],
) -> list[R]:
    """Do the same with several things at once.

    The threads are daemons: a name server that does not answer cannot be woken, and nobody waits
    for it.

    Parameters
    ----------
    work : callable
        What is done; raises nothing that is expected.
    things : sequence
        To what.
    together : int
        How many at once.
    stopped : Event
        Set here when the caller is interrupted, so that the work can end.
    end : float
        On the monotonic clock: what is not done by then is left behind.
    late : callable
        What to take for that.

    Returns
    -------
    list
        What came of each, in order.
    """
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, R]] = queue.SimpleQueue()
    broken: list[BaseException] = []
    for at in range(len(things)):
        todo.put(at)

    def worker() -> None:
        while True:
            try:
                at = todo.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((at, work(things[at])))
            except BaseException as error:
                broken.append(error)
                return

    threads = [
        threading.Thread(target=worker, daemon=True) for _ in range(min(together, len(things)))
    ]
    for thread in threads:
        thread.start()
    results: dict[int, R] = {}
    try:
        while len(results) < len(things) and time.monotonic() < end + _GRACE:
            if broken:
                raise broken[0]
            try:
                at, result = done.get(timeout=_LOOK)
            except queue.Empty:
                continue
            results[at] = result
    except BaseException:
        stopped.set()
        until = time.monotonic() + _GRACE
        for thread in threads:
            thread.join(max(until - time.monotonic(), 0))
        raise
    return [results[at] if at in results else late(thing) for at, thing in enumerate(things)]
