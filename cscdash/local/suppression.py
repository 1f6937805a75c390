"""Hiding counts from 1 to 5, and whatever would let one of them be worked out.

First every count from 1 to 5, and every figure that rests on one. Then, where a sum has one hidden
part, its smallest other part (as statistical offices do). Then, by linear algebra over all sums at
once, whatever still pins down a hidden figure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from cscdash.catalogue.models import Indicator
from cscdash.local.additive_relations import Sum, sums
from cscdash.local.row import Figure

SMALL = 5.5  # a count below this is at most 5, however it was rounded
_ADDS_UP = ("count", "percent", "rate per 10,000")
_MOST_UNKNOWNS = 800


def hide(
    figures: Iterable[Figure],
    measures: Mapping[str, Indicator],
    secret: Callable[[Figure], bool] = lambda _: False,
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

    Returns
    -------
    tuple of Figure
        In the same order. What is hidden has status ``c``, no numbers, and no note; the other
        figures of that measure and area lose their notes too, as a note may name a number.
    """
    everything = list(figures)
    by_measure: dict[str, list[int]] = defaultdict(list)
    for at, figure in enumerate(everything):
        by_measure[figure.indicator].append(at)
    hidden: set[int] = set()
    for id, places in by_measure.items():
        own = [everything[at] for at in places]
        hidden |= {places[at] for at in _hidden(own, measures[id], secret)}
    silent = {(everything[at].indicator, everything[at].area) for at in hidden}
    silent |= {(f.indicator, f.area) for f in everything if f.status == "c"}
    return tuple(
        _emptied(figure)
        if at in hidden
        else replace(figure, note="")
        if (figure.indicator, figure.area) in silent
        else figure
        for at, figure in enumerate(everything)
    )


def small(figure: Figure, unit: str) -> bool:
    """Whether a figure rests on a count from 1 to 5: counted, left over, or counted among."""
    counts = [figure.numerator, figure.denominator]
    if unit == "count":
        counts.append(figure.value)
    if unit == "percent" and figure.numerator is not None and figure.denominator is not None:
        counts.append(figure.denominator - figure.numerator)
    return any(count is not None and 1e-9 < count < SMALL for count in counts)


def _emptied(figure: Figure) -> Figure:
    return replace(figure, value=None, numerator=None, denominator=None, status="c", note="")


def _hidden(
    figures: Sequence[Figure], measure: Indicator, secret: Callable[[Figure], bool]
) -> set[int]:
    hidden = {
        at
        for at, figure in enumerate(figures)
        if figure.status == "c"
        or (figure.status == "ok" and (small(figure, measure.unit) or secret(figure)))
    }
    if measure.unit not in _ADDS_UP or not hidden:
        return hidden
    sizes = [_size(figure, measure.unit) for figure in figures]
    found = sums(figures, measure)
    missing = {at for at, figure in enumerate(figures) if figure.status in ("x", "u")}
    unknown = hidden | missing  # nobody can subtract a number that is not there
    while True:
        _one_each(unknown, missing, found, sizes)
        told = _told(unknown, found) - missing
        more = {at for one in told for at in _next(unknown, found, sizes, one)} - unknown
        more = more or (_around(unknown, found, sizes, told) if told else set())
        if not more:
            return unknown - missing
        unknown |= more


def _size(figure: Figure, unit: str) -> float:
    """What a figure counts; without status ``ok`` there is nothing to hide."""
    if figure.status != "ok":
        return float("inf")
    number = figure.value if unit == "count" else figure.numerator
    return float(number if number is not None else figure.value or 0.0)


def _one_each(
    hidden: set[int], missing: set[int], found: Sequence[Sum], sizes: Sequence[float]
) -> None:
    """Until every sum has no hidden part, or two: its smallest shown part is hidden next."""
    changed = True
    while changed:
        changed = False
        for one in found:
            inside = [at for at in one.parts if at in hidden]
            alone = len(inside) == 1 and inside[0] not in missing
            if (
                alone
                or _all_at_a_bound(inside, sizes)
                or (not inside and one.whole in hidden and one.whole not in missing)
            ):
                at = _smallest(one.parts, hidden, sizes)
                if at is not None:
                    hidden.add(at)
                    changed = True


