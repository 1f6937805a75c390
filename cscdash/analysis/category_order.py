"""How the groups of a breakdown are ordered: ages and lengths of time as they grow."""

import re
from collections.abc import Iterable

_UNKNOWN = re.compile(r"not known|not recorded|unknown", re.IGNORECASE)
_SCALE = re.compile(
    r"^(?P<name>.*, |aged |placed )?(?P<how>under |less than |over |more than )?"
    r"(?P<number>\d+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"year|month", re.IGNORECASE)


def in_order(names: Iterable[str]) -> list[str]:
    """Groups by the number that each begins with, if they are a scale; otherwise by name.

    A scale is ``Under 1 year, 1 to 4 years, 5 to 9 years`` or ``Normal, 0 to 13; Borderline, 14 to
    16``; years and months are compared, and what is not known stands last.
    """
    by_name = sorted(names)
    known = [name for name in by_name if not _UNKNOWN.search(name)]
    found = {name: _SCALE.match(name) for name in known}
    places = {name: _place(match) for name, match in found.items() if match}
    if len(places) < len(known) or len(set(places.values())) < len(known):
        return by_name
    return sorted(by_name, key=lambda name: places.get(name, float("inf")))


def _place(match: re.Match[str]) -> float:
    """Where a group stands: its number in months if it says years, a half below or above it."""
    rest, how = match["rest"].lower(), (match["how"] or "").strip().lower()
    unit = _UNIT.search(rest)
    number = float(match["number"]) * (12 if unit and unit[0].lower() == "year" else 1)
    if how in ("under", "less than") or "or less" in rest:
        return number - 0.5
    return number + (0.5 if how else 0.0)
