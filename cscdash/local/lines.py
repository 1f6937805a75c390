"""Local figures as lines: one for each kind of period, placed on the axis of published years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cscdash.analysis.number_format import bare
from cscdash.catalogue.models import Indicator
from cscdash.extracts import Status
from cscdash.local.named_periods import STEP, Kind, place
from cscdash.local.row import Figure
from cscdash.periods import say_date

LOCAL = "local, not published"
_PLURAL: dict[Kind, str] = {
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "date": "dates",
    "rolling": "twelve months each",
    "span": "spans of months",
}


@dataclass(frozen=True)
class LocalLine:
    """The totals of one area, of one kind of period, oldest first.

    Attributes
    ----------
    kind : str
        Month, quarter, year or date.
    name : str
        The area, and that it is not published.
    places : tuple of float
        Where each stands among published years.
    texts : tuple of str
        Each value as people read it, or why there is none.
    """

    kind: Kind
    name: str
    figures: tuple[Figure, ...]
    places: tuple[float, ...]
    texts: tuple[str, ...]

    @property
    def reach(self) -> float:
        """How far apart, in years, two neighbours may be for a line to join them."""
        return STEP[self.kind] * (1.01 if self.kind == "year" else 1.3)


def local_lines(figures: Sequence[Figure], measure: Indicator, area: str) -> tuple[LocalLine, ...]:
    """The lines of an area's local totals; those of groups are left out.

    Parameters
    ----------
    figures : sequence of Figure
        Of one measure and one area.
    measure : Indicator
        What they are of.
    area : str
        The name of the area.
    """
    totals = sorted((f for f in figures if f.breakdown == "total"), key=lambda f: f.when.end)
    kinds = list(dict.fromkeys(figure.when.kind for figure in totals))
    found = []
    for kind in kinds:
        own = tuple(figure for figure in totals if figure.when.kind == kind)
        which = f", {_PLURAL[kind]}" if len(kinds) > 1 else ""
        found.append(
            LocalLine(
                kind,
                f"{LOCAL}: {area}{which}",
                own,
                tuple(place(figure.when.end, measure.period_means) for figure in own),
                tuple(say_figure(figure, measure) for figure in own),
            )
        )
    return tuple(found)


def say_figure(figure: Figure, measure: Indicator) -> str:
    """A local value as people read it, rounded as the measure is, or why there is none."""
    if figure.value is None:
        return Status.of(figure.status).spelled
    return bare(figure.value, measure.unit, measure.decimals)


def rhythm(line: LocalLine) -> Literal["month", "quarter", ""]:
    """Whether a line goes by months or by quarters; empty where it does by neither.

    A stock is counted on days: the ends of months, or of quarters only, are such a rhythm.
    """
    if line.kind in ("month", "quarter"):
        return "month" if line.kind == "month" else "quarter"
    ends = [figure.when.end for figure in line.figures]
    if line.kind != "date" or any((end + timedelta(days=1)).day != 1 for end in ends):
        return ""
    return "quarter" if all(end.month % 3 == 0 for end in ends) else "month"


def evenly(line: LocalLine) -> tuple[list[str], list[float | None]]:
    """Periods and values of a line of months or quarters without holes: left out, no value."""
    periods: list[str] = []
    values: list[float | None] = []
    before: int | None = None
    months = 1 if rhythm(line) == "month" else 3
    for figure in line.figures:
        now = (figure.when.end.year * 12 + figure.when.end.month) // months
        missing = 0 if before is None else now - before - 1
        periods += [""] * missing + [figure.when.text]
        values += [None] * missing + [figure.value]
        before = now
    return periods, values


def freshness(figures: Sequence[Figure], added: str) -> str:
    """How new local figures are, and who says so: plain text."""
    latest = max(figures, key=lambda figure: figure.when.end).when
    said = f"Local, not published: latest {latest.text}"
    if latest.kind == "year":
        said += f" (to {say_date(latest.end)})"
    if added:
        said += f", added {say_date(date.fromisoformat(added))}"
    for word, texts in (
        ("Source", {figure.source for figure in figures}),
        ("Owner", {figure.owner for figure in figures}),
    ):
        named = sorted(texts - {""})
        if named:
            more = f" and {len(named) - 3} more" if len(named) > 3 else ""
            said += f". {word}: {'; '.join(named[:3])}{more}"
    return f"{said}."


def span_words(figures: Sequence[Figure], measure: Indicator) -> str:
    """That a quarter of a flow counts three months and a year twelve, where that matters."""
    kinds = {figure.when.kind for figure in figures} & {"month", "quarter"}
    adds_up = measure.measures == "flow" and measure.unit not in ("percent", "ratio", "score")
    if not kinds or not adds_up:
        return ""
    which = "a quarter counts three months" if "quarter" in kinds else "a month counts one month"
    return f"Of a flow, {which} and a year twelve: these levels cannot be set beside each other."
