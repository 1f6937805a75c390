"""Which years an indicator is drawn for, and from which source each comes."""

from collections.abc import Sequence

from cscdash.catalogue.models import Catalogue, Source
from cscdash.periods import end_year

LONGEST = 13  # years

# How many years the releases of a publication hold, where the catalogue does not say.
_YEARS = {
    "children_in_need": 13,
    "children_looked_after": 8,
    "outcomes_cin": 7,
    "workforce": 9,
    "stability_measures": 7,
    "outturn": 2,
    "fingertips": 13,
    "lait": 10,
}
_DATASET_YEARS = {
    "cin_factors": 8,
    "cla_rates": 5,
    "cla_31_march": 5,
    "cla_outcomes": 5,
    "adoption_stages": 5,
    "social_worker_changes": 1,
}


def covered(
    sources: Sequence[Source], catalogue: Catalogue, latest: int, known: Sequence[int]
) -> tuple[list[int], list[Source]]:
    """The years of an indicator, and the first source that is used for each.

    Parameters
    ----------
    sources : list of Source
        In the order of the declaration.
    catalogue : Catalogue
        Where their data sets stand.
    latest : int
        The last year with a published figure.
    known : list of int
        All years with one, in order.
    """
    by_year: dict[int, Source] = {}
    for place, source in enumerate(sources):
        first, last = _span(source, sources[place + 1 :], catalogue, latest, known)
        for year in range(max(first, latest - LONGEST + 1), last + 1):
            by_year.setdefault(year, source)
    years = sorted(by_year)
    return years, [by_year[year] for year in years]


def _span(
    source: Source, later: Sequence[Source], catalogue: Catalogue, latest: int, known: Sequence[int]
) -> tuple[int, int]:
    last = min(end_year(source.last), latest) if source.last else latest
    if source.first:
        return end_year(source.first), last
    usual = _DATASET_YEARS.get(
        source.dataset, _YEARS.get(catalogue.publication_of(source.dataset).id, 8)
    )
    before = [end_year(other.last) for other in later if other.last]
    if before:
        return max(before) + 1, last
    if source.last:
        return min([year for year in known if year <= last], default=last - 4), last
    if catalogue.datasets[source.dataset].format == "lait" and latest - known[0] > 2:
        return known[0], last  # of these series the first year is among the figures checked
    first = latest - usual + 1
    return (min(first, known[0]) if latest - known[0] < LONGEST else first), last
