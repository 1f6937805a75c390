"""The profile of the chosen area: every context measure, beside its comparison and England."""

import pandas as pd
import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.comparison import FEWEST
from cscdash.analysis.map_classes import fifth
from cscdash.analysis.number_format import say, say_range
from cscdash.analysis.numbers_csv import table_csv
from cscdash.catalogue import ContextMeasure, context
from cscdash.places import children, context_values, places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import store
from cscdash.views.parts.chart_files import file_name
from cscdash.views.parts.context_measures import say_context


def profile(subject: ChosenArea, page: str) -> None:
    """Show every context measure for the chosen area, theme by theme."""
    values = context_values()
    _children(subject)
    if subject.area.level == "authority":
        _deprivation(subject, values)
    else:
        st.markdown(
            "The measures below are published by authority: the middle and the two ends of"
            f" {len(subject.group) or len(places().authorities)} authorities are shown."
        )
    frames = []
    for theme, measures in context().themes.items():
        st.subheader(theme, anchor=False)
        table = pd.DataFrame([_row(measure, subject, values) for measure in measures])
        st.table(table, border="horizontal", hide_index=True)
        frames.append(table.assign(Theme=theme))
    st.download_button(
        "The profile (CSV)",
        data=while_permitted(lambda: table_csv(pd.concat(frames), store().demonstration)),
        file_name=file_name(f"context of {subject.area.short}", "csv"),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(
        "Medians are of the authorities that have a value, and are not weighted by people; they"
        " are not the value of England as a whole. Fifths are of the 153 authorities."
    )


def _children(subject: ChosenArea) -> None:
    known = children()
    if subject.code not in known.index:
        return
    line = known.loc[subject.code].dropna()
    first, last = line.index[0], line.index[-1]
    change = line[last] / line[first] - 1
    way = "up" if change > 0 else "down"
    moved = f"{way} {abs(change):.0%} since {first}" if round(abs(change), 2) else f"as in {first}"
    st.markdown(
        f"**{line[last]:,.0f} children and young people aged 0 to 17** in the middle of {last},"
        f" {moved}."
    )


def _deprivation(subject: ChosenArea, values: pd.DataFrame) -> None:
    said = place_words.among_fifths(values["imd_2025"], subject.code, "deprivation")
    moved = place_words.moved_fifths(
        fifth(values["imd_2019"], subject.code), fifth(values["imd_2025"], subject.code)
    )
    if said:
        st.markdown(f"{subject.area.short} is {said} (IMD 2025): {moved}.")


def _row(measure: ContextMeasure, subject: ChosenArea, values: pd.DataFrame) -> dict[str, str]:
    column = values[measure.id]
    row = {"Measure": measure.title, "Period": measure.period}
    everyone = f"Median of {column.notna().sum()} authorities"
    if subject.area.level == "authority":
        row[subject.area.short] = say_context(column.get(subject.code), measure)
        row["Fifth of authorities"] = _fifth(column, subject.code)
    group = column.reindex(list(subject.group)).dropna()
    if len(subject.group):
        name = f"Median of {subject.group_name}"
        enough = len(group) >= FEWEST
        row[name] = _median(group, measure) if enough else "too few have a value"
        if subject.area.level != "authority" and len(group):
            row["Lowest and highest"] = _ends(group, measure)
    row["Median of all authorities"] = f"{_median(column, measure)}"
    if column.isna().any():
        row["Median of all authorities"] += f" ({everyone.removeprefix('Median of ')})"
    if subject.area.level == "country":
        row["Lowest and highest"] = _ends(column.dropna(), measure)
    return row


def _fifth(column: pd.Series, code: str) -> str:
    number = fifth(column, code)
    return place_words.ORDINALS[number - 1] if number else ""


def _median(values: pd.Series, measure: ContextMeasure) -> str:
    return say(float(values.median()), measure.unit, measure.decimals)


def _ends(values: pd.Series, measure: ContextMeasure) -> str:
    return say_range(float(values.min()), float(values.max()), measure.unit, measure.decimals)
