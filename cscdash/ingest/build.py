"""Building a store: published files in, extracts out."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from cscdash.analysis.extract import Extract
from cscdash.analysis.not_loaded import Lacking, lacking
from cscdash.analysis.worth_a_conversation import TABLE, examined
from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.catalogue.sources import Source
from cscdash.errors import CscdashError
from cscdash.extracts import Columns, Store, new_build
from cscdash.ingest.build_changes import log_of_changes
from cscdash.ingest.derive import derive
from cscdash.ingest.implausible import refuse_other_unit
from cscdash.ingest.issues import older_of
from cscdash.ingest.left_out import LeftOut, NothingBuiltError, UnusableError, Why
from cscdash.ingest.observation_arrays import Piece, Vocabulary
from cscdash.ingest.package import describe, package_of, release_of
from cscdash.ingest.population import Population, read_populations
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import Progress, Read, nothing_of, read_folder
from cscdash.ingest.renamed_words import (
    parts,
    refuse_missing_words,
    refuse_renamed_categories,
    renamed_since,
)
from cscdash.ingest.stacking import replaced, stack
from cscdash.periods import end_year
from cscdash.settings import command


class Made(NamedTuple):
    """An extract, the labels of its files, and what newer releases replaced in it."""

    table: pa.Table
    labels: list[str]
    replaced: pa.Table | None


@dataclass(frozen=True)
class Line:
    """What a build made of one indicator."""

    indicator: str
    files: list[str]
    areas: int
    periods: list[str]
    values: int
    missing: dict[str, int]
    lacking: list[Lacking]


@dataclass(frozen=True)
class Report:
    """What a build made, of what, and what it left.

    Attributes
    ----------
    store : Store
        Its current build is the new one.
    lines : list of Line
        One for each extract.
    without : list of str
        Indicators for which there is no file, or none that can be used.
    left_out : list of LeftOut
        Files that were not used, each with why.
    """

    store: Store
    lines: list[Line]
    without: list[str]
    left_out: list[LeftOut]

    @property
    def complete(self) -> bool:
        """Whether every file that could be expected to be used was used."""
        return not any(one.matters for one in self.left_out)


Look = Callable[[Read, dict[str, pa.Table], dict[str, Any]], None]


def build(
    source: Path,
    to: Path,
    catalogue: Catalogue,
    progress: Progress | None = None,
    look: Look | None = None,
    stays: Collection[str] = (),
    prefer: Collection[str] = (),
) -> Report:
    """Build a store from the published files below a folder.

    Parameters
    ----------
    source : Path
        Searched at any depth, inside zips too.
    to : Path
        The store. The new build becomes the current one only when it is whole.
    catalogue : Catalogue
        What to build.
    progress : callable, optional
        Told what is being read, its place, and how many there are.
    look : callable, optional
        Shown what was read, the extracts, and what ``datapackage.json`` will say, to add to the
        last; an error that it raises ends the build.
    stays : collection of str
        Indicators whose extract is taken over from the current build as it is: a file that it
        came from is not whole at the moment.
    prefer : collection of str, optional
        Of two files that contradict each other the one stays whose path has one of these in it.

    Returns
    -------
    Report
        What was built, and the files that were left out: no file ends a build.

    Raises
    ------
    NothingBuiltError
        If no file gives a value; the current build then stays.
    CscdashError
        If the folder cannot be read or the store cannot be written.
    """
    read = read_folder(source, catalogue, progress)
    extracts: dict[str, pa.Table] = {}
    files: dict[str, list[str]] = {}
    with new_build(to) as new:
        before = _before(to)
        history: dict[str, pa.Table] = {}
        for id, made in _all_extracts(read, catalogue, before, prefer):
            if id in stays:
                continue
            history.pop(id, None)
            if made is None:
                new.take_back(id)
                extracts.pop(id, None)
                continue
            new.put(id, made.table, describe(catalogue.indicator(id), made.labels))
            extracts[id], files[id] = made.table, made.labels
            if made.replaced is not None:
                history[id] = made.replaced
        if before:
            for id, table, labels in _taken_over(before, stays, catalogue):
                new.put(id, table, describe(catalogue.indicator(id), labels))
                extracts[id], files[id] = table, labels
        if not extracts:
            raise _no_value(source, read)
        package = package_of(catalogue, read)
        if before and stays:
            package["releases"] = {**before.package.get("releases", {}), **package["releases"]}
        package["changes"] = log_of_changes(before, extracts)
        if look:
            look(read, extracts, package)
        for name, table in worked_out(extracts, catalogue).items():
            new.put_beside(name, table)
        for id, table in history.items():
            new.put_history(id, table)
        store = new.finish(package)
    return Report(
        store=store,
        lines=[
            _line(i, extracts[i.id], files[i.id]) for i in catalogue.indicators if i.id in extracts
        ],
        without=[i.id for i in catalogue.indicators if i.source and i.id not in extracts],
        left_out=read.left_out,
    )


def worked_out(extracts: Mapping[str, pa.Table], catalogue: Catalogue) -> dict[str, pa.Table]:
    """The tables that a build keeps beside its extracts: what may be worth a conversation."""
    held = (Extract(catalogue.indicator(id), Columns(table)) for id, table in extracts.items())
    return {TABLE: examined(held)}


def _taken_over(
    before: Store, stays: Collection[str], catalogue: Catalogue
) -> Iterator[tuple[str, pa.Table, list[str]]]:
    """Extracts of the current build, as `each_extract` yields those that are made."""
    declared = {indicator.id for indicator in catalogue.indicators}
    for resource in before.package["resources"]:
        id = str(resource["name"])
        if id in stays and id in declared:
            yield id, before.table(id), [str(file) for file in resource.get("files", [])]


def _before(to: Path) -> Store | None:
    """The current build of a store; None if there is none that can be read."""
    try:
        store = Store.open(to)
        return store if store.indicators else None
    except CscdashError:
        return None


def _no_value(source: Path, read: Read) -> NothingBuiltError:
    if any(one.matters for one in read.left_out):
        return nothing_of(source, read.left_out)
    return NothingBuiltError(
        f"The files in {source} hold no value of any indicator. Add the publications that"
        f" “{command('catalogue')}” names.",
        read.left_out,
    )


def _all_extracts(
    read: Read, catalogue: Catalogue, before: Store | None, prefer: Collection[str]
) -> Iterator[tuple[str, Made | None]]:
    """Make every extract; a file that turns out not to hold is left out on the way.

    Yields
    ------
    str
        The indicator; once more where a file behind it was left out after all.
    Made or None
        Its observations and where they came from; None if it has none left.
    """
    todo, made = list(catalogue.indicators), set[str]()
    populations = _populations(read, catalogue)
    while todo:
        indicator = todo.pop(0)
        try:
            if isinstance(populations, UnusableError):
                raise populations
            extract = extract_of(indicator, read, catalogue, populations)
            if extract and before and not before.demonstration:
                extract = _without_renamed(extract, before, indicator, read, catalogue, populations)
        except UnusableError as error:
            label, words = _the_one_to_leave(error, read, prefer)
            losing = read.leave_out(label, error.why, words)
            if not losing:
                raise  # it was left out before: never go round twice
            populations = _populations(read, catalogue)
            todo = [
                i
                for i in catalogue.indicators
                if i in (indicator, *todo) or _uses(i, losing, catalogue)
            ]
            continue
        if extract is None and indicator.id in made:
            yield indicator.id, None
        elif extract is not None:
            made.add(indicator.id)
            yield indicator.id, extract


def _without_renamed(
    extract: Made,
    before: Store,
    indicator: Indicator,
    read: Read,
    catalogue: Catalogue,
    populations: Mapping[str, Population],
) -> Made | None:
    """An extract made without the newest files, where they seem to rename a category of old."""
    if indicator.id not in before.indicators:
        return extract
    try:
        renamed = renamed_since(before.table(indicator.id), extract[0], indicator)
    except CscdashError:
        return extract  # the build before is damaged, so there is nothing to compare with
    if renamed is None:
        return extract
    breakdown, old, new = renamed
    newest = {
        max(tables, key=lambda table: table.latest).label
        for source in indicator.source
        if (tables := read.tables.get(source.dataset))
    } & set(extract[1])
    error = UnusableError(
        f"{', '.join(sorted(newest))}, {breakdown}: ‘{old}’ is gone, and ‘{new}’ is new. If it is"
        " the same, the catalogue has to learn the new name first.",
        sorted(newest),
        Why.RENAMED,
    )
    read.do_without(indicator.id, error)
    held = {id: [t for t in some if t.label not in newest] for id, some in read.tables.items()}
    return extract_of(indicator, Read(tables=held), catalogue, populations)


def _the_one_to_leave(error: UnusableError, read: Read, prefer: Collection[str]) -> tuple[str, str]:
    """Of the files that an error names the one that goes, and how that is decided."""
    if len(error.labels) == 1:
        return error.labels[0], str(error)
    tables = {t.label: t for some in read.tables.values() for t in some}
    files = {one.label: one for one in read.used}
    label, how = older_of(error.labels, tables, files, prefer)
    return label, f"{error} Left out is {label}, {how}."


def _populations(read: Read, catalogue: Catalogue) -> dict[str, Population] | UnusableError:
    """Population data set -> children by area and year; the error if a file does not hold."""
    try:
        return read_populations(read.tables, catalogue)
    except UnusableError as error:
        return error


def _uses(indicator: Indicator, datasets: set[str], catalogue: Catalogue) -> bool:
    known = catalogue.datasets
    for source in indicator.source:
        further = known[source.population].also if source.population else []
        if datasets & {source.dataset, source.population, *(one.dataset for one in further)}:
            return True
    return False


def each_extract(read: Read, catalogue: Catalogue) -> Iterator[tuple[str, pa.Table, list[str]]]:
    """Make the extract of every indicator that the files give values for.

    Yields
    ------
    str
        The indicator, in the order of the catalogue; none for an indicator without a row.
    Table
        Its observations.
    list of str
        Labels of the files that its rows came from.

    Raises
    ------
    UnusableError
        If a file turns out not to hold.
    """
    populations = read_populations(read.tables, catalogue)
    for indicator in catalogue.indicators:
        extract = extract_of(indicator, read, catalogue, populations)
        if extract:
            yield indicator.id, extract.table, extract.labels


def extract_of(
    indicator: Indicator,
    read: Read,
    catalogue: Catalogue,
    populations: Mapping[str, Population],
) -> Made | None:
    """An indicator's observations, with the labels of their files; None if there is no row.

    Raises
    ------
    UnusableError
        If a file turns out not to hold.
    """
    vocabulary = Vocabulary(indicator)
    pieces = [
        (place, piece)
        for place, source in enumerate(indicator.source)
        for table in read.tables.get(source.dataset, [])
        for piece in _pieces(source, table, read, catalogue, vocabulary, populations)
        if len(piece)
    ]
    if not pieces:
        return None
    odd = {error.labels[0]: error for error in refuse_other_unit(pieces, indicator)}
    for error in odd.values():
        read.do_without(indicator.id, error)
    pieces = [pair for pair in pieces if pair[1].label not in odd]
    if not pieces:
        return None
    labels = sorted({piece.label for _, piece in pieces})
    return Made(stack(pieces, vocabulary), labels, replaced(pieces, vocabulary))


def _pieces(
    source: Source,
    table: Table,
    read: Read,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    populations: Mapping[str, Population],
) -> list[Piece]:
    """What a source makes of a table; nothing if the table lacks a column or word of it."""
    others = [other for other in read.tables[source.dataset] if other is not table]
    newest = all(other.latest <= table.latest for other in others)
    if not _used_for(source, table.latest):
        newest = False  # a source for old years looks for old words
    older = [other for other in others if other.latest < table.latest]
    release = release_of(catalogue, table)
    made: list[Piece] = []
    for part in parts(source):
        try:
            refuse_missing_words(part, table, older)
            if newest:
                refuse_renamed_categories(part, table, older)
            made += derive(part, table, release, vocabulary, populations)
        except UnusableError as error:
            if error.why not in (Why.RENAMED, Why.LACKING):
                raise
            if newest:  # an older release lacks what came later
                read.do_without(vocabulary.indicator.id, error)
    return made


def _used_for(source: Source, year: int) -> bool:
    begins = end_year(source.first) if source.first else 0
    ends = end_year(source.last) if source.last else 9999
    return begins <= year <= ends


def _line(indicator: Indicator, table: pa.Table, files: list[str]) -> Line:
    # the words of a column that `stack` made are just those in use, in order
    status = table["status"].combine_chunks()
    counts = np.bincount(status.indices.to_numpy(), minlength=len(status.dictionary))
    missing = dict(zip(status.dictionary.to_pylist(), counts.tolist(), strict=True))
    return Line(
        indicator=indicator.id,
        files=files,
        areas=len(table["area"].combine_chunks().dictionary),
        periods=table["period"].combine_chunks().dictionary.to_pylist(),
        values=missing.pop("ok", 0),
        missing=missing,
        lacking=lacking(Extract(indicator, Columns(table))),
    )
