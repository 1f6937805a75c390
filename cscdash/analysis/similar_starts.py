"""Who started where we started, and went another way: the people to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from cscdash.analysis.change import Change, between
from cscdash.analysis.comparison import stands
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay, since_break
from cscdash.analysis.uncertainty import Band, band
from cscdash.extracts.observation import Observation

YEARS = 5  # as far back as the trend test looks


@dataclass(frozen=True)
class Path:
    """An area that started similar: its change over the same years."""

    area: str
    change: Change


def other_paths(
    held: Extract, area: str, others: Sequence[str]
) -> tuple[Change, list[Path]] | CannotSay:
    """Those of `others` that started similar and moved differently, in the order given.

    Started similar: at the first of the last five periods with a value (after the last break),
    the two values are equal as published, or the other lies within the own value's band.
    Moved differently: the ranges that chance alone gives the two changes do not overlap.

    Returns
    -------
    tuple of Change and list of Path, or CannotSay
        The own change, and the others'.
    """
    indicator = held.indicator
    line = [p for p in since_break(held.line(area), indicator.breaks) if p.value is not None]
    if len(line) < 2:
        return CannotSay("there are not two comparable years with a value")
    start, now = line[-YEARS:][0], line[-1]
    own = between(held.line(area), start.period, now.period, indicator.chance, indicator.breaks)
    if isinstance(own, CannotSay) or own.low is None or own.high is None:
        return CannotSay("no counts of people or events are known behind its values")
    around = band(start.value, start.numerator, start.denominator, indicator.chance)
    found = []
    for code in others:
        change = between(
            held.line(code), start.period, now.period, indicator.chance, indicator.breaks
        )
        if not isinstance(change, Change) or change.low is None or change.high is None:
            continue
        if not _similar(start, change.then, around, indicator.decimals):
            continue
        if change.low > own.high or change.high < own.low:
            found.append(Path(code, change))
    return own, found


def _similar(own: Observation, other: Observation, around: Band | CannotSay, decimals: int) -> bool:
    if own.value is None or other.value is None:
        return False
    return stands(own.value, other.value, decimals, around) == "similar"
