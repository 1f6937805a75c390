"""What a build leaves out, and why: a file, or what one file has for some indicators."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cscdash.errors import CscdashError


class Why(StrEnum):
    """Why a file, or a part of it, was not used."""

    UNREADABLE = "unreadable"  # damaged, cut off, or with a cell that is no number and no symbol
    CONTRADICTED = "contradicted"  # another file of the same release says otherwise
    RENAMED = "renamed"  # a column or word is gone, and one like it may have come
    LACKING = "lacking"  # this issue does not have the series
    UNKNOWN = "unknown"  # like a data set that we use, but not it
    NOT_NEEDED = "not needed"  # no indicator uses it, or it is a copy


@dataclass(frozen=True)
class LeftOut:
    """A file that was not used.

    Attributes
    ----------
    label : str
        The file: its path below the folder, and its place in a zip.
    why : Why
        The reason.
    words : str
        The reason for the person who has the file, in a sentence or two.
    indicators : tuple of str
        The indicators that do without the file; empty where none uses it.
    """

    label: str
    why: Why
    words: str
    indicators: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether something that could be expected is missing from the build."""
        return self.why is not Why.NOT_NEEDED

    @property
    def refused(self) -> bool:
        """Whether an update keeps the file from before in place of this one.

        It does so for a renamed column or word too: the older file still says what the renamed
        part said. A file that only lacks something is the newest that there is.
        """
        return self.matters and (not self.indicators or self.why is Why.RENAMED)


class UnusableError(CscdashError):
    """A published file that cannot be used.

    Attributes
    ----------
    labels : tuple of str
        The file; of two that contradict each other, both.
    why : Why
        The reason.
    """

    def __init__(self, words: str, labels: Iterable[str], why: Why = Why.UNREADABLE) -> None:
        super().__init__(words)
        self.labels = tuple(labels)
        self.why = why


def left_out(label: str, error: CscdashError) -> LeftOut:
    """The file as left out for an error that its reader raised."""
    why = error.why if isinstance(error, UnusableError) else Why.UNREADABLE
    return LeftOut(label, why, str(error))


class NothingBuiltError(CscdashError):
    """No file gave a value.

    Attributes
    ----------
    left_out : list of LeftOut
        The files, and why each was not used.
    """

    def __init__(self, words: str, left_out: Iterable[LeftOut]) -> None:
        super().__init__(words)
        self.left_out = list(left_out)
