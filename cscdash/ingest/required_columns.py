"""What the catalogue needs of each data set: which columns, and which series of LAIT."""

from collections import defaultdict
from collections.abc import Iterable

from cscdash.catalogue.models import Catalogue, Source

POPULATION_COLUMN = "population_estimate"


def columns_needed(catalogue: Catalogue) -> dict[str, set[str]]:
    """Data set -> the columns that some indicator uses, under the catalogue's names."""
    needed: dict[str, set[str]] = defaultdict(set)
    for indicator in catalogue.indicators:
        for source in indicator.source:
            needed[source.dataset] |= set(_columns(source))
            if source.population:
                needed[source.population].add(POPULATION_COLUMN)
    return dict(needed)


def series_needed(catalogue: Catalogue) -> set[str]:
    """The series of LAIT that some indicator uses."""
    wanted: set[str] = set()
    for indicator in catalogue.indicators:
        for source in indicator.source:
            for where in (source.where, source.denominator_where or {}):
                words = where.get("series", [])
                wanted |= {words} if isinstance(words, str) else set(words)
            for breakdown in source.breakdown:
                words = breakdown.where.get("series", [])
                wanted |= {words} if isinstance(words, str) else set(words)
    return wanted


def _columns(source: Source) -> Iterable[str]:
    yield from source.where
    yield from source.denominator_where or {}
    yield from filter(None, (source.value, source.numerator, source.denominator))
    for breakdown in source.breakdown:
        yield from breakdown.where
        yield from breakdown.denominator_where or {}
        yield from breakdown.columns.values()
        yield from filter(
            None, (breakdown.column, breakdown.value, breakdown.numerator, breakdown.denominator)
        )
