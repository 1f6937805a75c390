"""The columns of one extract in memory, and where the observation of an area and period stands."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cscdash.extracts.observation import Observation, Status
from cscdash.extracts.schema import codes_of

Codes = npt.NDArray[np.integer]
_EPOCH = date(1970, 1, 1)


class Columns:
    """An extract column by column: words as small codes, numbers as float64 (NaN for none).

    Parameters
    ----------
    table : Table
        The observations, in any order.

    Attributes
    ----------
    areas, periods, breakdowns, categories, releases : tuple of str
        The words of each column: areas, breakdowns, categories and releases by name, periods by
        their end.
    ends : tuple of date
        The last day of each period.
    area, period, breakdown, category, status, flag, release : array of integers
        For each row, the place of its word.
    value, numerator, denominator : array of float64
        A number in a cell whose status is not ``ok`` is not its value.
    """

    def __init__(self, table: pa.Table) -> None:
        self.area, self.areas = _coded(table["area"])
        self.breakdown, self.breakdowns = _coded(table["breakdown"])
        self.category, self.categories = _coded(table["category"])
        self.release, self.releases = _coded(table["release"])
        self.flag, self._flags = _coded(table["flags"])
        self.period, self.periods, self.ends = _periods(table)
        self.value, self.numerator, self.denominator = (
            _numbers(table[name]) for name in ("value", "numerator", "denominator")
        )
        status, letters = codes_of(table["status"])
        known = list(Status)
        places = np.array([known.index(Status.of(letter)) for letter in letters] or [0], np.uint8)
        self.status = places[status]
        ok = known.index(Status.OK)
        self.value[self.status != ok] = np.nan
        self.status[(self.status == ok) & np.isnan(self.value)] = known.index(Status.NOT_AVAILABLE)

    def __len__(self) -> int:
        """How many observations there are."""
        return len(self.value)

    @property
    def nbytes(self) -> int:
        """What the arrays take of memory."""
        return sum(array.nbytes for array in vars(self).values() if isinstance(array, np.ndarray))

    @cached_property
    def area_places(self) -> dict[str, int]:
        """Where each area stands among `areas`."""
        return {name: at for at, name in enumerate(self.areas)}

    @cached_property
    def period_places(self) -> dict[str, int]:
        """Where each period stands among `periods`."""
        return {name: at for at, name in enumerate(self.periods)}

    def rows(self, **words: str) -> npt.NDArray[np.intp]:
        """The rows that have these words (``area="330", breakdown="total"``), in their order."""
        found = np.ones(len(self), dtype=bool)
        for column, word in words.items():
            known = getattr(self, _PLURALS[column])
            if word not in known:
                return np.empty(0, dtype=np.intp)
            found &= getattr(self, column) == known.index(word)
        return np.flatnonzero(found)

    def flags(self, row: int) -> str:
        """The flags of a row, as letters."""
        return self._flags[int(self.flag[row])]

    def grid(self, breakdown: str, category: str) -> npt.NDArray[np.int32]:
        """Of one series, the row of each area and period: areas × periods, -1 for none."""
        found = np.full((len(self.areas), len(self.periods)), -1, dtype=np.int32)
        rows = self.rows(breakdown=breakdown, category=category)
        found[self.area[rows], self.period[rows]] = rows
        return found

    def observations(self, rows: Sequence[int], counts: bool = True) -> list[Observation]:
        """The observations of some rows, in their order; without `counts`, those are `amounts`."""
        at = np.array(rows, dtype=np.intp)
        columns = (
            self.area, self.period, self.value, self.numerator, self.denominator,
            self.status, self.flag, self.release, self.breakdown, self.category,
        )  # fmt: skip
        return [
            Observation(
                area=self.areas[area],
                period=self.periods[period],
                end=self.ends[period],
                value=_known(value),
                numerator=_known(numerator) if counts else None,
                denominator=_known(denominator) if counts else None,
                status=_STATUSES[status],
                flags=self._flags[flag],
                release=self.releases[release],
                breakdown=self.breakdowns[breakdown],
                category=self.categories[category],
                amounts=None if counts else (_known(numerator), _known(denominator)),
            )
            for (
                area, period, value, numerator, denominator,
                status, flag, release, breakdown, category,
            ) in zip(*(column[at].tolist() for column in columns), strict=True)
        ]  # fmt: skip


_STATUSES = list(Status)
_PLURALS = {
    "area": "areas",
    "period": "periods",
    "breakdown": "breakdowns",
    "category": "categories",
    "release": "releases",
}


def _known(number: float) -> float | None:
    return None if number != number else number


def _coded(column: pa.ChunkedArray) -> tuple[Codes, tuple[str, ...]]:
    """Small codes, and the words that occur, by name."""
    codes, words = codes_of(column)
    used = np.flatnonzero(np.bincount(codes, minlength=len(words))).tolist()
    order = sorted(used, key=words.__getitem__)
    return _placed(codes, order, len(words)), tuple(words[at] for at in order)


def _placed(codes: Codes, order: list[int], many: int) -> Codes:
    """Codes by another order of their words, in as few bytes as they need."""
    places = np.zeros(max(many, 1), dtype=np.min_scalar_type(max(len(order), 1)))
    places[order] = np.arange(len(order))
    found: Codes = places[codes]
    return found


def _periods(table: pa.Table) -> tuple[Codes, tuple[str, ...], tuple[date, ...]]:
    """The periods by their end; a period has one end, which the store checks."""
    codes, words = codes_of(table["period"])
    days = table["period_end"].combine_chunks().cast(pa.int32()).to_numpy()
    ends = np.zeros(len(words), dtype=np.int64)
    ends[codes] = days
    used = np.flatnonzero(np.bincount(codes, minlength=len(words))).tolist()
    order = sorted(used, key=lambda at: (ends[at], words[at]))
    return (
        _placed(codes, order, len(words)),
        tuple(words[at] for at in order),
        tuple(_EPOCH + timedelta(days=int(ends[at])) for at in order),
    )


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    """NaN where there is no number, or none that is finite."""
    found = np.array(column.to_numpy(), dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return found
