"""Sentences about places and their context: they describe, and never judge."""

from collections.abc import Sequence

import pandas as pd

from cscdash.analysis.map_classes import Classes, fifth
from cscdash.analysis.number_format import Measured
from cscdash.analysis.phrases import missing, sentence, stood
from cscdash.analysis.similarity import apart_on
from cscdash.analysis.wording import listed
from cscdash.catalogue.context import Context
from cscdash.extracts.observation import Observation

FIFTHS = {5: "most", 4: "second most", 3: "a middling amount of", 2: "second least", 1: "least"}
ALIKE = 0.5  # of a standard deviation: places no further apart are called similar
ORDINALS = ("lowest", "second lowest", "middle", "second highest", "highest")


def mapped(place: str, measure: Measured, point: Observation, found: Classes, code: str) -> str:
    """Say where a place stands, and in which class of the map."""
    if point.value is None:
        return sentence([missing(place, point)])
    start = stood(place, point, measure)
    number = found.of.get(code)
    if number is None:
        return sentence([start, "the map shows its authorities"])
    shade = ORDINALS[int(number) - 1]
    return sentence([f"{start}, in the {shade} of five classes ({found.texts[int(number) - 1]})"])


def among_fifths(values: pd.Series, code: str, of: str) -> str | None:
    """Say which fifth of the authorities a place is in: "among the fifth with most deprivation".

    Returns
    -------
    str or None
        None if the place has no value.
    """
    number = fifth(values, code)
    if number is None:
        return None
    if number == 3:
        return f"in the middle fifth of authorities by {of}"
    return f"among the fifth of authorities with {FIFTHS[number]} {of}"


def moved_fifths(then: int | None, now: int | None) -> str:
    """Say between which fifths of authorities a place moved."""
    if then is None or now is None:
        return ""
    if then == now:
        return "in the same fifth in 2019"
    way = "most" if now > then else "least"
    steps = "one fifth" if abs(now - then) == 1 else f"{abs(now - then)} fifths"
    return f"{steps} nearer the {way} deprived than in 2019"


def why_alike(
    place: str, group: str, values: pd.DataFrame, code: str, others: Sequence[str], about: Context
) -> str:
    """Say on what a place and the median of others are alike, and on what they are not.

    Parameters
    ----------
    group : str
        What the others are called: ``its ten statistical neighbours``.
    values : DataFrame
        Context by authority; measures of one theme are represented by the first.
    """
    apart = apart_on(values, code, others).dropna()
    first = [measures[0].id for measures in about.themes.values()]
    apart = apart[[id for id in first if id in apart.index]]
    near = [about.measure(str(id)).words for id in apart.index if abs(apart[id]) <= ALIKE]
    up = [about.measure(str(id)).words for id in apart.index if apart[id] > ALIKE]
    down = [about.measure(str(id)).words for id in apart.index if apart[id] < -ALIKE]
    parts = []
    if near:
        parts.append(f"{place} and {group} are similar in {listed(near)}")
    if up:
        parts.append(f"{place} is higher in {listed(up)}")
    if down:
        parts.append(f"{place} is lower in {listed(down)}")
    return sentence(parts) if parts else ""
