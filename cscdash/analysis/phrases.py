"""Parts of sentences that more than one view needs."""

from collections.abc import Sequence

from cscdash.analysis.change import Change
from cscdash.analysis.comparison import Position
from cscdash.analysis.number_format import (
    Measured,
    round_half_up,
    say,
    say_difference,
    say_move,
    say_size,
    step,
)
from cscdash.analysis.observations import CannotSay, and_joint
from cscdash.analysis.small_numbers import one_more, too_few
from cscdash.analysis.wording import listed
from cscdash.extracts.observation import Observation


def sentence(parts: Sequence[str]) -> str:
    """Join clauses to one sentence; empty ones drop out."""
    return f"{'; '.join(part for part in parts if part)}."


def missing(place: str, point: Observation) -> str:
    """Say that there is no value, and why."""
    return f"{place} has no value for {point.period} ({point.status.words})"


def printed(point: Observation, measure: Measured) -> str:
    """Write the value of a point that has one."""
    return and_joint(say(point.value or 0.0, measure.unit, measure.decimals), point)


def stood(place: str, point: Observation, measure: Measured) -> str:
    """Say where the value of a point that has one stood."""
    provisional = " (provisional)" if point.provisional else ""
    return f"{place} stood at {printed(point, measure)}{provisional} in {point.period}"


def difference(change: Change, measure: Measured) -> str:
    """Say how far and which way, without saying since when."""
    now, then = change.now.value or 0.0, change.then.value or 0.0
    words = say_difference(now, then, measure.unit, measure.decimals)
    if round_half_up(change.size, measure.decimals) == step(now, then, measure.decimals):
        return words
    size = say_move(change.size, measure.unit, max(1, measure.decimals))
    return f"{words} as printed ({size} before rounding)"


def changed(change: Change | CannotSay, measure: Measured) -> str:
    """Go on from `stood`: the change, since when, what is missing between, and how large it is."""
    if isinstance(change, CannotSay):
        return f"; {change.why}"
    gap = listed([point.period for point in change.skipped])
    since = f"{change.then.period} (no value for {gap})" if gap else change.then.period
    words = difference(change, measure)
    if words == "the same":
        return f", the same as in {since}"
    size = _how_large(change)
    return f", {words} since {since}" + (f": {size}" if size else "")


def _how_large(change: Change) -> str:
    """Set a change beside chance, and beside what the indicator usually moves."""
    span = "in a year" if change.years == 1 else f"in {change.years} years"
    usually = f"this indicator usually moves {span} in places of this size"
    if change.ordinary:
        return "chance alone often gives as much"
    if change.beyond_usual is None:
        return "" if change.ordinary is None else "more than chance alone often gives"
    if change.beyond_usual:
        return f"more than {usually}"
    return f"no more than {usually}"


def few(point: Observation, measure: Measured, noun: str | None) -> bool:
    """Whether a value rests on too few to be set beside another, as `caution` says."""
    return bool(noun and too_few(point.numerator, point.denominator, measure.unit))


def caution(point: Observation, measure: Measured, noun: str | None) -> list[str]:
    """Say what small numbers do to the value, where they do much.

    `noun` is what one in the numerator is; without it nothing is said, for then the
    denominator counts neither people nor events.
    """
    if noun is None or point.value is None:
        return []
    few = too_few(point.numerator, point.denominator, measure.unit)
    move = one_more(point.denominator, measure.unit)
    words = [few] if few else []
    # a point of a percentage, or a fiftieth of a rate: below that it would distract
    if move is not None and move >= (1 if measure.unit == "percent" else point.value / 50):
        size = say_size(move, measure.unit, 0 if move >= 10 else 1)
        words.append(f"one {noun} more or fewer would move this by {size}")
    return words


def among(position: Position, group: str = "neighbours") -> list[str]:
    """Say whom of the neighbours with data the value is higher or lower than, or the same as."""
    of = f"{position.counted} {group} with data"
    most = position.higher_than >= position.lower_than  # a sentence begins with the majority
    way, than = ("Higher", position.higher_than) if most else ("Lower", position.lower_than)
    if position.counted == 1:
        how = "The same as" if position.same_as else f"{way} than"
        return [f"{how} the only one of the {group} with data"]
    if position.same_as == position.counted:
        return [f"The same as all {of}"]
    same = [f"the same as {position.same_as}"] if position.same_as else []
    return [f"{way} than {than} of {of}", *same]
