"""The indicator in focus, and the views of it."""

from collections.abc import Callable

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.selection import VIEW_NAMES, VIEWS
from cscdash.views.chapter.expectations import expectations
from cscdash.views.chapter.inspections import latest_inspection
from cscdash.views.frame.address import choose
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.sign_in import fragment
from cscdash.views.indicator.all_authorities import all_authorities
from cscdash.views.indicator.deprivation import deprivation
from cscdash.views.indicator.map import map_view
from cscdash.views.indicator.neighbours import near
from cscdash.views.indicator.over_time import over_time
from cscdash.views.indicator.table import numbers
from cscdash.views.indicator.who import who
from cscdash.views.loaded import extract
from cscdash.views.parts.about import about, gap, questions
from cscdash.views.parts.local_figures import local_card
from cscdash.views.parts.one_card import one_card
from cscdash.views.parts.own_measures import fillings

SHOWN: dict[str, Callable[[Extract, ChosenArea, str], None]] = {
    "time": over_time,
    "neighbours": near,
    "all": all_authorities,
    "map": map_view,
    "deprivation": deprivation,
    "who": who,
    "table": numbers,
}

INSPECTIONS = "inspection_leaders"


@fragment
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
    if view == "about":
        about(indicator)
    else:
        with one_card():
            _view(indicator, view, subject, page)
    questions(indicator, subject, page)
    expectations(indicator)


def _view(indicator: Indicator, view: str, subject: ChosenArea, page: str) -> None:
    """One view of an indicator, or that the extracts do not hold it."""
    held = extract(indicator.id)
    if held is None:
        st.info("The extracts in use do not hold this indicator yet. *About* says what it is.")
        local_card(indicator, subject)
        return
    if held.headline:
        st.caption(
            f"No total is published. *{held.headline}* is shown; *Who* has the other groups."
        )
    SHOWN[view](held, subject, page)


def _name(indicator: Indicator) -> str:
    extra = {"gap": " · not yet measured", "stand-in": " · stand-in"}.get(indicator.standing, "")
    mark = "" if indicator.listed_in == "consultation Annex B" else " · companion"
    return f"{indicator.title}{extra}{mark}"
