"""What a session shows of an indicator: the chart over time, its sentence, and the strip."""

from dataclasses import replace
from zlib import crc32

import pandas as pd

from cscdash.analysis.comparison import Middle
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare, say
from cscdash.analysis.observations import authorities
from cscdash.analysis.printed import Printed, median_of, printed
from cscdash.catalogue import Indicator, catalogue
from cscdash.charts.drawing import Drawing
from cscdash.charts.guess_strip import Mark, round_top
from cscdash.charts.guess_strip import draw as draw_strip
from cscdash.charts.over_time import Series, draw, table
from cscdash.charts.theme import PAPER, Role, Theme
from cscdash.learning.pack import Exhibit
from cscdash.learning.session import Guess, Session
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import extracts
from cscdash.views.parts.findings import moved_words, sentence_of
from cscdash.views.parts.series import breaks, lines
from cscdash.views.parts.source_line import source_line


def subject_of(session: Session, code: str, theme: Theme) -> ChosenArea:
    """The area that a chart of the session is about."""
    return choose_area(code, tuple(session.group), theme)


def over_time_drawing(held: Extract, about: ChosenArea, names: bool) -> Drawing | None:
    """The chart over time; other authorities are not named unless `names` is true."""
    series = lines(held, about)
    if not series:
        return None
    if not names:
        series = _nameless(series)
    indicator = held.indicator
    bold = [one for one in series if one.role != "neighbour"]
    others = len(series) - len(bold)
    return draw(
        indicator,
        series,
        about.theme,
        f"{indicator.title}, {series[0].periods[0]} to {held.latest}: "
        + ", ".join(one.name for one in bold)
        + (f"; thin lines: {others} others, not named" if others and not names else ""),
        rules=breaks(indicator, series),
        nameless=not names,
    )


def _nameless(series: list[Series]) -> list[Series]:
    """The same lines; others as numbered neighbours, in an order that reveals nothing."""
    others = sorted(
        (one for one in series if one.role == "neighbour"), key=lambda one: crc32(one.name.encode())
    )
    number = {one.name: at for at, one in enumerate(others, start=1)}
    return [
        replace(one, name=f"neighbour {number[one.name]}", figure="neighbour, not named")
        if one.role == "neighbour"
        else one
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
    said += [(mark.text, mark.value) for mark, _ in published]
    rows = [{"What": what, "Value": _plain(indicator, value)} for what, value in said]
    return draw_strip(
        indicator,
        marks,
        [mark for mark, _ in published],
        (low, high),
        about.theme,
        f"{indicator.title}, {period}: {len(marks)} guesses"
        + (
            "; " + ", ".join(mark.text for mark, _ in published)
            if published
            else " on a blank strip"
        ),
        pd.DataFrame(rows, columns=["What", "Value"]),
        lambda: [cell for _, cell in published],
    )


def strip_ends(held: Extract) -> tuple[float, float]:
    """From zero (or below, for scores) to a round number above the highest authority."""
    values = [one.value for one in authorities(held.at(held.latest)) if one.value is not None]
    values = values or [one.value for one in held.england() if one.value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (-round_top(-low) if low < 0 else 0.0), round_top(high)


def _published(held: Extract, about: ChosenArea) -> list[tuple[Mark, Printed]]:
    """Own value, median and England, as marks and as they are printed."""
    indicator, period = held.indicator, held.latest
    shown: list[tuple[Role, str, Printed]] = []
    own = held.point(about.code, period)
    shown.append(("own", about.area.short, printed(indicator, about.area.short, period, own)))
    group = held.middle(period, about.code, about.group) if about.group else None
    if isinstance(group, Middle):
        median = median_of(indicator, about.group_name, period, group)
        shown.append(("median", "median", median))
    if about.area.level != "country" and not indicator.adds_up:
        england = held.point(places().england.code, period)
        shown.append(("england", "England", printed(indicator, "England", period, england)))
    return [
        (Mark(role, cell.value, f"{name} {cell.text}"), cell)
        for role, name, cell in shown
        if cell.value is not None
    ]


def _plain(indicator: Indicator, value: float) -> str:
    return bare(value, indicator.unit, indicator.decimals)


def exhibits(session: Session, theme: Theme = PAPER) -> list[Exhibit]:
    """Every indicator and area of the session that the catalogue and the extracts hold."""
    known = {indicator.id for indicator in catalogue().indicators}
    loaded = extracts(id for id in session.discussed if id in known)
    return [
        _exhibit(held, subject_of(session, code, theme), session.names)
        for held in loaded.values()
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
        source=source_line(drawing.releases) if drawing else "",
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
