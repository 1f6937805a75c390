"""The commands of the command line, each a few lines over the rooms below."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from cscdash.catalogue import Indicator, catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import DEMONSTRATION, EXTRACTS, ROOT, Store, store_in_use
from cscdash.local_commands import local

app = typer.Typer(
    help="Build, check and describe the extracts behind the cscdash pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(local)


@app.command()
def build(
    source: Annotated[
        Path,
        typer.Option(
            "--from", help="Folder with published files; searched at any depth, in zips too."
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="The store to build.")] = EXTRACTS,
) -> None:
    """Build extracts from published files that are on this machine."""
    from cscdash.ingest import build as build_store
    from cscdash.ingest import check_figures

    console = Console()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("Reading", total=None)

        def show(label: str, at: int, total: int) -> None:
            bar.update(task, description=f"Reading {label[-60:]}", completed=at, total=total)

        report = build_store(source, to, catalogue(), show)
    table = Table(title=f"Built {len(report.lines)} extracts", title_justify="left")
    for heading in ("Indicator", "Files used", "Areas", "Periods", "Values", "Missing, by reason"):
        table.add_column(heading, justify="right" if heading in ("Areas", "Values") else "left")
    for line in report.lines:
        missing = ", ".join(f"[{code}] {count:,}" for code, count in line.missing.items())
        table.add_row(
            line.indicator,
            "\n".join(file.rsplit("/", 1)[-1] for file in line.files),
            f"{line.areas:,}",
            f"{line.periods[0]} to {line.periods[-1]}",
            f"{line.values:,}",
            _plain(missing),
        )
    _print(console, table)
    if report.unused:
        console.print("Files that were not used:")
        for label, why in report.unused:
            console.print(f"  {label}: {why}", markup=False, highlight=False, soft_wrap=True)
    if report.without:
        console.print(
            f"Indicators without a file here: {', '.join(report.without)}",
            markup=False,
            soft_wrap=True,
        )
    for id, findings in check_figures(report.store, catalogue()).items():
        for finding in findings:
            console.print(f"Look at {id}, {finding}", markup=False, soft_wrap=True)
    console.print(f"Current build of {to}: {report.store.build}", markup=False, soft_wrap=True)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="The store; the one the app opens, if left out.")
    ] = None,
) -> None:
    """Check a store against the schema and the published England figures."""
    from cscdash.ingest import check_figures

    store = Store.open(folder or store_in_use()[0])
    wrong = store.check()
    if not wrong and store.demonstration:
        print(f"{store.folder}: {len(store.indicators)} extracts of invented values, all whole.")
        return
    figures = {} if wrong else check_figures(store, catalogue())
    wrong += [f"{id}, {finding}" for id, findings in figures.items() for finding in findings]
    for finding in wrong:
        print(finding)
    if wrong:
        raise CscdashError(f"{store.folder} does not hold: {len(wrong)} finding(s), listed above.")
    reproduced = sum(len(catalogue().indicator(id).check) for id in figures)
    print(
        f"{store.folder}: {len(store.indicators)} extracts, all whole;"
        f" {reproduced} published figures reproduced."
    )


@app.command(name="catalogue")
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
        _print(Console(), table)


@app.command()
def demonstrate(
    to: Annotated[Path, typer.Option("--to", help="The store to draw.")] = DEMONSTRATION,
) -> None:
    """Draw the demonstration store: invented values for whatever the catalogue declares."""
    from cscdash.ingest.demonstration import demonstrate as draw

    store = draw(to, catalogue())
    size = sum(file.stat().st_size for file in store.path.iterdir())
    print(f"{to}: {len(store.indicators)} extracts of invented values, {size:,} bytes.")


@app.command()
def boundaries(
    file: Annotated[
        Path, typer.Argument(help="Counties and unitary authorities, as the ONS publishes them.")
    ],
    to: Annotated[Path, typer.Option("--to", help="The store to keep them with.")] = EXTRACTS,
) -> None:
    """Prepare boundaries for the maps and keep them with the extracts."""
    from cscdash.extracts.boundaries import keep_boundaries

    try:
        from cscdash.places.boundaries import boundaries_from
    except ImportError:
        raise CscdashError(
            "Preparing boundaries needs geopandas: pip install 'cscdash[boundaries]'."
            " Without them the hex map serves."
        ) from None
    kept = keep_boundaries(to, boundaries_from(file))
    print(f"{kept}: 153 authorities, {kept.stat().st_size:,} bytes. The maps offer them now.")


@app.command()
def hexes() -> None:
    """Write the static file of the hex map again, after a change of data/reference/hex.csv."""
    from cscdash.places.hexes import write_hexes

    print(write_hexes(ROOT / "static"))


def _row(indicator: Indicator) -> list[str]:
    return [
        indicator.id,
        _plain(indicator.title),
        indicator.unit,
        indicator.annex_b or "",
        indicator.standing,
    ]


def _plain(text: str) -> str:
    """Text that rich shows as it is: square brackets are not mark-up here."""
    return text.replace("[", r"\[")


def _print(console: Console, table: Table) -> None:
    """Print a table whole, however narrow the terminal or pipe says it is."""
    if not console.is_terminal:
        console = Console(width=160)
    console.print(table)
