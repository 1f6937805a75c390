"""Local figures beside published ones: their lines, their words, their numbers."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis.process_chart import FEWEST
from cscdash.catalogue import Indicator
from cscdash.charts.over_time import Series, draw
from cscdash.learning.pack.markdown import escaped
from cscdash.local.lines import (
    LocalLine,
    evenly,
    freshness,
    local_lines,
    rhythm,
    say_figure,
    span_words,
)
from cscdash.local.named_periods import STEP
from cscdash.local.row import Figure
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import local
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.usual import Regular, process_chart


def offered(measure: Indicator, subject: ChosenArea, page: str) -> list[Series]:
    """The lines of the area's local figures, unless the reader hides them.

    The switch is not in the address, and neither is anything else about local figures but a new
    baseline that the reader sets, and why.
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
        if rhythm(line) and sum(f.value is not None for f in line.figures) >= FEWEST:
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
    """The process chart of a monthly or quarterly series, on request.

    The shown form has no numerators and denominators, so that it is always an XmR chart.
    """
    kind, page = rhythm(line), f"{page} {line.kind}"
    if not st.toggle(f"What is usual from {kind} to {kind}", key=f"usual {page}"):
        return
    process_chart(_regular(line), measure, subject, page, [local_words(measure, subject)])


def _regular(line: LocalLine) -> Regular:
    """A local line with a place for every month or quarter, those left out too."""
    kind = rhythm(line) or "quarter"
    periods, values = evenly(line)
    given = dict(zip([figure.when.text for figure in line.figures], line.places, strict=True))
    texts = dict(zip(given, line.texts, strict=True))
    statuses = {figure.when.text: figure.status for figure in line.figures}
    days = {figure.when.text: figure.when.end.isoformat() for figure in line.figures}
    ends: list[float] = []
    for period in periods:
        ends.append(given[period] if period else ends[-1] + STEP[kind])
    return Regular(
        Series(
            role="own",
            name=line.name,
            periods=periods,
            ends=ends,
            values=values,
            statuses=[statuses.get(period, "x") for period in periods],
            provisional=[False for _ in periods],
            texts=[texts.get(period, "") for period in periods],
            local=True,
            reach=STEP[kind] * 1.3,
        ),
        tuple(days.get(period, "") for period in periods),
        kind,
    )
