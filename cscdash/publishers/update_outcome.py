"""What an update is to do, and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from cscdash.extracts import Store
from cscdash.publishers.retries import Patience
from cscdash.publishers.visit import Item


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
    new : list of str
        Files that are new in the build.
    offered : list of Item
        For a dry run: what would be downloaded.
    unchanged : list of str
        Publications with nothing new.
    failed : list of str
        What a publisher did not give, and why.
    refused : list of str
        New files that were left out of the build, and why.
    notes : list of str
        What a person should know.
    store : Store or None
        The store's current build.
    built : bool
        Whether it was built now.
    requests : list of str
        The addresses that were asked.
    """

    new: list[str] = field(default_factory=list)
    offered: list[Item] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    store: Store | None = None
    built: bool = False
    requests: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every publisher gave what it has, and all of it holds."""
        return not self.failed and not self.refused
