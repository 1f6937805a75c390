"""Observations, and extracts of them, for the tests of `cscdash.analysis`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from cscdash.analysis.extract import Extract
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Break, Unit
from cscdash.extracts import SCHEMA, Columns, Observation, Status


def table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as an extract has them; a bare value is ``ok``, and a row without one is ``c``."""
    full = []
    for row in rows:
        period = str(row.get("period", "2025"))
        usual: dict[str, Any] = {
            "period": period,
            "period_end": date(int(period[:4]), 3, 31),
            "breakdown": "total",
            "category": "total",
            "value": None,
            "numerator": None,
            "denominator": None,
            "flags": "",
            "release": "test",
            "status": "ok" if "value" in row else "c",
        }
        full.append({**usual, **row})
    frame = pd.DataFrame(full, columns=SCHEMA.names)
    return pa.Table.from_pandas(frame, schema=SCHEMA, preserve_index=False)


def extract(rows: Sequence[Mapping[str, Any]], **declared: Any) -> Extract:
    """An extract of the looked-after rate with these rows; `declared` replaces what it declares."""
    indicator = catalogue().indicator("looked_after_rate").model_copy(update=declared)
    return Extract(indicator, Columns(table(rows)))


def at(rows: Sequence[Mapping[str, Any]], period: str = "2025") -> dict[str, Observation]:
    """The observations of one period by area."""
    return dict(extract(rows).at(period))


def point(
    year: int, value: float | None, count: float | None = None, of: float | None = None, **more: Any
) -> Observation:
    """An observation at 31 March of a year; without a value it is ``x``."""
    status = Status.of(more.pop("status", "x" if value is None else "ok"))
    area = more.pop("area", "330")
    return Observation(area, str(year), date(year, 3, 31), value, count, of, status, **more)


def shares(first: int, *counts: tuple[float, float]) -> tuple[Observation, ...]:
    """Percentages of consecutive years, from (numerator, denominator)."""
    return tuple(point(first + i, 100 * n / d, n, d) for i, (n, d) in enumerate(counts))


def broken(period: str) -> list[Break]:
    """One declared break, from this period on."""
    return [Break(period=period, why="a new way of counting")]


@dataclass(frozen=True)
class Measure:
    """The unit and decimals of an indicator, where no catalogue entry is at hand."""

    unit: Unit
    decimals: int
