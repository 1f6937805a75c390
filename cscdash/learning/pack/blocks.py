"""A document as plain blocks, before it becomes a Word file, a web page or Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph; line breaks in it are kept. `lead` stands before it in bold."""

    text: str
    lead: str = ""
    quiet: bool = False

    @property
    def opening(self) -> str:
        """The lead as it stands before the text: with a colon, unless it is a question."""
        return self.lead if self.lead.endswith("?") or not self.lead else f"{self.lead}:"


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table with a caption and one row of headings."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A picture (PNG), its name as a file, and its words for those who do not see it."""

    name: str
    png: bytes
    alt: str


Block = Heading | Para | Bullets | Table | Picture
