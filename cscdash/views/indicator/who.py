"""The view *Who* of an indicator: every breakdown that the extract holds."""

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import Point, point_of
from cscdash.catalogue.models import PROTECTED
from cscdash.charts.dot_rows import Named, dots_rows, dots_template
from cscdash.charts.drawing import Drawing, lean
from cscdash.charts.export import PAPER
from cscdash.places import places
from cscdash.views.frame.address import choose, switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.neighbours import named
from cscdash.views.indicator.over_time import adds_up, tick
from cscdash.views.parts.chart_with_table import show
from cscdash.views.parts.source_line import source_line


def who(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show a breakdown for the chosen area, and what is not published or not collected."""
    indicator = held.indicator
    names = sorted(held.breakdowns, key=lambda name: name not in PROTECTED)
    if not names:
        st.info("The published files do not divide this indicator any further.")
        register(held)
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
    groups, period = groups_of(held, subject.code, chosen)
    if not groups:
        st.info(f"No figures by {chosen} are published for {subject.area.short}.")
        register(held)
        return
    beside = subject.area.level != "country" and not adds_up(indicator)
    england = switch("england", "England beside", page=page) if beside else False
    rows = _rows(held, subject, chosen, groups, england)
    drawing = Drawing(
        spec=dots_template(subject.theme, len(rows), tick(indicator.unit)),
        paper=dots_template(PAPER, len(rows), tick(indicator.unit)),
        rows=lean(dots_rows(rows, None, zero=True)),
        alt=f"{indicator.title} by {chosen}, {subject.area.short}, {period}",
        table=pd.DataFrame([{chosen.capitalize(): row.name, period: row.text} for row in rows]),
    )
    finding = sentences.breakdown(
        subject.area.short, indicator, chosen, groups, indicator.noun or None
    )
    st.markdown(finding)
    name = f"{indicator.title} by {chosen}, {subject.area.short}, {period}"
    show(drawing, "who", name, [finding, source_line(held)])
    register(held)


def _rows(
    held: Extract, subject: ChosenArea, breakdown: str, groups: dict[str, Point], england: bool
) -> list[Named]:
    """One row for each group; England's below it if asked."""
    whole = groups_of(held, places().england.code, breakdown)[0] if england else {}
    rows = []
    for name, point in groups.items():
        rows.append(named(held, "own", name, point))
        if england:
            rows.append(named(held, "england", f"{name}, England", whole.get(name)))
    return rows


def groups_of(held: Extract, code: str, breakdown: str) -> tuple[dict[str, Point], str]:
    """The groups of a breakdown in the latest period that has them, and that period."""
    frame = held.frame
    rows = frame[(frame["area"] == code) & (frame["breakdown"] == breakdown)]
    if rows.empty:
        return {}, ""
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    points = {str(row["category"]): point_of(row) for row in rows.to_dict("records")}
    return points, next(iter(points.values())).period


def register(held: Extract) -> None:
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
