"""What a session or a pack shows of an indicator: the chart over time, its sentence, its limits."""

from dataclasses import replace
from zlib import crc32

import pandas as pd

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.catalogue import catalogue
from cscdash.charts.drawing import Drawing
from cscdash.charts.over_time import Series, draw, table
from cscdash.learning.pack import Exhibit
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.findings import moved_words, sentence_of
from cscdash.views.parts.series import breaks, lines
from cscdash.views.parts.source_line import source_line
from cscdash.views.parts.unloaded import stand_in_words


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


def exhibit(held: Extract, about: ChosenArea, names: bool) -> Exhibit:
    """An indicator of one area with its chart; other authorities are named if `names` is true."""
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
        said.insert(0, stand_in_words(indicator))
    said += [f"Break from {change.period}: {change.why}" for change in indicator.breaks]
    line = held.line(about.code)
    said += [s.spelled for s in sorted({point.status for point in line if point.value is None})]
    said += [flag.spelled for flag in sorted({flag for point in line for flag in point.noted})]
    return tuple(dict.fromkeys(filter(None, said)))
