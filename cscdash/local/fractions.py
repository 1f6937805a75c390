"""Percentages that may have been typed as shares: 0.214 for 21.4%. Asked about, never guessed."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from cscdash.catalogue.models import Indicator
from cscdash.local.row import Problem, Typed
from cscdash.local.row_values import bare_fraction


def shares_as_percentages(
    rows: Sequence[Typed],
    measures: Mapping[str, Indicator],
    said: Literal["", "share", "percentage"],
) -> tuple[list[Typed], list[Problem]]:
    """Rows in which percentages are percentages.

    Parameters
    ----------
    rows : sequence of Typed
        Of any measures.
    measures : mapping of str to Indicator
        By id.
    said : str
        What numbers up to 1 without a sign are, if the person has said so.

    Returns
    -------
    tuple of list
        The same rows, shares times a hundred where numerator and denominator, or the person, say
        that they are shares; and a problem for each measure whose numbers can be read both ways:
        none that is given without a sign is greater than 1.
    """
    unsigned: dict[str, list[int]] = defaultdict(list)
    typed = list(rows)
    for at, row in enumerate(rows):
        measure = measures.get(row.cell("indicator"))
        number = bare_fraction(row.cell("value"))
        if measure is None or measure.unit != "percent" or number is None:
            continue
        if (given := _given(row)) is not None and 0 < number <= 1:
            if _as_typed(number, given, row.cell("value")):
                typed[at] = _times_hundred(row)
            continue
        unsigned[measure.id].append(at)
    problems: list[Problem] = []
    for places in unsigned.values():
        numbers = [bare_fraction(rows[at].cell("value")) or 0.0 for at in places]
        if max(numbers) > 1 or min(numbers) < 0 or not any(numbers) or said == "percentage":
            continue
        if said == "share":
            for at in places:
                typed[at] = _times_hundred(rows[at])
            continue
        first = next(at for at, number in zip(places, numbers, strict=True) if number)
        text = rows[first].cell("value")
        problems.append(
            Problem(
                rows[first].at,
                f"{text} may be {float(text) * 100:g}% or {float(text):g}%: no value of this"
                " percentage is greater than 1. Write it with %, or say which it is",
            )
        )
    return typed, problems


def _given(row: Typed) -> float | None:
    """The share that numerator and denominator give; None unless both are there."""
    above, below = (bare_fraction(row.cell(name)) for name in ("numerator", "denominator"))
    return above / below if above is not None and below else None


def _as_typed(number: float, share: float, text: str) -> bool:
    """Whether a number is the share, as precisely as it was typed, and not the percentage."""
    step = 0.5000001 * 10 ** -len(text.partition(".")[2])
    return math.isclose(number, share, abs_tol=step) and not math.isclose(
        number, share * 100, abs_tol=step
    )


def _times_hundred(row: Typed) -> Typed:
    number = bare_fraction(row.cell("value")) or 0.0
    return replace(row, cells={**row.cells, "value": f"{number * 100:.12g}"})
