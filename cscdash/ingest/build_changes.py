"""What is different between two builds: new periods, and published values that were revised."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.periods import end_year

_KEY = ("area", "period", "breakdown", "category")
_KEEP = 12  # entries of the log


def log_of_changes(old: Store | None, extracts: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """The release log of a build: what is new in it, before what was new in those before.

    Parameters
    ----------
    old : Store or None
        The build that was current until now.
    extracts : mapping of str to Table
        The new one's.

    Returns
    -------
    list of dict
        The newest first, at most twelve; each as `compare` gives it, with ``made`` and ``before``.
    """
    if old is None or old.demonstration:
        return []
    earlier = old.package.get("changes", [])
    log = [entry for entry in earlier if isinstance(entry, dict)]
    found = compare(old, extracts)
    if any(found.values()):
        made = datetime.now(UTC).isoformat(timespec="seconds")
        log.insert(0, {"made": made, "before": old.build, **found})
    return log[:_KEEP]


def compare(old: Store, extracts: Mapping[str, pa.Table]) -> dict[str, Any]:
    """What is different in new extracts.

    Returns
    -------
    dict
        ``new`` and ``gone``: ids of indicators. ``periods``: id -> periods that are new.
        ``revised``: for each indicator with values that are no longer as they were, how many of
        how many (``cells``, ``of``), the median and the largest difference in the indicator's
        unit, where the largest is, and how many cells got (``shown``) or lost (``hidden``) a
        value.
    """
    found: dict[str, Any] = {
        "new": sorted(set(extracts) - set(old.indicators)),
        "gone": sorted(set(old.indicators) - set(extracts)),
        "periods": {},
        "revised": [],
    }
    for id, table in extracts.items():
        if id not in old.indicators:
            continue
        try:
            before = old.table(id)
        except CscdashError:
            continue  # it was damaged, so there is nothing to compare with
        fresh = sorted(_words(table, "period") - _words(before, "period"), key=end_year)
        if fresh:
            found["periods"][id] = fresh
        revised = _revised(before, table)
        if revised:
            found["revised"].append({"indicator": id, **revised})
    return found


def _words(table: pa.Table, column: str) -> set[str]:
    return set(pc.unique(table[column].cast(pa.string())).to_pylist())


def _revised(before: pa.Table, after: pa.Table) -> dict[str, Any]:
    """How the cells that both have differ; empty if they do not."""
    columns = [*_KEY, "value", "status"]
    if before.select(columns).equals(after.select(columns)):
        return {}
    one, two = _keys(before, after)
    order = np.argsort(one, kind="stable")
    at = np.searchsorted(one[order], two)
    at[at == len(one)] = 0
    match = order[at] if len(one) else np.zeros(len(two), dtype=np.int64)
    both = np.flatnonzero(one[match] == two) if len(one) else np.array([], dtype=np.int64)
    old = _numbers(before)[match[both]]
    new = _numbers(after)[both]
    difference = np.abs(new - old)
    moved = np.flatnonzero(difference > 1e-9)  # further decimals are arithmetic, not news
    shown = int((np.isnan(old) & ~np.isnan(new)).sum())
    hidden = int((~np.isnan(old) & np.isnan(new)).sum())
    if not len(moved) and not shown and not hidden:
        return {}
    told: dict[str, Any] = {
        "cells": len(moved),
        "of": int((~np.isnan(old) & ~np.isnan(new)).sum()),
        "shown": shown,
        "hidden": hidden,
    }
    if len(moved):
        most = moved[np.argmax(difference[moved])]
        row = after.slice(int(both[most]), 1)
        told |= {
            "median": float(np.median(difference[moved])),
            "largest": float(difference[most]),
            "was": float(old[most]),
            "is": float(new[most]),
            **{name: row[name].cast(pa.string())[0].as_py() for name in _KEY},
        }
    return told


def _numbers(table: pa.Table) -> npt.NDArray[np.float64]:
    return np.asarray(pc.fill_null(table["value"], float("nan")).to_numpy(), dtype=np.float64)


def _keys(before: pa.Table, after: pa.Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """One number for each row of both tables, equal where the cells are the same."""
    keys = [np.zeros(len(table), dtype=np.int64) for table in (before, after)]
    for name in _KEY:
        columns = [table[name].combine_chunks() for table in (before, after)]
        words = sorted({word for column in columns for word in column.dictionary.to_pylist()})
        place = {word: at for at, word in enumerate(words)}
        for at, column in enumerate(columns):
            numbers = np.array([place[w] for w in column.dictionary.to_pylist()] or [0])
            codes = column.indices.to_numpy(zero_copy_only=False)
            keys[at] = keys[at] * max(len(words), 1) + numbers[codes]
    return keys[0], keys[1]
