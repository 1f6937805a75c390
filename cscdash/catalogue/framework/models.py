"""What may stand in the files of the framework's texts, and what must."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from cscdash.catalogue.declared import Declared

DocumentId = Literal["consultation", "response", "added"]
Part = Literal["leaders", "practitioners", "listening"]
Use = Literal["reading", "permitted", "not intended", "caution"]
Listing = Literal["promised", "annex c", "suggested"]
CHAPTERS = ("outcome_1", "outcome_2", "outcome_3", "outcome_4", "enabler_1", "enabler_2")


def _split(value: object, by: str = " ") -> object:
    if isinstance(value, str):
        return tuple(part for part in value.split(by) if part)
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Phrases = Annotated[tuple[str, ...], BeforeValidator(lambda value: _split(value, ";"))]


class Expectation(Declared):
    """What the consultation draft asks of leaders or practitioners, or how people are heard.

    Attributes
    ----------
    heading : str
        The sub-heading it stands under, or nothing.
    page, line : int
        Where it stands: the printed page, and the line of the document's text.
    words : tuple of str
        Further words to find it by.
    future : tuple of str
        Ids of promised indicators that would bear on it.
    same_as, akin : str
        An earlier expectation with the same text, or one that is close to it.
    """

    id: Annotated[str, Field(pattern=r"^[OE]\d-[LPV]-\d\d$")]
    chapter: str
    part: Part
    heading: str = ""
    page: int
    line: int
    text: str
    topics: Words = ()
    groups: Words = ()
    agencies: Words = ()
    words: Words = ()
    future: Words = ()
    same_as: str = ""
    akin: str = ""


class Term(Declared):
    """A term and its meaning; `also` holds its other names and forms."""

    term: str
    also: Phrases = ()
    text: str
    document: DocumentId
    line: int


class Synonym(Declared):
    """What people say, and the words and phrases by which the texts mean it."""

    said: str
    meant: Phrases


class Promise(Declared):
    """What people asked in the consultation, and what the response promises."""

    id: str
    chapter: str
    asked: str
    promised: str
    asked_line: int
    promised_line: int


class Entry(Declared):
    """A measure of the register: promised, considered, or suggested.

    Attributes
    ----------
    title : str
        As printed; of promised ones, in our own words.
    needs, holder : str
        Codes: what it would need before it could be shown, and who holds what it needs.
    close : tuple of str
        What shows something close: ``indicator``, ``indicator/breakdown`` (spaces as ``_``),
        ``context/measure`` or ``page/name``.
    """

    id: str
    listing: Listing
    chapter: str
    theme: str = ""
    title: str
    document: DocumentId
    line: int
    needs: str
    holder: str
    close: Words = ()


class Document(Declared):
    """One of the two documents, or what we added."""

    id: DocumentId
    title: str
    date: str
    short: str
    page: str


class Statement(Declared):
    """A principle, a service, a long-term outcome, or one way to use the figures or not to.

    `bears` names the indicators that bear on a long-term outcome, in our own view.
    """

    id: str
    title: str
    text: str
    line: int
    page: int = 0  # the response has no page numbers in its text
    document: DocumentId = "consultation"
    kind: Use | None = None
    bears: tuple[str, ...] = ()


class Purpose(Declared):
    """Why children's social care exists."""

    page: int
    line: int
    text: str


class Status(Declared):
    """One thing to know about the texts, with a link if there is one."""

    text: str
    link: str = ""
    label: str = ""


class NumberedElsewhere(Declared):
    """A chapter that others number otherwise."""

    chapter: str
    elsewhere: str


class NotHere(Declared):
    """What others number and the consultation draft does not have."""

    title: str
    elsewhere: str


class Numbering(Declared):
    """How the chapters are numbered here and elsewhere, and on whose word."""

    here: str
    elsewhere: str
    source: str
    checked: str
    chapter: tuple[NumberedElsewhere, ...]
    without: tuple[NotHere, ...] = ()

    def of(self, chapter: str) -> str:
        """What a chapter is called elsewhere; empty where it is the same."""
        return next((one.elsewhere for one in self.chapter if one.chapter == chapter), "")


class Credit(Declared):
    """Whose work this rests on."""

    who: str
    what: str
    title: str = ""
    link: str = ""


class Guidance(Declared):
    """Guidance that the documents name; `chapters` is ``all`` where it goes with every one."""

    chapters: tuple[str, ...]
    title: str
    kind: str
    what: str
    named: str
    line: int
    link: str = ""


class Choice(Declared):
    """Something to choose by: its code in addresses, and its name.

    Roles (*I am a …*) also say which parts they show, and whether an agency must be needed.
    """

    code: str
    name: str
    short: str = ""
    parts: tuple[Part, ...] = ()
    agency: bool = False
    note: str = ""


class Plain(Declared):
    """A page for reading with families: `says` has places for number, place and period."""

    chapter: str
    title: str
    about: str
    indicator: str
    of: int
    counted: str
    says: str
    shows: str
    hides: str
    questions: tuple[str, ...]


class Framework(Declared):
    """All texts of the framework, checked as a whole."""

    purpose: Purpose
    documents: tuple[Document, ...]
    status: tuple[Status, ...]
    numbering: Numbering
    principles: tuple[Statement, ...]
    services: tuple[Statement, ...]
    long_term: tuple[Statement, ...]
    uses: tuple[Statement, ...]
    credits: tuple[Credit, ...]
    expectations: tuple[Expectation, ...]
    terms: tuple[Term, ...]
    synonyms: tuple[Synonym, ...]
    promises: tuple[Promise, ...]
    register_: tuple[Entry, ...]
    guidance: tuple[Guidance, ...]
    plain: tuple[Plain, ...]
    parts: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    needs: tuple[Choice, ...]
    holders: tuple[Choice, ...]

    def expectation(self, id: str) -> Expectation:
        """The expectation with this id; KeyError if there is none."""
        return self._expectations[id]

    def entry(self, id: str) -> Entry:
        """The entry of the register with this id; KeyError if there is none."""
        return self._entries[id]

    @cached_property
    def _expectations(self) -> dict[str, Expectation]:
        return {one.id: one for one in self.expectations}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {one.id: one for one in self.register_}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [one.id for one in self.expectations]
        entries = {one.id for one in self.register_}
        names = [*ids, *(one.id for one in self.promises), *(one.id for one in self.register_)]
        doubled = {id for id in names if names.count(id) > 1}
        if doubled:
            raise ValueError(f"declared twice: {', '.join(sorted(doubled))}")
        for one in self.expectations:
            known = (
                ("chapter", (one.chapter,), CHAPTERS),
                ("topic", one.topics, _codes(self.topics)),
                ("group", one.groups, _codes(self.groups)),
                ("agency", one.agencies, _codes(self.agencies)),
                ("future indicator", one.future, entries),
                ("expectation", tuple(filter(None, (one.same_as, one.akin))), ids),
            )
            for what, used, there in known:
                for code in used:
                    if code not in there:
                        raise ValueError(f"{one.id}: unknown {what} ‘{code}’")
        for numbered in self.numbering.chapter:
            if numbered.chapter not in CHAPTERS:
                raise ValueError(f"numbering: unknown chapter ‘{numbered.chapter}’")
        for entry in self.register_:
            if entry.needs not in _codes(self.needs) or entry.holder not in _codes(self.holders):
                raise ValueError(f"{entry.id}: unknown need or holder")
        return self


def _codes(choices: tuple[Choice, ...]) -> set[str]:
    return {choice.code for choice in choices}
