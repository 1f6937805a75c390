"""What the reader lists: expectations and promises, with their place and reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import Expectation, framework

CONSULTATION = (
    "Department for Education (February 2023), Children's Social Care National Framework and"
    " Dashboard, consultation"
)
RESPONSE = (
    "Department for Education (September 2023), Children's Social Care National Framework and"
    " Dashboard, government response"
)
PAIRING = (
    "The response lists what people said and what it will do; which promise answers which request"
    " is our reading."
)
SECTIONS = {
    "use": "making use of the framework",
    "expectations": "expectations for practice",
    "multi-agency": "multi-agency working",
    "dashboard": "the Dashboard",
    "enablers": "Enablers 1 and 2",
}


@dataclass(frozen=True)
class Item:
    """One thing the reader lists.

    Attributes
    ----------
    id : str
        Its permanent identifier, used in addresses.
    kind : str
        ``expectation`` or ``promise`` (*you said, we will*).
    text, asked : str
        The summary; for a promise, what was promised and what had been asked for.
    chapter, part, heading : str
        Where it belongs; a promise may belong to no chapter, and has no part.
    document : str
        ``consultation`` or ``response``.
    page, line : int
        The printed page (0 where the text has none) and the line of the document's text.
    root : str
        The id of the first item with the same text; its own if it is the first.
    """

    id: str
    kind: Literal["expectation", "promise"]
    text: str
    asked: str
    chapter: str
    part: str
    heading: str
    document: str
    page: int
    line: int
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    agencies: tuple[str, ...]
    words: tuple[str, ...]
    root: str


@cache
def items() -> dict[str, Item]:
    """All items by id: the expectations in the order of the draft, then the promises."""
    texts = framework()
    found = [_expectation(one) for one in texts.expectations]
    for promise in texts.promises:
        found.append(
            Item(
                id=promise.id,
                kind="promise",
                text=promise.promised,
                asked=promise.asked,
                chapter=promise.chapter,
                part="",
                heading="",
                document="response",
                page=0,
                line=promise.promised_line,
                topics=(),
                groups=(),
                agencies=(),
                words=(),
                root=promise.id,
            )
        )
    return {one.id: one for one in found}


def _expectation(one: Expectation) -> Item:
    return Item(
        id=one.id,
        kind="expectation",
        text=one.text,
        asked="",
        chapter=one.chapter,
        part=one.part,
        heading=one.heading,
        document="consultation",
        page=one.page,
        line=one.line,
        topics=one.topics,
        groups=one.groups,
        agencies=one.agencies,
        words=one.words,
        root=one.same_as or one.id,
    )


def chapter_name(id: str) -> str:
    """A chapter's number, or the section of the response: ``Outcome 1``, ``the Dashboard``."""
    if id in SECTIONS:
        return SECTIONS[id]
    return {chapter.id: chapter.number for chapter in catalogue().chapters}.get(id, id)


def place(item: Item) -> str:
    """Where an item is found: ``Outcome 3, leaders, harm outside the home, p. 35``."""
    if item.kind == "promise":
        return f"Response, “you said, we will”: {chapter_name(item.chapter)}"
    parts = [chapter_name(item.chapter), item.part, item.heading, f"p. {item.page}"]
    return ", ".join(part for part in parts if part)


def reference(item: Item) -> str:
    """How to cite an item: document, place and our id for the summary."""
    if item.kind == "promise":
        where = f"“You said, we will”: {chapter_name(item.chapter)}"
        return f"{RESPONSE}, {where}. Summary in own words, cscdash {item.id}."
    return f"{CONSULTATION}, {place(item)}. Summary in own words, cscdash {item.id}."


def twins(item: Item) -> list[Item]:
    """The other items with the same text, in the order of the draft."""
    return [one for one in items().values() if one.root == item.root and one.id != item.id]


@dataclass(frozen=True)
class Folded:
    """An item, and the other listed items with the same text."""

    item: Item
    also: tuple[Item, ...]


def fold(listed: Sequence[Item]) -> list[Folded]:
    """Fold items with the same text into one, at the position of the first."""
    groups: dict[str, list[Item]] = {}
    for one in listed:
        groups.setdefault(one.root, []).append(one)
    return [Folded(group[0], tuple(group[1:])) for group in groups.values()]
