"""The profile of the chosen area: every context measure on a strip of all authorities."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.comparison import FEWEST
from cscdash.analysis.map_classes import fifth
from cscdash.analysis.number_format import bare, say, say_range
from cscdash.analysis.printed import Printed
from cscdash.analysis.wording import listed
from cscdash.catalogue import ContextMeasure, context
from cscdash.charts.in_the_round import Dot, Row, draw
from cscdash.places import children, context_values, places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.context_measures import say_context


def profile(subject: ChosenArea, page: str) -> None:
    """Show every context measure for the chosen area, as strips; its table on request."""
    values = context_values()
    _children(subject)
    if subject.area.level == "authority":
        _deprivation(subject, values)
    else:
        st.markdown(
            "The measures below are published by authority: the middle and the two ends of"
            f" {len(subject.group) or len(places().authorities)} authorities are shown."
        )
    own = "Large dot: the chosen area. " if subject.area.level == "authority" else ""
    group = f"Diamonds: {subject.group_name}; upright line: their median. "
    st.caption(
        f"{own}{group if subject.group else ''}Rings: all other authorities. Each row has its own"
        " scale; further right is higher, nothing more."
    )
    for theme, measures in _together(context().themes):
        st.subheader(theme, anchor=False)
        rows = [_strip(measure, subject, values) for measure in measures]
        alt = f"{theme}, {subject.area.short}: {len(rows)} measures, beside all authorities."
        drawing = draw(rows, subject.theme, alt, named=False)
        sources = sorted({f"{one.publisher}, {one.source}" for one in measures})
        said = [f"Sources: {'; '.join(sources)}."]
        show_chart(
            drawing, f"{page} {theme}", f"{theme}, {subject.area.short}", said, sourced=False
        )
    st.caption(
        "Medians are of the authorities that have a value, and are not weighted by people; they"
        " are not the value of England as a whole. Fifths are of the 153 authorities."
    )


def _together(
    themes: Mapping[str, Sequence[ContextMeasure]],
) -> Iterator[tuple[str, list[ContextMeasure]]]:
    """Themes in charts of several rows: each chart that a page sends has a cost of its own."""
    names: list[str] = []
    measures: list[ContextMeasure] = []
    for name, some in themes.items():
        names.append(name if not names else name[0].lower() + name[1:])
        measures += some
        if len(measures) >= _ENOUGH:
            yield listed(names), measures
            names, measures = [], []
    if measures:
        yield listed(names), measures


_ENOUGH = 8  # rows of a chart


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


def _strip(measure: ContextMeasure, subject: ChosenArea, values: pd.DataFrame) -> Row:
    """A measure in the round: the own value on a strip of all authorities."""
    column = values[measure.id].dropna()
    known = {code: area for code, area in places().areas.items() if code in column.index}
    dots = [
        Dot(subject.role(code), area.short, float(column[code]), say_context(column[code], measure))
        for code, area in known.items()
    ]
    group = column.reindex(list(subject.group)).dropna()
    own = column.get(subject.code)
    number = _fifth(values[measure.id], subject.code)

    def drawn() -> Iterator[Printed]:
        for code, area in known.items():
            text = say_context(column[code], measure)
            yield Printed(measure, area.short, measure.period, float(column[code]), text, area=code)

    return Row(
        name=measure.short,
        change=f"{measure.period} · {number} fifth" if number else measure.period,
        value="–" if own is None else bare(float(own), measure.unit, measure.decimals),
        spark=[],
        dots=dots,
        median=float(group.median()) if len(group) >= FEWEST else None,
        low=bare(float(column.min()), measure.unit, measure.decimals),
        high=bare(float(column.max()), measure.unit, measure.decimals),
        told=_row(measure, subject, values),
        others=drawn,
    )


def _row(
    measure: ContextMeasure, subject: ChosenArea, values: pd.DataFrame
) -> dict[str, Printed | str]:
    column = values[measure.id]
    row: dict[str, Printed | str] = {"Measure": measure.title, "Period": measure.period}
    if subject.area.level == "authority":
        row[subject.area.short] = say_context(column.get(subject.code), measure)
        row["Fifth of authorities"] = _fifth(column, subject.code)
    group = column.reindex(list(subject.group)).dropna()
    if len(subject.group):
        name = f"Median of {subject.group_name}"
        enough = len(group) >= FEWEST
        row[name] = _median(group, measure, name) if enough else "too few have a value"
        if subject.area.level != "authority" and len(group):
            row["Lowest and highest"] = _ends(group, measure)
    row["Median of all authorities"] = _median(column, measure, "Median of all authorities")
    if subject.area.level == "country":
        row["Lowest and highest"] = _ends(column.dropna(), measure)
    return row


def _fifth(column: pd.Series, code: str) -> str:
    number = fifth(column, code)
    return place_words.ORDINALS[number - 1] if number else ""


def _median(values: pd.Series, measure: ContextMeasure, name: str) -> Printed:
    """The median of those that have a value; how many they are, where that is not all."""
    median = float(values.median())
    text = say(median, measure.unit, measure.decimals)
    if values.isna().any():
        text += f" ({values.notna().sum()} authorities)"
    figure = name[0].lower() + name[1:]
    return Printed(measure, name, measure.period, median, text, figure=figure)


def _ends(values: pd.Series, measure: ContextMeasure) -> str:
    return say_range(float(values.min()), float(values.max()), measure.unit, measure.decimals)
