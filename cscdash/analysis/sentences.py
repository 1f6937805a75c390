"""One plain sentence for each view: it describes, and never judges."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import log

from cscdash.analysis.change import Change
from cscdash.analysis.comparison import Middle, Position, Spread, Standing
from cscdash.analysis.deprivation import Link, Typical
from cscdash.analysis.movement import Movement
from cscdash.analysis.number_format import Measured, say, say_move, say_range, step
from cscdash.analysis.observations import CannotSay, joint_words
from cscdash.analysis.phrases import (
    among,
    caution,
    changed,
    difference,
    few,
    missing,
    printed,
    sentence,
    stood,
)
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.trend import Trend
from cscdash.analysis.unusual import Unusual
from cscdash.analysis.wording import listed
from cscdash.extracts.observation import Observation

ROUND_SHARES = (2, 3, 4, 5, 10, 20, 50)  # "about 1 in ..."
LINKS = {"strong": "a strong", "some": "some", "little": "little"}
TYPICAL = {"similar to": "Similar to what is", "higher than": "Higher than is"}


def over_time(
    place: str,
    measure: Measured,
    points: Sequence[Observation],
    change: Change | CannotSay,
    trend: Trend,
    noun: str | None = None,
    disturbance: Callable[[date], str] = lambda end: "",
) -> str:
    """Say where the value stands, how it changed, and whether there is a trend.

    Parameters
    ----------
    noun : str, optional
        What one in the numerator is (``child``, ``referral``), for the small-number clause;
        None where the denominator counts neither people nor events.
    disturbance : callable
        What the pandemic changed in the year that ends on a day (`Indicator.disturbance`).
    """
    ordered = sorted(points, key=lambda p: p.end)
    if not ordered:
        return f"There are no figures for {place}."
    now = ordered[-1]
    if now.value is None:
        earlier = [p for p in ordered if p.value is not None]
        last = earlier and f"the latest is {printed(earlier[-1], measure)} in {earlier[-1].period}"
        return sentence([missing(place, now), last or ""])
    says = {
        "up": f"from {trend.first} to {trend.last} the trend is up",
        "down": f"from {trend.first} to {trend.last} the trend is down",
        "no clear trend": f"from {trend.first} to {trend.last} there is no clear trend"
        + (" beyond what this indicator usually moves" if trend.beyond_chance else ""),
        "cannot say": f"we cannot say whether there is a trend, because {trend.why}",
    }[trend.direction]
    start = stood(place, now, measure)
    alone = few(now, measure, noun)
    if not (alone and isinstance(change, Change)):
        start += changed(change, measure)
    started = next((disturbance(p.end) for p in ordered if p.period == trend.first), "")
    if started:
        says += f"; {trend.first} was a year of the pandemic, when {started}"
        if trend.direction in ("up", "down"):
            says += ": a part of this may be a return to what was usual"
    small = caution(now, measure, noun)
    return sentence([start, *small, says] if alone else [start, says, *small])


def moved(measure: Measured, movement: Movement, group: str = "neighbours") -> str:
    """Say whether we moved, or everyone; `group` is what one counts in the comparison."""
    own = movement.own
    if isinstance(own, CannotSay):
        return f"We cannot say whether this moved with England: {own.why}."
    beside = []
    if movement.neighbours is not None:
        by = say_move(movement.neighbours, measure.unit, measure.decimals)
        some = _of(movement.counted, movement.asked, group)
        beside.append(f"median change of {some}: {by}")
    for name, other in (("region", movement.region), ("England", movement.england)):
        if isinstance(other, Change):
            beside.append(f"{name}: {difference(other, measure)}")
    verdict = {
        "moved with England": "this moved with England",
        "moved differently": "this moved differently from England",
        "nothing moved": "neither moved",
        "cannot say": f"we cannot say whether this moved with England: {movement.why}",
    }[movement.verdict]
    return sentence([f"Since {own.then.period}: {difference(own, measure)}", *beside, verdict])


def _of(counted: int, asked: int, group: str) -> str:
    """How many of a group have a value: ``7 of 10 neighbours``, ``all 10 neighbours``."""
    return f"all {asked} {group}" if counted == asked else f"{counted} of {asked} {group}"


def neighbours(
    place: str,
    measure: Measured,
    point: Observation,
    position: Position | CannotSay,
    middle: Middle | CannotSay,
    noun: str | None = None,
    group: str = "neighbours",
) -> str:
    """Say where the value stands among the neighbours with data, and their median.

    `group` is what one counts in the comparison: ``neighbours`` or ``authorities``.
    """
    if isinstance(middle, CannotSay):
        median = f"no median of the {group}: {middle.why}"
    else:
        shared = f" ({middle.shared} in a joint return)" if middle.shared else ""
        value = say(middle.median, measure.unit, measure.decimals)
        median = f"median of {_of(middle.counted, middle.asked, group)}{shared}: {value}"
    if point.value is None:
        return sentence([missing(place, point), median])
    if isinstance(position, CannotSay) or few(point, measure, noun):
        start = [stood(place, point, measure)]
    else:
        shared = joint_words(point)
        start = [*among(position, group), *([f"its value is a {shared}"] if shared else [])]
    return sentence([*start, median, *caution(point, measure, noun)])


def all_authorities(
    place: str,
    measure: Measured,
    point: Observation,
    spread: Spread | CannotSay,
    others: Mapping[str, tuple[float, Standing]],
) -> str:
    """Say where the value stands beside the middle half of all authorities, and `others`.

    `others` are region and England: name -> (value, how the own value stands beside it).
    """
    half = ""
    if isinstance(spread, Spread):
        ends = (spread.lower_quartile, spread.upper_quartile)
        stretch = say_range(*ends, measure.unit, measure.decimals)
        half = f"the middle half of {spread.counted} authorities ({stretch})"
    if point.value is None:
        return sentence([missing(place, point), half and f"{half} is shown without it"])
    start = stood(place, point, measure)
    if isinstance(spread, Spread):
        below = step(point.value, spread.lower_quartile, measure.decimals) < 0
        above = step(point.value, spread.upper_quartile, measure.decimals) > 0
        start += f", {'lower than' if below else 'higher than' if above else 'within'} {half}"
    else:
        start += f"; there are no quartiles, because {spread.why}"
    beside = [
        f"{'similar to' if how == 'similar' else f'{how} than'} "
        f"{name} ({say(value, measure.unit, measure.decimals)})"
        for name, (value, how) in others.items()
    ]
    return sentence([start, listed(beside)])


def unusual(found: Unusual | CannotSay) -> str:
    """Say how many authorities are as far from the middle, allowing for how much they differ."""
    if isinstance(found, CannotSay):
        return f"We cannot say how unusual this is: {found.why}."
    share = found.as_far / found.counted
    if found.as_far == 1:
        return f"Of {found.counted} authorities only this one is this far from the middle."
    if share >= 0.75:
        return "Most authorities are this far from the middle, or further."
    if share < 1 / 35:
        return f"Only {found.as_far} of {found.counted} authorities are this far from the middle."
    about = min(ROUND_SHARES, key=lambda n: abs(log(n * share)))
    return f"About 1 in {about} authorities is this far from the middle, or further."


def deprivation(context: str, found: Link | CannotSay, typical: Typical | CannotSay | None) -> str:
    """Say what is typical for places with a similar context, if the link is strong enough.

    `context` names the exact measure: ``child poverty before housing costs``.
    """
    if isinstance(found, CannotSay):
        return f"We cannot say what is typical for places with similar {context}: {found.why}."
    strength = f"across {found.n} authorities there is {LINKS[found.strength]} link with {context}"
    if not found.shown:
        return f"{strength[0].upper()}{strength[1:]}, so nothing is called typical."
    if typical is None or isinstance(typical, CannotSay):
        why = typical.why if typical else "one of the two values is missing"
        return sentence([f"We cannot say what is typical here: {why}", strength])
    start = TYPICAL.get(typical, "Lower than is")
    return sentence([f"{start} typical for places with similar {context}", strength])


def breakdown(
    place: str,
    measure: Measured,
    name: str,
    groups: Mapping[str, Observation],
    noun: str | None = None,
) -> str:
    """Say the range over the groups of a breakdown, and how many have no value, and why."""
    if not groups:
        return f"There are no figures by {name} for {place}."
    known = {group: p.value for group, p in groups.items() if p.value is not None}
    gaps = [p.status for p in groups.values() if p.value is None]
    reasons = listed([status.words for status in dict.fromkeys(gaps)])
    if not known:
        return f"By {name}, no group in {place} has a value ({reasons})."
    low, high = min(known, key=lambda g: known[g]), max(known, key=lambda g: known[g])
    ends = [printed(groups[group], measure) for group in (low, high)]
    if len(known) == 1:
        span = f"one group in {place} has a value: {low} ({ends[0]})"
    elif ends[0] == ends[1]:
        span = f"all {len(known)} groups with a value in {place} are at {ends[0]}"
    else:
        span = f"values in {place} run from {ends[0]} ({low}) to {ends[1]} ({high})"
    have = "has" if len(gaps) == 1 else "have"
    hidden = f"{len(gaps)} of {len(groups)} groups {have} no value ({reasons})" if gaps else ""
    counts = [(groups[group].numerator, groups[group].denominator) for group in known]
    few = sum(too_few(*pair, measure.unit) is not None for pair in counts) if noun else 0
    small = f"too few to compare in {few} of the groups" if few else ""
    return sentence([f"By {name}, {span}", hidden, small])
