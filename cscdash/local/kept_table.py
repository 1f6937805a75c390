"""Kept figures as a table of a Parquet file, written and read in the app's own layout."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from cscdash.catalogue.models import Indicator
from cscdash.errors import CscdashError
from cscdash.local.row import COLUMNS, LONGEST, Figure
from cscdash.local.row_periods import read_when
from cscdash.places import places
from cscdash.reading import VISITOR, read_parquet

_NUMBERS = ("value", "numerator", "denominator")
_SCHEMA = pa.schema([(name, pa.float64() if name in _NUMBERS else pa.string()) for name in COLUMNS])
_STATUSES = ("ok", "c", "k", "u", "x", "z")


def as_table(figures: Iterable[Figure]) -> pa.Table:
    """Figures as a table in the long layout, so that what is kept can be added elsewhere."""
    rows = [
        {
            **{name: getattr(f, name) for name in COLUMNS if name != "period"},
            "period": f.when.text,
        }
        for f in figures
    ]
    return pa.Table.from_pylist(rows, _SCHEMA)


def read_kept(content: bytes, name: str, measures: Mapping[str, Indicator]) -> tuple[Figure, ...]:
    """The figures of a file that `as_table` made.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.
    measures : mapping of str to Indicator
        What they may be of.

    Raises
    ------
    CscdashError
        If it is no such table, or of a measure or an area that is not known.
    """
    table = read_parquet(content, COLUMNS, name, VISITOR)
    if tuple(table.column_names) != COLUMNS or any(
        pa.types.is_floating(table.schema.field(column).type) != (column in _NUMBERS)
        for column in COLUMNS
    ):
        raise CscdashError(f"{name} is no file of kept figures.")
    rows = table.to_pylist()
    return tuple(_figure(row, measures, f"{name}, row {at}") for at, row in enumerate(rows, 2))


def _figure(row: dict[str, Any], measures: Mapping[str, Indicator], at: str) -> Figure:
    measure = measures.get(row["indicator"] or "")
    if measure is None or row["area"] not in places().areas:
        raise CscdashError(f"{at}: it is of a measure or an area that is not known.")
    if any(not isinstance(row[n], str | None) for n in COLUMNS if n not in _NUMBERS):
        raise CscdashError(f"{at}: it is no kept figure.")
    when = read_when(  # what was kept before quarters had their months was of the calendar
        row["period"] or "", measure.time_identifier, measure.period_means, "calendar"
    )
    texts = {name: row[name] or "" for name in ("breakdown", "category", *LONGEST)}
    value = row["value"]
    if (
        row["status"] not in _STATUSES
        or (value is not None) != (row["status"] == "ok")
        or any(row[n] is not None and not math.isfinite(row[n]) for n in _NUMBERS)
        or any(len(text) > LONGEST.get(name, 200) for name, text in texts.items())
    ):
        raise CscdashError(f"{at}: it is no kept figure.")
    return Figure(
        row["indicator"],
        row["area"],
        when,
        texts["breakdown"],
        texts["category"],
        value,
        row["numerator"],
        row["denominator"],
        row["status"],
        texts["note"],
        texts["source"],
        texts["owner"],
        at,
    )
