"""Numbers as people read them: rounded half up, with their unit, and differences in words."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from cscdash.catalogue.models import Unit


class Measured(Protocol):
    """What has to be known of a measure to write its values; an `Indicator` will do."""

    @property
    def unit(self) -> Unit:
        """The unit of its values."""

    @property
    def decimals(self) -> int:
        """The decimals its values are printed with."""


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round as publishers do: 2.5 to 3 and -2.5 to -3, never to a negative zero.

    Twelve significant digits are taken as the number meant, so that 100 * 57 / 200, which a
    computer may hold as 28.499999999999996, is read as 28.5.

    Raises
    ------
    ValueError
        If `value` is not finite: a missing value has a status, not a number.
    """
    if not math.isfinite(value):
        raise ValueError("a missing value cannot be written as a number")
    step = Decimal(1).scaleb(-decimals)
    return Decimal(f"{value:.12g}").quantize(step, rounding=ROUND_HALF_UP) + Decimal(0)


def say(value: float, unit: Unit, decimals: int) -> str:
    """A value with its unit: ``22.6%``, ``67 per 10,000``, ``81,770``, ``£1,484``, ``1 month``."""
    return _dress(round_half_up(value, decimals), unit)


def bare(value: float, unit: Unit, decimals: int) -> str:
    """A value without ``per 10,000``, which the name of its chart or row says."""
    return say(value, unit, decimals).removesuffix(" per 10,000")


def say_range(low: float, high: float, unit: Unit, decimals: int) -> str:
    """Two values as a stretch: ``12% to 32%``, ``53 to 90 per 10,000``; or one value."""
    first, last = say(low, unit, decimals), say(high, unit, decimals)
    if first == last:
        return first
    # a unit of several words is said once
    return f"{first.split(' ')[0]} to {last}"


def step(now: float, then: float, decimals: int) -> Decimal:
    """The difference between two values as they are printed.

    Of the printed values, so that a reader who subtracts finds the same: 22.64 and 23.75
    are shown as 22.6 and 23.8, and differ by 1.2.
    """
    return round_half_up(now, decimals) - round_half_up(then, decimals)


def say_size(size: float | Decimal, unit: Unit, decimals: int) -> str:
    """The size of a difference, without direction: ``1.2 points``, ``3 per 10,000``, ``£30``."""
    amount = abs(size if isinstance(size, Decimal) else round_half_up(size, decimals))
    if unit == "percent":
        return f"{amount:,} {'point' if amount == 1 else 'points'}"
    return _dress(amount, unit)


def say_move(size: float | Decimal, unit: Unit, decimals: int) -> str:
    """The size of a difference with its direction: ``up 1.2 points``, ``the same``."""
    move = size if isinstance(size, Decimal) else round_half_up(size, decimals)
    if not move:
        return "the same"
    return f"{'up' if move > 0 else 'down'} {say_size(move, unit, decimals)}"


def say_difference(now: float, then: float, unit: Unit, decimals: int) -> str:
    """A change in words, of the values as printed: ``down 3 per 10,000``, ``the same``."""
    return say_move(step(now, then, decimals), unit, decimals)


def _dress(number: Decimal, unit: Unit) -> str:
    sign, size = ("\N{MINUS SIGN}" if number < 0 else ""), f"{abs(number):,}"
    match unit:
        case "percent":
            return f"{sign}{size}%"
        case "rate per 10,000":
            return f"{sign}{size} per 10,000"
        case "pounds":
            return f"{sign}£{size}"
        case "months":
            return f"{sign}{size} {'month' if abs(number) == 1 else 'months'}"
        case _:
            return f"{sign}{size}"
