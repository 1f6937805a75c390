"""One indicator of one area over time, with the other chosen areas as thin lines behind it."""

from collections.abc import Sequence

import streamlit as st

from cscdash.charts.over_time import draw
from cscdash.views.compare.choices import PAGE
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import extract
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.in_the_round import change_words
from cscdash.views.parts.series import breaks, lines


def one_area(id: str, code: str, others: Sequence[str], subject: ChosenArea) -> None:
    """Draw an indicator over time for one of several areas, on the scale of all of them."""
    held = extract(id, subject.until)
    about = choose_area(code, tuple(others), subject.theme)
    st.markdown(f"**{about.area.short}**")
    if held is None:
        return
    st.caption(change_words(held.indicator, held.line(code), held.latest))
    series = [one for one in lines(held, about) if one.role in ("own", "neighbour")]
    if not series:
        st.info(f"{about.area.short} has no figures on this indicator.")
        return
    title = held.indicator.title
    drawing = draw(
        held.indicator,
        series,
        subject.theme,
        f"{title} over time, {about.area.short}, beside {len(others)} other areas",
        rules=breaks(held.indicator, series),
        small=True,
    )
    show_chart(drawing, f"{PAGE} {id} {code}", f"{title}, {about.area.short}")
