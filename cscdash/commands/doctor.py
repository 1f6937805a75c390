"""The command that says what would work from this network."""

import platform
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from cscdash import __version__
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.publications import Publication
from cscdash.errors import CscdashError
from cscdash.extracts import Store, store_in_use
from cscdash.settings import certificate_file, command, settings

if TYPE_CHECKING:
    from cscdash.publishers.reachable import Reached


def doctor() -> None:
    """Ask each publisher one small question, and say what would work from this network.

    What it prints names no file of yours and no password, and can be sent to whoever helps. Ends
    with 0 if every publication could be fetched, with 1 if some, with 2 if none.
    """
    from cscdash.publishers.reachable import fetchable, reached

    console = Console()

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    for line in _here():
        say(line)
    with console.status("Asking the publishers"):
        answers = reached(catalogue(), date.today())
    for line in _answers(answers, catalogue()):
        say(line)
    could = fetchable(answers, catalogue())
    for line in _what_would_work(could, catalogue()):
        say(line)
    if len(could) < len(_by_update(catalogue())):
        raise typer.Exit(1 if could else 2)


def _here() -> Iterator[str]:
    """What this copy is and how it goes to the network."""
    system = f"{platform.system()} {platform.release()}"
    yield f"cscdash {__version__}, Python {platform.python_version()}, {system}."
    try:
        store = Store.open(*store_in_use())
        kind = "invented demonstration values" if store.demonstration else "published figures"
        yield f"It opens {len(store.indicators)} extracts of {kind}."
    except CscdashError:
        yield "It has no extracts that can be opened."
    from cscdash.publishers.transport import proxies_in_words

    yield proxies_in_words()
    named = ", and those that SSL_CERT_FILE names" if certificate_file() else ""
    yield f"Certificates: those of this computer{named}."
    if settings().mirror:
        yield "CSCDASH_MIRROR is set: everything is asked for there, not at the publishers."


def _answers(answers: "list[Reached]", known: Catalogue) -> Iterator[str]:
    """Which servers answer, what each is for, and once what can be done about the others."""
    titles = {one.id: one.title for one in known.publications}
    for one in answers:
        asked = one.question
        yield (
            f"yes  {asked.host}, after {one.seconds:.1f} s"
            if one.problem is None
            else f"no   {asked.host} {one.problem.words}"
        )
        uses = [("", asked.publications), ("where its publisher fails: ", asked.instead)]
        yield from (f"     {how}{'; '.join(titles[id] for id in ids)}" for how, ids in uses if ids)
    problems = [one.problem for one in answers if one.problem]
    yield from dict.fromkeys(problem.advice for problem in problems if problem.advice)


def _by_update(known: Catalogue) -> list[Publication]:
    """The publications that an update fetches: all but those that a person has to."""
    return [
        one
        for one in known.publications
        if one.slug or any(way.kind != "manual" for way in one.download)
    ]


def _what_would_work(could: list[str], known: Catalogue) -> Iterator[str]:
    wanted = _by_update(known)
    number = f"{len(could)} of {len(wanted)} publications"
    yield f"“{command('update')}” could fetch {number} from here."
    lacking = [one for one in wanted if one.id not in could]
    if lacking:
        which = "The others" if could else "They"
        yield f"{which} can be fetched by hand, on any computer that reaches these pages:"
        yield from dict.fromkeys(f"     {one.page}" for one in lacking)
        yield f"Put the files into one folder, then: {command('build --from FOLDER')}"
