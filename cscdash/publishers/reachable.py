"""Who can be reached from here: one small question to each publisher's server, and the answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from time import monotonic

import httpx

from cscdash.catalogue.models import Catalogue
from cscdash.publishers.client import Web
from cscdash.publishers.ees import BASE
from cscdash.publishers.github import API, RAW
from cscdash.publishers.retries import Patience, UnansweredError

# Somebody waits at a terminal, and an answer that comes only at the third try is no good sign.
ONCE = Patience(connect=5.0, read=10.0, whole=15.0, attempts=1)


@dataclass(frozen=True)
class Question:
    """An address that is asked, and whose figures come from its server.

    Attributes
    ----------
    url : str
        What is asked.
    publications : tuple of str
        Ids of what is fetched there first.
    instead : tuple of str
        Ids of what is fetched there if its own publisher gives nothing.
    """

    url: str
    publications: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The server."""
        return httpx.URL(self.url).host


@dataclass(frozen=True)
class Reached:
    """What came of a question.

    Attributes
    ----------
    question : Question
        What was asked.
    seconds : float
        How long it took.
    problem : UnansweredError or None
        What was in the way. A server that has no such page was reached all the same.
    """

    question: Question
    seconds: float
    problem: UnansweredError | None


def questions(catalogue: Catalogue, today: date) -> tuple[Question, ...]:
    """One question for each server from which something is fetched."""
    asked: dict[str, tuple[str, list[str], list[str]]] = {}
    for publication in catalogue.publications:
        for url, instead in _addresses(catalogue, publication.id, today):
            _, first, second = asked.setdefault(httpx.URL(url).host, (url, [], []))
            (second if instead else first).append(publication.id)
    return tuple(
        Question(url, tuple(first), tuple(second)) for url, first, second in asked.values()
    )


def _addresses(catalogue: Catalogue, id: str, today: date) -> Iterator[tuple[str, bool]]:
    publication = next(one for one in catalogue.publications if one.id == id)
    if publication.slug:
        yield f"{BASE}/publications/{publication.slug}", False
    for way in publication.download:
        if way.kind == "file":
            year = str(today.year - 1)
            yield way.url.replace("{year}", year).replace("{yy}", year[2:]), way.fallback
        elif way.kind == "github":  # the list from one server, the files from another
            yield f"{API}/repos/{way.repository}", way.fallback
            yield f"{RAW}/{way.repository}/{way.branch}/README.md", way.fallback


def reached(catalogue: Catalogue, today: date, patience: Patience = ONCE) -> list[Reached]:
    """Ask each server once, all at the same time.

    Parameters
    ----------
    catalogue : Catalogue
        Which publications there are.
    today : date
        Some addresses hold a year.
    patience : Patience
        How long to wait.

    Returns
    -------
    list of Reached
        In the order of the catalogue.

    Raises
    ------
    CscdashError
        If the environment names a proxy or certificates that cannot be used.
    """
    asked = questions(catalogue, today)
    with Web(patience) as web, ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(lambda one: _asked(web, one), asked))


def _asked(web: Web, question: Question) -> Reached:
    begun, problem = monotonic(), None
    try:
        with web.stream(question.url):
            pass
    except UnansweredError as error:
        problem = None if error.absent else error
    return Reached(question, monotonic() - begun, problem)


def fetchable(answers: list[Reached], catalogue: Catalogue) -> list[str]:
    """The ids of the publications that an update could fetch: all their servers answered."""
    first: dict[str, list[bool]] = {}
    second: dict[str, list[bool]] = {}
    for one in answers:
        for ways, ids in ((first, one.question.publications), (second, one.question.instead)):
            for id in ids:
                ways.setdefault(id, []).append(one.problem is None)
    return [
        one.id
        for one in catalogue.publications
        if any(one.id in ways and all(ways[one.id]) for ways in (first, second))
    ]
