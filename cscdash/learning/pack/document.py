"""A pack as blocks: what each written form of the record says, in its order."""

from collections.abc import Iterator, Mapping

from cscdash.analysis.wording import listed
from cscdash.learning.agenda import PRINCIPLES
from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Picture, Table
from cscdash.learning.pack.contents import Exhibit, Pack
from cscdash.learning.session import KINDS, Entry, Looked
from cscdash.learning.statement import INVENTED, NOT_FOR_JUDGING
from cscdash.learning.typed_text import paragraphs
from cscdash.periods import say_date

ENTRY_HEAD = ("Kind", "What", "Who", "By when", "What would show it", "How sure")
NO_CHILD = "These notes hold no details of one child or family; please keep it so."


def compose(pack: Pack) -> list[Block]:
    """The record of a session, from its date to its statements."""
    return [
        *_opening(pack),
        *_earlier(pack),
        *(block for id in pack.session.discussed for block in _indicator(pack, id)),
        *_all_actions(pack),
        *_statements(pack),
    ]


def _opening(pack: Pack) -> Iterator[Block]:
    session = pack.session
    yield Heading(1, pack.title)
    yield Para(say_date(session.held), "Date")
    yield Para(listed(pack.areas), "Area")
    if session.people:
        yield Para(", ".join(session.people), "Who took part")
    if pack.invented:
        yield Para(INVENTED, "Demonstration data")
    elif pack.build:
        yield Para(pack.build, "Figures from build", quiet=True)
    yield Heading(2, "How to read these figures")
    yield Bullets([f"{title}: {text}" for title, text in PRINCIPLES])
    yield Para(NO_CHILD, quiet=True)


def _earlier(pack: Pack) -> Iterator[Block]:
    if not pack.session.earlier:
        return
    yield Heading(2, "From last time")
    yield Table(
        "What an earlier session wanted done, and what became of it",
        ("What", "Who", "By when", "Now", "Said"),
        [
            (one.entry.text, one.entry.owner, one.entry.by_when, one.state, one.said)
            for one in pack.session.earlier
        ],
    )


def _indicator(pack: Pack, id: str) -> Iterator[Block]:
    looked = pack.session.looked.get(id, Looked())
    exhibits = pack.of(id)
    yield Heading(2, exhibits[0].title if exhibits else id)
    if exhibits:
        yield Para(exhibits[0].chapter, quiet=True)
    else:
        yield Para("The figures in use do not hold this indicator.")
    for one in exhibits:
        yield from _exhibit(pack, one, len(exhibits) > 1)
        yield from _guesses(looked, one)
    if exhibits and exhibits[0].caveats:
        yield Heading(3, "How to read it, and what it cannot tell")
        yield Bullets(exhibits[0].caveats)
    yield from _notes(looked)


def said_and_drawn(one: Exhibit, pictures: Mapping[str, bytes]) -> Iterator[Block]:
    """What an exhibit says, whether others moved too, and its picture if there is one."""
    yield Para(one.sentence)
    if one.moved:
        yield Para(one.moved, "Did we move, or did everyone?")
    if one.key in pictures:
        yield Picture(f"{one.key}.png", pictures[one.key], one.alt)


def _exhibit(pack: Pack, one: Exhibit, several: bool) -> Iterator[Block]:
    if several:
        yield Heading(3, one.area)
    yield from said_and_drawn(one, pack.pictures)
    if len(one.table):
        yield Table(
            f"{one.title}, {one.area}",
            [str(name) for name in one.table.columns],
            [[str(cell) for cell in row] for row in one.table.itertuples(index=False)],
        )
    yield Para(one.source or (INVENTED if pack.invented else ""), quiet=True)


def _guesses(looked: Looked, one: Exhibit) -> Iterator[Block]:
    guesses = [guess for guess in looked.guesses if guess.area == one.code]
    if guesses:
        yield Table(
            f"What we thought before we looked ({one.area}: {one.value} in {one.period})",
            ("Who", "Guess"),
            [(guess.name or "no name", one.say(guess.value)) for guess in guesses],
        )


def _notes(looked: Looked) -> Iterator[Block]:
    if any((looked.notice, looked.wonder, looked.could_be, looked.causes, looked.said)):
        yield Heading(3, "What? So what? Now what?")
    for lead, text in (
        ("What we noticed", looked.notice),
        ("What we wonder", looked.wonder),
        (
            f"Could it be{f' ({listed(list(looked.causes))})' if looked.causes else ''}",
            looked.could_be or ("not written down" if looked.causes else ""),
        ),
        ("Read alongside", looked.alongside),
        ("What children, families and staff tell us", looked.voices),
    ):
        yield from _text(lead, text)
    if looked.said:
        yield Table("Now what", ENTRY_HEAD, [entry_row(entry) for entry in looked.said])
        for entry in looked.said:
            yield from _text("Other evidence", entry.links)


def entry_row(entry: Entry) -> tuple[str, ...]:
    """An entry as the cells of a table with the headings `ENTRY_HEAD`."""
    said = (entry.text, entry.owner, entry.by_when, entry.evidence, entry.confidence)
    return (KINDS[entry.kind], *said)


def _all_actions(pack: Pack) -> Iterator[Block]:
    titles = {one.indicator: one.title for one in pack.exhibits}
    rows = [
        (titles.get(id, id), *entry_row(entry)[:4])
        for id in pack.session.discussed
        for entry in pack.session.looked.get(id, Looked()).said
        if entry.kind in ("action", "question")
    ]
    if rows:
        yield Heading(2, "Actions and questions, together")
        yield Table("All actions and questions", ("Indicator", *ENTRY_HEAD[:4]), rows)


def _statements(pack: Pack) -> Iterator[Block]:
    for heading, text in (
        ("Written statement", pack.statement),
        ("For a self-assessment", pack.paragraph),
    ):
        yield Heading(2, heading)
        for part in paragraphs(text):
            yield Para(part)
    yield Para(NOT_FOR_JUDGING, quiet=True)


def _text(lead: str, text: str) -> Iterator[Block]:
    for at, part in enumerate(paragraphs(text)):
        yield Para(part, lead if at == 0 else "")
