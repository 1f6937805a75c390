"""Context: who lives in each authority and in what circumstances, and children by year."""

import math
from functools import cache
from pathlib import Path

import pandas as pd

from cscdash.catalogue import Context, context
from cscdash.errors import CscdashError
from cscdash.places.areas import places
from cscdash.places.reference import REFERENCE, read_table

CHILDREN = "child_population"


def load_context_values(folder: Path = REFERENCE, declared: Context | None = None) -> pd.DataFrame:
    """Read ``context.csv`` and the latest year of ``child_population.csv``.

    Parameters
    ----------
    folder : Path
        Where the reference tables are.
    declared : Context, optional
        Says which measures there are; the project's own if left out.

    Returns
    -------
    DataFrame
        One row for each of today's authorities, by number; one column for each declared
        measure, in its unit; NaN where the publisher gives no value.

    Raises
    ------
    CscdashError
        If a table is missing, lacks a declared measure or an authority, or holds no number.
    """
    wanted = (declared or context()).ids
    columns = [id for id in wanted if id != CHILDREN]
    rows = read_table(folder / "context.csv", ("area", *columns))
    frame = pd.DataFrame(
        [[_number(row[column], "context.csv", row["area"]) for column in columns] for row in rows],
        index=[row["area"] for row in rows],
        columns=columns,
        dtype=float,
    )
    expected = {area.code for area in places().authorities}
    if set(frame.index) != expected or not frame.index.is_unique:
        raise CscdashError("context.csv must have one row for each authority of today.")
    children = load_children(folder)
    frame[CHILDREN] = children[children.columns[-1]].reindex(frame.index)
    return frame[wanted].sort_index()


def load_children(folder: Path = REFERENCE) -> pd.DataFrame:
    """Read ``child_population.csv``: children aged 0 to 17 in the middle of each year.

    Returns
    -------
    DataFrame
        One row for each area, regions and England too, by code; one column for each year, as
        text, oldest first; NaN for years in which the area has no estimate.

    Raises
    ------
    CscdashError
        If the table is missing, names an unknown area, or holds no number.
    """
    rows = read_table(folder / "child_population.csv", ("area",))
    years = sorted(set(rows[0]) - {"area"})
    for row in rows:
        places().area(row["area"])
    return pd.DataFrame(
        [[_number(row[y], "child_population.csv", row["area"]) for y in years] for row in rows],
        index=[row["area"] for row in rows],
        columns=years,
        dtype=float,
    )


def _number(text: str, file: str, area: str) -> float:
    if not text:
        return math.nan
    try:
        return float(text)
    except ValueError:
        raise CscdashError(f"{file}: ‘{text}’ of {area} is not a number.") from None


@cache
def context_values() -> pd.DataFrame:
    """The project's own context table, read once; nobody may change it."""
    return load_context_values()


@cache
def children() -> pd.DataFrame:
    """The project's own table of children by year, read once; nobody may change it."""
    return load_children()
