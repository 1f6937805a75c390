"""Numbers that cannot be: a share of more than all, a year or an issue in another unit.

Seen: the Local authority interactive tool of November 2024 has a series of spend in thousands, and
that of 2025 in pounds. Cells become "unreliable", a whole issue is left out and named; what the
numbers should have been is not guessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cscdash.catalogue.models import Indicator, Unit
from cscdash.catalogue.sources import Source
from cscdash.extracts.published_cells import OK, Floats, U
from cscdash.ingest.left_out import UnusableError, Why
from cscdash.ingest.observation_arrays import Piece
from cscdash.ingest.published_table import Ints, area_codes
from cscdash.places import places

_FACTOR = 50.0  # no real year is that far from an area's usual one, at the median of all areas
_FEWEST = 10  # areas
_ALL = 100.0 + 1e-9


def without_impossible(piece: Piece, source: Source, unit: Unit) -> Piece:
    """A piece of an extract, with what cannot be taken as unreliable.

    Parameters
    ----------
    piece : Piece
        Of one source.
    source : Source
        A derived share is a part of a whole.
    unit : str
        Of its values.
    """
    share = unit == "percent" and source.derive == "share"
    if not len(piece) or not (share or unit == "pounds"):
        return piece
    wrong = _in_another_unit(piece.area, piece.period, piece.category, piece.value)
    if share:
        more = piece.value > _ALL
        wrong |= more | _mostly(more, piece.status == OK, piece.category, piece.period)
    wrong &= piece.status == OK
    if not wrong.any():
        return piece
    numbers: dict[str, Any] = {
        name: np.where(wrong, np.nan, getattr(piece, name))
        for name in ("value", "numerator", "denominator")
    }
    return replace(piece, status=np.where(wrong, U, piece.status).astype(np.int8), **numbers)


def _mostly(
    wrong: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_], category: Ints, period: Ints
) -> npt.NDArray[np.bool_]:
    """The rows of categories and periods of which half or more of what is known is wrong."""
    if not wrong.any():
        return wrong
    rows = pd.DataFrame({"category": category, "period": period, "wrong": wrong})
    part = rows[known].groupby(["category", "period"])["wrong"].mean()
    half = pd.MultiIndex.from_arrays([category, period]).isin(part[part >= 0.5].index)
    return np.asarray(half, dtype=bool)


def refuse_other_unit(
    pieces: Sequence[tuple[int, Piece]], indicator: Indicator
) -> Iterator[UnusableError]:
    """Issues in another unit than the newest of them, or than the figures the catalogue declares.

    Parameters
    ----------
    pieces : sequence of tuple of int and Piece
        The place of the source, and what it makes of one table.
    indicator : Indicator
        Of pounds, England's numbers are of the order of its declared figures.

    Yields
    ------
    UnusableError
        One for each such issue, with its label.
    """
    if indicator.unit == "pounds":
        yield from _unlike_declared([piece for _, piece in pieces], indicator)
    for place in dict.fromkeys(place for place, _ in pieces):
        mine = [piece for at, piece in pieces if at == place]
        newest = max(piece.latest for piece in mine)
        now = _values([piece for piece in mine if piece.latest == newest])
        older: dict[str, list[Piece]] = {}
        for piece in mine:
            if piece.latest < newest:
                older.setdefault(piece.label, []).append(piece)
        for label, some in older.items():
            times = (_values(some) / now).dropna()
            middle = float(times.median()) if len(times) >= _FEWEST else 1.0
            if error := _other_unit(label, middle, "those of the newest issue for the same areas"):
                yield error


def _unlike_declared(pieces: Sequence[Piece], indicator: Indicator) -> Iterator[UnusableError]:
    """Issues whose numbers for England are far from the figures that the catalogue declares."""
    country = places().england.code
    declared = [
        one.value
        for one in indicator.check
        if (one.area, one.measure, one.category) == (country, "value", "total")
    ]
    if not declared:
        return
    england = area_codes().index(country)
    for piece in pieces:
        known = piece.value[(piece.area == england) & (piece.status == OK) & (piece.value > 0)]
        if len(known):
            middle = float(np.median(known) / np.median(declared))
            if error := _other_unit(piece.label, middle, "England's published figures"):
                yield error


def _other_unit(label: str, times: float, what: str) -> UnusableError | None:
    if 1 / _FACTOR <= times <= _FACTOR:
        return None
    way, size = ("larger", times) if times > 1 else ("smaller", 1 / times)
    return UnusableError(
        f"{label}: its numbers are about {size:,.0f} times {way} than {what}, so they are in"
        " another unit.",
        [label],
        Why.CONTRADICTED,
    )


def _values(pieces: Sequence[Piece]) -> "pd.Series[float]":
    """The values above nought of some pieces, by area, period, breakdown and category."""
    columns = ("area", "period", "breakdown", "category")
    found = []
    for piece in pieces:
        some = np.flatnonzero((piece.status == OK) & (piece.value > 0))
        at = pd.MultiIndex.from_arrays([getattr(piece, name)[some] for name in columns])
        found.append(pd.Series(piece.value[some], at))
    values = pd.concat(found)
    return values[~values.index.duplicated()]


def _in_another_unit(
    area: Ints, period: Ints, category: Ints, value: Floats
) -> npt.NDArray[np.bool_]:
    """The rows of periods in which most areas are many times above or below their usual value."""
    rows = pd.DataFrame({"area": area, "period": period, "category": category, "value": value})
    some = rows[rows["value"] > 0]
    usual = some.groupby(["category", "area"])["value"].transform("median")
    times = (some["value"] / usual).groupby([some["category"], some["period"]])
    median, counted = times.transform("median"), times.transform("size")
    odd = (counted >= _FEWEST) & ((median > _FACTOR) | (median < 1 / _FACTOR))
    found = np.zeros(len(rows), dtype=bool)
    found[odd.index[odd]] = True
    # a nought of such a period is no more to be believed than the others
    periods = {(c, p) for c, p in rows.loc[found, ["category", "period"]].itertuples(index=False)}
    if periods:
        found |= np.array([pair in periods for pair in zip(category, period, strict=True)])
    return found
