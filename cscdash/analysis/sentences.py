"""One plain sentence for each view: it describes, and never judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cscdash.analysis.change import Change
from cscdash.analysis.comparison import Middle, Position, Spread, Standing
from cscdash.analysis.link import Link, Typical
from cscdash.analysis.movement import Movement
from cscdash.analysis.numbers import round_half_up, say, say_difference, say_range, say_size, step
from cscdash.analysis.observations import CannotSay, Point
from cscdash.analysis.small_numbers import one_more, too_few
from cscdash.analysis.trend import Trend
from cscdash.analysis.unusual import Unusual
from cscdash.analysis.words import listed, status_words
from cscdash.catalogue.models import Unit

ROUND_SHARES = (2, 3, 4, 5, 10, 20, 50)  # "about 1 in ..."


class Measured(Protocol):
    """What a sentence must know of an indicator; an `Indicator` of the catalogue will do."""

    @property
    def unit(self) -> Unit: ...

    @property
    def decimals(self) -> int: ...


@dataclass(frozen=True)
class Measure:
    """The unit and decimals of an indicator, where no catalogue entry is at hand."""

    unit: Unit
    decimals: int


def over_time(
    place: str,
    measure: Measured,
    points: Sequence[Point],
    change: Change | CannotSay,
    trend: Trend,
    noun: str | None = None,
) -> str:
    """Where the value stands, how it changed, and whether there is a trend.

    Parameters
    ----------
    noun : str, optional
        What one in the numerator is (``child``, ``referral``), for the small-number clause;
        None where the denominator counts neither people nor events.
    """
    ordered = sorted(points, key=lambda p: p.end)
    if not ordered:
        return f"There are no figures for {place}."
    now = ordered[-1]
    if now.value is None:
        earlier = [p for p in ordered if p.value is not None]
        then = earlier[-1] if earlier else None
        last = f"; the latest is {_value(then, measure)} in {then.period}" if then else ""
        return f"{_missing(place, now)}{last}."
    parts = [_stood(place, now, measure) + _changed(change, measure)]
    if trend.direction == "cannot say":
        parts.append(f"no trend can be said, because {trend.why}")
    else:
        clear = {"up": "the trend is up", "down": "the trend is down"}
        says = clear.get(trend.direction, "there is no clear trend")
        parts.append(f"from {trend.first} to {trend.last} {says}")
    return _join([*parts, *_caution(now, measure, noun)])


def moved(measure: Measured, movement: Movement) -> str:
    """Did we move, or did everyone?"""
    own = movement.own
    if isinstance(own, CannotSay):
        return f"Whether this moved with England cannot be said: {own.why}."
    parts = [f"Since {own.then.period} {_difference(own, measure)}"]
    if movement.neighbours is not None:
        size = round_half_up(movement.neighbours, measure.decimals)
        way = "up" if size > 0 else "down"
        by = f"{way} {say_size(size, measure.unit, measure.decimals)}" if size else "the same"
        parts.append(
            f"median change of {movement.counted} of {movement.asked} neighbours: {by}"
        )
    for name, other in (("region", movement.region), ("England", movement.england)):
        if isinstance(other, Change):
            parts.append(f"{name}: {_difference(other, measure)}")
    verdict = movement.verdict
    if verdict == "cannot say":
        verdict_words = f"whether this moved with England cannot be said: {movement.why}"
    elif verdict == "moved differently":
        verdict_words = "this moved differently from England"
    else:
        verdict_words = "this moved with England"
    return _join([*parts, verdict_words])


def neighbours(
    place: str,
    measure: Measured,
    point: Point,
    position: Position | CannotSay,
    middle: Middle | CannotSay,
    noun: str | None = None,
) -> str:
    """Where the value stands among the neighbours with data, and their median with its count."""
    if isinstance(middle, CannotSay):
        median = f"no median of the neighbours: {middle.why}"
    else:
        shared = f", {middle.shared} in a joint return" if middle.shared else ""
        median = (
            f"the median of {middle.counted} of {middle.asked} neighbours{shared} is "
            f"{say(middle.median, measure.unit, measure.decimals)}"
        )
    if point.value is None:
        return _join([_missing(place, point), median])
    if isinstance(position, CannotSay):
        return _join([_stood(place, point, measure), f"among the neighbours {position.why}"])
    return _join(
        [_stands_among(position), *_equals(position), median, *_caution(point, measure, noun)]
    )


def all_authorities(
    place: str,
    measure: Measured,
    point: Point,
    spread: Spread | CannotSay,
    others: Mapping[str, tuple[float, Standing]],
) -> str:
    """Where the value stands beside the middle half of all authorities, region and England.

    Parameters
    ----------
    others : mapping
        Name -> (value, how the own value stands beside it: `comparison.stands`).
    """
    if isinstance(spread, CannotSay):
        half = f"no middle half can be given, because {spread.why}"
    else:
        limits = (spread.lower_quartile, spread.upper_quartile)
        half = (
            f"the middle half of {spread.counted} authorities, "
            f"{say_range(*limits, measure.unit, measure.decimals)}"
        )
    if point.value is None:
        given = half if isinstance(spread, CannotSay) else f"{half} is the spread elsewhere"
        return _join([_missing(place, point), given.replace(" is the spread", ", is the spread")])
    start = _stood(place, point, measure)
    if isinstance(spread, Spread):
        below = step(point.value, spread.lower_quartile, measure.decimals) < 0
        above = step(point.value, spread.upper_quartile, measure.decimals) > 0
        where = "lower than" if below else "higher than" if above else "within"
        start, half = f"{start}, {where} {half}", ""
    beside = [
        f"{'similar to' if how == 'similar' else f'{how} than'} "
        f"{name} ({say(value, measure.unit, measure.decimals)})"
        for name, (value, how) in others.items()
    ]
    return _join([part for part in (start, half, listed(beside)) if part])


def unusual(found: Unusual | CannotSay) -> str:
    """How many authorities are as far from the middle, allowing for how much they differ."""
    if isinstance(found, CannotSay):
        return f"How unusual this is cannot be said: {found.why}."
    share = found.as_far / found.counted
    if found.as_far == 1:
        return f"Of {found.counted} authorities only this one is this far from the middle."
    if share > 0.75:
        return "Most authorities are this far from the middle, or further: this is close to it."
    if share < 1 / 35:
        return f"{found.as_far} of {found.counted} authorities are this far from the middle."
    about = min(ROUND_SHARES, key=lambda n: abs(n * share - 1) / n**0.5)
    return f"About 1 in {about} authorities is this far from the middle, or further."


def deprivation(
    context: str, found: Link | CannotSay, typical: Typical | CannotSay | None
) -> str:
    """What is typical for places with a similar context, if the link is strong enough.

    Parameters
    ----------
    context : str
        The measure in words, always the exact one: ``child poverty before housing costs``.
    """
    if isinstance(found, CannotSay):
        return f"What is typical for places with similar {context} cannot be said: {found.why}."
    strength = f"across {found.n} authorities there is {_strength(found)} link with {context}"
    if not found.shown:
        return f"{strength[0].upper()}{strength[1:]}, so nothing is called typical."
    if typical is None or isinstance(typical, CannotSay):
        why = typical.why if typical else "one of the two values is missing"
        return _join([f"What is typical cannot be said here: {why}", strength])
    return _join([f"{typical.capitalize()} is typical for places with similar {context}", strength])


def breakdown(
    place: str, measure: Measured, name: str, groups: Mapping[str, Point], noun: str | None = None
) -> str:
    """The range over the groups of a breakdown, how many have no value and why, and a caution."""
    if not groups:
        return f"There are no figures by {name} for {place}."
    known = {group: p.value for group, p in groups.items() if p.value is not None}
    gaps = [p.status for p in groups.values() if p.value is None]
    reasons = listed([status_words(s) for s in dict.fromkeys(gaps)])
    hidden = f"{len(gaps)} of {len(groups)} groups {_have(len(gaps))} no value ({reasons})"
    if not known:
        return f"By {name}, no group in {place} has a value ({reasons})."
    low, high = min(known, key=lambda g: known[g]), max(known, key=lambda g: known[g])
    ends = [say(known[g], measure.unit, measure.decimals) for g in (low, high)]
    if len(known) == 1:
        span = f"By {name}, one group in {place} has a value: {low} ({ends[0]})"
    elif ends[0] == ends[1]:
        span = f"By {name}, all {len(known)} groups with a value in {place} are at {ends[0]}"
    else:
        span = f"By {name}, values in {place} run from {ends[0]} ({low}) to {ends[1]} ({high})"
    few = [
        group
        for group, p in groups.items()
        if p.value is not None and noun and too_few(p.numerator, p.denominator, measure.unit)
    ]
    caution = [f"too few to compare in {len(few)} of the groups"] if few else []
    return _join([span, *([hidden] if gaps else []), *caution])


def _missing(place: str, point: Point) -> str:
    return f"{place} has no value for {point.period} ({status_words(point.status)})"


def _value(point: Point, measure: Measured) -> str:
    return say(point.value or 0.0, measure.unit, measure.decimals)


def _stood(place: str, point: Point, measure: Measured) -> str:
    provisional = " (provisional)" if "p" in point.flags else ""
    return f"{place} stood at {_value(point, measure)}{provisional} in {point.period}"


def _difference(change: Change, measure: Measured) -> str:
    now, then = change.now.value or 0.0, change.then.value or 0.0
    return say_difference(now, then, measure.unit, measure.decimals)


def _changed(change: Change | CannotSay, measure: Measured) -> str:
    if isinstance(change, CannotSay):
        return f"; {change.why}"
    words = _difference(change, measure)
    gap = ""
    if change.skipped:
        gap = f" (no value for {listed([p.period for p in change.skipped])})"
    if words == "the same":
        return f", the same as in {change.then.period}{gap}"
    size = ""
    if change.ordinary is not None:
        size = ": ordinary variation" if change.ordinary else ": more than ordinary variation"
    return f", {words} since {change.then.period}{gap}{size}"


def _caution(point: Point, measure: Measured, noun: str | None) -> list[str]:
    if noun is None:
        return []
    few = too_few(point.numerator, point.denominator, measure.unit)
    move = one_more(point.denominator, measure.unit)
    words = [few] if few else []
    if move is not None and move >= 1:
        size = say_size(move, measure.unit, 0 if move >= 10 else 1)
        words.append(f"one {noun} more or fewer would move this by {size}")
    return words


def _stands_among(position: Position) -> str:
    if position.same_as == position.counted:
        return f"The same as all {position.counted} neighbours with data"
    if position.higher_than:
        return f"Higher than {position.higher_than} of {position.counted} neighbours with data"
    return f"Lower than {position.lower_than} of {position.counted} neighbours with data"


def _equals(position: Position) -> list[str]:
    some = 0 < position.same_as < position.counted
    return [f"the same as {position.same_as}"] if some else []


def _strength(found: Link) -> str:
    return {"strong": "a strong", "some": "some", "little": "little"}[found.strength]


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _join(parts: list[str]) -> str:
    return f"{'; '.join(parts)}."
