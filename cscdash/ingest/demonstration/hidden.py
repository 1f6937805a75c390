"""Gaps as published files have them: no figure, or a number too small to show.

A hidden number cannot be worked out from the sums that are shown beside it.
"""

from collections.abc import Sequence

import numpy as np

from cscdash.catalogue.sources import Source
from cscdash.extracts.published_cells import OK, STATUS, Codes, Floats, U, X, Z
from cscdash.ingest.demonstration.country import NOWHERE, Country
from cscdash.ingest.demonstration.declared import Declared
from cscdash.ingest.demonstration.dice import Dice
from cscdash.ingest.published_table import Mask
from cscdash.periods import end_year

_NOT_AVAILABLE = 0.006  # of an authority's years
_UNRELIABLE = 0.0015
_SMALL = 5
_FEW = 10  # people behind a mean that is hidden

Sum = tuple[list[int], Mask]  # categories that add up to something, and where that is hidden


def absent(it: Declared, land: Country) -> Codes:
    """Why an authority has no number in a period, apart from its being small."""
    status = np.full((len(it.years), land.authorities), OK, dtype=np.int8)
    if it.facts.counts == "authorities":
        return status
    for place, year in enumerate(it.years):
        luck = Dice(it.indicator.id, "gaps", str(year)).even(land.authorities)
        status[place, luck < _NOT_AVAILABLE] = X
        status[place, luck > 1.0 - _UNRELIABLE] = U
        status[place, land.codes.index(NOWHERE)] = Z
        mark_doubts(status[place], it.whole.sources[place], year, land)
    return status


def mark_doubts(status: Codes, source: Source, year: int, land: Country) -> None:
    """Mark the cells of one period that the declaration calls unusable."""
    for doubt in source.doubts:
        at = land.codes.index(doubt.area)
        if end_year(doubt.period) == year and at < len(status):
            status[at] = STATUS.index(doubt.status)


def too_small(it: Declared, top: Floats, bottom: Floats | None) -> Mask:
    """Which numbers of people are too small to show; nought is not."""
    if it.facts.counts != "people" or it.facts.national:
        return np.zeros(top.shape, dtype=bool)
    if bottom is not None and it.nature in ("mean", "score"):
        return (bottom > 0) & (bottom <= _FEW)
    few: Mask = (top > 0) & (top <= _SMALL)
    if bottom is not None:
        few = few | (bottom > 0) & (bottom <= _SMALL)
        if any(split.headline is not None and len(split.outside) == 1 for split in it.divisions):
            few = few | (bottom - top > 0) & (bottom - top <= _SMALL)  # shown as a category
    return few


def closed(
    hidden: Mask,
    size: Floats,
    usable: Mask,
    areas: Sequence[tuple[int, Sequence[int]]],
    categories: Sequence[Sum] = (),
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
    areas : list of (parent, children)
        Which areas add up to which.
    categories : list of (members, sum hidden in which areas)
        Which categories add up to something.
    locked : int, optional
        A category that already stands as it is.

    Returns
    -------
    array of bool, areas × categories
    """
    hidden = hidden & usable
    free = np.arange(hidden.shape[1]) != (-1 if locked is None else locked)

    def hide_one(cells: tuple[Mask, Floats, Mask], members: Sequence[int]) -> None:
        gone, number, there = cells
        left = np.array([m for m in members if there[m] and not gone[m]], dtype=int)
        if len(left):  # the smallest, above nought if there is one
            gone[left[np.lexsort((left, number[left], number[left] == 0))[0]]] = True

    while True:
        before = hidden.copy()
        for parent, children in areas:
            count = hidden[list(children)].sum(axis=0)
            for at in np.flatnonzero(free & ((count == 1) | (hidden[parent] & (count == 0)))):
                hide_one((hidden[:, at], size[:, at], usable[:, at]), children)
        for members, sum_hidden in categories:
            count = hidden[:, members].sum(axis=1)
            mine = [member for member in members if free[member]]
            for at in np.flatnonzero((count == 1) | (sum_hidden & (count == 0))):
                hide_one((hidden[at], size[at], usable[at]), mine)
        if (hidden == before).all():
            return hidden
