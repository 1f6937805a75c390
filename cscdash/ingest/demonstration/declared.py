"""What is to be drawn for an indicator, read from what the catalogue declares of it.

Nothing is read of another indicator, so that a new one changes no other. What is not declared is
not made up: it is refused by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cscdash.catalogue.models import Catalogue, Check, Indicator
from cscdash.catalogue.sources import Demonstration, Source, Where
from cscdash.errors import CscdashError
from cscdash.ingest.demonstration.breakdowns import Division, divisions, the_whole
from cscdash.ingest.demonstration.country import FIRST, Country
from cscdash.periods import end_year

Nature = Literal["count", "share", "mean", "score"]
Points = dict[int, float]  # calendar year in which a period ends -> England's figure


@dataclass(frozen=True)
class Declared:
    """What is to be drawn for an indicator.

    Attributes
    ----------
    nature : str
        ``count``: a number, or a rate over the population. ``share``: so many of so many.
        ``mean``: months, a price, cases for each worker. ``score``: a mean that may be negative.
    level : dict of int to float
        England's number; for other natures, that number for one of the denominator.
    size : dict of int to float
        England's denominator; empty where it is the population, or there is none.
    per_child : float
        The denominator for each child living there, where it is the population or a part of it.
    scale : float
        What a quotient is multiplied by.
    counted, of : str
        Names of what numerator and denominator count.
    steps : tuple of int
        Into how many steps one is divided when numerator and denominator are counted.
    whole, divisions : Division, list of Division
        The total, with the source of each period, and the breakdowns.
    """

    indicator: Indicator
    facts: Demonstration
    nature: Nature
    years: list[int]
    level: Points
    size: Points
    per_child: float
    scale: float
    counted: str
    of: str
    steps: tuple[int, int]
    has_total: bool
    provisional: bool
    whole: Division
    divisions: list[Division]

    @property
    def periods(self) -> list[str]:
        """The periods as people say them."""
        split_year = self.indicator.time_identifier in ("Academic year", "Financial year")
        return [f"{y - 1}/{y % 100:02d}" if split_year else str(y) for y in self.years]

    @property
    def is_quotient(self) -> bool:
        """Whether the value is a numerator over a denominator."""
        return self.nature != "count" or self.per_child > 0

    @property
    def starts(self) -> list[int]:
        """The first years after a break of the total."""
        return sorted(end_year(b.period) for b in self.indicator.breaks if not b.breakdown)


def declared(indicator: Indicator, catalogue: Catalogue, land: Country) -> Declared:
    """Read what is to be drawn for an indicator that has a source.

    Raises
    ------
    CscdashError
        Naming the indicator and what is not declared, or does not fit together.
    """
    try:
        return _declared(indicator, catalogue, land)
    except ValueError as error:
        raise CscdashError(f"{indicator.id} cannot be drawn: {error}.") from error


def _declared(indicator: Indicator, catalogue: Catalogue, land: Country) -> Declared:
    totals = [source for source in indicator.source if source.total]
    checks = _checks(indicator, bool(totals))
    values, tops, bottoms = (_points(checks, m) for m in ("value", "numerator", "denominator"))
    known = sorted({*values, *tops, *bottoms})
    covered = _covered(totals or indicator.source, catalogue, known)
    source, years = covered[max(covered)], sorted(covered)
    facts = _facts(source, catalogue)
    nature = _nature(indicator)
    scale = source.scale or {"percent": 100.0, "rate per 10,000": 10_000.0}.get(indicator.unit, 1.0)
    if facts.counts == "authorities" and indicator.unit != "count":
        raise ValueError("of authorities only numbers can be drawn")
    if unknown := {code for pair in facts.joint for code in pair} - set(land.codes):
        raise ValueError(f"there is no authority {min(unknown)} for a joint return")
    people = {year: land.everyone(year - source.population_lag) for year in (*known, *years)}
    is_rate, per_child, size = indicator.unit == "rate per 10,000", 0.0, Points()
    if source.population or is_rate:
        both = [y for y in known if values.get(y) and y in tops and not source.population]
        per_child = tops[both[-1]] / values[both[-1]] * scale / people[both[-1]] if both else 1.0
        per_child = 1.0 if abs(per_child - 1.0) < 0.06 else per_child  # else of some ages only
    elif nature != "count":
        size = bottoms or _size(facts, values, tops, scale)
    one = {y: people[y] * per_child if per_child else _at(size, y) if size else 1.0 for y in known}
    level = {y: v / scale for y, v in values.items()} | {
        y: v / one[y] for y, v in tops.items() if y not in values or nature == "count"
    }
    if nature == "count":
        level = {y: v * one[y] for y, v in level.items()}
    if not level:
        raise ValueError("no `check` gives England's value or numerator")
    if nature != "score" and not min(level.values()) >= 0:
        raise ValueError("a figure of its `check` is below nought")
    if nature == "share" and max(level.values()) > 1:
        raise ValueError("a figure of its `check` is more than all there are")
    split = divisions(indicator, catalogue, years, known[-1])
    if not totals and not split:
        raise ValueError("no source of its latest period has a total or a breakdown")
    tenths = 10 if facts.counts == "staff" else 1
    flags = catalogue.datasets[source.dataset].flags
    below = source.where | (source.denominator_where or {})
    return Declared(
        indicator=indicator,
        facts=facts,
        nature=nature,
        years=years,
        level=level,
        size=size,
        per_child=per_child,
        scale=scale,
        counted=facts.counted or _words(source, source.numerator or source.value, source.where),
        of=facts.of or _words(source, source.denominator or source.numerator, below),
        steps=(
            10
            if nature == "score"
            else 1
            if tops and not any(v % 1 for v in tops.values())
            else tenths,
            1 if per_child else tenths,
        ),
        has_total=bool(totals),
        provisional=any("p" in letters.values() for letters in flags.values()),
        whole=the_whole([covered[year] for year in years]),
        divisions=split,
    )


def _words(source: Source, column: str | None, where: Where) -> str:
    """Data set, column and filters: what two sources share is drawn alike."""
    return " ".join((source.dataset, column or "", *(f"{k}={where[k]}" for k in sorted(where))))


def _facts(source: Source, catalogue: Catalogue) -> Demonstration:
    """What is declared of the data set, and over it of the source."""
    of_file = catalogue.datasets[source.dataset].demonstration
    said = [facts.model_dump(exclude_defaults=True) for facts in (of_file, source.demonstration)]
    facts = Demonstration.model_validate(said[0] | said[1])
    for name in ("first", "every", "counts"):
        if getattr(facts, name) is None:
            raise ValueError(f"`demonstration.{name}` of data set {source.dataset} is not declared")
    return facts


def _checks(indicator: Indicator, has_total: bool) -> list[Check]:
    """The published figures of the whole; another area's, or one group's, where there are none."""
    england = [check for check in indicator.check if check.area == "E92000001"]
    whole = [check for check in england or indicator.check if check.breakdown == "total"]
    if has_total and not whole:
        raise ValueError("no `check` is of its total")
    group = (indicator.check[0].breakdown, indicator.check[0].category)
    return whole or [c for c in indicator.check if (c.breakdown, c.category) == group]


def _points(checks: Sequence[Check], measure: str) -> Points:
    """One measure of the published figures, by year; of two for a year the first listed."""
    return {end_year(c.period): c.value for c in reversed(checks) if c.measure == measure}


def _nature(indicator: Indicator) -> Nature:
    if indicator.adds_up or indicator.unit == "rate per 10,000":
        return "count"
    if indicator.unit == "percent":
        return "share"
    return "score" if indicator.unit == "score" else "mean"


def _size(facts: Demonstration, values: Points, tops: Points, scale: float) -> Points:
    """England's denominator: as declared, or what numerator and value say."""
    if isinstance(facts.size, dict):
        return {end_year(period): size for period, size in facts.size.items()}
    both = [year for year in values if year in tops and values[year]]
    if facts.size or not both:
        if not facts.size:
            raise ValueError("neither `check` nor `demonstration.size` tells England's denominator")
        return {FIRST: facts.size}
    return {year: abs(tops[year] / values[year]) * scale for year in both}


def _at(points: Points, year: int) -> float:
    return float(np.interp(year, sorted(points), [points[at] for at in sorted(points)]))


def _covered(
    sources: Sequence[Source], catalogue: Catalogue, known: Sequence[int]
) -> dict[int, Source]:
    """The years of an indicator, with the first source that is used for each."""
    covered: dict[int, Source] = {}
    for source in sources:
        facts = _facts(source, catalogue)
        first = end_year(facts.first or "")
        last = min(known[-1], end_year(source.last)) if source.last else known[-1]
        for year in range(first, last + 1, facts.every or 1):
            if not source.first or year >= end_year(source.first):
                covered.setdefault(year, source)
    if not covered or min(covered) < FIRST:
        raise ValueError(f"none of its `check` is of a declared period from {FIRST} on")
    for year in known:
        if year > min(covered) and year not in covered:
            raise ValueError(f"it has a `check` of {year}, which is not among the declared periods")
    return covered
