"""Building a store: published files in, extracts out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from cscdash import __version__
from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.errors import CscdashError
from cscdash.extracts import Store, new_build
from cscdash.ingest.build_changes import log_of_changes
from cscdash.ingest.check_figures import check_figures
from cscdash.ingest.derive import derive
from cscdash.ingest.observation_arrays import Population, Vocabulary
from cscdash.ingest.ofsted import InspectionTable, latest_inspections
from cscdash.ingest.published_cells import X, same
from cscdash.ingest.published_table import Ints, Table, area_codes
from cscdash.ingest.read_folder import Progress, Read, read_folder
from cscdash.ingest.required_columns import POPULATION_COLUMN
from cscdash.ingest.stacking import stack
from cscdash.periods import end_year, read_period
from cscdash.places import places


@dataclass(frozen=True)
class Line:
    """What a build made of one indicator."""

    indicator: str
    files: list[str]
    areas: int
    periods: list[str]
    values: int
    missing: dict[str, int]


@dataclass(frozen=True)
class Report:
    """What a build made, of what, and what it left."""

    store: Store
    lines: list[Line]
    without: list[str]
    unused: list[tuple[str, str]]


Look = Callable[[Read, dict[str, pa.Table], dict[str, Any]], None]


def build(
    source: Path,
    to: Path,
    catalogue: Catalogue,
    progress: Progress | None = None,
    look: Look | None = None,
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

    Raises
    ------
    CscdashError
        If a known file is damaged or two files disagree; the current build then stays.
    """
    read = read_folder(source, catalogue, progress)
    extracts: dict[str, pa.Table] = {}
    files: dict[str, list[str]] = {}
    with new_build(to) as new:
        for id, table, labels in each_extract(read, catalogue):
            new.put(id, table, describe(catalogue.indicator(id), labels))
            extracts[id], files[id] = table, labels
        if not extracts:
            raise CscdashError(
                f"The files in {source} hold no value of any indicator. Add the publications that"
                " “python -m cscdash catalogue” names."
            )
        package = _package(catalogue, read)
        package["changes"] = log_of_changes(_before(to), extracts)
        if look:
            look(read, extracts, package)
        store = new.finish(package)
    return Report(
        store=store,
        lines=[_line(id, extracts[id], files[id]) for id in extracts],
        without=[i.id for i in catalogue.indicators if i.source and i.id not in extracts],
        unused=read.unused,
    )


def _before(to: Path) -> Store | None:
    """The current build of a store; None if there is none that can be read."""
    try:
        store = Store.open(to)
        return store if store.indicators else None
    except CscdashError:
        return None


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
    """
    populations = {
        source.population: _population(read.tables.get(source.population, []))
        for indicator in catalogue.indicators
        for source in indicator.source
        if source.population
    }
    for indicator in catalogue.indicators:
        vocabulary = Vocabulary(indicator)
        pieces = [
            (place, piece)
            for place, source in enumerate(indicator.source)
            for table in read.tables.get(source.dataset, [])
            for piece in derive(source, table, _release(catalogue, table), vocabulary, populations)
            if len(piece)
        ]
        if pieces:
            labels = sorted({piece.label for _, piece in pieces})
            yield indicator.id, stack(pieces, vocabulary), labels


def _release(catalogue: Catalogue, table: Table) -> str:
    return f"{catalogue.publication_of(table.dataset).id} {table.latest}"


def _population(tables: list[Table]) -> Population:
    """Children by area and year from all releases; the newest release wins."""
    tables = sorted(tables, key=lambda table: table.latest)
    years = [_years(table) for table in tables]
    first = min((int(year.min()) for year in years), default=0)
    last = max((int(year.max()) for year in years), default=0)
    shape = (len(area_codes()), last - first + 1)
    value, status = np.full(shape, np.nan), np.full(shape, X, dtype=np.int8)
    from_release = np.zeros(shape, dtype=np.int32)
    for table, year in zip(tables, years, strict=True):
        numbers, codes = table.cells(POPULATION_COLUMN)
        at = (table.area, year - first)
        before = np.where(from_release[at] == table.latest, value[at], numbers)
        value[at], status[at], from_release[at] = numbers, codes, table.latest
        differ = np.flatnonzero(~same(before, numbers) | ~same(value[at], numbers))
        if len(differ):
            area = places().areas[area_codes()[table.area[differ[0]]]].short
            raise CscdashError(
                f"{table.label}, line {table.line[differ[0]]}, column {POPULATION_COLUMN}: another"
                f" row of this release has another number for {area}, {year[differ[0]]}."
            )
    return Population(first, value, status)


def _years(table: Table) -> Ints:
    """For each row its calendar year."""
    year = np.zeros(len(table.time.words), dtype=np.int32)
    for place in np.unique(table.time.codes):
        try:
            year[place] = end_year(read_period(table.time.words[place], "Calendar year")[0])
        except CscdashError as error:
            raise CscdashError(f"{table.label}: {error}") from error
    return year[table.time.codes]


def _line(id: str, table: pa.Table, files: list[str]) -> Line:
    # the words of a column that `stack` made are just those in use, in order
    status = table["status"].combine_chunks()
    counts = np.bincount(status.indices.to_numpy(), minlength=len(status.dictionary))
    missing = dict(zip(status.dictionary.to_pylist(), counts.tolist(), strict=True))
    return Line(
        indicator=id,
        files=files,
        areas=len(table["area"].combine_chunks().dictionary),
        periods=table["period"].combine_chunks().dictionary.to_pylist(),
        values=missing.pop("ok", 0),
        missing=missing,
    )


def describe(indicator: Indicator, files: list[str]) -> dict[str, Any]:
    """What ``datapackage.json`` says of an indicator's extract."""
    return {
        "title": indicator.title,
        "description": f"{indicator.numerator} ÷ {indicator.denominator}"
        if indicator.denominator
        else indicator.numerator,
        "unit": indicator.unit,
        "files": files,
    }


def _package(catalogue: Catalogue, read: Read) -> dict[str, Any]:
    """What ``datapackage.json`` says of the whole build."""
    releases: dict[str, dict[str, Any]] = {}
    for tables in read.tables.values():
        for table in tables:
            publication = catalogue.publication_of(table.dataset)
            release = releases.setdefault(
                _release(catalogue, table),
                {
                    "title": f"{publication.title}, {table.latest}",
                    "publisher": publication.publisher,
                    "path": publication.page,
                    "licence": publication.licence,
                    "attribution": publication.attribution,
                    "published": publication.released.get(str(table.latest)),
                    "files": [],
                },
            )
            release["files"].append(table.label)
    return {
        "name": "cscdash-extracts",
        "title": "Extracts of published returns on children's social care in England",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "demonstration": False,
        "licenses": [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0"}],
        "releases": dict(sorted(releases.items())),
        "inspections": _inspections(catalogue, read),
    }


def _inspections(catalogue: Catalogue, read: Read) -> dict[str, dict[str, Any]]:
    """Each authority's latest inspection, from the newest workbook; context, no observation."""
    known = [t for tables in read.tables.values() for t in tables if isinstance(t, InspectionTable)]
    if not known:
        return {}
    newest = max(known, key=lambda table: table.latest)
    sources = [s for i in catalogue.indicators for s in i.source if s.dataset == newest.dataset]
    headings = dict.fromkeys(str(s.where["heading"]) for s in sources if "heading" in s.where)
    return latest_inspections(newest.history, headings)


__all__ = ["CscdashError", "Line", "Report", "build", "check_figures", "each_extract"]
