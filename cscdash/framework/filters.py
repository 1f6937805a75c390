"""Filters of the framework reader, and the items that pass them."""

from dataclasses import dataclass

from cscdash.catalogue.framework import CHAPTERS, Entry, framework
from cscdash.framework.items import Item, items
from cscdash.framework.search import items_index, register_index


@dataclass(frozen=True)
class Asked:
    """The filters a reader has set; an empty field sets none.

    Attributes
    ----------
    q : str
        Words to search for.
    me : str
        A role (*I am a …*): sets the parts; for partner agencies, also that an agency is named.
    part, chapter, topic, group, agency, document : str
        Codes; `part` overrides the role.
    """

    q: str = ""
    me: str = ""
    part: str = ""
    chapter: str = ""
    topic: str = ""
    group: str = ""
    agency: str = ""
    document: str = ""


def chosen(asked: Asked) -> list[Item]:
    """The items that match: best match first if words are searched for, else as in the draft."""
    known = items()
    order = items_index().find(asked.q) if asked.q.strip() else list(known)
    return [known[id] for id in order if _fits(known[id], asked)]


def _fits(item: Item, asked: Asked) -> bool:
    role = next((r for r in framework().roles if r.code == asked.me), None)
    parts = (asked.part,) if asked.part else role.parts if role else ()
    if parts and item.part not in parts:
        return False
    if role and role.agency and not item.agencies:
        return False
    chapters = ("enablers",) if asked.chapter.startswith("enabler") else ()
    return (
        (not asked.chapter or item.chapter in (asked.chapter, *chapters))
        and (not asked.topic or asked.topic in item.topics)
        and (not asked.group or asked.group in item.groups)
        and (not asked.agency or asked.agency in item.agencies)
        and (not asked.document or asked.document == item.document)
    )


def listening() -> list[Item]:
    """The expectations on how children, young people and families are heard."""
    return [one for one in items().values() if one.part == "listening"]


def counts() -> dict[tuple[str, str], int]:
    """The number of expectations by (chapter, part)."""
    found: dict[tuple[str, str], int] = {}
    for one in items().values():
        if one.chapter in CHAPTERS and one.part:
            found[one.chapter, one.part] = found.get((one.chapter, one.part), 0) + 1
    return found


def entries(q: str = "", listing: str = "", chapter: str = "", needs: str = "") -> list[Entry]:
    """The entries of the register that match; best match first if words are searched for."""
    known = {one.id: one for one in framework().register_}
    order = register_index().find(q) if q.strip() else list(known)
    return [
        known[id]
        for id in order
        if (not listing or known[id].listing == listing)
        and (not chapter or known[id].chapter == chapter)
        and (not needs or known[id].needs == needs)
    ]
