"""Local figures beside published ones: their lines, their words, their numbers."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.process_chart import FEWEST, RUN, TREND, Usual, usual
from cscdash.analysis.wording import listed
from cscdash.catalogue import Indicator
from cscdash.charts.over_time import Series, draw
from cscdash.charts.process_chart import draw as draw_usual
from cscdash.learning.pack.markdown import escaped
from cscdash.local.lines import (
    LocalLine,
    evenly,
    freshness,
    local_lines,
    say_figure,
    span_words,
)
from cscdash.local.row import Figure
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import local
from cscdash.views.parts.chart_with_table import show_chart


def offered(measure: Indicator, subject: ChosenArea, page: str) -> list[Series]:
    """The lines of the area's local figures, unless the reader hides them.

    The switch is not in the address, and neither is anything else about local figures.
    """
    found = local_lines(_of(measure, subject), measure, subject.area.short)
    if not found:
        return []
    help = "Not published: no median, region or England holds them, and no link carries them."
    if not st.toggle("Local figures", value=True, key=f"local shown {page}", help=help):
        return []
    return [series(line) for line in found]


def series(line: LocalLine) -> Series:
    """A local line as the chart over time draws it."""
    return Series(
        role="own",
        name=line.name,
        periods=[figure.when.text for figure in line.figures],
        ends=line.places,
        values=[figure.value for figure in line.figures],
        statuses=[figure.status for figure in line.figures],
        provisional=[False for _ in line.figures],
        texts=line.texts,
        local=True,
        reach=line.reach,
    )


def local_words(measure: Indicator, subject: ChosenArea) -> str:
    """How new the local figures are and where they come from, in plain text."""
    figures = _of(measure, subject)
    said = freshness(figures, local().added(measure.id))
    return " ".join(filter(None, [said, span_words(figures, measure)]))


def below(measure: Indicator, subject: ChosenArea, page: str) -> None:
    """What stands below a chart with local figures: freshness, groups, and what is usual."""
    figures = _of(measure, subject)
    st.caption(escaped(local_words(measure, subject)) + " Dotted line, hollow points.")
    _details(figures, measure)
    for line in local_lines(figures, measure, subject.area.short):
        # a rolling year repeats eleven months of the one before, so its movement says nothing
        regular = line.kind in ("month", "quarter")
        if regular and sum(f.value is not None for f in line.figures) >= FEWEST:
            _usual(line, measure, subject, page)


def local_card(measure: Indicator, subject: ChosenArea) -> None:
    """Local figures of a measure that nobody publishes; nothing where there are none."""
    figures = _of(measure, subject)
    if not figures:
        return
    lines = [series(one) for one in local_lines(figures, measure, subject.area.short)]
    if lines:
        name = f"{measure.title}, {subject.area.short}, local figures, not published"
        alt = f"{name}, {lines[0].periods[0]} to {lines[0].periods[-1]}"
        drawing = draw(measure, lines, subject.theme, alt)
        show_chart(drawing, f"local {measure.id}", name, [local_words(measure, subject)])
    below(measure, subject, measure.id)


def _of(measure: Indicator, subject: ChosenArea) -> tuple[Figure, ...]:
    return local().of(measure.id, subject.code)


def _details(figures: Sequence[Figure], measure: Indicator) -> None:
    """Groups, notes and sources: what a line does not show."""
    shown = [f for f in figures if f.breakdown != "total" or f.note]
    if not shown:
        return
    rows = [
        {
            "Period": f.when.text,
            "Group": "all" if f.breakdown == "total" else f"{f.breakdown}: {f.category}",
            "Value": say_figure(f, measure),
            "Note": f.note,
        }
        for f in reversed(shown)
    ]
    with st.expander("Local figures by group, and notes", icon=":material/notes:"):
        st.table(pd.DataFrame(rows).map(escaped), border="horizontal", hide_index=True)


def _usual(line: LocalLine, measure: Indicator, subject: ChosenArea, page: str) -> None:
    """The process-behaviour view of a monthly or quarterly series, on request."""
    page = f"{page} {line.kind}"
    if not st.toggle(f"What is usual from {line.kind} to {line.kind}", key=f"usual {page}"):
        return
    periods, values = evenly(line)
    lowest = None if measure.unit in ("score", "pounds") else 0.0
    found = usual(values, lowest, 100.0 if measure.unit == "percent" else None)
    if isinstance(found, CannotSay):
        st.info(f"Cannot say: {found.why}.")
        return
    words = usual_words(found, periods, measure, line.kind)
    st.markdown(words)
    one = series(line)
    name = f"{measure.title}, {subject.area.short}, what is usual, local figures, not published"
    at = {text: place for place, text in enumerate(one.periods)}
    outside = tuple(at[periods[place]] for place in found.outside)
    drawn = replace(found, outside=outside)
    alt = f"{name}, with its mean and the limits of its usual movement"
    drawing = draw_usual(measure, one, drawn, subject.theme, alt)
    show_chart(drawing, f"usual {page}", name, [words, local_words(measure, subject)])


def usual_words(
    found: Usual, periods: Sequence[str], measure: Indicator, kind: str = "quarter"
) -> str:
    """The finding in neutral words."""
    low, mean, high = (
        say(number, measure.unit, measure.decimals)
        for number in (found.low, found.mean, found.high)
    )
    said = f"The mean is {mean}. Going by how it moves from {kind} to {kind}, values from {low}"
    said += f" to {high} are usual for this series."
    if found.outside:
        said += f" Outside these limits: {listed([periods[at] for at in found.outside])}."
    for first, last in found.runs:
        said += f" {RUN} or more in succession on one side of the mean: {periods[first]} to"
        said += f" {periods[last]}."
    for first, last in found.trends:
        said += f" {TREND} or more in succession that rise or fall: {periods[first]} to"
        said += f" {periods[last]}."
    if found.near:
        ends = listed([periods[three[-1]] for three in found.near])
        said += f" Two of three in succession near the same limit, up to: {ends}."
    if not (found.outside or found.runs or found.trends or found.near):
        said += " Nothing stands out from that: a move within them needs no story of its own."
    return f"{said} This says what the series has done, not what it should do (XmR chart)."
