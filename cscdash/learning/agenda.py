"""The course of a session: ready-made agendas, the steps for each indicator, their prompts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from cscdash.catalogue import Catalogue

Step = Literal[
    "predict", "reveal", "notice", "wonder", "could_be", "alongside", "voices", "now_what"
]
STEPS: tuple[Step, ...] = get_args(Step)
Cause = Literal["data", "definition", "demand", "practice", "context", "chance"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
MOST = 5  # indicators in a ready-made agenda

PRINCIPLES = (
    ("In context", "Who lives in a place, and what they live with, shapes these figures."),
    ("In the round", "No indicator means much alone: read several together, and other evidence."),
    (
        "Not about one child",
        "What is right for a child may go against an indicator. The child comes first.",
    ),
)
WHY_CAUSES: Mapping[Cause, str] = {
    "data": "Is the record whole? Did a form, a system or a deadline change?",
    "definition": "Do we count the same thing as others, and as we did before?",
    "demand": "Did more families come, or families with other needs?",
    "practice": "Do we do something in another way than others, or than before?",
    "context": "Poverty, housing, schools, health: what changed around families?",
    "chance": "Is the number so small that it moves on its own?",
}


@dataclass(frozen=True)
class Prompt:
    """What a step is called and asks; `plain` is for a conversation with families."""

    title: str
    ask: str
    plain: str


PROMPTS: Mapping[Step, Prompt] = {
    "predict": Prompt(
        "Predict",
        "Before we look: what do you think the latest figure is? Everyone, without talking.",
        "Before we look: have a guess. Nobody is marked on it.",
    ),
    "reveal": Prompt(
        "Reveal",
        "Here it is. Look in silence for a minute. How far was your guess, and why?",
        "Here it is. Take your time. Is it more or less than you thought?",
    ),
    "notice": Prompt(
        "Notice",
        "Facts only: what do we see? No reasons yet.",
        "What do you see? Just what is there, not why.",
    ),
    "wonder": Prompt(
        "Wonder",
        "What would we like to know? Start with “I wonder …”.",
        "What does it make you want to ask?",
    ),
    "could_be": Prompt(
        "Could it be …",
        "Collect several explanations before you weigh any. Which can we rule out?",
        "What might be behind it? Say all the reasons you can think of.",
    ),
    "alongside": Prompt(
        "Read alongside",
        "These belong beside it. Do they tell the same story?",
        "These figures go with it. Do they fit?",
    ),
    "voices": Prompt(
        "What do children, families and staff tell us?",
        "What have we heard, from whom, and who has not been asked?",
        "Does this fit what you have lived through? What is missing?",
    ),
    "now_what": Prompt(
        "Now what",
        "One question to follow up, who asks it, by when, and what would show us the answer.",
        "What should happen next, and how will you hear about it?",
    ),
}


@dataclass(frozen=True)
class Agenda:
    """A ready-made agenda.

    Attributes
    ----------
    id, title, what : str
        Its title, and one sentence on who it is for.
    indicators : tuple of str
        In the order of the conversation.
    minutes : int
        How long it usually takes.
    plain : bool
        Whether prompts are in the plainest words.
    """

    id: str
    title: str
    what: str
    indicators: tuple[str, ...]
    minutes: int = 45
    plain: bool = False


_ACROSS = (
    Agenda(
        "journey",
        "From the front door to leaving care",
        "Five points on the way of a child through the service, for a leadership team.",
        (
            "repeat_referrals",
            "section_47_rate",
            "looked_after_rate",
            "placements_three_or_more",
            "eet_19_21",
        ),
        60,
    ),
    Agenda(
        "depth",
        "One indicator in depth",
        "One figure, slowly: definition, who is in it, and what stands beside it.",
        ("repeat_referrals",),
        45,
    ),
    Agenda(
        "team",
        "A team meeting with its supervisor",
        "Three figures that a social work team sees the children behind.",
        ("repeat_referrals", "repeat_plans", "absence_cpp"),
        45,
    ),
    Agenda(
        "families",
        "A conversation with families",
        "Three figures in plain words, with parents, carers and young people in the room.",
        ("family_networks", "absence_cin", "placements_three_or_more"),
        60,
        True,
    ),
)


def agendas(catalogue: Catalogue) -> list[Agenda]:
    """The ready-made agendas: those across chapters, then one for each chapter.

    Parameters
    ----------
    catalogue : Catalogue
        A chapter's agenda holds its proposed indicators that have figures, at most five;
        an indicator that the catalogue does not have is left out of an agenda.
    """
    known = {i.id: i for i in catalogue.indicators if i.standing != "gap"}
    found = []
    for agenda in _ACROSS:
        ids = tuple(id for id in agenda.indicators if id in known)
        if ids:
            found.append(
                Agenda(agenda.id, agenda.title, agenda.what, ids, agenda.minutes, agenda.plain)
            )
    for chapter in catalogue.chapters:
        proposed = [
            i.id
            for i in chapter.indicators
            if i.id in known and i.listed_in == "consultation Annex B"
        ]
        others = [i.id for i in chapter.indicators if i.id in known and i.id not in proposed]
        ids = (*proposed[:MOST], *others[: max(0, 3 - len(proposed))])
        if ids:
            what = "The proposed indicators of this chapter, read together."
            title = f"{chapter.number}: {chapter.title}"
            found.append(Agenda(chapter.id, title, what, ids, 60))
    return found


def prompt(step: Step, plain: bool) -> str:
    """What a step asks."""
    return PROMPTS[step].plain if plain else PROMPTS[step].ask
