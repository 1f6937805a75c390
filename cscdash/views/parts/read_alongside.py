"""Related indicators, opened together: small multiples over time."""

from collections.abc import Sequence

import streamlit as st

from cscdash.catalogue import Indicator, catalogue
from cscdash.charts.over_time import draw
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extract
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.in_the_round import change_words
from cscdash.views.parts.one_card import one_card
from cscdash.views.parts.series import breaks, lines


def alongside(indicators: Sequence[Indicator], subject: ChosenArea, page: str) -> None:
    """Show several indicators over time, each small and on its own scale."""
    columns = st.columns(2, gap="large")
    for at, indicator in enumerate(indicators):
        with columns[at % 2], one_card():
            _small(indicator, subject, f"{page} {indicator.id}")


def _small(indicator: Indicator, subject: ChosenArea, key: str) -> None:
    st.markdown(f"**{indicator.title}**")
    held = extract(indicator.id, subject.until)
    if held is None:
        st.caption("Not yet measured." if indicator.standing == "gap" else "No extract here.")
        return
    st.caption(change_words(indicator, held.line(subject.code), held.latest))
    series = [one for one in lines(held, subject) if one.role != "neighbour"]
    if not series:
        return
    drawing = draw(
        indicator,
        series,
        subject.theme,
        f"{indicator.title} over time, {subject.area.short}",
        rules=breaks(indicator, series),
        small=True,
    )
    show_chart(drawing, f"alongside {key}", f"{indicator.title}, {subject.area.short}")


def read_alongside(indicator: Indicator) -> list[Indicator]:
    """The indicators that the catalogue asks to be read beside this one."""
    return [catalogue().indicator(id) for id in indicator.read_alongside]
