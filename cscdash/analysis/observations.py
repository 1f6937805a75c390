"""Choosing among observations: those with a value, of authorities, joint returns once, breaks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cscdash.catalogue.models import Break
from cscdash.extracts.observation import Observation
from cscdash.periods import end_year
from cscdash.places import places

ENGLAND = "E92000001"
JOINT_RETURNS = (("314", "318"), ("940", "941"))  # two authorities, one workforce return

ByArea = Mapping[str, Observation]


@dataclass(frozen=True)
class CannotSay:
    """An honest refusal: `why` completes a sentence, without capital and full stop."""

    why: str


def is_authority(area: str) -> bool:
    """Whether a code is a local authority's three digits, not a region's or England's."""
    return len(area) == 3 and area.isdigit()


def authorities(observations: ByArea) -> list[Observation]:
    """Those of local authorities that have a value, by code, each joint return once."""
    return joint_once(
        one
        for area, one in sorted(observations.items())
        if one.value is not None and is_authority(area)
    )


def joint_once(observations: Iterable[Observation]) -> list[Observation]:
    """Keep the first of two observations that are one joint return of two authorities.

    They are one where either has the flag. Two of different values both stay.
    """
    kept, seen = [], dict[tuple[object, ...], Observation]()
    for one in observations:
        if joint_partner(one.area):
            cell = (joint_owner(one.area), one.period, one.breakdown, one.category, one.value)
            first = seen.setdefault(cell, one)
            if first.area != one.area and (first.joint or one.joint):
                continue
        kept.append(one)
    return kept


def joint_owner(area: str) -> str:
    """The authority under which a joint return is counted; any other area gives itself."""
    return next((pair[0] for pair in JOINT_RETURNS if area in pair), area)


def joint_partner(area: str) -> str | None:
    """The authority that files one return together with this one, if there is one."""
    for pair in JOINT_RETURNS:
        if area in pair:
            return pair[1 - pair.index(area)]
    return None


def joint_words(point: Observation) -> str:
    """With whom a value is shared: ``joint return with Richmond upon Thames``; empty if it is own.

    The value then is of both authorities together, and of neither alone.
    """
    partner = joint_partner(point.area) if point.joint else None
    return f"joint return with {places().areas[partner].short}" if partner else ""


def and_joint(text: str, point: Observation) -> str:
    """A printed value with whom it is shared behind it, in brackets."""
    return f"{text} ({shared})" if (shared := joint_words(point)) else text


def without_joint(text: str) -> str:
    """A printed value as `and_joint` had it, for a place with room for a number alone."""
    return text.partition(" (joint return")[0]


def since_break(line: Sequence[Observation], breaks: Sequence[Break]) -> tuple[Observation, ...]:
    """The observations of a line from the last declared break on (all if there is none).

    Breaks that concern one breakdown alone count only for a line of that breakdown.
    """
    if not line:
        return ()
    last = max(one.end.year for one in line)
    starts = [end_year(b.period) for b in _of(breaks, line[0]) if end_year(b.period) <= last]
    start = max(starts, default=0)
    return tuple(sorted((one for one in line if one.end.year >= start), key=lambda one: one.end))


def break_between(then: Observation, now: Observation, breaks: Sequence[Break]) -> Break | None:
    """The last declared break after `then`, up to and including `now`.

    Breaks that concern one breakdown alone count only for observations of that breakdown.
    """
    declared = _of(breaks, now)
    found = [b for b in declared if then.end.year < end_year(b.period) <= now.end.year]
    return max(found, key=lambda b: end_year(b.period), default=None)


def _of(breaks: Sequence[Break], one: Observation) -> list[Break]:
    return [b for b in breaks if b.breakdown in ("", one.breakdown)]
