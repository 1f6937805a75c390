"""Hiding what is small among local figures, and whatever would let it be worked out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cscdash.catalogue.models import Indicator
from cscdash.disclosure import numbers
from cscdash.disclosure.relations import COUNTED, Categories, Known
from cscdash.disclosure.suppression import hidden
from cscdash.local.row import Figure

Published = Callable[[str, str, date, date], Sequence[numbers.Figure]]


def hide(
    figures: Iterable[Figure],
    measures: Mapping[str, Indicator],
    secret: Callable[[Figure], bool] = lambda _: False,
    categories: Callable[[str], Categories] = lambda _: {},
    published: Published = lambda *_: (),
    settled: int = 0,
) -> tuple[Figure, ...]:
    """The same figures, those that are small or would give a small one away without numbers.

    Parameters
    ----------
    figures : iterable of Figure
        Of any measures; all that are shown anywhere have to be among them.
    measures : mapping of str to Indicator
        By id.
    secret : callable
        Whether a figure has to be hidden for another reason (its published one is).
    categories : callable
        The breakdowns of a measure and all their categories.
    published : callable
        The published figures of an indicator and an area between two days.
    settled : int
        How many of the figures, from the first, were hidden together before.

    Returns
    -------
    tuple of Figure
        In the same order. What is hidden has status ``c``, no numbers, and no note; the other
        figures of that measure and area lose their notes too, as a note may name a number.
    """
    everything = [emptied(one) if secret(one) else one for one in figures]
    counted = [_counted(one, measures[one.indicator]) for one in everything]
    used = {one.indicator for one in everything}
    linked = _linked(measures, used)
    beside = [
        one
        for area, (first, last) in _spans(everything).items()
        for id in linked
        for one in published(id, area, first, last)
    ]
    known = Known(linked, categories, beside, settled)
    gone = hidden(counted, known)
    silent = {(everything[at].indicator, everything[at].area) for at in gone}
    return tuple(
        emptied(figure)
        if at in gone
        else replace(figure, note="")
        if (figure.indicator, figure.area) in silent
        else figure
        for at, figure in enumerate(everything)
    )


def emptied(figure: Figure) -> Figure:
    """A figure without its numbers, and without a note that might name them."""
    return replace(figure, value=None, numerator=None, denominator=None, status="c", note="")


def _spans(figures: Iterable[Figure]) -> dict[str, tuple[date, date]]:
    """The first and the last day of the figures of each area."""
    found: dict[str, tuple[date, date]] = {}
    for one in figures:
        first, last = found.get(one.area, (one.when.start, one.when.end))
        found[one.area] = (min(first, one.when.start), max(last, one.when.end))
    return found


def _counted(figure: Figure, measure: Indicator) -> numbers.Figure:
    """What a figure counts: its value where that is a count, otherwise numerator and base."""
    count = measure.unit == "count"
    above = figure.value if count else figure.numerator
    return numbers.Figure(
        figure.indicator,
        figure.area,
        figure.when.start,
        figure.when.end,
        figure.breakdown,
        figure.category,
        above if measure.unit in COUNTED else None,
        None if count else figure.denominator,
        figure.status,
    )


def _linked(measures: Mapping[str, Indicator], used: set[str]) -> dict[str, Indicator]:
    """The measures that are used, and those whose numbers they repeat or add up to."""
    found = set(used)
    while True:
        more = {
            id
            for id, measure in measures.items()
            for one in measure.sums
            for part in (id, *(p.partition(" / ")[0] for p in one.parts))
            if {id, *(p.partition(" / ")[0] for p in one.parts)} & found
            for id in (part,)
        }
        if more <= found:
            return {id: measures[id] for id in measures if id in found}
        found |= more
