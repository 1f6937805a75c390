"""What is to be drawn for an indicator, read from its declaration: no random number here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cscdash.catalogue.models import Catalogue, Indicator, Source
from cscdash.ingest.demonstration.figures import (
    Nature,
    Points,
    checks_of,
    counted,
    counted_below,
    nature_of,
    per_child_of,
    points_of,
)
from cscdash.ingest.demonstration.spans import covered
from cscdash.ingest.demonstration.splits import Split, split
from cscdash.ingest.demonstration.wholes import Whole
from cscdash.periods import end_year

_BREAKDOWN_YEARS = 3

# England's denominator where no published figure tells it: invented.
_SIZES = {"money in £ thousand": 1.5e7, "money in £": 1.5e10, "workforce": 35_000.0}
_SIZE = 40_000.0


@dataclass(frozen=True)
class Plan:
    """What is to be drawn for an indicator.

    Attributes
    ----------
    nature : str
        ``share``: so many of so many. ``amount``: a number, or a rate over the population.
        ``mean``: a score, a price, months, cases for each worker.
    scale : float
        What a quotient is multiplied by.
    years : list of int
        In which the periods end.
    sources : list of Source
        The source that each period comes from.
    level : dict of int to float
        Published England figures of the value.
    size : dict of int to float
        Published, or invented, England figures of the denominator; empty where it is the
        population.
    whole : Whole, optional
        What an amount counts, drawn together with others that count it.
    below : Whole, optional
        What the denominator is, where another indicator counts it.
    per_child : float
        The denominator for each child living there, where it is the population or a part.
    of_authorities : bool
        Whether authorities themselves are counted, so that none has a row of its own.
    people : bool
        Whether small numbers are hidden.
    top_steps, bottom_steps : int
        Into how many steps one is divided when counting: 10 for full-time equivalents.
    """

    indicator: Indicator
    nature: Nature
    scale: float
    years: list[int]
    sources: list[Source]
    has_total: bool
    level: Points
    size: Points
    whole: Whole | None
    below: Whole | None
    per_child: float
    people: bool
    top_steps: int
    bottom_steps: int
    joint: bool
    only_england: bool
    of_authorities: bool
    provisional: bool
    splits: list[Split]

    @property
    def periods(self) -> list[str]:
        """The periods as people say them."""
        split_year = self.indicator.time_identifier in ("Academic year", "Financial year")
        return [f"{y - 1}/{y % 100:02d}" if split_year else str(y) for y in self.years]

    @property
    def lag(self) -> int:
        """How many years before the period's end the population is counted."""
        return self.sources[-1].population_lag

    @property
    def is_quotient(self) -> bool:
        """Whether the value is a numerator over a denominator."""
        return self.nature != "amount" or self.indicator.unit == "rate per 10,000"

    @property
    def subject(self) -> str:
        """What is counted."""
        return counted(self.sources[-1])

    @property
    def subject_below(self) -> str:
        """What the denominator counts."""
        return counted_below(self.sources[-1])


def plan(
    indicator: Indicator,
    catalogue: Catalogue,
    population: Callable[[int], float],
    known: Mapping[str, Whole],
) -> Plan:
    """Read from a declaration what is to be drawn.

    Parameters
    ----------
    indicator : Indicator
        One with a source.
    catalogue : Catalogue
        Where its data sets stand.
    population : callable
        Year -> England's children in the middle of it, as invented.
    known : mapping of str to Whole
        What the catalogue has numbers of, from `wholes`.
    """
    totals = [source for source in indicator.source if source.total]
    sources = totals or indicator.source
    checks = checks_of(indicator, has_total=bool(totals))
    values, tops, bottoms = (points_of(checks, m) for m in ("value", "numerator", "denominator"))
    latest = max(values or tops or bottoms)
    years, covering = covered(sources, catalogue, latest, sorted({**values, **tops, **bottoms}))
    nature = nature_of(indicator, sources[0], values)
    scale = sources[0].scale or {"percent": 100.0, "rate per 10,000": 10_000.0}.get(
        indicator.unit, 1.0
    )
    lag = sources[-1].population_lag
    per_child = per_child_of(indicator, sources, values, tops, population(latest - lag))
    whole = known.get(counted(covering[-1])) if nature == "amount" else None
    publication = catalogue.publication_of(sources[0].dataset)
    dataset = catalogue.datasets[sources[0].dataset]
    counts = dataset.format == "ofsted"
    money = indicator.unit == "pounds" or (
        indicator.time_identifier == "Financial year" and dataset.format != "fingertips"
    )
    if not per_child and nature != "amount":
        bottoms = _size(indicator, values, tops, bottoms, scale) or {
            latest: _SIZES["money in £ thousand" if dataset.format == "outturn" else "money in £"]
            if money
            else _SIZES.get(publication.id, _SIZE)
        }
    top_steps = 10 if _in_parts(sources[0].numerator or sources[0].value) else 1
    divided = _in_parts(sources[0].denominator) if sources[0].denominator else top_steps > 1
    return Plan(
        indicator=indicator,
        nature=nature,
        scale=scale,
        years=years,
        sources=covering,
        has_total=bool(totals),
        level=values,
        whole=whole,
        size=bottoms,
        below=None if per_child else known.get(counted_below(covering[-1])),
        per_child=per_child,
        people=not money and publication.id != "workforce" and not counts,
        top_steps=10 if indicator.unit == "score" else top_steps,
        bottom_steps=10 if divided and nature != "amount" else 1,
        joint=publication.id == "workforce",
        of_authorities=counts,
        only_england=all(file.name.startswith("national_") for file in dataset.files),
        provisional=any("p" in letters.values() for letters in dataset.flags.values()),
        splits=_splits(indicator, catalogue, years, latest),
    )


def _in_parts(column: str | None) -> bool:
    """Whether a column counts full-time equivalents."""
    return "fte" in (column or "").lower().split("_")


def _size(
    indicator: Indicator, values: Points, tops: Points, bottoms: Points, scale: float
) -> Points:
    """England's denominator: as published, or what numerator and value say."""
    told = {
        year: abs(tops[year] / values[year]) * scale
        for year in sorted(set(values) & set(tops))
        if values[year] and indicator.unit != "score"
    }
    return told | bottoms


def _splits(
    indicator: Indicator, catalogue: Catalogue, years: Sequence[int], latest: int
) -> list[Split]:
    """The breakdowns of the latest few years; the first source that declares one has it."""
    found: dict[str, Split] = {}
    for source in indicator.source:
        if source.last and end_year(source.last) < latest:
            continue
        first = max(end_year(source.first) if source.first else 0, latest - _BREAKDOWN_YEARS + 1)
        places = [at for at, year in enumerate(years) if year >= first]
        for declared in source.breakdown:
            made = split(indicator, source, declared, places)
            if made and declared.name not in found:
                found[declared.name] = made
    return [found[name] for name in sorted(found)]
