"""A pack about an area: chosen indicators of any chapter, as a document or as slides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cscdash.learning.agenda import PRINCIPLES
from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Table
from cscdash.learning.pack.contents import Exhibit
from cscdash.learning.pack.document import said_and_drawn
from cscdash.learning.pack.slides import Slide, deck
from cscdash.learning.pack.web_page import as_html
from cscdash.learning.pack.word import as_docx
from cscdash.learning.statement import INVENTED, NOT_FOR_JUDGING
from cscdash.periods import say_date

PackForm = Literal["docx", "pptx", "html"]


@dataclass(frozen=True)
class AreaPack:
    """What is known of an area on some indicators.

    Attributes
    ----------
    area : str
        As people say it.
    made : date
        When.
    exhibits : tuple of Exhibit
        In the order of the chapters.
    pictures : mapping of str to bytes
        PNG without title, by the exhibit's key.
    members : tuple of Table
        For a region: each indicator's latest value by authority, a table for some of them.
    invented : bool
        Whether the figures are demonstration data.
    """

    area: str
    made: date
    exhibits: tuple[Exhibit, ...]
    pictures: Mapping[str, bytes]
    members: tuple[Table, ...]
    invented: bool

    @property
    def title(self) -> str:
        """What the pack is called."""
        return f"{self.area}: children’s services in {len(self.exhibits)} indicators"


def area_pack_file(pack: AreaPack, form: PackForm) -> bytes:
    """The pack as a Word document, as slides, or as a web page that prints well."""
    match form:
        case "docx":
            return as_docx(list(_blocks(pack)), pack.title)
        case "html":
            return as_html(list(_blocks(pack)), pack.title)
        case "pptx":
            return deck(pack.title, list(_slides(pack)))


def _blocks(pack: AreaPack) -> Iterator[Block]:
    yield Heading(1, pack.title)
    yield Para(f"{say_date(pack.made)}. {NOT_FOR_JUDGING}", quiet=True)
    if pack.invented:
        yield Para(INVENTED, "Demonstration data")
    chapter = ""
    for one in pack.exhibits:
        if one.chapter != chapter:
            chapter = one.chapter
            yield Heading(2, chapter)
        yield Heading(3, one.title)
        yield from said_and_drawn(one, pack.pictures)
        if one.source:
            yield Para(one.source, quiet=True)
    if pack.members:
        yield Heading(2, "By authority")
        yield from pack.members
    yield Heading(2, "How to read these figures")
    yield Bullets([f"{title}: {text}" for title, text in PRINCIPLES])
    limits = [f"{one.title}: {one.caveats[0]}" for one in pack.exhibits if one.caveats]
    yield Bullets(limits)


def _slides(pack: AreaPack) -> Iterator[Slide]:
    opening = [("", f"{say_date(pack.made)}"), *PRINCIPLES, ("", NOT_FOR_JUDGING)]
    if pack.invented:
        opening.insert(1, ("Demonstration data", INVENTED))
    yield Slide(pack.title, text=opening)
    for one in pack.exhibits:
        yield Slide(
            f"{one.title}: {one.area}",
            finding=one.sentence,
            png=pack.pictures.get(one.key),
            alt=one.alt,
            source=one.source or (INVENTED if pack.invented else ""),
            notes=one.caveats,
        )
    for table in pack.members:
        yield Slide(f"{pack.area}: by authority", table=table)


def member_tables(
    head: str, names: Sequence[str], rows: Sequence[Sequence[str]], most: int = 5
) -> tuple[Table, ...]:
    """Values by authority in tables of a few columns each, so that they fit a page.

    Parameters
    ----------
    head : str
        What the first column holds.
    names : sequence of str
        The indicators.
    rows : sequence of sequence of str
        For each authority its name and a value for each indicator.
    most : int
        Indicators of a table.
    """
    return tuple(
        Table(
            ", ".join(names[start : start + most]),
            (head, *names[start : start + most]),
            [(row[0], *row[1 + start : 1 + start + most]) for row in rows],
        )
        for start in range(0, len(names), most)
    )
