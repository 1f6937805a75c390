"""Rates whose counts are here and whose population is not: which years, in words.

That is this copy's gap, not the publisher's. Any other absence is in the observation itself.
"""

from dataclasses import dataclass

import numpy as np

from cscdash.analysis.extract import Extract
from cscdash.catalogue.models import Catalogue
from cscdash.extracts.observation import Status
from cscdash.periods import end_year

_OURS = (Status.NOT_LOADED, Status.NOT_YET)


@dataclass(frozen=True)
class Lacking:
    """Periods of an indicator that have a count and no rate, for want of a population.

    Attributes
    ----------
    status : Status
        Whether no file has a population that late (`NOT_YET`), or none has it at all.
    periods : tuple of str
        Oldest first.
    years : tuple of int
        The years of the middle of which the population is wanted.
    """

    status: Status
    periods: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def words(self) -> str:
        """As a sentence, such as “Rate not yet for 2026: population of mid-2025 is not loaded”."""
        when = _span([*self.periods])
        middle = _span([f"mid-{year}" for year in self.years])
        rate = "Rate not yet" if self.status is Status.NOT_YET else "No rate"
        return f"{rate} for {when}: population of {middle} is not loaded."


def lacking(held: Extract) -> list[Lacking]:
    """What an extract lacks for want of a population; an empty list if nothing."""
    columns, known = held.columns, list(Status)
    lag = next((s.population_lag for s in held.indicator.source if s.population), 0)
    found = []
    for status in _OURS:
        places = np.unique(columns.period[columns.status == known.index(status)]).tolist()
        if places:
            periods = tuple(columns.periods[place] for place in places)
            years = tuple(dict.fromkeys(end_year(period) - lag for period in periods))
            found.append(Lacking(status, periods, years))
    return found


def where_population_is(catalogue: Catalogue) -> str:
    """Which file to add, in a sentence."""
    wanted = {s.population for i in catalogue.indicators for s in i.source if s.population}
    names = [
        f"{data.files[0].name} ({publication.publisher}, {publication.title.lower()})"
        for publication in catalogue.publications
        for data in publication.dataset
        if data.id in wanted
    ]
    return f"The file to add: {' and '.join(names)}, of a year late enough."


def _span(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[0]} to {words[-1]}"
