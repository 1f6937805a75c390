"""A published table as read: who, when, and columns of text, each word kept once.

Readers make it from files of their format; `derive` makes observations of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import Codes, Floats, plain_numbers, read_cell
from cscdash.ingest.left_out import UnusableError, Why
from cscdash.periods import end_year, read_period
from cscdash.places import places

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

PROVISIONAL, REVISED, DERIVED, JOINT, LOCAL = 1, 2, 4, 8, 16
LETTERS = {"p": PROVISIONAL, "r": REVISED, "e": DERIVED, "j": JOINT, "l": LOCAL}


def area_codes() -> list[str]:
    """The codes of all areas, in the order that numbers them in every table."""
    return sorted(places().areas)


@dataclass(frozen=True)
class Column:
    """A column of text: for each row the place of its word in `words`."""

    codes: Ints
    words: list[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Column":
        """A column of these texts."""
        words: dict[str, int] = {}
        codes = [words.setdefault(text, len(words)) for text in texts]
        return cls(np.array(codes, dtype=np.int32), list(words))

    @classmethod
    def from_arrow(cls, chunks: pa.ChunkedArray) -> "Column":
        """A column read by Arrow as a dictionary."""
        array = chunks.unify_dictionaries().combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = array.chunk(0) if array.num_chunks else pa.array([], chunks.type)
        return cls(
            np.asarray(array.indices.to_numpy(zero_copy_only=False), dtype=np.int32),
            array.dictionary.to_pylist(),
        )

    def take(self, rows: Ints) -> "Column":
        """The same column for these rows."""
        return Column(self.codes[rows], self.words)

    def renamed(self, new: Mapping[str, str]) -> "Column":
        """The same column with some words translated; two words may become one."""
        translated = Column.of(new.get(word, word) for word in self.words)
        return Column(translated.codes[self.codes], translated.words)

    def is_one_of(self, wanted: str | list[str]) -> Mask:
        """Which rows hold this word, or one of these words."""
        some = {wanted} if isinstance(wanted, str) else set(wanted)
        places_ = [place for place, word in enumerate(self.words) if word in some]
        chosen: Mask
        if len(places_) == 1:  # comparing is much faster than looking up
            chosen = self.codes == places_[0]
        else:
            meant = np.zeros(max(len(self.words), 1), dtype=bool)
            meant[places_] = True
            chosen = meant[self.codes]
        return chosen


@dataclass(frozen=True)
class Table:
    """A published file as read.

    Attributes
    ----------
    label : str
        The file, for messages.
    dataset : str
        Its data set in the catalogue.
    latest : int
        The latest year in it, which orders the releases of a data set.
    area : array of int32
        For each row the place of its area in `area_codes()`.
    time : Column
        The period as published.
    columns : dict of str to Column
        The other columns, under the catalogue's names.
    flags : array of int8
        For each row the sum of its flags.
    line : array of int32
        For each row its line in the file, for messages.
    header : tuple of str
        All columns of the file as published; for messages about one that it does not have.
    issued : date, optional
        When this issue was published, where the file says so.
    """

    label: str
    dataset: str
    latest: int
    area: Ints
    time: Column
    columns: dict[str, Column]
    flags: Codes
    line: Ints
    header: tuple[str, ...] = ()
    issued: date | None = None
    _read: dict[str, tuple[Floats, Codes]] = field(default_factory=dict, compare=False, repr=False)

    def column(self, name: str) -> Column:
        """A column by the catalogue's name.

        Raises
        ------
        CscdashError
            If the file has no such column; names the nearest one.
        """
        try:
            return self.columns[name]
        except KeyError:
            raise missing_column(self.label, name, self.header or self.columns) from None

    def cells(self, name: str) -> tuple[Floats, Codes]:
        """The numbers of a column and the codes of their statuses, for all rows.

        Raises
        ------
        CscdashError
            Naming file, line and column of a cell that is neither number nor symbol.
        """
        if name not in self._read:
            column = self.column(name)
            values, plain = plain_numbers(column.words)
            codes = np.zeros(len(column.words), dtype=np.int8)
            for place in np.flatnonzero(~plain):
                try:
                    values[place], codes[place] = read_cell(column.words[place])
                except CscdashError as error:
                    at = np.flatnonzero(column.codes == place)
                    if len(at):  # a word that no row holds (any more) does no harm
                        raise UnusableError(
                            f"{self.label}, line {self.line[at[0]]}, column {name}: {error}.",
                            [self.label],
                        ) from error
            self._read[name] = (values[column.codes], codes[column.codes])
        return self._read[name]

    def rows(self, where: Mapping[str, str | list[str]]) -> Ints:
        """The rows that have these words."""
        chosen = np.ones(len(self.area), dtype=bool)
        for name, wanted in where.items():
            chosen &= self.column(name).is_one_of(wanted)
        return np.flatnonzero(chosen).astype(np.int32)


def missing_column(label: str, name: str, has: Iterable[str]) -> UnusableError:
    """The error for a column that is not there, with the nearest name that is."""
    near = get_close_matches(name, list(has), n=1, cutoff=0.5)
    hint = f"; the nearest is ‘{near[0]}’" if near else ""
    return UnusableError(
        f"{label} has no column ‘{name}’{hint}. The publisher may have renamed it; until the"
        " catalogue knows the new name, what needs it is left out.",
        [label],
        Why.RENAMED,
    )


def latest_year(words: Iterable[str], label: str) -> int:
    """The latest calendar year in which one of these published periods ends.

    Raises
    ------
    CscdashError
        If there is no period among them, or one that is none.
    """
    years = []
    for word in filter(str.strip, words):
        try:
            years.append(end_year(read_period(word, "Academic year")[0]))
        except CscdashError as error:
            raise CscdashError(f"{label}: ‘{word[:40]}’ stands where a year should.") from error
    if not years:
        raise CscdashError(f"{label} holds no rows. Download it again.")
    return max(years)
