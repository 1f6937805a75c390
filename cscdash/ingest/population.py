"""Children by area and year, which rates are worked out of: read from the files that have them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import (
    NOT_LOADED,
    NOT_YET,
    OK,
    Codes,
    Floats,
    X,
    same,
)
from cscdash.ingest.left_out import UnusableError, Why
from cscdash.ingest.published_table import Ints, Mask, Table, area_codes
from cscdash.ingest.required_columns import POPULATION_COLUMN
from cscdash.periods import end_year, read_period
from cscdash.places import places


@dataclass(frozen=True)
class Population:
    """Children by area and year.

    Attributes
    ----------
    first : int
        The first year.
    value, status : array of areas × years
        The number, and why there is none.
    loaded : array of bool
        For each year, whether a file that was read has it. Where one has, an area without a
        number is the publisher's gap; where none has, it is ours.
    """

    first: int
    value: Floats
    status: Codes
    loaded: Mask

    def of(self, area: Ints, year: Ints) -> tuple[Floats, Codes]:
        """The population of these areas in these years, and why there is none."""
        column = year - self.first
        inside = (column >= 0) & (column < len(self.loaded))
        column = np.where(inside, column, 0)
        there = inside & self.loaded[column]
        last = self.first + max(np.flatnonzero(self.loaded), default=-1)
        ours = np.where(self.loaded.any() & (year > last), NOT_YET, NOT_LOADED)
        value = np.where(there, self.value[area, column], np.nan)
        status = np.where(there, self.status[area, column], ours).astype(np.int8)
        return value, status


def read_populations(
    tables: Mapping[str, Sequence[Table]], catalogue: Catalogue
) -> dict[str, Population]:
    """Children by area and year, for each population data set that some rate needs.

    A data set's own releases come first, the newest before the others, cell by cell. The data
    sets that it declares beside itself (`Dataset.also`) give whole years that it lacks, and only
    those, so that all rates of a year have the same denominator.

    Raises
    ------
    UnusableError
        If a file does not hold.
    """
    wanted = {s.population for i in catalogue.indicators for s in i.source if s.population}
    found = {}
    for id in sorted(wanted):
        population = _population(tables.get(id, []), 0)
        for other in catalogue.datasets[id].also:
            with suppress(UnusableError):  # for what it is there for, it may hold
                further = _population(tables.get(other.dataset, []), other.lag)
                population = _with_years_of(population, further)
        found[id] = population
    return found


def _population(tables: Sequence[Table], lag: int) -> Population:
    """Children by area and year from all releases; the newest release wins."""
    tables = sorted(
        (one for one in tables if POPULATION_COLUMN in one.columns), key=lambda one: one.latest
    )
    years = [_years(table) - lag for table in tables]
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
            raise UnusableError(
                f"{table.label}, line {table.line[differ[0]]}, column {POPULATION_COLUMN}: another"
                f" row of this release has another number for {area}, {year[differ[0]]}.",
                [table.label],
                Why.CONTRADICTED,
            )
    return Population(first, value, status, (status == OK).any(axis=0))


def _with_years_of(one: Population, further: Population) -> Population:
    """A population with the years of a further one that it lacks."""
    if not further.loaded.any():
        return one
    if not one.loaded.any():
        return further
    first = min(one.first, further.first)
    last = max(p.first + len(p.loaded) for p in (one, further))
    shape = (len(area_codes()), last - first)
    value, status = np.full(shape, np.nan), np.full(shape, X, dtype=np.int8)
    loaded = np.zeros(last - first, dtype=bool)
    for each in (further, one):
        at = each.first - first + np.flatnonzero(each.loaded)
        value[:, at], status[:, at] = each.value[:, each.loaded], each.status[:, each.loaded]
        loaded[at] = True
    return Population(first, value, status, loaded)


def _years(table: Table) -> Ints:
    """For each row its calendar year."""
    year = np.zeros(len(table.time.words), dtype=np.int32)
    for place in np.unique(table.time.codes):
        try:
            year[place] = end_year(read_period(table.time.words[place], "Calendar year")[0])
        except CscdashError as error:
            raise UnusableError(f"{table.label}: {error}", [table.label]) from error
    return year[table.time.codes]
