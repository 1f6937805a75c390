"""A look at an authority's returns: its figures, small ones hidden, beside the published ones.

What this gives holds nothing about a child: the records are let go before it is returned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from cscdash.catalogue.models import Indicator
from cscdash.disclosure.numbers import Figure as Number
from cscdash.errors import CscdashError
from cscdash.local.folder_files import content_of, files_in, remove
from cscdash.local.kept_figures import add
from cscdash.local.kept_table import read_kept
from cscdash.local.named_periods import When
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure, Typed
from cscdash.local.row_checks import Checked, check
from cscdash.local.shown_figures import Kept, shown_form
from cscdash.local.suppression import hide
from cscdash.places import places
from cscdash.returns.days import months_before
from cscdash.returns.figures import Counted, as_at_date, count_all
from cscdash.returns.files import Read, read_folder
from cscdash.returns.pooled import Pooled
from cscdash.returns.quality import Noted, missing_years, quality
from cscdash.returns.reconcile import Beside, Reconciled, published_beside, reconcile

Done = TypeVar("Done")
INVENTED = "000"  # what the census of the invented authority names; no authority has this code
_PLACE = "330"  # figures need an area; of this one nothing is then read, shown or kept
_SOURCE = "own return"
STEPS = {"": 0, "quarter": 3, "month": 1}  # months between two dates


@dataclass(frozen=True)
class Look:
    """What a look at returns gave.

    Attributes
    ----------
    area : str
        Whose returns they are.
    day : date
        As at which day.
    figures : tuple of Figure
        With what they rest on, for keeping: those of days for which nothing is published yet.
    shown : tuple of Figure
        All figures as they may be shown, newest first.
    reconciled : tuple of Reconciled
        The figures of the last 31 March beside the published ones.
    not_counted : tuple of tuple of str
        Id, and why.
    quality : tuple of Noted
        What there is to note about the record.
    left_out : tuple of str
        Files that were not used, and why; years that are missing.
    invented : bool
        Whether the returns are of the invented authority: then nothing may be kept.
    """

    area: str
    day: date
    figures: tuple[Figure, ...]
    shown: tuple[Figure, ...]
    reconciled: tuple[Reconciled, ...]
    not_counted: tuple[tuple[str, str], ...]
    quality: tuple[Noted, ...]
    left_out: tuple[str, ...]
    invented: bool = False


def look(
    folder: Path,
    known: Known,
    published: Published,
    kept: Sequence[Figure] = (),
    as_at: str = "",
    authority: str = "",
    every: str = "",
    today: date | None = None,
    told: Callable[[str], None] = lambda _: None,
    beside: Callable[[Figure], Beside | None] | None = None,
) -> Look:
    """Read returns, count, hide what is small, and set the rest beside what is published.

    Parameters
    ----------
    folder : Path
        The files.
    known : Known
        What figures may be of.
    published : Published
        The published figures.
    kept : sequence of Figure
        The local figures that are kept already; what the new ones would tell of them is hidden.
    as_at : str
        A date such as ``2025-09-30``; without one the 31 March of the newest return.
    authority : str
        The code of the authority; without one it is taken from the census.
    every : {"", "month", "quarter"}
        Count as at the end of each month or quarter of the year before the day too.
    today : date, optional
        Without it, today.
    told : callable
        Is told what is being done, in a few words.
    beside : callable, optional
        What a figure of the last 31 March is reconciled with; without it, the published one.

    Raises
    ------
    CscdashError
        If nothing can be counted, for a reason that a person can mend.
    """
    told("Reading the files")
    read = read_folder(folder)
    invented = read.authorities == {INVENTED}
    area = _PLACE if invented else _area(read, authority)
    published = Published() if invented else published  # real ones say nothing of invented children
    figures: dict[date, list[Figure]] = {}
    rest: list[tuple[str, str]] = []
    with Pooled(read) as pooled:
        day = as_at_date(pooled, as_at)
        march = date(day.year - ((day.month, day.day) < (3, 31)), 3, 31)
        for one in _days(day, march, every):
            told(f"Counting as at {one:%-d %B %Y}")
            counted, why = _figures(
                count_all(pooled, one), area, one, known, published, today or date.today()
            )
            figures[one] = counted
            rest = why if one == day else rest
        pooled.cut(day)
        noted = quality(read, pooled)
        missing = missing_years(pooled)
    told("Hiding what is small")
    everything = [figure for one in sorted(figures, reverse=True) for figure in figures[one]]
    shown = _shown(everything, kept, known, published)
    return Look(
        area,
        day,
        () if invented else _newer(everything, published),
        shown,
        reconcile(shown, everything, march, known, beside or published_beside(published)),
        tuple(rest),
        tuple(noted),
        (*read.left_out, *missing),
        invented,
    )


def without_values(act: Callable[[], Done]) -> Done:
    """Do something with returns; what fails unexpectedly is named by its kind alone.

    The words of such an error, and its trace, may hold a value of a record.

    Raises
    ------
    CscdashError
        What `act` raises, or in place of any other error.
    """
    try:
        return act()
    except CscdashError:
        raise
    except Exception as error:
        kind = type(error).__name__
    raise CscdashError(f"The returns could not be counted ({kind}). Nothing was kept.")


def kept_figures(folder: Path, known: Known) -> list[Figure]:
    """The local figures that are kept in a folder, with what they rest on.

    Raises
    ------
    CscdashError
        Naming a file that cannot be read.
    """
    return [
        figure
        for file in files_in(folder, ".parquet")
        for figure in read_kept(content_of(file), file.name, known.measures)
    ]


def keep(folder: Path, found: Look, known: Known, published: Published, today: date) -> Kept:
    """Keep the figures of a look among the local figures, in place of older ones of own returns.

    Raises
    ------
    CscdashError
        If there are none, or the folder cannot be written.
    """
    cells = {figure.cell for figure in found.figures}
    for file in files_in(folder, ".parquet"):
        held = read_kept(content_of(file), file.name, known.measures)
        own = all(figure.source.startswith(_SOURCE) for figure in held)
        if own and any(figure.cell in cells for figure in held):
            remove(folder, file.stem)
    name = f"own returns as at {found.day.isoformat()}"
    return add(folder, [name], Checked(found.figures, ()), known, published, today)


def _area(read: Read, authority: str) -> str:
    if len(read.authorities) > 1:
        raise CscdashError(
            f"The files are of several authorities ({', '.join(sorted(read.authorities))}): give"
            " each a folder of its own."
        )
    found = next(iter(read.authorities), "")
    if authority and found and authority != found:
        raise CscdashError(f"The census is of authority {found}, not of {authority}.")
    area = authority or found
    if not area:
        raise CscdashError("Say whose returns they are: the authority with its three-digit code.")
    if area not in places().areas:
        raise CscdashError("No authority has that three-digit code.")
    return area


def _days(day: date, march: date, every: str) -> list[date]:
    """The days to count at: the last of each month or quarter of the year before, too."""
    if every not in STEPS:
        raise CscdashError("--every is month or quarter.")
    step = STEPS[every]
    back = [months_before(day, n) for n in range(0, 13, step)] if step else [day]
    return sorted({*back, day, march})


def _figures(
    counted: Sequence[Counted],
    area: str,
    day: date,
    known: Known,
    published: Published,
    today: date,
) -> tuple[list[Figure], list[tuple[str, str]]]:
    """The figures that were counted, and why others were not.

    A figure of twelve months that do not end with a month is shown, and has an empty `at`: no file
    of local figures can say such a period.
    """
    found, rest = [], []
    known = replace(known, repeats=lambda _: False)  # what is published is reconciled, not left out
    march = (day.month, day.day) == (3, 31)
    for one in counted:
        id = one.measure.id
        measure = known.measures.get(id)
        if measure is None:
            if one.breakdown == "total":
                rest.append((id, one.why_not or "no own measure of this id is declared"))
            continue
        group = known.categories(id).get(one.breakdown, frozenset())
        if one.breakdown != "total" and one.category not in group:
            continue  # the published figures have no such group, so nothing lies beside it
        if one.why_not:
            rest.append((id, one.why_not))
            continue
        rolling = not march and measure.measures not in ("stock", "snapshot")
        cells, why = _cells(one, measure, area, day, march or rolling, published)
        if why:
            rest.append((id, why))
            continue
        whole = (day + timedelta(days=1)).day == 1
        if rolling and whole:
            cells["period"] = f"12 months to {day:%B %Y}"
        elif rolling:  # checked as the year to the 31 March before, then given its own days
            cells["period"] = str(day.year - ((day.month, day.day) < (3, 31)))
        checked = check([Typed(id, cells)], known, max(today, day))
        rest += [(id, "too few children, or no such local figure can be kept")] * len(
            checked.problems
        )
        for figure in checked.figures:
            found.append(
                replace(figure, when=_rolling(day), at="") if rolling and not whole else figure
            )
    return found, rest


def _cells(
    one: Counted, measure: Indicator, area: str, day: date, year: bool, published: Published
) -> tuple[dict[str, str], str]:
    """The cells of a row of local figures; or none, and why."""
    below = one.below
    if measure.unit == "rate per 10,000":
        below = _population(published, measure.id, area, day)
    if measure.unit != "count" and below == 0:
        return {}, "nobody it could be of, or no population is loaded"
    times = {"percent": 100, "rate per 10,000": 10_000}.get(measure.unit, 1)
    cells = {
        "indicator": measure.id,
        "area": area,
        "period": str(day.year) if year else day.isoformat(),
        "breakdown": one.breakdown,
        "category": one.category,
        "value": repr(one.above / (below or 1) * times if measure.unit != "count" else one.above),
        "source": f"{_SOURCE}, as at {day.isoformat()}",
    }
    if measure.unit != "count":
        cells |= {"numerator": repr(one.above), "denominator": repr(below)}
    return cells, ""


def _rolling(day: date) -> When:
    first = months_before(day, 12) + timedelta(days=1)
    return When(f"year to {day:%-d %B %Y}", "year", first, day)


def _population(published: Published, id: str, area: str, day: date) -> float:
    """The newest published population of the area up to a day; 0 if none is loaded."""
    found = published.between(id, area, date(day.year - 3, day.month, 1), day)
    whole = [
        one for one in found if one.breakdown == "total" and one.denominator and one.end <= day
    ]
    return float(max(whole, key=lambda one: one.end).denominator or 0) if whole else 0.0


def _shown(
    figures: Sequence[Figure], kept: Sequence[Figure], known: Known, published: Published
) -> tuple[Figure, ...]:
    """The figures as they may be shown beside those that are kept, which count as told.

    What is published of the same days is another count of the same children, made earlier: its
    sums are not those of the own figures, so it is no part of their audit. Where it is hidden, so
    is the own figure.
    """
    new = {figure.cell for figure in figures}
    days = {figure.when.end for figure in figures}
    before = [figure for figure in kept if figure.cell not in new]

    def beside(id: str, area: str, first: date, last: date) -> list[Number]:
        return [one for one in published.between(id, area, first, last) if one.end not in days]

    hidden = hide(
        [*before, *figures],
        known.measures,
        published.hidden,
        known.categories,
        beside,
        len(before),
    )
    return tuple(
        shown_form(figure, known.measures[figure.indicator], published)
        for figure in hidden[len(before) :]
    )


def _newer(figures: Sequence[Figure], published: Published) -> tuple[Figure, ...]:
    """The figures that can be kept: of days for which nothing is published yet."""
    return tuple(
        one
        for one in figures
        if one.at
        and not published.hidden(one)
        and all(
            beside.end != one.when.end
            for beside in published.between(one.indicator, one.area, one.when.end, one.when.end)
        )
    )
