"""Regions summed over their authorities, for publishers that give no regional figures."""

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from cscdash.extracts.published_cells import NOT_LOADED, NOT_YET, OK, C, Floats, K, X, Z
from cscdash.ingest.observation_arrays import Piece, joined
from cscdash.ingest.published_table import DERIVED, PROVISIONAL, REVISED, Mask, area_codes
from cscdash.places import places


def summed(piece: Piece, scale: float, additive: bool) -> Piece:
    """With rows for the regions, summed over the authorities that have a value.

    An authority without a value leaves numerator and denominator alike. If one is hidden for
    confidentiality, so is the region: nothing may give it away. A joint return counts once.

    Parameters
    ----------
    piece : Piece
        Observations of authorities (others stay as they are).
    scale : float
        By how much the quotients of the piece are multiplied.
    additive : bool
        Whether the values themselves are added up (counts) in place of a quotient.
    """
    number = {code: at for at, code in enumerate(area_codes())}
    cells = np.stack([piece.period, piece.breakdown, piece.category], axis=1)
    added: list[Piece] = [piece]
    for region in (*places().regions, *places().subregions):
        rows = np.flatnonzero(_members(region.code)[piece.area])
        if not len(rows):
            continue
        _, first, inverse = np.unique(cells[rows], axis=0, return_index=True, return_inverse=True)
        inverse = inverse.reshape(-1)
        count = len(first)
        has = piece.status[rows] == OK
        once = np.zeros(len(rows), dtype=bool)
        once[np.unique(piece.line[rows], return_index=True)[1]] = True
        counted = has & once
        value = _added(piece.value[rows], counted, inverse, count)
        top = _added(piece.numerator[rows], counted, inverse, count)
        bottom = _added(piece.denominator[rows], counted, inverse, count)
        if not additive:
            with np.errstate(divide="ignore", invalid="ignore"):
                value = top / bottom * scale
        some = np.bincount(inverse, has, count) > 0
        secret = (piece.status[rows] == C) | (piece.status[rows] == K)
        hidden = np.bincount(inverse, secret, count) > 0
        ours = np.full(count, X)
        for reason in (NOT_YET, NOT_LOADED):
            ours = np.where(np.bincount(inverse, piece.status[rows] == reason, count), reason, ours)
        status = np.where(some & ~np.isnan(value), OK, ours)
        status = np.where(some & (bottom == 0) & (not additive), Z, status)
        status = np.where(hidden, C, status).astype(np.int8)
        flags = np.full(count, DERIVED, dtype=np.int8)
        np.bitwise_or.at(flags, inverse, piece.flags[rows] & (PROVISIONAL | REVISED))
        shown = status == OK
        added.append(
            replace(
                piece.take(rows[first].astype(np.int32)),
                area=np.full(count, number[region.code], dtype=np.int32),
                value=np.where(shown, value, np.nan),
                numerator=np.where(shown, top, np.nan),
                denominator=np.where(shown, bottom, np.nan),
                status=status,
                flags=flags,
            )
        )
    return joined(added)


def _added(numbers: Floats, counted: Mask, cell: npt.NDArray[np.intp], count: int) -> Floats:
    """The numbers that count, added up by cell; NaN where one that counts is not known."""
    total: Floats = np.bincount(cell, np.where(counted, numbers, 0.0), count).astype(np.float64)
    return total


@cache
def _members(region: str) -> Mask:
    """Which areas, in the order of `area_codes`, are authorities of a region."""
    areas = [places().areas[code] for code in area_codes()]
    return np.array([a.level == "authority" and region in (a.region, a.subregion) for a in areas])
