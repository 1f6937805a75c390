"""A written statement and a paragraph for a self-assessment, from what was seen and noted.

Templates with the facts filled in: nothing is added that is not in the figures or the notes, and
what nobody noted is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cscdash.analysis.wording import listed
from cscdash.learning.session import Looked, Session
from cscdash.periods import say_date

NOT_FOR_JUDGING = "These figures are for learning: there are no targets, and nothing here judges."
INVENTED = "The figures are invented demonstration data and say nothing about a real place."


@dataclass(frozen=True)
class Seen:
    """What was seen of one indicator in one area: the facts that a statement may use."""

    indicator: str
    area: str
    title: str
    sentence: str
    source: str


def written_statement(session: Session, seen: Sequence[Seen], invented: bool) -> str:
    """The session in plain paragraphs.

    Parameters
    ----------
    session : Session
        What was noted.
    seen : sequence of Seen
        What was looked at, in the order of the conversation.
    invented : bool
        Whether the figures are demonstration data.

    Returns
    -------
    str
        Paragraphs with an empty line between them.
    """
    areas = listed(list(dict.fromkeys(one.area for one in seen)))
    titles = listed([f"“{title}”" for title in dict.fromkeys(one.title for one in seen)])
    start = f"On {say_date(session.held)} we looked at {titles or 'no figures'}"
    opening = f"{start} for {areas}." if areas else f"{start}."
    parts = [opening, INVENTED if invented else ""]
    for indicator in dict.fromkeys(one.indicator for one in seen):
        of = [one for one in seen if one.indicator == indicator]
        parts.append(_paragraph(of, session.looked.get(indicator, Looked())))
    return "\n\n".join([*filter(None, parts), NOT_FOR_JUDGING])


def _paragraph(seen: Sequence[Seen], looked: Looked) -> str:
    """What is known of one indicator, what we think, what we do not know, what we will do."""
    said = [f"{seen[0].title}.", *(one.sentence for one in seen)]
    said += dict.fromkeys(one.source for one in seen if one.source)
    for lead, words in (
        ("We noticed:", looked.notice),
        ("We wonder:", looked.wonder),
        (f"It could be ({listed(list(looked.causes))}):", looked.could_be)
        if looked.causes
        else ("It could be:", looked.could_be),
        ("Read beside other figures:", looked.alongside),
        ("Children, families and staff tell us:", looked.voices),
    ):
        if words:
            said.append(f"{lead} {_ended(words)}")
    if looked.causes and not looked.could_be:
        said.append(f"It could have to do with {listed(list(looked.causes))}.")
    said += _entries(looked)
    return " ".join(said)


def _entries(looked: Looked) -> list[str]:
    said = []
    leads: Mapping[str, str] = {
        "insight": "We think:",
        "question": "We do not know yet:",
        "action": "We will:",
        "system blocker": "What stands in the way, beyond us:",
        "practice guide idea": "An idea for a practice guide:",
    }
    for kind, lead in leads.items():
        for entry in looked.said:
            if entry.kind != kind:
                continue
            who = ", ".join(
                filter(None, [entry.owner, f"by {entry.by_when}" if entry.by_when else ""])
            )
            said_so = f"{entry.text.rstrip('.')} ({who})" if who else entry.text
            words = f"{lead} {_ended(said_so)}"
            if entry.evidence:
                words += f" We will know by: {_ended(entry.evidence)}"
            said.append(words)
    return said


def self_assessment(session: Session, seen: Sequence[Seen], invented: bool) -> str:
    """One paragraph that can go into a self-assessment; a template filled with what was noted.

    Returns
    -------
    str
        It names the date, what was looked at, what we learned and what we do next; where
        nothing was noted it says so.
    """
    titles = list(dict.fromkeys(one.title for one in seen))
    areas = listed(list(dict.fromkeys(one.area for one in seen)))
    said = [
        f"On {say_date(session.held)} we held a learning session on {len(titles)}"
        f" {'indicator' if len(titles) == 1 else 'indicators'} for {areas or 'our area'}:"
        f" {listed(titles) or 'none'}."
    ]
    if invented:
        said.append(INVENTED)
    entries = [entry for id in session.discussed for entry in _of(session, id).said]
    heard = [_of(session, id).voices for id in session.discussed if _of(session, id).voices]
    noticed = [_of(session, id).notice for id in session.discussed if _of(session, id).notice]
    for lead, words in (
        ("What we noticed:", noticed),
        ("What we learned:", [e.text for e in entries if e.kind == "insight"]),
        ("What children, families and staff tell us:", heard),
        ("What we do not know yet:", [e.text for e in entries if e.kind == "question"]),
        ("What we are doing:", [e.text for e in entries if e.kind == "action"]),
        ("How we will know:", [e.evidence for e in entries if e.kind == "action" and e.evidence]),
    ):
        if words:
            said.append(f"{lead} {_ended('; '.join(word.rstrip('.') for word in words))}")
    if not entries and not heard and not noticed:
        said.append("No notes were kept.")
    return " ".join(said)


def _of(session: Session, indicator: str) -> Looked:
    return session.looked.get(indicator, Looked())


def _ended(words: str) -> str:
    return words if words[-1:] in ".?!…" else f"{words}."
