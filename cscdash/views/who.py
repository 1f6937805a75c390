"""The view *Who* of an indicator: every breakdown that the extract holds."""

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.extract import Extract
from cscdash.analysis.numbers import say
from cscdash.analysis.observations import Point, point_of
from cscdash.analysis.uncertainty import Band, band
from cscdash.analysis.words import status_words
from cscdash.catalogue.models import PROTECTED
from cscdash.charts.dots import Named, dots_rows, dots_template
from cscdash.charts.drawing import Drawing, lean
from cscdash.places import places
from cscdash.views.over_time import tick
from cscdash.views.show import show
from cscdash.views.state import choose
from cscdash.views.subject import Subject


def who(held: Extract, subject: Subject, page: str) -> None:
    """Show a breakdown for the chosen area, and what is not published or not collected."""
    indicator = held.indicator
    names = sorted(held.breakdowns, key=lambda name: name not in PROTECTED)
    if not names:
        st.info("The published files do not divide this indicator any further.")
        _register(held)
        return
    chosen = choose(
        "breakdown",
        names,
        names[0],
        lambda options, key: st.segmented_control(
            "By", options, key=key, required=True, format_func=str.capitalize
        ),
        page=f"{page}.{indicator.id}",
        what="breakdown",
    )
    groups, period = _groups(held, subject.code, chosen)
    if not groups:
        st.info(f"No figures by {chosen} are published for {subject.area.short}.")
        _register(held)
        return
    england, _ = _groups(held, places().england.code, chosen)
    rows = []
    for name, point in groups.items():
        rows.append(_named(held, name, point))
    drawing = Drawing(
        spec=dots_template(subject.theme, len(rows), tick(indicator.unit)),
        rows=lean(dots_rows(rows, None, zero=True)),
        alt=f"{indicator.title} by {chosen}, {subject.area.short}, {period}",
        table=pd.DataFrame(
            [
                {chosen.capitalize(): name, f"{subject.area.short}, {period}": _said(held, point)}
                | (
                    {"England": _said(held, england.get(name))}
                    if subject.area.level != "country"
                    else {}
                )
                for name, point in groups.items()
            ]
        ),
    )
    st.markdown(
        sentences.breakdown(subject.area.short, indicator, chosen, groups, indicator.noun or None)
    )
    show(drawing, "who", f"{indicator.short} by {chosen}, {subject.area.short}, {period}")
    _register(held)


def _groups(held: Extract, code: str, breakdown: str) -> tuple[dict[str, Point], str]:
    """The groups of a breakdown in the latest period that has them, in the publisher's order."""
    frame = held.frame
    rows = frame[(frame["area"] == code) & (frame["breakdown"] == breakdown)]
    if rows.empty:
        return {}, ""
    latest = rows["period_end"].max()
    rows = rows[rows["period_end"] == latest]
    points = {str(row["category"]): point_of(row) for row in rows.to_dict("records")}
    return points, next(iter(points.values())).period


def _named(held: Extract, name: str, point: Point) -> Named:
    indicator = held.indicator
    if point.value is None:
        return Named(
            "own", name, None, None, None, f"[{point.status}] {status_words(point.status)}"
        )
    text = say(point.value, indicator.unit, indicator.decimals).replace(" per 10,000", "")
    found = (
        band(point.value, point.numerator, point.denominator, indicator.unit)
        if indicator.noun
        else None
    )
    if isinstance(found, Band):
        return Named("own", name, point.value, found.low, found.high, text)
    return Named("own", name, point.value, None, None, text)


def _said(held: Extract, point: Point | None) -> str:
    if point is None:
        return "no figure"
    if point.value is None:
        return f"[{point.status}] {status_words(point.status)}"
    return say(point.value, held.indicator.unit, held.indicator.decimals)


def _register(held: Extract) -> None:
    """What is published for each protected characteristic."""
    known = held.indicator.characteristics
    if not known:
        return
    with st.expander("Protected characteristics: what is published", icon=":material/groups:"):
        st.table(
            pd.DataFrame(
                [
                    {"Characteristic": name.capitalize(), "Here": known[name]}
                    for name in PROTECTED
                    if name in known
                ]
            ),
            hide_index=True,
            border="horizontal",
        )
