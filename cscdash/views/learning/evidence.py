"""What a session shows of an indicator: the chart over time, its sentence, and the strip."""

from dataclasses import replace
from zlib import crc32

import pandas as pd

from cscdash.analysis.comparison import Middle
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare, say
from cscdash.analysis.observations import authorities
from cscdash.catalogue import Indicator, catalogue
from cscdash.charts.drawing import Drawing, lean
from cscdash.charts.export import PAPER
from cscdash.charts.guess_strip import Mark, round_top, strip_rows, strip_template
from cscdash.charts.over_time import (
    Band,
    Series,
    over_time_rows,
    over_time_template,
)
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import tick
from cscdash.learning.pack import Exhibit
from cscdash.learning.session import Guess, Session
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import extract
from cscdash.views.parts.findings import moved_words, sentence_of
from cscdash.views.parts.series import breaks, lines, table
from cscdash.views.parts.source_line import source_line


def subject_of(session: Session, code: str, theme: Theme) -> ChosenArea:
    """Whom a chart of the session is about."""
    return choose_area(code, tuple(session.group), theme)


def over_time_drawing(held: Extract, about: ChosenArea, names: bool) -> Drawing | None:
    """The chart over time; other authorities stand without their names unless `names`."""
    series = lines(held, about)
    if not series:
        return None
    if not names:
        series = _nameless(series)
    indicator = held.indicator
    rows = over_time_rows(series, breaks(indicator, series), Band(), zero=True)
    bold = [one for one in series if one.role != "neighbour"]
    return Drawing(
        spec=over_time_template(about.theme, held.indicator.double_year, tick(indicator.unit)),
        paper=over_time_template(PAPER, held.indicator.double_year, tick(indicator.unit)),
        rows=lean(rows),
        alt=f"{indicator.title}, {series[0].periods[0]} to {held.latest}: "
        + ", ".join(one.name for one in bold)
        + (
            f"; thin lines: {len(series) - len(bold)} others, not named"
            if len(series) > len(bold) and not names
            else ""
        ),
        table=table(series if names else bold),
    )


def _nameless(series: list[Series]) -> list[Series]:
    """The same lines; others as numbered neighbours, in an order that tells nothing."""
    others = sorted(
        (one for one in series if one.role == "neighbour"), key=lambda one: crc32(one.name.encode())
    )
    number = {one.name: at for at, one in enumerate(others, start=1)}
    return [
        replace(one, name=f"neighbour {number[one.name]}") if one.role == "neighbour" else one
        for one in series
    ]


def strip_drawing(
    held: Extract, about: ChosenArea, guesses: list[Guess], revealed: bool
) -> Drawing | None:
    """The strip with everyone's guesses; own, median and England join when it is revealed."""
    indicator, period = held.indicator, held.latest
    low, high = strip_ends(held)
    marks = [Mark("other", guess.value, guess.name or "a guess") for guess in guesses]
    published = _published(held, about) if revealed else []
    said = [("the strip begins at", low), ("and ends at", high)]
    said += [(f"guess: {mark.text}", mark.value) for mark in marks]
    said += [(mark.text, mark.value) for mark in published]
    rows = [{"What": what, "Value": _plain(indicator, value)} for what, value in said]
    return Drawing(
        spec=strip_template(about.theme, tick(indicator.unit)),
        paper=strip_template(PAPER, tick(indicator.unit)),
        rows=lean(strip_rows(marks, published, low, high)),
        alt=f"{indicator.title}, {period}: {len(marks)} guesses"
        + ("; " + ", ".join(mark.text for mark in published) if published else " on a blank strip"),
        table=pd.DataFrame(rows, columns=["What", "Value"]),
    )


def strip_ends(held: Extract) -> tuple[float, float]:
    """From zero (or below, for scores) to a round number above the highest authority."""
    values = [one.value for one in authorities(held.at(held.latest)) if one.value is not None]
    values = values or [one.value for one in held.england() if one.value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (-round_top(-low) if low < 0 else 0.0), round_top(high)


def _published(held: Extract, about: ChosenArea) -> list[Mark]:
    indicator, period = held.indicator, held.latest
    found = []
    own = held.point(about.code, period)
    if own and own.value is not None:
        text = f"{about.area.short} {_plain(indicator, own.value)}"
        found.append(Mark("own", own.value, text))
    group = held.middle(period, about.code, about.group) if about.group else None
    if isinstance(group, Middle):
        found.append(Mark("median", group.median, f"median {_plain(indicator, group.median)}"))
    england = held.point(places().england.code, period)
    if (
        england
        and england.value is not None
        and about.area.level != "country"
        and not indicator.adds_up
    ):
        found.append(Mark("england", england.value, f"England {_plain(indicator, england.value)}"))
    return found


def _plain(indicator: Indicator, value: float) -> str:
    return bare(value, indicator.unit, indicator.decimals)


def exhibits(session: Session, theme: Theme = PAPER) -> list[Exhibit]:
    """Every indicator and area of the session that the catalogue and the extracts hold."""
    known = {indicator.id for indicator in catalogue().indicators}
    return [
        _exhibit(held, subject_of(session, code, theme), session.names)
        for id in session.discussed
        if id in known and (held := extract(id)) is not None
        for code in session.areas
        if code in places().areas
    ]


def _exhibit(held: Extract, about: ChosenArea, names: bool) -> Exhibit:
    indicator, line = held.indicator, held.line(about.code)
    chapter = catalogue().chapter(indicator.chapter)
    drawing = over_time_drawing(held, about, names)
    point = held.point(about.code, held.latest)
    value = "no figure"
    if point is not None:
        value = (
            point.status.words
            if point.value is None
            else say(point.value, indicator.unit, indicator.decimals)
        )
    return Exhibit(
        indicator=indicator.id,
        code=about.code,
        area=about.area.short,
        title=indicator.title,
        chapter=f"{chapter.number}: {chapter.title}",
        period=held.latest,
        value=value,
        sentence=sentence_of(held, about, line),
        moved=moved_words(held, about, line) or "",
        source=source_line(held),
        caveats=_caveats(held, about),
        questions=tuple(indicator.questions),
        table=_by_period(held, about),
        spec=drawing.paper if drawing else None,
        rows=drawing.rows if drawing else pd.DataFrame(),
        alt=drawing.alt if drawing else "",
        say=lambda value: say(value, indicator.unit, indicator.decimals),
    )


def _by_period(held: Extract, about: ChosenArea) -> pd.DataFrame:
    """The numbers of the bold lines with a row for each period: it fits a page."""
    bold = [one for one in lines(held, about) if one.role != "neighbour"]
    if not bold:
        return pd.DataFrame()
    found = table(bold).set_index("Area").T
    found.columns.name = None
    return found.reset_index(names="Period")


def _caveats(held: Extract, about: ChosenArea) -> tuple[str, ...]:
    indicator = held.indicator
    said = [indicator.limits, indicator.reading]
    if indicator.standing == "stand-in":
        said.insert(0, "A stand-in: shown in place of a measure that nobody publishes.")
    said += [f"Break from {change.period}: {change.why}" for change in indicator.breaks]
    line = held.line(about.code)
    said += [s.spelled for s in sorted({point.status for point in line if point.value is None})]
    said += [flag.spelled for flag in sorted({flag for point in line for flag in point.noted})]
    return tuple(dict.fromkeys(filter(None, said)))
