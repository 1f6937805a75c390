"""The view *Map* of an indicator."""

import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.extract import Extract
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.area_map import draw, of_indicator


def map_view(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show an indicator's latest values on a map of all authorities."""
    indicator, period = held.indicator, held.latest
    mapped = of_indicator(held)
    if mapped.values.notna().sum() < 2:
        st.info("No values are published for authorities on this indicator.")
        return
    said = st.container()
    found = draw(mapped, subject, "map", page, [])
    point = held.point(subject.code, period) or held.absent(subject.code, period)
    said.markdown(place_words.mapped(subject.area.short, indicator, point, found, subject.code))
    notes = [
        "Darker means higher, nothing more."
        if not subject.theme.dark
        else "Lighter means higher, nothing more."
    ]
    if indicator.adds_up:
        notes.append("A number: the map mostly shows where more people live.")
    st.caption(" ".join(notes))
