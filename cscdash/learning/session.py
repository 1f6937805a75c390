"""A session as it is saved: set-up, guesses, notes, actions, statements; to JSON and back."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    StringConstraints,
    ValidationError,
)

from cscdash.errors import CscdashError
from cscdash.learning.agenda import Cause
from cscdash.learning.typed_text import LINE, LONGEST, clean, one_line
from cscdash.reading import VISITOR, read_json

FORMAT: Literal["cscdash learning session"] = "cscdash learning session"
VERSION: Literal[1] = 1
LARGEST = 8_000_000  # bytes of a file

Kind = Literal["insight", "question", "action", "system blocker", "practice guide idea"]
KINDS: dict[Kind, str] = {
    "insight": "Insight",
    "question": "Question",
    "action": "Action",
    "system blocker": "System blocker",
    "practice guide idea": "Idea for a practice guide",
}
Confidence = Literal["", "a hunch", "fairly sure", "sure"]
State = Literal["not said", "done", "under way", "not yet", "dropped"]


def _text(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=LONGEST)]
Line = Annotated[str, BeforeValidator(_line), Field(max_length=LINE)]


def _in_a_zone(moment: datetime) -> datetime:
    """A time without a zone, as another program may have written it, counts as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(_in_a_zone)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{3,9}$")]


class Kept(BaseModel):
    """Part of a session: assignments are validated, and an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Guess(Kept):
    """What somebody thought before looking, in the indicator's unit."""

    value: FiniteFloat
    area: Code
    name: Line = ""


class Entry(Kept):
    """An outcome of the conversation: an insight, a question, an action, a blocker, an idea."""

    kind: Kind = "action"
    text: Text = ""
    owner: Line = ""
    by_when: Line = ""
    evidence: Text = ""  # what would show the answer
    links: Text = ""  # other evidence
    confidence: Confidence = ""


class Looked(Kept):
    """What was guessed and noted on one indicator."""

    guesses: Annotated[list[Guess], Field(max_length=400)] = []
    notice: Text = ""
    wonder: Text = ""
    causes: Annotated[list[Cause], Field(max_length=6)] = []
    could_be: Text = ""
    alongside: Text = ""
    voices: Text = ""
    entries: Annotated[list[Entry], Field(max_length=200)] = []

    @property
    def empty(self) -> bool:
        """Whether nothing was guessed or noted."""
        texts = (self.notice, self.wonder, self.could_be, self.alongside, self.voices)
        return not (self.guesses or self.causes or any(texts) or self.said)

    @property
    def said(self) -> list[Entry]:
        """The entries that say something."""
        return [entry for entry in self.entries if entry.text]


class Earlier(Kept):
    """An entry of an earlier session, and what became of it."""

    indicator: Slug
    held: date
    entry: Entry
    state: State = "not said"
    said: Text = ""


class Session(Kept):
    """One session of a group.

    Attributes
    ----------
    areas, group : list of str
        The areas discussed, and the group's own comparison group if it has one.
    indicators : list of str
        In the order of the conversation; ids of the catalogue.
    names : bool
        Whether other authorities are shown by name.
    at : int
        The current screen.
    looked : dict
        Guesses and notes by indicator.
    earlier : list of Earlier
        What an earlier session wanted done.
    statement, paragraph : str
        As edited by the group; empty until then.
    """

    format: Literal["cscdash learning session"] = FORMAT
    version: Literal[1] = VERSION
    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] = Field(
        default_factory=lambda: uuid4().hex
    )
    title: Line = ""
    held: date
    started: Moment | None = None
    minutes: Annotated[int, Field(ge=5, le=480)] = 45
    people: Annotated[list[Line], Field(max_length=200)] = []
    areas: Annotated[list[Code], Field(min_length=1, max_length=20)]
    group: Annotated[list[Code], Field(max_length=40)] = []
    agenda: Line = ""
    indicators: Annotated[list[Slug], Field(min_length=1, max_length=12)]
    names: bool = False
    plain: bool = False
    at: Annotated[int, Field(ge=0, le=1000)] = 0
    looked: Annotated[dict[Slug, Looked], Field(max_length=60)] = {}
    earlier: Annotated[list[Earlier], Field(max_length=500)] = []
    statement: Text = ""
    paragraph: Text = ""

    def on(self, indicator: str) -> Looked:
        """Guesses and notes on an indicator; made if there are none yet."""
        if indicator not in self.looked:
            self.looked[indicator] = Looked()
        return self.looked[indicator]

    @property
    def discussed(self) -> list[str]:
        """The indicators of the agenda, then any others with notes."""
        noted = [id for id, looked in self.looked.items() if not looked.empty]
        return list(dict.fromkeys([*self.indicators, *noted]))


def write(session: Session) -> str:
    """The session as JSON, readable by people too."""
    return session.model_dump_json(indent=1)


class _Head(BaseModel):
    format: str
    version: int


def read(content: bytes | str) -> Session:
    """Read a session from a file or from the browser.

    Raises
    ------
    CscdashError
        In one sentence, whatever the content: too large, no session, of a later version, or
        with a field that does not fit.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if len(data) > LARGEST:
        raise CscdashError("This file is too large to be a learning session.")
    try:
        data = read_json(data, "This file", VISITOR)
    except CscdashError:
        raise CscdashError("This file is not a learning session that was saved here.") from None
    try:
        head = _Head.model_validate_json(data)
    except ValidationError:
        head = _Head(format="", version=0)
    if head.format != FORMAT:
        raise CscdashError("This file is not a learning session that was saved here.")
    if head.version != VERSION:
        raise CscdashError(
            f"This session was saved in version {head.version} of the format; this app reads"
            f" version {VERSION}. Open it with the app that saved it, or a newer one."
        )
    try:
        return Session.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = one_line(".".join(str(part) for part in first["loc"]))[:120] or "its content"
        raise CscdashError(
            f"This session cannot be opened: {where} does not fit ({first['msg'][:120]})."
        ) from None


def follow_up(session: Session, today: date) -> Session:
    """The next session of the same group: same set-up, with what the last one wanted done.

    Insights stay in the old file; questions, actions, blockers and ideas come along, and what
    was still open from before.
    """
    still = [one for one in session.earlier if one.state not in ("done", "dropped")]
    new = [
        Earlier(indicator=id, held=session.held, entry=entry)
        for id in session.discussed
        if id in session.looked
        for entry in session.looked[id].said
        if entry.kind != "insight"
    ]
    return Session(
        title=session.title,
        held=today,
        minutes=session.minutes,
        people=list(session.people),
        areas=list(session.areas),
        group=list(session.group),
        agenda=session.agenda,
        indicators=list(session.indicators),
        names=session.names,
        plain=session.plain,
        earlier=[*new, *still][:500],
    )
