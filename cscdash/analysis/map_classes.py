"""Values sorted into a few classes, so that a map can be read: equal numbers or equal steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cscdash.analysis.number_format import Measured, round_half_up, say, say_range

How = Literal["quantile", "equal"]
CLASSES = 5


@dataclass(frozen=True)
class Classes:
    """Which class each place is in, and what each class says.

    Attributes
    ----------
    of : Series
        Class of each place with a value, 1 (lowest) to `CLASSES`, by its code.
    texts : sequence of str
        For each class the lowest and highest value in it, as printed, or that there is none.
    """

    of: pd.Series
    texts: Sequence[str]


def classes(values: pd.Series, how: How, measure: Measured, many: int = CLASSES) -> Classes:
    """Sort values into classes.

    Parameters
    ----------
    values : Series
        By place; NaN where there is none.
    how : {'quantile', 'equal'}
        Classes of about as many places each, or steps of the same length from the lowest to
        the highest value.
    measure : Measured
        Unit and decimals: values that print the same are in the same class.
    many : int
        How many classes.
    """
    known = values.dropna().astype(float)
    printed = known.map(lambda value: float(round_half_up(value, measure.decimals)))
    if known.empty:
        return Classes(pd.Series(dtype=int), ["no values"] * many)
    inner = np.arange(1, many) / many
    if how == "quantile":
        edges = np.quantile(printed, inner)
    else:
        edges = printed.min() + inner * (printed.max() - printed.min())
    found = pd.Series(np.searchsorted(edges, printed, side="left") + 1, index=known.index)
    texts = []
    for number in range(1, many + 1):
        members = printed[found == number]
        texts.append(_stretch(members, measure) if len(members) else "none")
    return Classes(found, texts)


def _stretch(members: pd.Series, measure: Measured) -> str:
    low, high = float(members.min()), float(members.max())
    text = (
        say(low, measure.unit, measure.decimals)
        if low == high
        else say_range(low, high, measure.unit, measure.decimals)
    )
    return text.replace(" per 10,000", "")


def fifth(values: pd.Series, place: str) -> int | None:
    """Which fifth of the places one is in: 1 has the lowest values, 5 the highest.

    Returns
    -------
    int or None
        None if the place has no value. Places of the same value are in the same fifth.
    """
    known = values.dropna()
    if place not in known.index:
        return None
    below = float((known < known[place]).mean())
    return min(int(below * 5) + 1, 5)
