"""Words that a publisher seems to have renamed: what we look for is gone, something like it came.

Without this a renamed category would only look like a series that ends.
"""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

import pyarrow as pa
import pyarrow.compute as pc

from cscdash.catalogue.models import Catalogue, Source, Where
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import Read
from cscdash.periods import end_year


class RenamedError(CscdashError):
    """A file in which a word is gone that we look for.

    Attributes
    ----------
    labels : list of str
        The files.
    """

    def __init__(self, message: str, labels: list[str]) -> None:
        super().__init__(message)
        self.labels = labels


def refuse_renamed_words(read: Read, catalogue: Catalogue, labels: Collection[str]) -> None:
    """Refuse files that lack every word by which an indicator finds its rows.

    Parameters
    ----------
    read : Read
        What was read.
    catalogue : Catalogue
        Says by which words rows are found.
    labels : collection of str
        The files that are new. Older files may well use older words; of each data set only the
        newest release is looked at, and only for sources that are used for its year.

    Raises
    ------
    RenamedError
        Naming file, column and word, and the nearest word that is there.
    """
    newest = {id: max(t.latest for t in tables) for id, tables in read.tables.items()}
    for indicator in catalogue.indicators:
        for source in indicator.source:
            for table in read.tables.get(source.dataset, []):
                if table.label not in labels or table.latest < newest[source.dataset]:
                    continue
                if _used_for(source, table.latest):
                    _refuse(table, source)


def _used_for(source: Source, year: int) -> bool:
    begins = end_year(source.first) if source.first else 0
    ends = end_year(source.last) if source.last else 9999
    return begins <= year <= ends


def _refuse(table: Table, source: Source) -> None:
    for where in _filters(source):
        for column, words in where.items():
            if column not in table.columns:
                continue
            wanted = [words] if isinstance(words, str) else words
            there = table.columns[column].words
            if not set(wanted) & set(there):
                near = get_close_matches(wanted[0], filter(None, there), n=1, cutoff=0.4)
                hint = f"; the nearest is ‘{near[0]}’" if near else ""
                raise RenamedError(
                    f"{table.label}, column {column}, has no ‘{wanted[0]}’ any more{hint}. If the"
                    " publisher renamed it, add the new name to this data set in sources.toml.",
                    [table.label],
                )


def _filters(source: Source) -> Iterator[Where]:
    yield source.where
    yield source.denominator_where or {}
    for breakdown in source.breakdown:
        yield breakdown.where
        yield breakdown.denominator_where or {}


def refuse_renamed_categories(
    old: Store,
    extracts: Mapping[str, pa.Table],
    read: Read,
    catalogue: Catalogue,
    labels: Collection[str],
) -> None:
    """Refuse files whose latest period has a new category much like one that is gone from it.

    Parameters
    ----------
    old : Store
        The current build.
    extracts : mapping of str to Table
        The new build's.
    read : Read
        What was read.
    catalogue : Catalogue
        Says which data sets an indicator is from.
    labels : collection of str
        The files that are new.

    Raises
    ------
    RenamedError
        Naming the files, and the old and the new category.
    """
    for id, table in extracts.items():
        if id not in old.indicators:
            continue
        before, after = _categories(old.table(id)), _categories(table)
        known = {pair for pairs in before.values() for pair in pairs}
        if not before or not after:
            continue
        was, now = before[max(before)], after[max(after)]
        fresh = now - known
        for breakdown, category in sorted(was - now):
            like = [c for b, c in fresh if b == breakdown]
            near = get_close_matches(category, like, n=1, cutoff=0.6)
            if near:
                files = _behind(table, id, read, catalogue, labels)
                raise RenamedError(
                    f"{', '.join(files) or id}, {breakdown}: ‘{category}’ is gone, and ‘{near[0]}’"
                    " is new. If it is the same, say so in sources.toml.",
                    files,
                )


def _categories(table: pa.Table) -> dict[int, set[tuple[str, str]]]:
    """The pairs of breakdown and category of each year."""
    unique = table.group_by(["period", "breakdown", "category"]).aggregate([])
    found: dict[int, set[tuple[str, str]]] = {}
    for row in unique.to_pylist():
        year = end_year(row["period"])
        found.setdefault(year, set()).add((row["breakdown"], row["category"]))
    return found


def _behind(
    table: pa.Table, id: str, read: Read, catalogue: Catalogue, labels: Collection[str]
) -> list[str]:
    """The new files that an extract came from."""
    releases = pc.unique(table["release"].cast(pa.string())).to_pylist()
    years = {release.rsplit(" ", 1)[-1] for release in releases}
    datasets = {source.dataset for source in catalogue.indicator(id).source}
    return [
        table.label
        for dataset in sorted(datasets)
        for table in read.tables.get(dataset, [])
        if table.label in labels and str(table.latest) in years
    ]
