"""The commands that fetch published data, point back, and say what is loaded."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cscdash.analysis.standing import age_in_words, standings
from cscdash.catalogue import catalogue
from cscdash.commands import app
from cscdash.extracts import EXTRACTS, ROOT, Store
from cscdash.extracts.restore import restore as point_back

__all__ = ["app"]  # the whole command line: these commands join the others

PUBLISHED = Path(os.environ.get("CSCDASH_PUBLISHED", "") or ROOT / "data" / "published")


@app.command()
def update(
    since: Annotated[
        int | None, typer.Option(help="Older releases too, from this year on.", min=2000)
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Ask this publication only; may stand several times.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody; build from what is here.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be downloaded.")
    ] = False,
    to: Annotated[Path, typer.Option("--to", help="The store to build.")] = EXTRACTS,
    keep: Annotated[
        Path, typer.Option("--keep", help="Where published files are kept.")
    ] = PUBLISHED,
) -> None:
    """Get what is new from the publishers and build the extracts from it.

    Ends with 0 if all is well, with 1 if a publisher did not give what it should (the others'
    new figures are in, its own are as before), and with 2 if nothing could be done.
    """
    from cscdash.publishers import Options
    from cscdash.publishers import update as get
    from cscdash.publishers.report import lines
    from cscdash.publishers.terminal import Terminal

    console = Console()
    chosen = tuple(only or ())
    options = Options(to, keep, since, chosen, offline, dry_run)
    with Terminal(console) as watch:
        outcome = get(catalogue(), options, watch)
    for line in lines(outcome, catalogue()):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not outcome.complete:
        raise typer.Exit(1)


@app.command()
def restore(
    to: Annotated[Path, typer.Option("--to", help="The store.")] = EXTRACTS,
) -> None:
    """Point a store back to the build before the current one."""
    store = point_back(to)
    made = store.package.get("created", "at a time not recorded")
    print(f"Current build of {to}: {store.build}, made {made}.")


@app.command()
def sources(
    folder: Annotated[Path, typer.Option("--from", help="The store.")] = EXTRACTS,
) -> None:
    """List publications: what is loaded, how old it is, and when the next release is due."""
    from cscdash.extracts.store import current

    store = Store.open(folder) if current(folder) else None
    table = Table("Publication", "Loaded", "Published", "Retrieved", "Age", "Next release", "How")
    for row in standings(catalogue(), store.package if store else {}):
        table.add_row(
            f"{row.id}\n{row.title}",
            "\n".join(row.loaded) or "nothing",
            row.published or "not recorded",
            row.retrieved or "not recorded",
            age_in_words(row.published, date.today()),
            row.due,
            row.route,
        )
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(table)
    for publication in catalogue().publications:
        for way in publication.download:
            if way.kind == "manual":
                text = f"{publication.id}, by hand: {way.manual} {publication.page}"
                console.print(text, markup=False, highlight=False, soft_wrap=True)
    told = f"Put files that you fetch by hand into {PUBLISHED}, then: python -m cscdash update"
    console.print(f"{told} --offline", markup=False, highlight=False, soft_wrap=True)
