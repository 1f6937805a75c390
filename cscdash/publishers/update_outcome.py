"""What an update is to do, and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from cscdash.extracts import Store
from cscdash.publishers.retries import Patience
from cscdash.publishers.visit import Failure, Item


@dataclass(frozen=True)
class Options:
    """What an update is to do.

    Attributes
    ----------
    to, cache : Path
        The store, and where published files are kept.
    since : int, optional
        Older releases, from this year on, are wanted too.
    only : tuple of str
        Publications to ask; all if empty.
    offline : bool
        Ask nobody; build from what is here.
    dry_run : bool
        Ask, and only say what would be downloaded.
    wait : float
        Seconds to wait for another update.
    patience, mirror
        See `Web`.
    """

    to: Path
    cache: Path
    since: int | None = None
    only: tuple[str, ...] = ()
    offline: bool = False
    dry_run: bool = False
    wait: float = 900.0
    patience: Patience = field(default_factory=Patience)
    mirror: str | None = None


@dataclass
class Outcome:
    """What came of an update.

    Attributes
    ----------
    cache : Path
        Where published files are kept.
    asked : list of str
        Publications that were to be asked.
    had : set of str
        Publications of which something was here before.
    new : list of str
        Files that are new in the build.
    offered : list of Item
        For a dry run: what would be downloaded.
    unchanged : list of str
        Publications with nothing new.
    failures : list of Failure
        What publishers did not give.
    lacking : list of str
        Needed files that a release lacks; they are asked for again.
    damaged : list of str
        Files that are not as they were published, and could not be fetched again.
    refused : list of str
        New files that were left out of the build, and why.
    refused_before : list of str
        Paths of files that an earlier update left out, which were not fetched again.
    lost : list of str
        Extracts that are gone or smaller than before, and why.
    notes : list of str
        What a person should know.
    store : Store or None
        The store's current build.
    built : bool
        Whether it was built now.
    requests : list of str
        The addresses that were asked.
    """

    cache: Path = field(default_factory=Path)
    asked: list[str] = field(default_factory=list)
    had: set[str] = field(default_factory=set)
    new: list[str] = field(default_factory=list)
    offered: list[Item] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_before: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    store: Store | None = None
    built: bool = False
    requests: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether everything came that we need, and all of it is in the build."""
        return not (
            self.failures
            or self.lacking
            or self.damaged
            or self.refused
            or self.refused_before
            or self.lost
        )

    @property
    def unreachable(self) -> bool:
        """Whether there was no way to any of the publishers."""
        failed = {failure.publication for failure in self.failures}
        return (
            bool(self.failures)
            and failed >= set(self.asked)
            and all(failure.kind in ("unreached", "proxy", "silent") for failure in self.failures)
        )

    @property
    def code(self) -> int:
        """The exit code: 0 done, 1 done in part, 2 nothing done."""
        if self.complete:
            return 0
        return 2 if self.unreachable and not self.built else 1
