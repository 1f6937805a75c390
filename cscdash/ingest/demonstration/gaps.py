"""Gaps: years an authority has no figure for, and numbers too small to show."""

import numpy as np

from cscdash.catalogue.models import Source
from cscdash.ingest.demonstration.country import NOWHERE, Country
from cscdash.ingest.demonstration.dice import Dice
from cscdash.ingest.demonstration.hide import small
from cscdash.ingest.demonstration.plan import Plan
from cscdash.ingest.published_cells import OK, STATUS, Codes, Floats, U, X, Z
from cscdash.ingest.published_table import Mask
from cscdash.periods import end_year

_NOT_AVAILABLE = 0.006  # of an authority's years
_UNRELIABLE = 0.0015
_FEW = 10  # children behind a mean that is hidden


def reasons(made: Plan, land: Country) -> Codes:
    """Why an authority has no number in a year, apart from confidentiality."""
    luck = Dice(made.indicator.id, "gaps").even(len(made.years), land.authorities)
    status = np.where(luck < _NOT_AVAILABLE, X, OK)
    status = np.where(luck > 1.0 - _UNRELIABLE, U, status).astype(np.int8)
    if made.of_authorities:
        return np.full_like(status, OK)
    status[:, land.codes.index(NOWHERE)] = Z
    for place, year in enumerate(made.years):
        mark_doubts(status[place], made.sources[place], year, land)
    return status


def mark_doubts(status: Codes, source: Source, year: int, land: Country) -> None:
    """Mark the cells that the declaration calls unusable."""
    for doubt in source.doubts:
        at = land.codes.index(doubt.area)
        if end_year(doubt.period) == year and at < len(status):
            status[at] = STATUS.index(doubt.status)


def too_small(made: Plan, top: Floats, bottom: Floats | None) -> Mask:
    """Which numbers are too small to show."""
    if not made.people:
        return np.zeros(top.shape, dtype=bool)
    if made.nature == "mean":
        below = top if bottom is None else bottom
        few: Mask = (below > 0) & (below <= _FEW * made.bottom_steps)
        return few
    return small(top) if bottom is None else small(top) | small(bottom)
