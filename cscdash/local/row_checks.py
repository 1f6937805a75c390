"""What is wrong with typed rows, each finding with its row; or the figures that they are."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cscdash.catalogue.models import Indicator
from cscdash.errors import CscdashError
from cscdash.extracts import Status
from cscdash.extracts.published_cells import STATUS, read_cell
from cscdash.local.answers import ASK, Answers
from cscdash.local.fractions import shares_as_percentages
from cscdash.local.named_periods import When
from cscdash.local.own_measures import Categories, Known
from cscdash.local.row import EXAMPLE, LONGEST, Figure, Problem, Typed
from cscdash.local.row_periods import read_when
from cscdash.local.row_values import Numbers, read_numbers, said_in_words
from cscdash.places import Area, places, the_area

_NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Checked:
    """What typed rows were taken for: a proposal, until a person says that it is right.

    Attributes
    ----------
    figures : tuple of Figure
        In the order of their rows.
    problems : tuple of Problem
        With one of them, no figure may be kept.
    left_out : tuple of Problem
        Rows, columns and sheets that were not taken, and why.
    words : tuple of str
        What was read otherwise than as a number of its own, in sentences.
    """

    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()
    words: tuple[str, ...] = ()


def sentence(problem: Problem) -> str:
    """A problem as a line: where, and what."""
    return f"{problem.at}: {problem.what}{'' if problem.what[-1:] in '.?' else '.'}"


def check(typed: Iterable[Typed], known: Known, today: date, answers: Answers = ASK) -> Checked:
    """Check typed rows.

    Parameters
    ----------
    typed : iterable of Typed
        As `read_typed` gives them.
    known : Known
        What they may be about.
    today : date
        A period that ends later has not happened yet.
    answers : Answers
        What was said where a file can be read in two ways.

    Returns
    -------
    Checked
        Figures in the order of their rows, all problems, and what was left out.
    """
    figures: list[Figure] = []
    left_out: list[Problem] = []
    seen: dict[tuple[str, ...], str] = {}
    said: Counter[tuple[str, str]] = Counter()
    named = [_by_id(row, known) for row in typed]
    rows, problems = shares_as_percentages(named, known.measures, answers.fractions)
    for row in rows:
        if not any(row.cell(column) for column in (*_NUMBERS, "status")):
            left_out.append(Problem(row.at, "there is no number"))
            continue
        try:
            figure = _figure(row, known, today, answers)
        except CscdashError as error:
            problems.append(Problem(row.at, str(error)))
            continue
        if word := said_in_words(row.cell("value")):
            said[row.cell("value")[:20], word] += 1
        if figure.cell in seen:
            problems.append(Problem(row.at, f"the same figure stands in {seen[figure.cell]} too"))
        seen.setdefault(figure.cell, row.at)
        if known.repeats(figure):
            left_out.append(Problem(row.at, "it is published, with the same value"))
            continue
        figures.append(figure)
    words = tuple(
        f"‘{text}’ is read as {Status.of(letter).spelled} ({number}\N{MULTIPLICATION SIGN})."
        for (text, letter), number in said.items()
    )
    return Checked(tuple(figures), tuple(problems), tuple(left_out), words)


def _figure(row: Typed, known: Known, today: date, answers: Answers) -> Figure:
    measure = _measure(row.cell("indicator"), known)
    area = _area(row.cell("area"))
    when = read_when(
        row.cell("period"), measure.time_identifier, measure.period_means, answers.quarters
    )
    if when.kind == "date" and measure.measures in ("flow", "cohort"):
        raise CscdashError(
            f"{when.text} is a single day, and this counts what happens over a time: write the"
            f" month ({when.end:%B %Y}), the quarter or the year"
        )
    if when.end > today:
        raise CscdashError(f"{when.text} has not ended yet")
    if not places().existed(area.code, when.end):
        raise CscdashError(_gone(area, when))
    breakdown, category = _group(row, known.categories(measure.id))
    numbers = read_numbers(
        measure, row.cell("value"), row.cell("numerator"), row.cell("denominator"), _status(row)
    )
    return _with_texts(row, measure, area, when, (breakdown, category), numbers)


def _gone(area: Area, when: When) -> str:
    """Why an area has no figure for a period, and which authorities came after it."""
    after = [places().areas[code].short for code in area.successors]
    said = f"{area.short} did not exist at the end of {when.text}"
    return f"{said}; its children's services passed to {' and '.join(after)}" if after else said


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


def _by_id(row: Typed, known: Known) -> Typed:
    """The row with the id of its indicator, where its name is known."""
    try:
        return replace(
            row, cells={**row.cells, "indicator": _measure(row.cell("indicator"), known).id}
        )
    except CscdashError:
        return row


def _measure(text: str, known: Known) -> Indicator:
    if not text:
        raise CscdashError("the indicator is missing: write its id, as the data page lists it")
    ids = known.names.ids(text)
    if len(ids) == 1:
        return known.measures[ids[0]]
    if ids:
        raise CscdashError(f"‘{text[:60]}’ may be {' or '.join(ids)}: write which")
    raise CscdashError(f"‘{text[:60]}’ is no indicator we know{_near(text, known.measures)}")


def _area(text: str) -> Area:
    if not text:
        raise CscdashError("the area is missing")
    try:
        return the_area(text)
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
