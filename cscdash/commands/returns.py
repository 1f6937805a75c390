"""The command for an authority's own statutory returns."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store, store_in_use
from cscdash.local import folder, load, refused
from cscdash.local.kept_figures import add
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure, Typed
from cscdash.local.row_checks import Checked, check
from cscdash.local.shown_figures import known_of
from cscdash.settings import settings

if TYPE_CHECKING:
    from cscdash.returns.figures import Counted
    from cscdash.returns.files import Read

Where = Annotated[Path, typer.Argument(help="The folder with the SSDA903 and census files.")]
AsAt = Annotated[str, typer.Option("--as-at", help="A date such as 2025-09-30.")]
Of = Annotated[str, typer.Option("--authority", help="The three-digit code of the authority.")]


def own_returns(files: Where, as_at: AsAt = "", authority: Of = "") -> None:
    """Count an authority's own SSDA903 and children in need census, and keep the figures alone."""
    if why := refused():
        raise CscdashError(why)
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise CscdashError(
            "Counting returns needs DuckDB: pip install 'cscdash[returns]'."
        ) from None
    try:
        _run(files, as_at, authority)
        return
    except (CscdashError, typer.Exit):
        raise
    except Exception as error:
        kind = type(error).__name__  # its words, and its trace, may hold a value of a record
    raise CscdashError(f"The returns could not be counted ({kind}). Nothing was kept.")


def _run(files: Path, as_at: str, authority: str) -> None:
    from cscdash.returns.figures import as_at_date, count_all
    from cscdash.returns.files import read_folder
    from cscdash.returns.pooled import Pooled

    read = read_folder(files)
    area = _area(read, authority)
    with Pooled(read) as pooled:
        day = as_at_date(pooled, as_at)
        counted = count_all(pooled, day)
    try:
        published = Published(Store(*store_in_use()))
    except CscdashError:
        published = Published()
    before = load(folder(), catalogue(), published)
    known = known_of(catalogue(), before.own, published)
    typed, not_counted = _typed(counted, area, day, known, published)
    checked = check(typed, known, date.today())
    not_counted += [
        (problem.at, "too few children, or no such local figure can be kept")
        for problem in checked.problems
    ]
    kept = add(
        folder(),
        [f"own returns as at {day.isoformat()}"],
        Checked(checked.figures, ()),
        known,
        published,
        date.today(),
    )
    _tell(kept.figures, known, published, day)
    _tell_rest(read, not_counted)
    hidden = sum(figure.status == "c" for figure in kept.figures)
    print(f"Kept as {kept.id}: {len(kept.figures)} figures, {hidden} of them hidden.")
    if read.left_out:
        raise typer.Exit(1)


def _area(read: "Read", authority: str) -> str:
    if len(read.authorities) > 1:
        raise CscdashError(
            f"The files are of several authorities ({', '.join(sorted(read.authorities))}): give"
            " each a folder of its own."
        )
    found = next(iter(read.authorities), "")
    if authority and found and authority != found:
        raise CscdashError(f"The census is of authority {found}, not of {authority}.")
    area = authority or found or settings().home_area
    if not area:
        raise CscdashError("Say whose returns they are: --authority with its three-digit code.")
    return area


def _typed(
    counted: "list[Counted]", area: str, day: date, known: Known, published: Published
) -> tuple[list[Typed], list[tuple[str, str]]]:
    """The figures as rows of local figures, and why others are none."""
    rows, rest = [], []
    march = (day.month, day.day) == (3, 31)
    for one in counted:
        id, below = one.measure.id, one.below
        measure = known.measures.get(id)
        if one.why_not or measure is None:
            rest.append((id, one.why_not or "no own measure of this id is declared"))
            continue
        if not march and measure.measures not in ("stock", "snapshot"):
            rest.append((id, "counts a whole year: kept for a 31 March alone"))
            continue
        if measure.unit == "rate per 10,000":
            below = _population(published, id, area, day)
        if measure.unit != "count" and below == 0:
            rest.append((id, "nobody it could be of, or no population is loaded"))
            continue
        value = (
            one.above
            / (below or 1)
            * {"percent": 100, "rate per 10,000": 10_000}.get(measure.unit, 1)
        )
        cells = {
            "indicator": id,
            "area": area,
            "period": str(day.year) if march else day.isoformat(),
            "value": repr(value),
            "source": f"own return, as at {day.isoformat()}",
        }
        if measure.unit != "count":
            cells |= {"numerator": repr(one.above), "denominator": repr(below)}
        rows.append(Typed(id, cells))
    return rows, rest


def _population(published: Published, id: str, area: str, day: date) -> float:
    """The newest published population of the area up to a day; 0 if none is loaded."""
    found = published.between(id, area, date(day.year - 3, day.month, 1), day)
    whole = [
        one for one in found if one.breakdown == "total" and one.denominator and one.end <= day
    ]
    return float(max(whole, key=lambda one: one.end).denominator or 0) if whole else 0.0


def _tell(figures: tuple[Figure, ...], known: Known, published: Published, day: date) -> None:
    """Print the kept figures, as they are shown, beside the published ones of the same date."""
    table = Table("Indicator", "Own", "Published", "Difference", title=f"As at {day:%-d %B %Y}")
    for figure in figures:
        measure = known.measures[figure.indicator]
        own = "hidden" if figure.value is None else f"{figure.value:,.{measure.decimals}f}"
        beside, apart = _beside(figure, published, day)
        table.add_row(measure.short, own, beside, apart)
    console = Console()
    (console if console.is_terminal else Console(width=140)).print(table)


def _beside(figure: Figure, published: Published, day: date) -> tuple[str, str]:
    """The count that is published for the same date, and how far the own one is from it."""
    same = [
        one
        for one in published.between(figure.indicator, figure.area, day, day)
        if one.end == day and one.breakdown == "total" and one.numerator is not None
    ]
    own = figure.numerator if figure.denominator is not None else figure.value
    if not same or own is None or same[0].numerator is None:
        return "", ""
    apart = own - same[0].numerator
    near = abs(apart) <= max(1.0, 0.005 * max(own, same[0].numerator))
    return f"{same[0].numerator:,.0f} counted", "agrees" if near else f"{apart:+,.0f}"


def _tell_rest(read: "Read", rest: list[tuple[str, str]]) -> None:
    """Print what was not counted and why, and what of the record was dropped."""
    for id, why in rest:
        print(f"Not computable: {id}: {why}.")
    for why, rows in sorted(read.dropped.items()):
        print(f"Dropped: {why}: {rows if rows > 5 else 'a few'} rows.")
    for why in read.left_out:
        print(f"Left out: {why}")
