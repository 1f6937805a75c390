"""What is wrong with typed rows, each finding with its row; or the figures that they are."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cscdash.catalogue.models import Indicator
from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import STATUS, read_cell
from cscdash.local.own_measures import Categories, Known
from cscdash.local.row import EXAMPLE, LONGEST, Figure, Typed
from cscdash.local.row_periods import When, read_when
from cscdash.local.row_values import Numbers, read_numbers
from cscdash.places import Area, places


@dataclass(frozen=True)
class Problem:
    """A finding: where it stands, and what it is."""

    at: str
    what: str


@dataclass(frozen=True)
class Checked:
    """The figures of typed rows, and every problem; with a problem none of them may be kept."""

    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]


def sentence(problem: Problem) -> str:
    """A problem as a line: where, and what."""
    return f"{problem.at}: {problem.what}{'' if problem.what[-1:] in '.?' else '.'}"


def check(typed: Iterable[Typed], known: Known, today: date) -> Checked:
    """Check typed rows.

    Parameters
    ----------
    typed : iterable of Typed
        As `read` gives them.
    known : Known
        What they may be about.
    today : date
        A period that ends later has not happened yet.

    Returns
    -------
    Checked
        Figures in the order of their rows, and all problems.
    """
    figures: list[Figure] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], str] = {}
    for row in typed:
        try:
            figure = _figure(row, known, today)
        except CscdashError as error:
            problems.append(Problem(row.at, str(error)))
            continue
        if figure.cell in seen:
            problems.append(Problem(row.at, f"the same figure stands in {seen[figure.cell]} too"))
        seen.setdefault(figure.cell, row.at)
        figures.append(figure)
    return Checked(tuple(figures), tuple(problems))


def _figure(row: Typed, known: Known, today: date) -> Figure:
    measure = _measure(row.cell("indicator"), known)
    area = _area(row.cell("area"))
    when = read_when(row.cell("period"), measure.time_identifier, measure.period_means)
    if when.kind == "date" and measure.measures in ("flow", "cohort"):
        raise CscdashError(
            f"{when.text} is a single day, and this counts what happens over a time: write the"
            " month, the quarter or the year"
        )
    if when.end > today:
        raise CscdashError(f"{when.text} has not ended yet")
    if not places().existed(area.code, when.end):
        raise CscdashError(f"{area.short} did not exist at the end of {when.text}")
    breakdown, category = _group(row, known.categories(measure.id))
    numbers = read_numbers(
        measure, row.cell("value"), row.cell("numerator"), row.cell("denominator"), _status(row)
    )
    return _with_texts(row, measure, area, when, (breakdown, category), numbers)


def _with_texts(
    row: Typed, measure: Indicator, area: Area, when: When, group: tuple[str, str], n: Numbers
) -> Figure:
    if EXAMPLE in (row.cell("note"), row.cell("source")):
        raise CscdashError("this is still the example: put your own number, and clear its words")
    for column, longest in LONGEST.items():
        if len(row.cell(column)) > longest:
            raise CscdashError(f"the {column} is longer than {longest} characters")
    return Figure(
        measure.id,
        area.code,
        when,
        *group,
        n.value,
        n.numerator,
        n.denominator,
        n.status,
        row.cell("note"),
        row.cell("source"),
        row.cell("owner"),
        row.at,
    )


def _measure(text: str, known: Known) -> Indicator:
    if not text:
        raise CscdashError("the indicator is missing: write its id, as the data page lists it")
    if text in known.measures:
        return known.measures[text]
    for measure in known.measures.values():
        if text.lower() in (measure.id, measure.title.lower()):
            return measure
    raise CscdashError(f"‘{text[:60]}’ is no indicator we know{_near(text, known.measures)}")


def _area(text: str) -> Area:
    if not text:
        raise CscdashError("the area is missing (merged cells are read as empty ones)")
    known = places()
    found = known.areas.get(text) or known.by_gss(text) or known.find(text)
    if found:
        return found
    try:
        return known.area(text[:60])
    except CscdashError as error:
        raise CscdashError(str(error).removesuffix(".")) from None


def _group(row: Typed, groups: Categories) -> tuple[str, str]:
    breakdown, category = row.cell("breakdown"), row.cell("category")
    if breakdown.lower() in ("", "total") and category.lower() in ("", "total"):
        return "total", "total"
    if not breakdown or not category:
        raise CscdashError("a breakdown needs a category, and a category a breakdown")
    known = {name.lower(): name for name in groups}
    if breakdown.lower() not in known:
        raise CscdashError(
            f"‘{breakdown[:40]}’ is no breakdown of this indicator{_near(breakdown, groups)}"
        )
    breakdown = known[breakdown.lower()]
    names = {name.lower(): name for name in groups[breakdown]}
    if category.lower() not in names:
        near = _near(category, groups[breakdown])
        raise CscdashError(f"‘{category[:60]}’ is no category of {breakdown}{near}")
    return breakdown, names[category.lower()]


def _status(row: Typed) -> str:
    text = row.cell("status").lower()
    if text in ("", "ok"):
        return ""
    bare = re.sub(r"[\[\] ]", "", text)
    if bare not in STATUS:
        raise CscdashError(f"‘{text[:40]}’ is no status; leave it empty, or write c, k, u, x or z")
    value = row.cell("value")
    if value and read_cell(value)[1] == 0:
        raise CscdashError(f"there is a value and the status ‘{bare}’: only one can hold")
    return bare


def _near(text: str, known: Iterable[str]) -> str:
    names: Sequence[str] = sorted(known)
    folded = {name.lower(): name for name in names}
    near = difflib.get_close_matches(text[:80].lower(), list(folded), n=1, cutoff=0.4)
    return f"; the nearest is ‘{folded[near[0]]}’" if near else ""
