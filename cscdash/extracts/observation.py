"""One observation: an area's value in a period, or why there is none, and where it came from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class _Letter(StrEnum):
    """A letter of the publishers', and what it means.

    Attributes
    ----------
    words : str
        What the letter means.
    """

    words: str

    def __new__(cls, letter: str, words: str) -> Self:
        """Make a member of a letter and its words."""
        made = str.__new__(cls, letter)
        made._value_ = letter
        made.words = words
        return made

    @property
    def spelled(self) -> str:
        """The letter in brackets with its words: ``[c] hidden because the number is small``."""
        return f"[{self.value}] {self.words}"


class Status(_Letter):
    """Whether an observation has a value, or why not."""

    OK = "ok", "has a value"
    CONFIDENTIAL = "c", "hidden because the number is small"
    ROUNDS_TO_ZERO = "k", "rounds to zero"
    UNRELIABLE = "u", "unreliable"
    NOT_AVAILABLE = "x", "not available"
    NOT_APPLICABLE = "z", "does not apply"
    # two of ours, no publisher's: this copy lacks what the rate is divided by
    NOT_LOADED = "n", "no rate, as its population is not loaded"
    NOT_YET = "y", "no rate yet, as its population is not loaded"

    @classmethod
    def of(cls, letter: str) -> "Status":
        """The status of a letter; an unknown letter is "not available"."""
        return _STATUSES.get(letter, cls.NOT_AVAILABLE)


_STATUSES = {status.value: status for status in Status}


class Flag(_Letter):
    """What else is to be known of an observation."""

    PROVISIONAL = "p", "provisional"
    REVISED = "r", "revised"
    DERIVED = "e", "derived here"
    JOINT = "j", "joint return of two authorities"
    LOCAL = "l", "local, unpublished"


NOTED = (Flag.PROVISIONAL, Flag.REVISED, Flag.JOINT)  # told beside a value wherever it stands


@dataclass(frozen=True, slots=True)
class Observation:
    """What one row of an extract says; it is drawn, put into words, tabled and exported as it is.

    Attributes
    ----------
    area : str
        Three-digit number of the authority, or ONS code of a region or England.
    period : str
        As people say it: ``2025``, ``2024/25``.
    end : date
        The last day of the period.
    value : float or None
        In the indicator's unit, unrounded; None exactly when `status` is not ``ok``.
    numerator, denominator : float or None
        What is counted, out of how many; None where not known.
    status : Status
        ``ok``, or why there is no value.
    flags : str
        Letters of `Flag`.
    release : str
        Which release of which publication it came from.
    breakdown, category : str
        The group it is about; ``total`` for everyone.
    amounts : tuple of (float or None), optional
        What stands above and below the line where that is neither people nor events (pounds,
        sessions); `numerator` and `denominator`, from which chance is reckoned, are then None.
    """

    area: str
    period: str
    end: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    status: Status = Status.OK
    flags: str = ""
    release: str = ""
    breakdown: str = "total"
    category: str = "total"
    amounts: tuple[float | None, float | None] | None = None

    @property
    def provisional(self) -> bool:
        """Whether the publisher calls it provisional."""
        return Flag.PROVISIONAL in self.flags

    @property
    def joint(self) -> bool:
        """Whether it comes from one return of two authorities."""
        return Flag.JOINT in self.flags

    @property
    def noted(self) -> tuple[Flag, ...]:
        """The flags that are told beside the value wherever it stands."""
        return tuple(flag for flag in NOTED if flag in self.flags) if self.flags else ()
