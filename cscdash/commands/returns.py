"""The commands for an authority's own statutory returns."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cscdash.analysis.number_format import say
from cscdash.catalogue import catalogue
from cscdash.commands.run import serve
from cscdash.errors import CscdashError
from cscdash.extracts import Store, store_in_use
from cscdash.local import folder, load, refused
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from cscdash.settings import command, settings

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
    from cscdash.returns.look import without_values

    if without_values(lambda: _run(files, as_at, every, authority)):
        raise typer.Exit(1)


def returns_app(
    port: Annotated[int, typer.Option("--port", help="Where the app listens.")] = 8503,
) -> None:
    """Open the app with the page *Your own returns*, for this machine alone."""
    if settings().hosted:
        raise CscdashError("This copy is hosted: own returns are read on one's own machine alone.")
    needs_duckdb()
    print(f"Your own returns: http://127.0.0.1:{port} (Ctrl-C ends it)", flush=True)
    raise typer.Exit(serve("returns_app.py", "--server.headless=true", f"--server.port={port}"))


def invent_returns(
    to: Annotated[Path, typer.Argument(help="A new folder for the returns.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same authority.")] = 18,
    size: Annotated[int, typer.Option("--size", help="Children looked after at a time.")] = 600,
) -> None:
    """Write the returns of an invented authority: four years of the SSDA903 and the census."""
    from cscdash.returns.invented import draw, write
    from cscdash.returns.look import INVENTED

    if to.exists():
        raise CscdashError(f"{to} is there already: name a new folder.")
    write(draw(seed, size), to, INVENTED)
    print(f"{to}: invented returns, of no child. Count them: {command(f'returns {to}')}")


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


def _run(files: Path, as_at: str, every: str, authority: str) -> bool:
    """Count and keep; whether anything was left out."""
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
        invented = "these returns are invented"
        print(f"Nothing is kept: {invented if found.invented else 'these days are published'}.")
        return bool(found.left_out)
    kept = keep(folder(), found, known, published, date.today())
    hidden = sum(figure.status == "c" for figure in kept.figures)
    print(f"Kept as {kept.id}: {len(kept.figures)} figures, {hidden} of them hidden.")
    return bool(found.left_out)


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
