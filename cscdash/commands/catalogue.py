"""What is declared, and what is loaded of it."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cscdash.analysis.publication_status import age_in_words, standings
from cscdash.catalogue import Indicator, catalogue
from cscdash.commands.tables import plain, print_table
from cscdash.errors import CscdashError
from cscdash.extracts import EXTRACTS, Store
from cscdash.settings import command, settings


def show_catalogue(
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, every declared field.")] = False,
) -> None:
    """Print every indicator that is declared."""
    if markdown and as_json:
        raise CscdashError("Choose one of --markdown and --json.")
    if as_json:
        declared = [indicator.model_dump(mode="json") for indicator in catalogue().indicators]
        print(json.dumps(declared, indent=1, ensure_ascii=False))
    elif markdown:
        from cscdash.catalogue.document import as_markdown

        print(as_markdown(catalogue()), end="")
    else:
        table = Table("Chapter", "Id", "Title", "Unit", "Annex B", "Standing")
        for chapter in catalogue().chapters:
            for indicator in chapter.indicators:
                table.add_row(chapter.number, *_row(indicator))
        print_table(Console(), table)


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
    told = f"Put files that you fetch by hand into {settings().published}, then:"
    told += f" {command('update --offline')}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)


def _row(indicator: Indicator) -> list[str]:
    return [
        indicator.id,
        plain(indicator.title),
        indicator.unit,
        indicator.annex_b or "",
        indicator.standing,
    ]
