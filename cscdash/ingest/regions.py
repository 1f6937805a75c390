"""Regions summed over their authorities, for publishers that give no regional figures."""

from dataclasses import replace

import numpy as np

from cscdash.catalogue.models import Source
from cscdash.ingest.cells import OK, C, K, X, Z
from cscdash.ingest.piece import Piece, joined
from cscdash.ingest.table import DERIVED, area_codes
from cscdash.places import places


def summed(piece: Piece, source: Source) -> Piece:
    """With rows for the regions, summed over the authorities that have a value.

    An authority without a value leaves numerator and denominator alike. If one is hidden for
    confidentiality, so is the region: nothing may give it away.
    """
    if source.regions != "summed" or not len(piece):
        return piece
    number = {code: at for at, code in enumerate(area_codes())}
    scale = _scale_of(piece)
    cells = np.stack([piece.period, piece.breakdown, piece.category], axis=1)
    added: list[Piece] = [piece]
    for region in (*places().regions, *places().subregions):
        members = np.isin(
            piece.area, [number[a] for a in places().areas if _inside(a, region.code)]
        )
        _, first, inverse = np.unique(
            cells[members], axis=0, return_index=True, return_inverse=True
        )
        rows = np.flatnonzero(members)
        if not len(rows):
            continue
        inverse = inverse.reshape(-1)
        count = len(first)
        has = piece.status[rows] == OK
        top = np.bincount(inverse, np.where(has, piece.numerator[rows], 0.0), count)
        bottom = np.bincount(inverse, np.where(has, piece.denominator[rows], 0.0), count)
        some = np.bincount(inverse, has, count) > 0
        hidden = np.bincount(inverse, np.isin(piece.status[rows], (C, K)), count) > 0
        status = np.where(hidden, C, np.where(some, np.where(bottom > 0, OK, Z), X)).astype(np.int8)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = top / bottom * scale
        at = rows[first].astype(np.int32)
        shown = status == OK
        added.append(
            replace(
                piece.take(at),
                area=np.full(count, number[region.code], dtype=np.int32),
                value=np.where(shown, value, np.nan),
                numerator=np.where(shown, top, np.nan),
                denominator=np.where(shown, bottom, np.nan),
                status=status,
                flags=np.full(count, DERIVED, dtype=np.int8),
            )
        )
    return joined(added)


def _scale_of(piece: Piece) -> float:
    """By how much the quotients of a piece were multiplied."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scales = piece.value * piece.denominator / piece.numerator
    scales = scales[np.isfinite(scales)]
    return float(np.median(scales)) if len(scales) else 1.0


def _inside(code: str, region: str) -> bool:
    area = places().areas[code]
    return area.level == "authority" and region in (area.region, area.subregion)
