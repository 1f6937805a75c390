"""The commands for local figures: add, list, remove, template, bundle."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store, store_in_use
from cscdash.local import Local, folder, load, refused
from cscdash.local.answers import Answers
from cscdash.local.bundle import bundle as make_bundle
from cscdash.local.folder_files import content_of, remove
from cscdash.local.kept_figures import add, audit, hidden_if_added, look
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.local.row_checks import Checked, sentence
from cscdash.local.shown_figures import known_of
from cscdash.local.table_finder import EVERY
from cscdash.local.template import template as example
from cscdash.local.upload_summary import summary
from cscdash.settings import command, settings

local = typer.Typer(
    name="local",
    help="Own, unpublished totals beside the published figures, on this machine alone.",
    no_args_is_help=True,
)

Files = Annotated[list[Path], typer.Argument(help="CSV, Excel, OpenDocument or Parquet.")]
Of = Annotated[str, typer.Option("--indicator", help="What rows without an indicator are of.")]
Area = Annotated[str, typer.Option("--area", help="Of which area rows are that do not say so.")]
Sheet = Annotated[str, typer.Option("--sheet", help="Which sheet of a workbook; * for all.")]
Kind = Annotated[
    Literal["", "calendar", "financial"],
    typer.Option("--quarters", help="What 2025 Q1 is: January or April to June."),
]
Fractions = Annotated[
    Literal["", "share", "percentage"],
    typer.Option("--fractions", help="What 0.214 is of a percentage: 21.4% or 0.214%."),
]


@local.command(name="add")
def add_files(
    files: Files,
    indicator: Of = "",
    area: Area = "",
    sheet: Sheet = "",
    quarters: Kind = "",
    fractions: Fractions = "",
    yes: Annotated[bool, typer.Option("--yes", help="Keep what was read without asking.")] = False,
) -> None:
    """Say what was read in files, and keep their figures; one wrong row, and nothing is kept."""
    published, before, known = _here()
    given = _given(files)
    answers = Answers(quarters, fractions, sheet, area)
    checked = look(given, known, date.today(), before, indicator, answers)
    sound = bool(checked.figures) and not checked.problems
    shown = hidden_if_added(folder(), checked, known, published) if sound else None
    _tell(checked, known, shown)
    if sound and not (yes or typer.confirm("Is that right? Keep these figures?")):
        raise CscdashError("Nothing was kept.")
    kept = add(folder(), list(given), checked, known, published, date.today())
    hidden = sum(figure.status == "c" for figure in kept.figures)
    print(f"Kept as {kept.id}: {len(kept.figures)} figures, {hidden} of them hidden.")


@local.command(name="list")
def list_kept() -> None:
    """List what is kept, and what in the folder cannot be used."""
    _, here, _ = _here()
    table = Table("Id", "Added", "Files", "Indicators", "Figures", title=str(folder()))
    for one in here.kept:
        indicators = sorted({figure.indicator for figure in one.figures})
        table.add_row(one.id, one.added, one.files, ", ".join(indicators), str(len(one.figures)))
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(table)
    for own in here.own:
        print(f"Own measure {own.id}: {own.title}")
    for why in here.unread:
        print(f"Not used: {why}")


@local.command(name="remove")
def remove_kept(id: Annotated[str, typer.Argument(help="As `local list` gives it.")]) -> None:
    """Remove an addition."""
    remove(folder(), id)
    print(f"Removed {id}.")


@local.command(name="audit")
def audit_kept() -> None:
    """Look again at all that is kept, files put there by hand too, and hide what would be told."""
    published, _, known = _here()
    print(f"Audited {folder()}: {audit(folder(), known, published)} more figures are hidden.")


@local.command(name="template")
def write_template(
    indicator: Annotated[str, typer.Argument(help="The id of an indicator or own measure.")],
    area: Annotated[str, typer.Option(help="The code of the area.")] = "",
    wide: Annotated[bool, typer.Option("--wide", help="One column for each quarter.")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="A file; printed if left out.")] = None,
) -> None:
    """Write a filled example: change the numbers, then add it."""
    _, _, known = _here()
    if indicator not in known.measures:
        raise CscdashError(f"‘{indicator}’ is no indicator. List them: {command('catalogue')}")
    chosen = area or settings().home_area or "330"
    groups = known.categories(indicator)
    text = example(known.measures[indicator], chosen, date.today(), groups, wide)
    if to is None:
        print(text, end="")
        return
    try:
        with to.open("x", encoding="utf-8-sig", newline="") as stream:
            stream.write(text)
    except OSError as error:
        raise CscdashError(f"{to} was not written: {error.strerror or error}.") from error
    print(f"{to}: change the numbers, then: {command(f'local add {to}')}")


@local.command()
def bundle(
    files: Files,
    to: Annotated[Path, typer.Option("--to", help="A new folder for the bundle.")],
    indicator: Of = "",
    quarters: Kind = "",
    fractions: Fractions = "",
) -> None:
    """Merge authorities' files into one folder to share, with a record of who gave what."""
    published, here, known = _here()
    given = _given(files)
    answers = Answers(quarters, fractions, EVERY)
    checked = look(given, known, date.today(), Local(own=here.own), indicator, answers)
    _tell(checked, known)
    made = make_bundle(given, checked, known, published, to, date.today())
    print(f"{made}: {len(checked.figures)} figures. To show them: CSCDASH_LOCAL={to}")


def _here() -> tuple[Published, Local, Known]:
    """The published figures, what is kept, and what figures may be of.

    Raises
    ------
    CscdashError
        If this machine takes no local figures.
    """
    if why := refused():
        raise CscdashError(why)
    published = _published()
    held = load(folder(), catalogue(), published)
    return published, held, known_of(catalogue(), held.own, published)


def _published() -> Published:
    """The published figures that the app would open; none known where there is no store."""
    try:
        return Published(Store(*store_in_use()))
    except CscdashError:
        return Published()


def _given(files: Sequence[Path]) -> dict[str, bytes]:
    """The content of each file by its name; by its path where two have the same name."""
    names = [file.name for file in files]
    given: dict[str, bytes] = {}
    for file in files:
        name = str(file) if names.count(file.name) > 1 else file.name
        if name in given:
            raise CscdashError(f"{file} is named twice.")
        given[name] = content_of(file)
    return given


def _tell(checked: Checked, known: Known, shown: Sequence[Figure] | None = None) -> None:
    """Print what was read and where it will show, and every problem with its row."""
    for line in summary(checked, known, shown):
        print(line)
    for problem in checked.problems:
        print(sentence(problem))
