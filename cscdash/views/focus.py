"""The indicator in focus, and the views of it."""

from collections.abc import Callable

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.selection import VIEW_NAMES, VIEWS, View
from cscdash.views.about import about
from cscdash.views.alongside import alongside, read_alongside
from cscdash.views.deprivation import deprivation
from cscdash.views.everyone import all_authorities
from cscdash.views.expectations import expectations
from cscdash.views.inspections import latest_inspection
from cscdash.views.loaded import extract
from cscdash.views.local_lines import local_card
from cscdash.views.map_view import map_view
from cscdash.views.near import near
from cscdash.views.numbers import numbers
from cscdash.views.over_time import over_time
from cscdash.views.own_words import fillings
from cscdash.views.state import choose, switch
from cscdash.views.subject import Subject
from cscdash.views.who import who

_SHOW: dict[View, Callable[[Extract, Subject, str], None]] = {
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
def focus(chapter: Chapter, subject: Subject) -> None:
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


def questions(indicator: Indicator, subject: Subject | None = None, page: str = "") -> None:
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
