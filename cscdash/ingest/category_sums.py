"""Sums of categories: the rows of one area and period added up."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from cscdash.extracts.published_cells import OK, C, Codes, Floats, K, U, X, Z, same
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.published_table import Ints, Table

_SEVEREST = np.array([0, 5, 4, 3, 2, 1], dtype=np.int8)  # of ok, c, k, u, x, z: hidden wins
_BACK = np.array([OK, Z, X, U, K, C], dtype=np.int8)


def add_up(
    table: Table,
    rows: Ints,
    filters: Iterable[str],
    cell: tuple[Ints, Ints],
    number: Floats,
    status: Codes,
) -> tuple[Ints, Floats, Codes]:
    """Add up the rows of a table that belong to one area, period and category.

    Parameters
    ----------
    table : Table
        The published table.
    rows : array of int32
        The rows to add up.
    filters : iterable of str
        The columns that tell its rows apart; a second copy of a row is not added.
    cell : tuple of array
        For each row its period and its category.
    number, status : array
        For each row its number and the code of its status.

    Returns
    -------
    tuple of array
        The places in `rows` of the first row of each sum; the sums; their statuses. A sum is
        hidden where a part is hidden, and has no value where a part has none, or where there is
        no row for a part that other areas have in that period.

    Raises
    ------
    UnusableError
        If two rows for the same cell of the published table have different numbers.
    """
    once = _first_copies(table, rows, filters, number, status)
    period, category = (codes[once] for codes in cell)
    number, status = number[once], status[once]
    key = np.stack([table.area[rows[once]], period, category])
    _, first, inverse = np.unique(key, axis=1, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    total = np.bincount(inverse, np.where(status == OK, number, 0.0), len(first))
    worst = np.zeros(len(first), dtype=np.int8)
    np.maximum.at(worst, inverse, _SEVEREST[status])
    partial = _partial(np.bincount(inverse, minlength=len(first)), period[first], category[first])
    worst = np.maximum(worst, np.where(partial, _SEVEREST[X], 0))
    back: Codes = _BACK[worst]
    return once[first].astype(np.int32), np.where(back == OK, total, np.nan), back


def _first_copies(
    table: Table, rows: Ints, filters: Iterable[str], number: Floats, status: Codes
) -> Ints:
    """The places in `rows` of all rows but second copies."""
    columns = [table.column(name).codes[rows] for name in sorted(filters)]
    key = np.stack([table.area[rows], table.time.codes[rows], *columns])
    _, first, inverse = np.unique(key, axis=1, return_index=True, return_inverse=True)
    original = first[inverse.reshape(-1)]
    differ = np.flatnonzero((status != status[original]) | ~same(number, number[original]))
    if len(differ):
        one, two = (table.line[rows[at]] for at in (original[differ[0]], differ[0]))
        raise UnusableError(
            f"{table.label}, lines {one} and {two}: two numbers for the same cell. Keep only the"
            " row that holds.",
            [table.label],
        )
    return np.sort(first).astype(np.int32)


def _partial(parts: npt.NDArray[np.intp], period: Ints, category: Ints) -> list[bool]:
    """Which sums have fewer parts than another area's for the same period and category."""
    cells = list(zip(period.tolist(), category.tolist(), strict=True))
    most: dict[tuple[int, int], int] = {}
    for cell, count in zip(cells, parts.tolist(), strict=True):
        most[cell] = max(count, most.get(cell, 0))
    return [count < most[cell] for cell, count in zip(cells, parts.tolist(), strict=True)]
