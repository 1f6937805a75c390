"""The view *Map* of an indicator."""

import pandas as pd
import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import Point, is_authority
from cscdash.analysis.wording import status_words
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.over_time import adds_up
from cscdash.views.parts.area_map import Mapped, draw
from cscdash.views.parts.source_line import source_line


def map_view(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show an indicator's latest values on a map of all authorities."""
    indicator = held.indicator
    mapped = of_indicator(held)
    if mapped.values.notna().sum() < 2:
        st.info("No values are published for authorities on this indicator.")
        return
    said = st.container()
    found = draw(mapped, subject, "map", page, [source_line(held)])
    point = held.point(subject.code, held.latest) or Point(
        held.latest, held.england()[-1].end, None, status="x"
    )
    said.markdown(place_words.mapped(subject.area.short, indicator, point, found, subject.code))
    notes = [
        "Darker means higher, nothing more."
        if not subject.theme.dark
        else "Lighter means higher, nothing more."
    ]
    if adds_up(indicator):
        notes.append("A number: the map mostly shows where more people live.")
    st.caption(" ".join(notes))


def of_indicator(held: Extract) -> Mapped:
    """An indicator's latest values by authority, and why some have none."""
    indicator, period = held.indicator, held.latest
    rows = held.at(period)
    rows = rows[[is_authority(str(code)) for code in rows.index]]
    values = rows["value"].where(rows["status"] == "ok").astype(float)
    gaps = rows[values.isna()]
    reasons = {
        str(code): f"[{status}] {status_words(str(status))}"
        for code, status in zip(gaps.index, gaps["status"], strict=True)
    }
    return Mapped(
        measure=indicator,
        values=pd.Series(values, index=rows.index),
        reasons=reasons,
        title=f"{indicator.short}, {period}",
        name=f"{indicator.title}, {period}",
    )
