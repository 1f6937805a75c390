"""Fetching what the publishers have that is new."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cscdash.catalogue import catalogue
from cscdash.commands.build import offer_to_other_tools
from cscdash.extracts import EXTRACTS
from cscdash.settings import settings


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
        Path | None,
        typer.Option("--keep", help="Where published files are kept; data/published if left out."),
    ] = None,
) -> None:
    """Get what is new from the publishers and build the extracts from it.

    Ends with 0 if everything came, with 1 if something did not (the rest is in, what was here in
    its place stays), with 2 if nothing could be done, and with 3 if the program failed.
    """
    from cscdash.publishers import Options
    from cscdash.publishers import update as get
    from cscdash.publishers.outcome_report import lines
    from cscdash.publishers.progress_bars import Terminal

    console = Console()
    chosen = tuple(only or ())
    options = Options(to, keep or settings().published, since, chosen, offline, dry_run)
    with Terminal(console) as watch:
        outcome = get(catalogue(), options, watch)
    for line in lines(outcome, catalogue()):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if outcome.built and outcome.store is not None:
        offer_to_other_tools(outcome.store)
    if outcome.code:
        raise typer.Exit(outcome.code)
