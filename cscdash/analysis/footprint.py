"""The ground of an abolished authority after it: its successors' published counts together."""

from collections.abc import Iterable, Sequence

from cscdash.analysis.observations import CannotSay, joint_once
from cscdash.analysis.uncertainty import SCALE
from cscdash.catalogue.models import Indicator
from cscdash.extracts.observation import Flag, Observation, Status
from cscdash.places import places


def same_ground(area: str) -> tuple[str, ...] | CannotSay:
    """The authorities of today whose ground together is that of an abolished one.

    Returns
    -------
    tuple of str or CannotSay
        A refusal where a successor has ground of others too, as in Dorset, where Christchurch
        went from the county to Bournemouth and Poole.
    """
    known = places()
    after = known.area(area).successors
    others = {old.short for code in after for old in known.before(code) if old.code != area}
    if others or not after:
        of = " and ".join(sorted(others))
        return CannotSay(f"the authorities after it have ground of {of} too" if of else "none is")
    return after


def together(parts: Sequence[Observation], indicator: Indicator) -> Observation | CannotSay:
    """One value for the ground of several areas in one period, from their published counts.

    Parameters
    ----------
    parts : sequence of Observation
        One for each area.
    indicator : Indicator
        Values that add up over areas are added; of a rate or a percentage both parts are.

    Returns
    -------
    Observation or CannotSay
        Marked as derived. Without a value, for the reason of the first part that has none, where
        any has none: no sum is made of some. A refusal where it cannot be added at all.
    """
    first = parts[0]
    missing = next((one for one in parts if one.value is None), None)
    once = joint_once(parts)
    area = "+".join(one.area for one in parts)
    if missing is not None:
        return Observation(area, first.period, first.end, None, status=missing.status, flags="e")
    if indicator.adds_up:
        return _derived(area, first, sum(one.value or 0.0 for one in once), None, None)
    scale = SCALE.get(indicator.chance)
    tops = _all(one.numerator for one in once)
    bottoms = _all(one.denominator for one in once)
    if scale is None or tops is None or not bottoms:
        return CannotSay("its parts are not published as counts")
    return _derived(area, first, scale * tops / bottoms, tops, bottoms)


def _all(numbers: Iterable[float | None]) -> float | None:
    """The sum of numbers, if all are known."""
    total = 0.0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _derived(
    area: str, like: Observation, value: float, top: float | None, bottom: float | None
) -> Observation:
    flags = Flag.DERIVED.value
    return Observation(area, like.period, like.end, value, top, bottom, Status.OK, flags)
