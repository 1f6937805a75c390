"""The commands for an authority's own statutory returns."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cscdash.analysis.number_format import say
from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store, store_in_use
from cscdash.local import folder, load, refused
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of

if TYPE_CHECKING:
    from cscdash.returns.look import Look

Where = Annotated[Path, typer.Argument(help="The folder with the SSDA903 and census files.")]
AsAt = Annotated[str, typer.Option("--as-at", help="A date such as 2025-09-30.")]
Every = Annotated[str, typer.Option("--every", help="The year before too, by month or quarter.")]
Of = Annotated[str, typer.Option("--authority", help="The three-digit code of the authority.")]


def own_returns(files: Where, as_at: AsAt = "", every: Every = "", authority: Of = "") -> None:
    """Count an authority's own SSDA903 and children in need census, and keep the figures alone."""
    if why := refused():
        raise CscdashError(why)
    needs_duckdb()
    try:
        _run(files, as_at, every, authority)
        return
    except (CscdashError, typer.Exit):
        raise
    except Exception as error:
        kind = type(error).__name__  # its words, and its trace, may hold a value of a record
    raise CscdashError(f"The returns could not be counted ({kind}). Nothing was kept.")


def needs_duckdb() -> None:
    """Make sure that what counts returns is installed.

    Raises
    ------
    CscdashError
        If it is not.
    """
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise CscdashError(
            "Counting returns needs DuckDB: pip install 'cscdash[returns]'."
        ) from None


def _run(files: Path, as_at: str, every: str, authority: str) -> None:
    from cscdash.returns.look import keep, kept_figures, look

    try:
        published = Published(Store(*store_in_use()))
    except CscdashError:
        published = Published()
    known = known_of(catalogue(), load(folder(), catalogue(), published).own, published)
    found = look(
        files,
        known,
        published,
        kept_figures(folder(), known),
        as_at,
        authority,
        every,
    )
    _tell(found, known)
    if not found.figures:
        print("Nothing is kept: figures of these days are published.")
        raise typer.Exit(1 if found.left_out else 0)
    kept = keep(folder(), found, known, published, date.today())
    hidden = sum(figure.status == "c" for figure in kept.figures)
    print(f"Kept as {kept.id}: {len(kept.figures)} figures, {hidden} of them hidden.")
    if found.left_out:
        raise typer.Exit(1)


def _tell(found: "Look", known: Known) -> None:
    """Print what agrees with what is published, the figures, and what is to be known of both."""
    table = Table("Indicator", "Own", "Published", "Difference", "", title="Last 31 March")
    for one in found.reconciled:
        agrees = {True: "agrees", False: one.why, None: "not compared"}[one.agrees]
        short = known.measures[one.indicator].short
        table.add_row(short, one.own, one.published, one.difference, agrees)
    console = Console()
    console = console if console.is_terminal else Console(width=140)
    if found.reconciled:
        console.print(table)
    table = Table("Indicator", "Of", "Own", title=f"Own figures up to {found.day:%-d %B %Y}")
    for figure in found.shown:
        if figure.breakdown == "total":
            measure = known.measures[figure.indicator]
            value = figure.value
            own = "hidden" if value is None else say(value, measure.unit, measure.decimals)
            table.add_row(measure.short, figure.when.text, own)
    console.print(table)
    for id, why in found.not_counted:
        print(f"Not computable: {id}: {why}.")
    for noted in found.quality:
        print(f"{noted.what}: {noted.words}.")
    for why in found.left_out:
        print(f"Left out: {why}")
