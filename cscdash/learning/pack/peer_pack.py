"""The standing pack of a peer challenge: two or three areas, the same indicators, the same order.

It holds what the figures say of each area, the questions that the catalogue suggests, and room for
what the areas ask each other. It puts nobody before another: areas stand as they were chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cscdash.analysis.wording import listed
from cscdash.learning.agenda import PRINCIPLES
from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Table
from cscdash.learning.pack.contents import Exhibit
from cscdash.learning.pack.document import NO_CHILD, said_and_drawn
from cscdash.learning.pack.slides import Slide, deck
from cscdash.learning.pack.word import as_docx
from cscdash.learning.statement import INVENTED, NOT_FOR_JUDGING
from cscdash.periods import say_date

PeerForm = Literal["docx", "pptx"]
_ASKED = ("What we know that the figures do not show", "What we would like to be asked")
_AFTER = ("What we heard", "What we take home", "Who, and by when")


@dataclass(frozen=True)
class PeerPack:
    """What is known of a few areas on the same indicators.

    Attributes
    ----------
    areas : tuple of str
        As people say them, in the order in which they were chosen.
    made : date
        When.
    exhibits : tuple of Exhibit
        By indicator, and in each by area, in the order of `areas`.
    pictures : mapping of str to bytes
        PNG without title, by the exhibit's key.
    values : tuple of Table
        The latest value of each indicator, by area.
    invented : bool
        Whether the figures are demonstration data.
    """

    areas: tuple[str, ...]
    made: date
    exhibits: tuple[Exhibit, ...]
    pictures: Mapping[str, bytes]
    values: tuple[Table, ...]
    invented: bool

    @property
    def title(self) -> str:
        """What the pack is called."""
        return f"Peer challenge: {listed(list(self.areas))}"

    def by_indicator(self) -> Iterator[list[Exhibit]]:
        """The exhibits of each indicator, an area each."""
        for id in dict.fromkeys(one.indicator for one in self.exhibits):
            yield [one for one in self.exhibits if one.indicator == id]


def peer_pack_file(pack: PeerPack, form: PeerForm) -> bytes:
    """The pack as a Word document or as slides."""
    if form == "docx":
        return as_docx(list(_blocks(pack)), pack.title)
    return deck(pack.title, list(_slides(pack)))


def _blocks(pack: PeerPack) -> Iterator[Block]:
    yield Heading(1, pack.title)
    yield Para(f"{say_date(pack.made)}. {NOT_FOR_JUDGING}", quiet=True)
    if pack.invented:
        yield Para(INVENTED, "Demonstration data")
    yield Heading(2, "How to read these figures")
    yield Bullets([f"{title}: {text}" for title, text in PRINCIPLES])
    yield Heading(2, "Side by side")
    yield from pack.values
    for several in pack.by_indicator():
        yield Heading(2, several[0].title)
        yield Para(several[0].chapter, quiet=True)
        for one in several:
            yield Heading(3, one.area)
            yield from said_and_drawn(one, pack.pictures)
        sources = list(dict.fromkeys(one.source for one in several if one.source))
        yield Para(" ".join(sources), quiet=True)
        if several[0].caveats:
            yield Para(several[0].caveats[0], "What it cannot tell")
        if several[0].questions:
            yield Heading(3, "Questions to talk about")
            yield Bullets(several[0].questions)
        yield Table("To be filled in before we meet", ("Area", *_ASKED), _empty(pack.areas, 2))
    yield Heading(2, "After we met")
    yield Table("What each area takes home", ("Area", *_AFTER), _empty(pack.areas, 3))
    yield Para(NO_CHILD, quiet=True)


def _slides(pack: PeerPack) -> Iterator[Slide]:
    opening = [("", say_date(pack.made)), *PRINCIPLES, ("", NOT_FOR_JUDGING)]
    if pack.invented:
        opening.insert(1, ("Demonstration data", INVENTED))
    yield Slide(pack.title, text=opening)
    for table in pack.values:
        yield Slide("Side by side", table=table)
    for several in pack.by_indicator():
        for one in several:
            yield Slide(
                f"{one.title}: {one.area}",
                finding=one.sentence,
                png=pack.pictures.get(one.key),
                alt=one.alt,
                source=one.source or (INVENTED if pack.invented else ""),
                notes=one.caveats,
            )
        if several[0].questions:
            asked = [("", question) for question in several[0].questions]
            yield Slide(f"{several[0].title}: questions", text=asked)
    table = Table("What each area takes home", ("Area", *_AFTER), _empty(pack.areas, 3))
    yield Slide("After we met", table=table)


def _empty(areas: Sequence[str], columns: int) -> list[tuple[str, ...]]:
    return [(area, *[""] * columns) for area in areas]
