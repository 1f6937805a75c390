"""Authorities that were abolished, and those that came after: said on their pages, with links."""

import streamlit as st

from cscdash.analysis.wording import listed
from cscdash.periods import say_date
from cscdash.places import Area, places
from cscdash.views.frame.chosen_area import ChosenArea


def say_history(subject: ChosenArea) -> None:
    """Say of an abolished authority until when it was, and lead to those that came after."""
    area = subject.area
    if area.closed is None:
        return
    after = [places().areas[code] for code in area.successors]
    with st.container(border=True, key="history", horizontal=True, gap="small"):
        st.markdown(
            f"**{area.short}** existed until {say_date(area.closed)}. Where it has figures, it"
            " is shown as it last was, and beside it everyone as they were then. After it:",
            width="content",
        )
        for one in after:
            open_area(one)


def came_before(area: Area) -> str:
    """Which authorities had the area before, in a sentence; empty if none did."""
    old = places().before(area.code)
    if not old or area.opened is None:
        return ""
    names = listed([one.short for one in old])
    return f"{area.short} began on {say_date(area.opened)}. Before it: {names}."


def say_came_before(subject: ChosenArea) -> None:
    """Say on an authority's page whose history came before, and lead there."""
    said = came_before(subject.area)
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(said, width="content")
        for one in places().before(subject.code):
            open_area(one)


def open_area(area: Area) -> None:
    """A link to the overview of another area."""
    st.page_link(
        "pages/home.py",
        label=area.short,
        icon=":material/arrow_forward:",
        query_params={"area": area.code},
        width="content",
    )
