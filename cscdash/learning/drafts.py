"""Text that was typed but had not reached the server when the connection dropped."""

from collections.abc import Mapping

from pydantic import ValidationError

from cscdash.learning.session import Session

FIELDS = ("notice", "wonder", "could_be", "alongside", "voices")
ENTRY_FIELDS = ("text", "owner", "by_when", "evidence", "links")


def restore(session: Session, drafts: Mapping[str, str]) -> int:
    """Put drafts back into their fields; a draft without a field, or not valid in it, is left out.

    Parameters
    ----------
    session : Session
        Changed in place.
    drafts : mapping of str to str
        ``statement``, ``paragraph``, ``<indicator>-<field>``,
        ``<indicator>-entries-<number>-<field>`` or ``earlier-<number>-said`` -> the words.

    Returns
    -------
    int
        How many were restored.
    """
    return sum(_one(session, path.split("-"), words) for path, words in drafts.items())


def _one(session: Session, path: list[str], words: str) -> bool:
    try:
        match path:
            case ["statement" | "paragraph" as field]:
                setattr(session, field, words)
            case ["earlier", number, "said"]:
                session.earlier[int(number)].said = words
            case [indicator, field] if field in FIELDS and indicator in session.indicators:
                setattr(session.on(indicator), field, words)
            case [indicator, "entries", number, field] if field in ENTRY_FIELDS:
                setattr(session.looked[indicator].entries[int(number)], field, words)
            case _:
                return False
    except (ValidationError, ValueError, IndexError, KeyError):
        return False
    return True
