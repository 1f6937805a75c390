"""What goes into a pack: the session, what was seen of each indicator, and the pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cscdash.charts.export import picture
from cscdash.learning.session import Session
from cscdash.learning.statement import Seen, self_assessment, written_statement


@dataclass(frozen=True)
class Exhibit:
    """An indicator of one area, as the group saw it.

    Attributes
    ----------
    indicator, area : str
        The id, and the name as people say it; `code` is the area's code.
    title, chapter : str
        Of the indicator, and where it stands.
    period : str
        The latest.
    value : str
        The latest value with its unit, or why there is none.
    sentence, moved : str
        What the figures say; whether others moved too.
    source : str
        Publisher, release and date of publication; empty for invented values.
    caveats : tuple of str
        What it cannot tell; breaks; letters that stand for a missing value.
    questions : tuple of str
        The prompts of the catalogue.
    table : DataFrame
        The numbers of the picture, a row for each period.
    spec, rows, alt
        The chart: a light template, what it draws, and its words. None without a chart.
    guessed : dict of str to str
        A guess's number in words, by its value as text.
    """

    indicator: str
    code: str
    area: str
    title: str
    chapter: str
    period: str
    value: str
    sentence: str
    moved: str = ""
    source: str = ""
    caveats: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    spec: dict[str, Any] | None = None
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    alt: str = ""
    say: Callable[[float], str] = str

    @property
    def key(self) -> str:
        """Tells it from the other exhibits of a pack."""
        return f"{self.indicator}-{self.code}"

    @property
    def seen(self) -> Seen:
        """Its facts, for a statement."""
        return Seen(self.indicator, self.area, self.title, self.sentence, self.source)


@dataclass(frozen=True)
class Pack:
    """Everything that the five forms of the record are made of.

    Attributes
    ----------
    session : Session
    exhibits : tuple of Exhibit
        In the order of the conversation.
    pictures : mapping of str to bytes
        PNG by the exhibit's key; each was drawn once.
    invented : bool
        Whether the figures are demonstration data.
    build : str
        Which build of the extracts they came from.
    """

    session: Session
    exhibits: tuple[Exhibit, ...]
    pictures: Mapping[str, bytes]
    invented: bool
    build: str = ""

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.session.title or "Learning session"

    @property
    def areas(self) -> list[str]:
        """The names of the areas."""
        return list(dict.fromkeys(one.area for one in self.exhibits))

    def of(self, indicator: str) -> list[Exhibit]:
        """The exhibits of one indicator, an area each."""
        return [one for one in self.exhibits if one.indicator == indicator]

    @property
    def statement(self) -> str:
        """As the group edited it, or as the template fills it."""
        seen = [one.seen for one in self.exhibits]
        return self.session.statement or written_statement(self.session, seen, self.invented)

    @property
    def paragraph(self) -> str:
        """As the group edited it, or as the template fills it."""
        seen = [one.seen for one in self.exhibits]
        return self.session.paragraph or self_assessment(self.session, seen, self.invented)


def draw(
    exhibits: Sequence[Exhibit], told: Callable[[int, int], None] = lambda done, of: None
) -> dict[str, bytes]:
    """Draw the picture of every exhibit that has a chart, once.

    Without title, finding and source: the slide or the document around it has them.

    Parameters
    ----------
    exhibits : sequence of Exhibit
    told : callable
        Called with how many are done, and of how many.

    Returns
    -------
    dict of str to bytes
        PNG by key.
    """
    drawn: dict[str, bytes] = {}
    for at, one in enumerate(exhibits):
        told(at, len(exhibits))
        if one.spec is not None and one.key not in drawn:
            drawn[one.key] = picture(one.spec, one.rows, shape="slide")
    told(len(exhibits), len(exhibits))
    return drawn
