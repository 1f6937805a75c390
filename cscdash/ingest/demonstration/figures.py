"""What a declaration says in figures, and what its sources count."""

from collections.abc import Sequence
from typing import Literal

from cscdash.catalogue.models import Check, Indicator, Source, Where
from cscdash.periods import end_year

Nature = Literal["share", "amount", "mean"]
Points = dict[int, float]  # calendar year in which a period ends -> England's figure

_BILLIONS = 1e6  # a number of pounds above this is a sum, below it a price
_TOPIC = "characteristic"  # says which division a row is of; the total is the same in all


def counted(source: Source) -> str:
    """What a source counts, in the words of its file: what two sources share is drawn alike."""
    return subject(source, source.numerator or source.value or "", source.where)


def counted_below(source: Source, where: Where | None = None) -> str:
    """What the denominator of a source counts, by the same words."""
    filters = source.where | (source.denominator_where or {} if where is None else where)
    return subject(source, source.denominator or source.numerator or "", filters)


def subject(source: Source, column: str, where: Where) -> str:
    """Data set, column and filters as one text."""
    whole = any(str(value).startswith("Total") for value in where.values())
    filters = [f"{key}={where[key]}" for key in sorted(where) if not (whole and key == _TOPIC)]
    return " ".join((source.dataset, column, *filters))


def checks_of(indicator: Indicator, has_total: bool) -> list[Check]:
    """The published figures of the whole; another area's, or one group's, where there are none."""
    england = [check for check in indicator.check if check.area == "E92000001"]
    whole = [check for check in england or indicator.check if check.breakdown == "total"]
    if has_total and whole:
        return whole
    group = (indicator.check[0].breakdown, indicator.check[0].category)
    return [check for check in indicator.check if (check.breakdown, check.category) == group]


def points_of(checks: Sequence[Check], measure: str) -> Points:
    """One measure of the published figures, by year; of two for a year the first listed."""
    return {end_year(c.period): c.value for c in reversed(checks) if c.measure == measure}


def nature_of(indicator: Indicator, source: Source, values: Points) -> Nature:
    """Which of the three kinds of number an indicator is."""
    if indicator.unit == "percent":
        return "share"
    if indicator.unit in ("count", "rate per 10,000"):
        return "amount"
    if indicator.unit == "pounds" and not source.population and max(values.values()) > _BILLIONS:
        return "amount"
    return "mean"


def per_child_of(
    indicator: Indicator,
    sources: Sequence[Source],
    values: Points,
    tops: Points,
    population: float,
) -> float:
    """The denominator for each child: 1 if it is the population, 0 if it has nothing to do with it.

    Rates may be over some ages only; then the published numerator and rate tell how many.
    """
    if indicator.unit != "rate per 10,000":
        return 1.0 if any(source.population for source in sources) else 0.0
    both = sorted(set(values) & set(tops))
    if not both or sources[0].population or not values[both[-1]]:
        return 1.0
    part = tops[both[-1]] / values[both[-1]] * 10_000 / population
    return 1.0 if abs(part - 1.0) < 0.06 else part
