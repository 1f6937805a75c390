"""A digest of several session files: blockers, ideas, questions, by kind and chapter.

It never names people. Names of authorities are removed on request.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cscdash.analysis.wording import listed
from cscdash.catalogue import Catalogue
from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Table
from cscdash.learning.session import Kind, Session
from cscdash.periods import say_date
from cscdash.places import Places

SOMEWHERE = "[an authority]"
_ORDER: tuple[Kind, ...] = (
    "system blocker",
    "practice guide idea",
    "question",
    "insight",
    "action",
)
_MANY: Mapping[Kind, str] = {
    "system blocker": "System blockers",
    "practice guide idea": "Ideas for practice guides",
    "question": "Questions",
    "insight": "Insights",
    "action": "Actions",
}
_LEADS: Mapping[Kind, str] = {
    "system blocker": "What stands in the way of several, beyond any one of them",
    "practice guide idea": "What practice guides could take up",
    "question": "What groups do not know yet",
    "insight": "What groups think they have learned",
    "action": "What groups are doing",
}


@dataclass(frozen=True)
class Said:
    """One entry of one session."""

    kind: Kind
    chapter: str
    indicator: str
    text: str
    evidence: str
    areas: str
    held: date


@dataclass(frozen=True)
class Digest:
    """Everything said in several sessions.

    Attributes
    ----------
    said : tuple of Said
        By kind, then chapter, then indicator, then date.
    sessions : int
        How many there were; a file given twice counts once, as last saved.
    named : bool
        Whether authorities are named.
    """

    said: tuple[Said, ...]
    sessions: int
    first: date
    last: date
    areas: tuple[str, ...]
    named: bool
    indicators: Mapping[str, int]


def digest(
    sessions: Sequence[Session], catalogue: Catalogue, places: Places, named: bool
) -> Digest | None:
    """Bring sessions together.

    Parameters
    ----------
    sessions : sequence of Session
        Of two with the same id the later one in the sequence counts.
    named : bool
        Whether authorities are named. If not, their names are also removed from what was
        written, as far as they can be recognised.

    Returns
    -------
    Digest or None
        None if there are no sessions.
    """
    once = list({session.id: session for session in sessions}.values())
    if not once:
        return None
    chapters = {chapter.id: at for at, chapter in enumerate(catalogue.chapters)}
    known = {indicator.id: indicator for indicator in catalogue.indicators}
    hide = (lambda text: text) if named else _without(places)
    found: list[tuple[tuple[int, int, str, date], Said]] = []
    counts: dict[str, int] = {}
    for session in once:
        names = listed([_name(places, code) for code in session.areas]) if named else ""
        for id in session.discussed:
            indicator = known.get(id)
            title = indicator.title if indicator else id
            counts[title] = counts.get(title, 0) + 1
            chapter = catalogue.chapter(indicator.chapter) if indicator else None
            place = chapters.get(chapter.id, 99) if chapter else 99
            label = f"{chapter.number}: {chapter.title}" if chapter else "Not in this catalogue"
            for entry in session.looked[id].said if id in session.looked else []:
                said = Said(
                    entry.kind,
                    label,
                    title,
                    hide(entry.text),
                    hide(entry.evidence),
                    names,
                    session.held,
                )
                found.append(((_ORDER.index(entry.kind), place, title, session.held), said))
    days = [session.held for session in once]
    areas = sorted({_name(places, code) for s in once for code in s.areas}) if named else []
    ordered = tuple(said for _, said in sorted(found, key=lambda pair: pair[0]))
    return Digest(ordered, len(once), min(days), max(days), tuple(areas), named, counts)


def _name(places: Places, code: str) -> str:
    return places.areas[code].short if code in places.areas else code


def _without(places: Places) -> "_Hide":
    return _Hide(
        {name for area in (*places.authorities, *places.abolished) for name in (area.short,
         area.name, *area.also) if len(name) > 2}
    )  # fmt: skip


class _Hide:
    """Removes the names of authorities from texts, longest first."""

    def __init__(self, names: set[str]) -> None:
        either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._names = re.compile(rf"(?<!\w)(?:{either})(?!\w)")

    def __call__(self, text: str) -> str:
        """The text with `SOMEWHERE` in place of names."""
        return self._names.sub(SOMEWHERE, text)


def as_blocks(found: Digest) -> list[Block]:
    """The digest as a document: by kind, and within a kind by chapter."""
    span = say_date(found.first)
    if found.last != found.first:
        span = f"{span} to {say_date(found.last)}"
    count = f"{found.sessions} {'session' if found.sessions == 1 else 'sessions'}"
    who = f" of {listed(list(found.areas))}" if found.named else ", areas not named"
    blocks: list[Block] = [
        Heading(1, "Digest of learning sessions"),
        Para(f"{count}{who}; {span}."),
        Para(
            "Everything here was said by a group about its own practice. Nothing is added up into"
            " a verdict on anyone, and how often something was said is no measure of its weight.",
            quiet=True,
        ),
    ]
    for kind in _ORDER:
        of = [said for said in found.said if said.kind == kind]
        if of:
            blocks += [Heading(2, f"{_MANY[kind]}: {len(of)}"), Para(_LEADS[kind])]
            blocks += _chapters(of, found.named)
    if not found.said:
        blocks.append(Para("No entries were kept in these sessions."))
    blocks += [
        Heading(2, "What was looked at"),
        Bullets(
            [
                f"{title}: {times} {'session' if times == 1 else 'sessions'}"
                for title, times in sorted(found.indicators.items())
            ]
        ),
    ]
    return blocks


def _chapters(of: Sequence[Said], named: bool) -> Iterator[Block]:
    for chapter in dict.fromkeys(said.chapter for said in of):
        head = ("Indicator", "What", "What would show it", *(["Area"] if named else []), "Month")
        rows = [
            (
                said.indicator,
                said.text,
                said.evidence,
                *([said.areas] if named else []),
                f"{said.held:%B %Y}",
            )
            for said in of
            if said.chapter == chapter
        ]
        yield Table(chapter, head, rows)
