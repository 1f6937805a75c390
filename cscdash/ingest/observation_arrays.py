"""Pieces: observations on their way, as arrays of numbers.

Words (areas, periods, categories) stand for their place in a list that all sources of an
indicator share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from cscdash.catalogue.models import Indicator
from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import Codes, Floats
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.published_table import LETTERS, Ints, Mask, Table, area_codes
from cscdash.periods import census_day, end_year, read_period
from cscdash.places import places

ARRAYS = (
    "area",
    "period",
    "breakdown",
    "category",
    "value",
    "numerator",
    "denominator",
    "status",
    "flags",
    "line",
)


class Words:
    """A list of words that grows: each new word gets the next number."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._place: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of a word."""
        if word not in self._place:
            self._place[word] = len(self.words)
            self.words.append(word)
        return self._place[word]


@dataclass(frozen=True)
class Piece:
    """Observations from one table by one source; arrays of equal length."""

    area: Ints
    period: Ints
    breakdown: Ints
    category: Ints
    value: Floats
    numerator: Floats
    denominator: Floats
    status: Codes
    flags: Codes
    line: Ints
    label: str
    latest: int
    release: str

    def __len__(self) -> int:
        return len(self.area)

    def take(self, rows: Ints) -> "Piece":
        """The same piece for these rows."""
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in ARRAYS}
        return replace(self, **arrays)


@dataclass
class Vocabulary:
    """The words that all sources of one indicator share."""

    indicator: Indicator
    periods: Words = field(default_factory=Words)
    breakdowns: Words = field(default_factory=Words)
    categories: Words = field(default_factory=Words)

    def period_codes(self, table: Table, rows: Ints) -> tuple[Ints, Codes]:
        """For each row the number of its period, and the flags that the period's text carries."""
        times = table.time.codes[rows]
        code = np.full(len(table.time.words), -1, dtype=np.int32)
        flags = np.zeros(len(table.time.words), dtype=np.int8)
        used = np.zeros(len(table.time.words), dtype=bool)
        used[times] = True
        for place in np.flatnonzero(used):
            word = table.time.words[place]
            try:
                period, letters = read_period(word, self.indicator.time_identifier)
            except CscdashError as error:
                line = table.line[rows[times == place][0]]
                raise UnusableError(
                    f"{table.label}, line {line}: {error}", [table.label]
                ) from error
            code[place] = self.periods.number(period)
            flags[place] = sum(LETTERS[letter] for letter in letters)
        return code[times], flags[times]

    def years(self, period: Ints) -> Ints:
        """The calendar years in which periods end."""
        ends = np.array([end_year(word) for word in self.periods.words] or [0], dtype=np.int32)
        return ends[period]

    def lived(self, area: Ints, period: Ints) -> Mask:
        """Whether each area was there in each period."""
        means = self.indicator.period_means
        alive = [_there(census_day(word, means)) for word in self.periods.words]
        if not alive:
            return np.ones(len(area), dtype=bool)
        lived: Mask = np.stack(alive)[period, area]
        return lived


def joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces of one table as one."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in ARRAYS
    }
    return replace(pieces[0], **arrays)


@cache
def _there(day: date) -> Mask:
    """Which areas, in the order of `area_codes`, were there on a day."""
    return np.array([places().existed(code, day) for code in area_codes()])
