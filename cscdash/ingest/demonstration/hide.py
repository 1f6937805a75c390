"""Which cells are hidden so that nobody can be recognised, and no hidden cell worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cscdash.ingest.published_cells import Floats
from cscdash.ingest.published_table import Mask

SMALL = 5
Places = npt.NDArray[np.int64]
Sums = Sequence[tuple[int, Sequence[int]]]


@dataclass(frozen=True)
class Constraint:
    """Categories that add up to something shown.

    Attributes
    ----------
    members : list of int
        Their places.
    sum_hidden : array of bool, areas
        Where the sum itself is hidden.
    """

    members: list[int]
    sum_hidden: Mask


def small(number: Floats) -> Mask:
    """Whether a number is so small that it is hidden; nought is not."""
    tiny: Mask = (number > 0) & (number <= SMALL)
    return tiny


def closed(
    hidden: Mask,
    size: Floats,
    usable: Mask,
    sums: Sums,
    constraints: Sequence[Constraint] = (),
    locked: int | None = None,
) -> Mask:
    """Hide further cells until no hidden one is a sum less the cells beside it.

    Parameters
    ----------
    hidden : array of bool, areas × categories
        What is hidden for being small.
    size : array, areas × categories
        The smallest visible cell is hidden next.
    usable : array of bool, areas × categories
        Cells that hold a number at all.
    sums : list of (parent, children)
        Which areas add up to which.
    constraints : list of Constraint
        Which categories add up to something.
    locked : int, optional
        A category that already stands as it is.
    """
    hidden = hidden & usable
    free = np.ones(hidden.shape[1], dtype=bool)
    if locked is not None:
        free[locked] = False
    while True:
        before = hidden.copy()
        for parent, children in sums:
            members = np.array(children)
            count = hidden[members].sum(axis=0)
            for category in np.flatnonzero(free & ((count == 1) | (hidden[parent] & (count == 0)))):
                _hide_one(hidden[:, category], size[:, category], usable[:, category], members)
        for constraint in constraints:
            members = np.array(constraint.members)
            count = hidden[:, members].sum(axis=1)
            mine = members[free[members]]
            for area in np.flatnonzero((count == 1) | (constraint.sum_hidden & (count == 0))):
                _hide_one(hidden[area], size[area], usable[area], mine)
        if (hidden == before).all():
            return hidden


def _hide_one(hidden: Mask, size: Floats, usable: Mask, members: Places) -> None:
    """Hide the smallest visible member, one above nought if there is one."""
    open_ = members[~hidden[members] & usable[members]]
    if len(open_):
        by = np.lexsort((open_, size[open_], size[open_] == 0))
        hidden[open_[by[0]]] = True
