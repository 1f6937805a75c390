"""Did we move, or did everyone? The own change beside that of others over the same years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from cscdash.analysis.change import Change, between
from cscdash.analysis.number_format import step
from cscdash.analysis.observations import ENGLAND, CannotSay, joint_partner
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.usual_movement import UsualMovement
from cscdash.catalogue.models import Break, Chance
from cscdash.extracts.observation import Observation

FEWEST_NEIGHBOURS = 5

Moved = Literal["moved with England", "moved differently", "nothing moved", "cannot say"]


@dataclass(frozen=True)
class Movement:
    """The own change beside that of others over the same years.

    Attributes
    ----------
    own, england, region : Change or CannotSay
    neighbours : float or None
        The median of the neighbours' own changes; None below five.
    counted, asked : int
        How many neighbours are in that median, of how many.
    verdict : str
        ``moved with England``, ``moved differently``, ``nothing moved`` or ``cannot say``.
    why : str
        Why it cannot be said; empty otherwise.
    """

    own: Change | CannotSay
    england: Change | CannotSay
    region: Change | CannotSay
    neighbours: float | None
    counted: int
    asked: int
    verdict: Moved
    why: str = ""


def movement(
    lines: Mapping[str, Sequence[Observation]],
    area: str,
    neighbours: Sequence[str],
    region: str | None,
    then: str,
    now: str,
    unit: Chance,
    decimals: int,
    breaks: Sequence[Break] = (),
    usual: UsualMovement | None = None,
) -> Movement:
    """Did we move, or did everyone? All changes from `then` to `now`.

    Parameters
    ----------
    lines : mapping
        Area code -> its observations (`Extract.line`); an area may be missing.
    usual : UsualMovement, optional
        What authorities did beside England; for a single authority.

    Notes
    -----
    Nothing moved: neither England nor we, at the published precision. Moved differently: the
    difference between the own change and England's is more than chance alone explains, and more
    than nine of ten places of similar size differ from England over as many years. Moved with
    England: chance explains it, and the own change is beyond chance. Otherwise it cannot be said.
    """

    def changed(code: str) -> Change | CannotSay:
        return between(lines.get(code, ()), then, now, unit, breaks)

    own, england = changed(area), changed(ENGLAND)
    in_region = changed(region) if region else CannotSay("there is no region")
    moves = [
        move.size
        for code in _once(area, neighbours, lines, now)
        if isinstance(move := changed(code), Change)
    ]
    middle = median(moves) if len(moves) >= FEWEST_NEIGHBOURS else None
    verdict, why = _verdict(area, own, england, unit, decimals, usual)
    return Movement(own, england, in_region, middle, len(moves), len(neighbours), verdict, why)


def _verdict(
    area: str,
    own: Change | CannotSay,
    england: Change | CannotSay,
    unit: Chance,
    decimals: int,
    usual: UsualMovement | None,
) -> tuple[Moved, str]:
    if isinstance(own, CannotSay):
        return "cannot say", own.why
    if isinstance(england, CannotSay):
        return "cannot say", f"for England, {england.why}"
    if area == ENGLAND:
        return "cannot say", "this is England itself"
    few = [too_few(p.numerator, p.denominator, unit) for p in (own.then, own.now)]
    if any(few):
        return "cannot say", next(why for why in few if why)
    if own.low is None or own.high is None:
        return "cannot say", "without the counts chance cannot be told from a move"
    if not _printed(own, decimals) and not _printed(england, decimals):
        return "nothing moved", ""
    if not own.low <= england.size <= own.high:
        limit = usual.change(own.years, own.now.denominator, True) if usual else None
        if limit is not None and abs(own.size - england.size) <= limit:
            return "cannot say", "places of this size often differ from England by as much"
        return "moved differently", ""
    if not own.ordinary:
        return "moved with England", ""
    return "cannot say", "chance alone often gives a move of this size"


def _printed(change: Change, decimals: int) -> float:
    return float(step(change.now.value or 0.0, change.then.value or 0.0, decimals))


def _once(
    area: str, neighbours: Sequence[str], lines: Mapping[str, Sequence[Observation]], now: str
) -> list[str]:
    """The neighbours with a joint return counted once, and none that shares the area's own."""
    joint = {
        code
        for code, points in lines.items()
        if any(point.period == now and point.joint for point in points)
    }
    kept: list[str] = []
    for code in neighbours:
        partner = joint_partner(code)
        if not joint.isdisjoint({code, partner}) and (partner in kept or partner == area):
            continue
        kept.append(code)
    return kept
