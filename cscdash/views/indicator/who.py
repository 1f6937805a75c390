"""The view *Who* of an indicator: every breakdown that the extract holds."""

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.extract import Extract
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import PROTECTED
from cscdash.charts.dot_rows import Named, draw
from cscdash.extracts import Observation
from cscdash.places import places
from cscdash.views.frame.address import choose_part, switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.disproportionality import beside_residents
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.dots import named
from cscdash.views.parts.unloaded import unloaded_words


def who(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show a breakdown for the chosen area, and what is not published or not collected."""
    indicator = held.indicator
    names = sorted(held.breakdowns, key=lambda name: name not in PROTECTED)
    if not names:
        st.info("The files that are loaded here do not divide this indicator any further.")
        _not_loaded(held)
        register(held)
        return
    chosen = choose_part(
        "breakdown",
        "By",
        {name: name.capitalize() for name in names},
        page=f"{page}.{indicator.id}",
        what="breakdown",
        labelled=True,
    )
    groups = held.groups(subject.code, chosen)
    period = next((point.period for point in groups.values()), "")
    if not groups:
        st.info(f"No figures by {chosen} are published for {subject.area.short}.")
        register(held)
        return
    beside = subject.area.level != "country" and not indicator.adds_up
    england = switch("england", "England beside", page=page) if beside else False
    rows = _rows(held, subject, chosen, groups, england)
    drawing = draw(
        indicator,
        period,
        rows,
        subject.theme,
        f"{indicator.title} by {chosen}, {subject.area.short}, {period}",
        head=chosen.capitalize(),
        zero=True,
    )
    finding = sentences.breakdown(
        subject.area.short, indicator, chosen, groups, indicator.noun or None
    )
    st.markdown(finding)
    name = f"{indicator.title} by {chosen}, {subject.area.short}, {period}"
    show_chart(drawing, "who", name, [finding])
    if indicator.unit == "count" and indicator.measures == "stock":
        beside_residents(held, subject, chosen, groups)
    _not_loaded(held)
    register(held)


def _rows(
    held: Extract,
    subject: ChosenArea,
    breakdown: str,
    groups: dict[str, Observation],
    england: bool,
) -> list[Named]:
    """One row for each group; England's below it if asked."""
    whole = held.groups(places().england.code, breakdown) if england else {}
    rows = []
    for name, point in groups.items():
        rows.append(named(held, "own", name, point))
        if england:
            rows.append(named(held, "england", f"{name}, England", whole.get(name)))
    return rows


def _not_loaded(held: Extract) -> None:
    """What is published of its groups, and not loaded here."""
    files = [file for file in catalogue().unloaded_of(held.indicator) if file.divides]
    if files:
        st.caption(unloaded_words(files))


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
