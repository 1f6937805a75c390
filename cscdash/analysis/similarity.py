"""Which places are alike: the distance between them on a few measures at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# by which places are found alike, unless the reader says otherwise (ids of context measures)
USUAL_MEASURES = ("poverty_bhc", "white_british", "house_prices", "rural")


@dataclass(frozen=True)
class Alike:
    """The places nearest to one, nearest first.

    Attributes
    ----------
    places : tuple of str
        Their codes.
    distances : tuple of float
        The distance of each: 1 means that they differ by one standard deviation on each
        measure, in the root mean square.
    left_out : tuple of str
        Places without a value on one of the measures.
    """

    places: tuple[str, ...]
    distances: tuple[float, ...]
    left_out: tuple[str, ...]


def alike(values: pd.DataFrame, place: str, many: int = 10) -> Alike | None:
    """Find the places most like one.

    Parameters
    ----------
    values : DataFrame
        One row for each place, one column for each measure that is to count; each counts the
        same, whatever its unit.
    place : str
        Whom the others are to be like.
    many : int
        How many to give.

    Returns
    -------
    Alike or None
        None if there is no measure, or the place lacks a value on one of them.

    Notes
    -----
    Euclidean distance of standard scores, divided by the square root of the number of
    measures; a measure on which all places are the same does not count.
    """
    if values.empty or place not in values.index:
        return None
    whole = values.dropna()
    if place not in whole.index:
        return None
    spread = whole.std(ddof=0)
    varied = whole.loc[:, spread > 0]
    if not len(varied.columns):
        return None
    scores = (varied - varied.mean()) / varied.std(ddof=0)
    apart = np.sqrt(((scores - scores.loc[place]) ** 2).mean(axis=1)).drop(place)
    order = sorted(apart.index, key=lambda code: (round(float(apart[code]), 12), code))[:many]
    left_out = tuple(sorted(str(code) for code in values.index.difference(whole.index)))
    return Alike(tuple(order), tuple(float(apart[code]) for code in order), left_out)


def apart_on(values: pd.DataFrame, place: str, others: Sequence[str]) -> pd.Series:
    """How far a place lies from the median of others on each measure, in standard deviations.

    Returns
    -------
    Series
        By measure; above zero where the place is higher; NaN where it or all others have none.
    """
    spread = values.std(ddof=0).replace(0, np.nan)
    own = pd.Series(values.loc[place], index=values.columns, dtype=float)
    return (own - values.loc[list(others)].median()) / spread
