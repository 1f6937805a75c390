"""Timing one thing several times."""

import statistics
import time
from collections.abc import Callable


def milliseconds(what: Callable[[], object], times: int) -> list[float]:
    """How long each of several runs took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def median(taken: list[float]) -> float:
    """The median, which a noisy machine moves least."""
    return statistics.median(taken)


def say(taken: list[float]) -> str:
    """Median and largest."""
    return f"{median(taken):.1f} ms (at most {max(taken):.1f})"
