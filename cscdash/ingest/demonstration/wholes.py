"""What several indicators count or divide by: drawn once, so that the cards agree.

The number of children in care is an indicator, the numerator of a rate, and the denominator of
every share of children in care. All three come from one drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.ingest.demonstration.figures import (
    Points,
    checks_of,
    counted,
    counted_below,
    nature_of,
    per_child_of,
    points_of,
)
from cscdash.periods import end_year


@dataclass(frozen=True)
class Whole:
    """A number of children, workers or pounds.

    Attributes
    ----------
    subject : str
        The words that its random numbers are drawn from.
    points : dict of int to float
        Published, or from published rates, England figures by year.
    starts : set of int
        The first years after a break.
    """

    subject: str
    points: Points
    starts: set[int] = field(default_factory=set)


def wholes(catalogue: Catalogue, population: Callable[[int], float]) -> dict[str, Whole]:
    """Everything that the catalogue has numbers of.

    Parameters
    ----------
    catalogue : Catalogue
        Its indicators that are numbers, or rates over the population.
    population : callable
        Year -> England's children in the middle of it.

    Returns
    -------
    dict of str to Whole
        By each of the ways in which a source may name it.
    """
    found: dict[str, Whole] = {}
    exact: dict[str, Points] = {}
    for indicator in catalogue.indicators:
        sources = [s for s in indicator.source if s.total] or indicator.source
        if not sources:
            continue
        checks = checks_of(indicator, has_total=sources[0].total)
        values, tops = points_of(checks, "value"), points_of(checks, "numerator")
        if nature_of(indicator, sources[0], values) != "amount":
            continue
        subject = counted(sources[0])
        whole = found.setdefault(subject, Whole(subject, {}))
        whole.starts.update(end_year(each.period) for each in indicator.breaks)
        certain = tops
        if indicator.unit == "rate per 10,000":
            lag = sources[0].population_lag
            people = population(max(values or tops) - lag)
            part = per_child_of(indicator, sources, values, tops, people) / 10_000
            for year, value in values.items():
                whole.points.setdefault(year, value * part * population(year - lag))
        else:
            certain = tops | values
        exact.setdefault(subject, {}).update(certain)
        for name in _names(indicator):
            found.setdefault(name, whole)
    for subject, points in exact.items():
        found[subject].points.update(points)
    return found


def _names(indicator: Indicator) -> list[str]:
    """How sources name what an indicator counts, the totals of its breakdowns among them."""
    names = [counted(source) for source in indicator.source if source.total]
    if indicator.unit == "count":
        names += [
            counted_below(source, source.where | breakdown.where | breakdown.denominator_where)
            for source in indicator.source
            for breakdown in source.breakdown
            if breakdown.denominator_where
        ]
    return names
