"""What the pages for families say about a value, in short words."""

from cscdash.analysis.number_format import round_half_up
from cscdash.catalogue.framework import Plain
from cscdash.extracts.observation import Observation

WHY_NOT = {
    "c": "the number is very small, and showing it could tell people who someone is",
    "k": "the number is close to nothing",
    "u": "we cannot be sure that the number is right",
    "x": "nobody has sent it in",
    "z": "it does not fit this place",
    "n": "we do not have the number of children here to work it out",
    "y": "we do not have the number of children for that year yet",
}


def number(page: Plain, value: float) -> str:
    """A value as a whole number of things: ``67`` of 100, ``5`` of 10,000, ``£53`` of £100."""
    return f"{'£' if page.counted == 'pounds' else ''}{round_half_up(value, 0):,}"


def says(page: Plain, place: str, point: Observation | None) -> str:
    """One short sentence with the number, or why there is none."""
    if point is None:
        return f"There is no number for {place}."
    if point.value is None:
        reason = WHY_NOT.get(point.status, WHY_NOT["x"])
        return f"There is no number for {place} in {point.period}: {reason}."
    return page.says.format(number=number(page, point.value), place=place, when=point.period)


def moved(page: Plain, now: Observation | None, then: Observation | None) -> str:
    """Whether the whole number is higher, lower or the same as some years before."""
    if now is None or then is None or now.value is None or then.value is None or now is then:
        return ""
    new, old = round_half_up(now.value, 0), round_half_up(then.value, 0)
    if new == old:
        return f"That is the same as in {then.period}."
    way = "higher than" if new > old else "lower than"
    return f"That is {way} in {then.period}, when it was {number(page, then.value)}."