def _all_at_a_bound(inside: Sequence[int], sizes: Sequence[float]) -> bool:
    """Whether the sum of hidden parts tells them all: each is 1, or each of three or more is 5.

    Two that add up to 10 may be 4 and 6, the second hidden beside the first.
    """
    held = {sizes[at] for at in inside}
    return (len(inside) > 1 and held == {1.0}) or (len(inside) > 2 and held == {5.0})


def _smallest(parts: Iterable[int], hidden: set[int], sizes: Sequence[float]) -> int | None:
    """The smallest part that is shown, one above nought if there is one."""
    shown = [at for at in parts if at not in hidden and sizes[at] != float("inf")]
    return min(shown, key=lambda at: (sizes[at] == 0, sizes[at], at), default=None)


def _next(
    hidden: set[int], found: Sequence[Sum], sizes: Sequence[float], told: int
) -> Iterable[int]:
    """What to hide so that a figure is not told by its sums: the smallest part in each of them."""
    for one in found:
        if told in one.parts or told == one.whole:
            at = _smallest(one.parts, hidden, sizes)
            if at is not None:
                yield at
            elif one.whole is not None and one.whole not in hidden and told in one.parts:
                yield one.whole


def _around(
    hidden: set[int], found: Sequence[Sum], sizes: Sequence[float], told: set[int]
) -> set[int]:
    """What to hide where all sums of a told figure are hidden: the smallest shown beyond them."""
    reach: set[int] = set()
    for unknowns, equations in _components(hidden, found):
        if unknowns & told:
            for one in equations:
                reach |= {at for at in (*one.parts, one.whole) if at is not None}
    at = _smallest(reach, hidden, sizes)
    return set() if at is None else {at}


def _told(hidden: set[int], found: Sequence[Sum]) -> set[int]:
    """The hidden figures that all sums together pin down.

    Each sum is an equation in the hidden figures; a figure is pinned down exactly when every
    vector of the equations' null space is zero there.
    """
    told: set[int] = set()
    for unknowns, equations in _components(hidden, found):
        if len(unknowns) > _MOST_UNKNOWNS:
            told |= unknowns  # more than can be solved in a moment: hide around all of them
            continue
        order = {at: place for place, at in enumerate(sorted(unknowns))}
        matrix = np.zeros((len(equations), len(order)))
        for row, one in enumerate(equations):
            for at in one.parts:
                if at in order:
                    matrix[row, order[at]] = 1.0
            if one.whole in order and one.whole is not None:
                matrix[row, order[one.whole]] = -1.0
        _, values, vectors = np.linalg.svd(matrix)
        bound = int((values > 1e-9).sum())  # the directions that the equations fix
        free = np.abs(vectors[bound:]).max(axis=0, initial=0.0)
        told |= {at for at, place in order.items() if free[place] < 1e-7}
    return told


def _components(hidden: set[int], found: Sequence[Sum]) -> Iterable[tuple[set[int], Sequence[Sum]]]:
    """Hidden figures that share sums, directly or through others, with those sums."""
    of: dict[int, list[int]] = defaultdict(list)
    inside = []
    for number, one in enumerate(found):
        members = {at for at in (*one.parts, one.whole) if at is not None and at in hidden}
        inside.append(members)
        for at in members:
            of[at].append(number)
    left = set(of)
    while left:
        start = left.pop()
        unknowns, equations, queue = {start}, set(), [start]
        while queue:
            for number in of[queue.pop()]:
                if number not in equations:
                    equations.add(number)
                    queue += inside[number] - unknowns
                    unknowns |= inside[number]
        left -= unknowns
        yield unknowns, [found[number] for number in sorted(equations)]
