"""Which data set a file belongs to: what it holds decides, and its name is only a hint."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.formats import FORMATS, Format
from cscdash.ingest.left_out import LeftOut, UnusableError, Why, left_out
from cscdash.ingest.old_names import published_columns
from cscdash.ingest.published_files import Found
from cscdash.ingest.published_table import Table
from cscdash.ingest.required_columns import Needs, needs
from cscdash.ingest.tidy_csv import tidy

_LIKE = 0.6  # a file with so much of a data set's columns is named beside it
_SPELT = 0.75  # a column spelt so much like one that is lacking has been renamed


@dataclass(frozen=True)
class Claims:
    """The data sets that files may belong to.

    Attributes
    ----------
    catalogue : Catalogue
        Declares them.
    needs : mapping
        Data set -> what is needed of it.
    """

    catalogue: Catalogue
    needs: Mapping[str, Needs]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Claims":
        """The claims of a catalogue."""
        return cls(catalogue, needs(catalogue))

    def read(self, content: bytes, one: Found) -> Table | LeftOut:
        """Read a file as what it is.

        Returns
        -------
        Table or LeftOut
            The table, under its data set; or why there is none.
        """
        formats = [f for f in FORMATS.values() if one.ending in f.endings]
        try:
            csv = [f for f in formats if f.marks and self._is(content, f, one.label)]
        except UnusableError as error:
            return self._damaged(one, error)
        if csv:
            return self._csv(content, one, csv[0])
        if any(f.marks for f in formats):
            return self._no_claim(one)
        return self._other(content, one, formats)

    def _is(self, content: bytes, format: Format, label: str) -> bool:
        header = {name.casefold() for name in tidy(content, format.marks, label).header}
        return {mark.casefold() for mark in format.marks} <= header

    def _csv(self, content: bytes, one: Found, format: Format) -> Table | LeftOut:
        header = tidy(content, format.marks, one.label).header
        mine = [d for d in self._datasets(format) if d.id in self.needs]
        columns = {d.id: published_columns(header, self.needs[d.id].columns, d) for d in mine}
        share = {id: len(found) / len(self.needs[id].columns) for id, found in columns.items()}
        named = self._named(one, (format,))
        whole = [d for d in mine if share[d.id] == 1]
        tables: list[Table] = []
        first: CscdashError | None = None
        # one that lacks a column may still be what the file is; a renamed column must not make it
        # another data set that asks for less
        near = [d for d in mine if d is named or share[d.id] >= _LIKE]
        for dataset in sorted(near, key=lambda d: (d is not named, d not in whole)):
            try:
                table = format.read(content, dataset, self.needs[dataset.id], one.label)
            except CscdashError as error:
                first = first or (error if dataset in whole or dataset is named else None)
                continue
            if dataset is named and dataset in whole and not self._lacking(table):
                return table
            tables.append(table)
        best = max(tables, key=lambda table: self._like(table, named), default=None)
        if best is not None and (best.dataset == getattr(named, "id", "") or self._is_one(best)):
            return best
        if first is not None:
            return left_out(one.label, first)
        if best is not None:
            mine = [d for d in mine if d.id == best.dataset]
        if named is not None:
            return LeftOut(one.label, Why.NOT_NEEDED, f"{one.label}: no indicator uses it.")
        nearest = max(mine, key=lambda d: (share[d.id], len(columns[d.id])), default=None)
        if nearest is None or share[nearest.id] < _LIKE:
            return self._no_claim(one)
        lacking = sorted(self.needs[nearest.id].columns - set(columns[nearest.id]))
        title = self.catalogue.publication_of(nearest.id).title
        if not lacking:  # it has the columns, and other words in them
            words = f"{one.label}: like ‘{nearest.title}’ of {title}, but about other groups."
            return LeftOut(one.label, Why.NOT_NEEDED, words)
        quoted = " and ".join(f"‘{name}’" for name in lacking[:3])
        words = f"{one.label}: nearest to ‘{nearest.title}’ of {title}, but without {quoted}."
        free = set(header) - set(columns[nearest.id].values())
        renamed = all(get_close_matches(name, free, n=1, cutoff=_SPELT) for name in lacking)
        return LeftOut(one.label, Why.UNKNOWN if renamed else Why.NOT_NEEDED, words)

    def _other(self, content: bytes, one: Found, formats: list[Format]) -> Table | LeftOut:
        """Read a workbook or Parquet file as the first data set that it gives a table of."""
        named = self._named(one, formats)
        candidates = [d for f in formats for d in self._datasets(f) if d.id in self.needs]
        candidates.sort(key=lambda d: d is not named)
        first: CscdashError | None = None
        for dataset in candidates:
            try:
                return FORMATS[dataset.format].read(
                    content, dataset, self.needs[dataset.id], one.label
                )
            except CscdashError as error:
                first = first or error
        if named is None or named.id not in self.needs or first is None:
            return self._no_claim(one)
        return left_out(one.label, first)

    def _damaged(self, one: Found, error: UnusableError) -> LeftOut:
        """A file that is no table matters if its name says that it should be one of ours."""
        named = self._named(one, [f for f in FORMATS.values() if one.ending in f.endings])
        if named is None or named.id not in self.needs:
            return self._no_claim(one)
        return LeftOut(one.label, error.why, str(error))

    def _no_claim(self, one: Found) -> LeftOut:
        formats = [f for f in FORMATS.values() if one.ending in f.endings]
        named = self._named(one, formats)
        if named is not None and named.id in self.needs:
            lacking = ", ".join(FORMATS[named.format].marks)
            words = f"{one.label} has no column of ‘{named.title}’ ({lacking}). Download it again."
            return LeftOut(one.label, Why.UNREADABLE, words)
        words = f"{one.label}: not a table that the catalogue knows."
        return LeftOut(one.label, Why.NOT_NEEDED, words)

    def _datasets(self, format: Format) -> list[Dataset]:
        return [d for d in self.catalogue.datasets.values() if d.format == format.name]

    def _named(self, one: Found, formats: "tuple[Format, ...] | list[Format]") -> Dataset | None:
        """The data set that the file's name says."""
        for format in formats:
            for dataset in self._datasets(format):
                if any(file.name == one.name for file in dataset.files):
                    return dataset
        return None

    def _like(self, table: Table, named: Dataset | None) -> tuple[int, bool]:
        """How much speaks for a table being of its data set: columns and words that it has."""
        wanted = self.needs[table.dataset]
        there = len(set(table.columns) & wanted.columns)
        words = sum(len(some) for name, some in wanted.words.items() if name in table.columns)
        missing = sum(map(len, self._lacking(table).values()))
        points = 2 * there - len(wanted.columns) + words - 2 * missing
        return points, named is not None and table.dataset == named.id

    def _lacking(self, table: Table) -> dict[str, frozenset[str]]:
        """Of each column by which rows are found, the words that are looked for and not there."""
        wanted = self.needs[table.dataset].words
        found = {
            name: some - set(table.columns[name].words)
            for name, some in wanted.items()
            if name in table.columns
        }
        return {name: gone for name, gone in found.items() if gone}

    def _is_one(self, table: Table) -> bool:
        """Whether a table has all columns, and a word that is looked for in each."""
        wanted = self.needs[table.dataset]
        lacking = self._lacking(table)
        return wanted.columns <= set(table.columns) and not any(
            lacking.get(name) == some for name, some in wanted.words.items()
        )
