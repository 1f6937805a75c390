"""Frames and points of observations for the tests of `cscdash.analysis`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from cscdash.analysis.observations import Point
from cscdash.catalogue.models import Break

COLUMNS = [
    "area",
    "period",
    "period_end",
    "breakdown",
    "category",
    "value",
    "numerator",
    "denominator",
    "status",
    "flags",
    "release",
]


def frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Observations with sensible columns where a row names none; a bare value is ``ok``."""
    full = []
    for row in rows:
        period = str(row.get("period", "2025"))
        usual: dict[str, Any] = {
            "period": period,
            "period_end": date(int(period[:4]), 3, 31),
            "breakdown": "total",
            "category": "total",
            "value": float("nan"),
            "numerator": float("nan"),
            "denominator": float("nan"),
            "flags": "",
            "release": "test",
            "status": "ok" if "value" in row else "c",
        }
        full.append({**usual, **row})
    return pd.DataFrame(full, columns=COLUMNS)


def point(
    year: int, value: float | None, count: float | None = None, of: float | None = None, **more: Any
) -> Point:
    """An observation at 31 March of a year; without a value it is ``x``."""
    status = "x" if value is None else "ok"
    return Point(str(year), date(year, 3, 31), value, count, of, **{"status": status, **more})


def shares(first: int, *counts: tuple[float, float]) -> tuple[Point, ...]:
    """Percentages of consecutive years, from (numerator, denominator)."""
    return tuple(point(first + i, 100 * n / d, n, d) for i, (n, d) in enumerate(counts))


def broken(period: str) -> list[Break]:
    """One declared break, from this period on."""
    return [Break(period=period, why="a new way of counting")]
