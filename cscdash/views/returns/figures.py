"""Own figures, one indicator beside its published series, and all of them as a table."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.charts.over_time import draw
from cscdash.learning.pack.markdown import escaped
from cscdash.local.lines import local_lines
from cscdash.local.own_measures import Known
from cscdash.local.row import Figure
from cscdash.places import places
from cscdash.returns.look import Look
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import extract, store
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.local_figures import series
from cscdash.views.parts.series import breaks, lines


def figures(found: Look, known: Known, subject: ChosenArea) -> None:
    """Draw the figures; those of an invented authority stand beside nothing that is published."""
    of = "an invented authority" if found.invented else places().areas[found.area].short
    st.subheader(f"Figures of {of}", anchor=False)
    ids = list(dict.fromkeys(one.indicator for one in found.shown))
    ids.sort(key=lambda id: known.measures[id].unit == "count")  # what compares comes first
    # Real figures are never drawn beside invented ones, of either kind.
    if ids and not found.invented and not store().demonstration:
        chosen = st.selectbox(
            "Indicator",
            ids,
            format_func=lambda id: known.measures[id].title,
            key="returns indicator",
        )
        _chart(found, known, subject, chosen)
    totals = [one for one in found.shown if one.breakdown == "total"]
    st.table(_table(totals, known), border="horizontal", hide_index=True)
    groups = [one for one in found.shown if one.breakdown != "total" and one.when.end == found.day]
    if groups:
        with st.expander("By age, sex, ethnicity and more", icon=":material/groups:"):
            st.table(_groups(groups, known), border="horizontal", hide_index=True)


def _chart(found: Look, known: Known, subject: ChosenArea, id: str) -> None:
    """The published series of the indicator with the own figures as a dotted line."""
    measure = known.measures[id]
    mine = [one for one in found.shown if one.indicator == id and one.breakdown == "total"]
    mine.sort(key=lambda one: one.when.end)
    if subject.code != found.area:
        subject = replace(choose_area(found.area, (), subject.theme))
    name = places().areas[found.area].short
    held = extract(id)
    published = lines(held, subject) if held else []
    own = [series(one) for one in local_lines(mine, measure, name)]
    if not own and not published:
        return
    title = f"{measure.title}, {name}, with own figures, not published"
    drawing = draw(
        measure,
        [*published, *own],
        subject.theme,
        title,
        rules=breaks(measure, published),
    )
    show_chart(drawing, "own returns", title, ["Dotted line: own returns, not published."])


def _table(rows: list[Figure], known: Known) -> pd.DataFrame:
    """One row for each indicator, one column for each date, the newest first."""
    columns: dict[str, dict[str, str]] = {}
    for one in sorted(rows, key=lambda f: f.when.end, reverse=True):
        said = f"{one.when.end:%-d %B %Y}"
        columns.setdefault(said, {})[one.indicator] = _words(one, known)
    ids = list(dict.fromkeys(one.indicator for one in rows))
    return pd.DataFrame(
        [
            {
                "Indicator": known.measures[id].short,
                "Counts": "the day" if _of_the_day(known, id) else "twelve months",
                **{day: cells.get(id, "") for day, cells in columns.items()},
            }
            for id in ids
        ]
    ).map(escaped)


def _of_the_day(known: Known, id: str) -> bool:
    return known.measures[id].measures in ("stock", "snapshot")


def _groups(rows: list[Figure], known: Known) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Indicator": known.measures[one.indicator].short,
                "Breakdown": one.breakdown,
                "Group": one.category,
                "Own": _words(one, known),
            }
            for one in rows
        ]
    ).map(escaped)


def _words(one: Figure, known: Known) -> str:
    measure = known.measures[one.indicator]
    return "hidden" if one.value is None else say(one.value, measure.unit, measure.decimals)
