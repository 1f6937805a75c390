"""The indicator in focus, and the views of it."""

from collections.abc import Callable

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.selection import VIEW_NAMES, VIEWS, View
from cscdash.views.chapter.expectations import expectations
from cscdash.views.chapter.inspections import latest_inspection
from cscdash.views.chapter.own_measures import fillings
from cscdash.views.chapter.read_alongside import alongside, read_alongside
from cscdash.views.frame.address import choose, switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.about import about
from cscdash.views.indicator.all_authorities import all_authorities
from cscdash.views.indicator.deprivation import deprivation
from cscdash.views.indicator.local_figures import local_card
from cscdash.views.indicator.map import map_view
from cscdash.views.indicator.neighbours import near
from cscdash.views.indicator.over_time import over_time
from cscdash.views.indicator.table import numbers
from cscdash.views.indicator.who import who
from cscdash.views.loaded import extract

_SHOW: dict[View, Callable[[Extract, ChosenArea, str], None]] = {
    "time": over_time,
    "neighbours": near,
    "all": all_authorities,
    "map": map_view,
    "deprivation": deprivation,
    "who": who,
    "table": numbers,
}

INSPECTIONS = "inspection_leaders"


@st.fragment
def focus(chapter: Chapter, subject: ChosenArea) -> None:
    """Let the reader choose an indicator of a chapter and a view, and show it.

    A fragment: a change of indicator or view leaves the rest of the page alone.
    """
    page = chapter.id
    titles = {indicator.id: _name(indicator) for indicator in chapter.indicators}
    chosen = choose(
        "indicator",
        list(titles),
        next(iter(titles)),
        lambda options, key: st.selectbox(
            "Indicator in focus", options, key=key, format_func=lambda id: titles.get(id, id)
        ),
        page=page,
        what="indicator",
    )
    indicator = catalogue().indicator(chosen)
    st.header(indicator.title, anchor="focus", divider=False)
    if indicator.standing == "gap":
        gap(indicator)
        fillings(indicator, subject)
        expectations(indicator)
        return
    if indicator.standing == "stand-in":
        st.caption(f":material/swap_horiz: A stand-in. {indicator.limits}")
    view = choose(
        "view",
        VIEWS,
        "time",
        lambda options, key: st.segmented_control(
            "View",
            options,
            key=key,
            required=True,
            format_func=lambda view: VIEW_NAMES.get(view, view),
            label_visibility="collapsed",
        ),
        page=page,
        what="view",
    )
    if indicator.id == INSPECTIONS:
        latest_inspection(subject)
    held = extract(indicator.id)
    if view == "about":
        about(indicator)
    elif held is None:
        st.info("The extracts in use do not hold this indicator yet. *About* says what it is.")
        local_card(indicator, subject)
    else:
        if held.headline:
            st.caption(
                f"No total is published. *{held.headline}* is shown; *Who* has the other groups."
            )
        for known, show_view in _SHOW.items():
            if known == view:
                show_view(held, subject, page)
    questions(indicator, subject, page)
    expectations(indicator)


def gap(indicator: Indicator) -> None:
    """The card of an indicator that nobody publishes."""
    st.info(
        "Nobody publishes this yet, so there is no figure to show.", icon=":material/more_horiz:"
    )
    for heading, text in (
        ("Why it belongs here", indicator.why),
        ("What it would show", indicator.would_show),
        ("Who holds it", indicator.held_by),
        ("Local figures", indicator.local_figures),
        ("Read meanwhile", _meanwhile(indicator)),
    ):
        if text:
            st.markdown(f"**{heading}**  \n{text}")
    questions(indicator)


def questions(indicator: Indicator, subject: ChosenArea | None = None, page: str = "") -> None:
    """The prompts that belong to an indicator, and what to read beside it, opened on request."""
    if indicator.questions:
        st.subheader("Questions to talk about", anchor=False)
        st.markdown("\n".join(f"- {question}" for question in indicator.questions))
    if indicator.read_alongside and indicator.standing != "gap":
        st.markdown(f"**Read alongside:** {_meanwhile(indicator)}")
        if subject and switch("alongside", "Open them here, side by side", page=page):
            alongside(read_alongside(indicator), subject, page)


def _meanwhile(indicator: Indicator) -> str:
    return "; ".join(catalogue().indicator(id).title for id in indicator.read_alongside)


def _name(indicator: Indicator) -> str:
    extra = {"gap": " · not yet measured", "stand-in": " · stand-in"}.get(indicator.standing, "")
    mark = "" if indicator.listed_in == "consultation Annex B" else " · companion"
    return f"{indicator.title}{extra}{mark}"
