"""The numbers of a local figure: read, possible, and in agreement with each other."""

import math
import re
from dataclasses import dataclass

from cscdash.catalogue.models import Indicator, Unit
from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import OK, STATUS, read_cell
from cscdash.local.row import is_mean

SCALE: dict[Unit, float] = {"percent": 100.0, "rate per 10,000": 10_000.0, "ratio": 1.0}
_NEEDS_BASE: tuple[Unit, ...] = ("percent", "rate per 10,000")
_MAY_BE_NEGATIVE: tuple[Unit, ...] = ("score", "pounds")
_LARGEST = 1e12
FEWEST = 5  # of whom a mean may be given at all; up to nine it is hidden
_THOUSANDS = re.compile(r"-?\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_SMALL = re.compile(r"(?:<|<=|≤|less than|fewer than|under) ?\d{1,2}%?|1 ?(?:-|–|to) ?[3-9]")
# What councils write in place of a number, beside the publishers' symbols -> its status.
WORDS = {
    "*": "c",
    "#": "c",
    "suppressed": "c",
    "supp": "c",
    "confidential": "c",
    "n/a": "x",
    "na": "x",
    "#n/a": "x",
    "not available": "x",
    "no data": "x",
    "not known": "x",
    "tbc": "x",
    "–": "x",
    "—": "x",
    "not applicable": "z",
}


@dataclass(frozen=True)
class Numbers:
    """Value, numerator and denominator; the value is None exactly when status is not ``ok``."""

    value: float | None
    numerator: float | None
    denominator: float | None
    status: str


def read_numbers(
    measure: Indicator, value: str, numerator: str, denominator: str, status: str
) -> Numbers:
    """Read the numbers of one row.

    Parameters
    ----------
    measure : Indicator
        What they are of.
    value, numerator, denominator : str
        As typed; a symbol in place of the value says why there is none.
    status : str
        As typed; empty if it was left out.

    Returns
    -------
    Numbers
        What is missing of the three is worked out where the other two give it.

    Raises
    ------
    CscdashError
        If a number is not one, is impossible, disagrees with the others, or if a percentage or
        rate says nothing about how many were counted.
    """
    unit = measure.unit
    read, said = _value(value, unit)
    above, below = _count(numerator, "numerator"), _count(denominator, "denominator")
    missing = status or said
    if missing:
        return Numbers(None, None, None, missing)
    scale = SCALE.get(unit)
    if below == 0:
        raise CscdashError("the denominator is 0, so there is nothing to take a share of")
    if read is None and scale and above is not None and below is not None:
        read = above / below * scale
    if read is None:
        raise CscdashError("the value is missing; where there is none, a status says why")
    _possible(read, above, below, unit)
    if scale and above is not None and below is not None:
        _agree(read, value, above / below * scale)
    if unit in _NEEDS_BASE and above is None and below is None:
        raise CscdashError(
            "a percentage or rate needs its numerator or denominator, so that small numbers can"
            " be hidden"
        )
    if is_mean(measure):
        if below is None:
            raise CscdashError("a mean or score needs its denominator: of how many it is the mean")
        if below < FEWEST:
            raise CscdashError(f"a mean or score of fewer than {FEWEST} says too much about each")
    if scale and above is None and below is not None:
        above = read * below / scale
    if scale and below is None and above is not None and read > 0:
        below = above / read * scale
    return Numbers(read, above, below, "ok")


def _value(text: str, unit: Unit) -> tuple[float | None, str]:
    """The number, or the status that stands in its place; neither for an empty cell."""
    text = text.strip()
    if not text:
        return None, ""
    bare = text.removeprefix("£") if unit == "pounds" else text
    bare = bare.removesuffix("%").strip() if unit == "percent" else bare
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "").replace(" ", "")
    plain = text.lower()
    if plain in WORDS or _SMALL.fullmatch(plain):
        return None, WORDS.get(plain, "c")
    if _COMMA.fullmatch(bare):
        raise CscdashError(
            f"‘{text[:40]}’ has a comma: it may be {bare.replace(',', '.')}, or a number with a"
            " comma in the wrong place. Write it with a point"
        )
    number, code = read_cell(bare)
    if code != OK:
        return None, STATUS[code]
    if abs(number) > _LARGEST:
        raise CscdashError(f"‘{text[:40]}’ is too large")
    return number, ""


def _count(text: str, what: str) -> float | None:
    try:
        number, _ = _value(text, "count")
    except CscdashError as error:
        raise CscdashError(f"the {what}: {error}") from None
    if number is not None and number < 0:
        raise CscdashError(f"the {what} is negative")
    return number


def said_in_words(text: str) -> str:
    """The status that a cell says in words or by a symbol; empty for a number or an empty cell."""
    try:
        return _value(text, "percent")[1] if text.strip() else ""
    except CscdashError:
        return ""


def bare_fraction(text: str) -> float | None:
    """A number as typed in a column of percentages without a sign; None for anything else."""
    try:
        number, status = _value(text, "count")
    except CscdashError:
        return None
    return None if status else number


def _possible(value: float, above: float | None, below: float | None, unit: Unit) -> None:
    if value < 0 and unit not in _MAY_BE_NEGATIVE:
        raise CscdashError("the value is negative")
    if unit == "percent" and value > 100:
        raise CscdashError(f"{value:g}% is more than 100%")
    if unit == "rate per 10,000" and value > 10_000 and above is None:
        raise CscdashError(f"{value:g} per 10,000 is more than everybody")
    if unit == "percent" and above is not None and below is not None and above > below:
        raise CscdashError("the numerator is larger than the denominator")


def _agree(value: float, typed: str, computed: float) -> None:
    """The value must be what the numerator and denominator give, as precisely as it was typed."""
    tail = typed.strip().rstrip("%").partition(".")[2]
    decimals = min(len(tail), 9) if tail.isdigit() else 0
    if not typed.strip():
        return
    if not math.isclose(value, computed, rel_tol=1e-9, abs_tol=0.5000001 * 10**-decimals):
        raise CscdashError(
            f"the value is {value:g}, but numerator ÷ denominator gives {computed:.{decimals + 2}g}"
            if computed < 1
            else f"the value is {value:g}, but numerator ÷ denominator gives"
            f" {computed:.{decimals + 1}f}"
        )
