"""Which of the files that a publisher offers are those that the catalogue uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Protocol, TypeVar

from cscdash.catalogue.publications import Dataset, Publication
from cscdash.publishers.ees_answers import File
from cscdash.publishers.visit import name_of, wanted

_ALIKE = 0.8
_CLEAR = 0.03  # by so much the best has to be more alike than the next


class Titled(Protocol):
    """Something with a title."""

    title: str


T = TypeVar("T", bound=Titled)


@dataclass
class Match:
    """What was found.

    Attributes
    ----------
    files : dict
        Data set -> the file, and the name that it is to have here.
    notes : list of str
        What a person should know.
    lacking : list of str
        Needed data sets that are not there, each in words.
    """

    files: dict[str, tuple[File, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def matched(
    publication: Publication,
    needed: set[str],
    files: list[File],
    others: Sequence[Publication] = (),
) -> Match:
    """Match files by name without years, and then by title.

    Parameters
    ----------
    publication : Publication
        Whose data sets are looked for.
    needed : set of str
        The data sets that the catalogue uses.
    files : list of File
        What is offered.
    others : sequence of Publication
        Whose data sets may be among the files too.
    """
    known = wanted(publication, needed)
    for other in others:
        known = {**wanted(other, needed), **known}
    found = Match()
    for file in sorted(files, key=lambda one: one.updated):  # of two, the later one holds
        data = known.get(name_of(file.name))
        if data:
            if data.id in found.files:
                found.notes.append(f"Two files are named like {file.name}; the later one is taken.")
            found.files[data.id] = (file, file.name)
    for data in publication.dataset:
        if data.id in found.files or data.id not in needed:
            continue
        match = by_title(data, [file for file in files if name_of(file.name) not in known])
        if match:
            found.files[data.id] = (match, f"{data.files[0].name}.csv")
            if match.name:  # one route gives no names
                now = match.name
                found.notes.append(f"‘{data.title}’ is now called {now}; it was known by title.")
        else:
            near = get_close_matches(data.files[0].name, [f.name for f in files], 1, 0.5)
            hint = f"; the nearest name is {near[0]}" if near else ""
            found.lacking.append(
                f"‘{data.title}’ ({data.files[0].name}) is not in this release{hint}"
            )
    return found


def by_title(data: Dataset, offered: Sequence[T]) -> T | None:
    """The one whose title is so like the data set's that it can only be that."""
    wanted_title = _plain(data.title)
    alike = [
        (SequenceMatcher(None, wanted_title, _plain(one.title)).ratio(), one) for one in offered
    ]
    alike.sort(key=lambda pair: -pair[0])
    if not alike or alike[0][0] < _ALIKE:
        return None
    clear = len(alike) == 1 or alike[0][0] - alike[1][0] > _CLEAR
    return alike[0][1] if clear else None


def _plain(title: str) -> str:
    title = re.sub(r"(19|20)\d{2}", " ", title.lower())
    title = re.sub(r"\bby (la|local authority)\b", " ", title)
    return " ".join(re.findall(r"[a-z0-9]+", title))
