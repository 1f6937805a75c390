"""What the catalogue needs of each data set: which columns, and which words in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.sources import Source, Where

POPULATION_COLUMN = "population_estimate"


def columns_needed(catalogue: Catalogue) -> dict[str, set[str]]:
    """Data set -> the columns that some indicator uses, under the catalogue's names.

    Data sets that only stand in for a population (`Dataset.also`) are none that are needed.
    """
    needed: dict[str, set[str]] = defaultdict(set)
    for indicator in catalogue.indicators:
        for source in indicator.source:
            needed[source.dataset] |= set(columns_of(source))
            if source.population:
                needed[source.population].add(POPULATION_COLUMN)
    return dict(needed)


@dataclass(frozen=True)
class Needs:
    """What the catalogue needs of the files of a data set.

    Attributes
    ----------
    columns : frozenset of str
        Columns, under the catalogue's names.
    words : mapping of str to frozenset of str
        Column -> the words by which rows are found.
    known : mapping of str to frozenset of str
        Column -> all words that the catalogue names in it, those of categories too.
    """

    columns: frozenset[str]
    words: Mapping[str, frozenset[str]]
    known: Mapping[str, frozenset[str]]


def needs(catalogue: Catalogue) -> dict[str, Needs]:
    """Data set -> what is needed of it; none for a data set that no indicator uses."""
    words: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for indicator in catalogue.indicators:
        for source in indicator.source:
            for where in wheres(source):
                for column, wanted in where.items():
                    words[source.dataset][column] |= as_set(wanted)
                    known[source.dataset][column] |= as_set(wanted)
            for breakdown in source.breakdown:
                for column in breakdown.by:
                    known[source.dataset][column] |= {*breakdown.drop, *breakdown.labels}
    columns_used = columns_needed(catalogue)
    for id in list(columns_used):
        for further in catalogue.datasets[id].also:
            columns_used.setdefault(further.dataset, set()).add(POPULATION_COLUMN)
    return {
        id: Needs(
            frozenset(columns),
            {column: frozenset(some) for column, some in words[id].items()},
            {column: frozenset(some) for column, some in known[id].items()},
        )
        for id, columns in columns_used.items()
    }


def wheres(source: Source) -> Iterator[Where]:
    """The filters of a source and of its breakdowns."""
    yield source.where
    yield source.denominator_where or {}
    for breakdown in source.breakdown:
        yield breakdown.where
        yield breakdown.denominator_where or {}


def as_set(words: str | list[str]) -> set[str]:
    """One word, or some words, as a set."""
    return {words} if isinstance(words, str) else set(words)


def columns_of(source: Source) -> Iterable[str]:
    """The columns that a source names."""
    yield from source.where
    yield from source.denominator_where or {}
    yield from filter(None, (source.value, source.numerator, source.denominator))
    for breakdown in source.breakdown:
        yield from breakdown.where
        yield from breakdown.denominator_where or {}
        yield from breakdown.columns.values()
        yield from breakdown.by
        yield from filter(None, (breakdown.value, breakdown.numerator, breakdown.denominator))
