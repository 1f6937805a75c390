"""The indicator in focus, and the views of it."""

import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.analysis.observations import joint_words
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.views.chapter.expectations import expectations
from cscdash.views.chapter.inspections import latest_inspection
from cscdash.views.frame.address import choose, choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.links import name_tab
from cscdash.views.frame.sign_in import fragment
from cscdash.views.indicator.registry import NAMES, VIEWS, Draw
from cscdash.views.loaded import extract, store
from cscdash.views.parts.about import about, gap, questions
from cscdash.views.parts.counts_without_rate import counts_without_rate
from cscdash.views.parts.local_figures import local_card
from cscdash.views.parts.one_card import one_card
from cscdash.views.parts.own_measures import fillings
from cscdash.views.parts.unloaded import stand_in_words

INSPECTIONS = "inspection_leaders"


@fragment
def focus(chapter: Chapter, subject: ChosenArea) -> None:
    """Let the reader choose an indicator of a chapter and a view, and show it.

    A fragment: a change of indicator or view leaves the rest of the page alone.
    """
    page = chapter.id
    titles = {indicator.id: _name(indicator) for indicator in chapter.indicators}
    ids = list(titles)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="indicators"):
        chosen = choose(
            "indicator",
            ids,
            opening(chapter),
            lambda options, key: st.selectbox(
                "Indicator in focus",
                options,
                key=key,
                format_func=lambda id: titles.get(id, id),
                label_visibility="collapsed",
            ),
            page=page,
            what="indicator",
        )
        for label, step, letter in (("Previous", -1, "P"), ("Next", 1, "N")):
            to = ids[(ids.index(chosen) + step) % len(ids)]
            st.button(
                label,
                key=f"{label} {page}",
                shortcut=letter,
                help=titles[to],
                on_click=bring_into_focus,
                args=(page, to),
            )
    indicator = catalogue().indicator(chosen)
    name_tab(indicator.short, subject.area.short, f"{chapter.number}: {chapter.short}")
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="name and value"
    ):
        st.header(indicator.title, anchor="focus", divider=False, width="stretch")
        _value(indicator, subject)
    if indicator.standing == "gap":
        gap(indicator)
        fillings(indicator, subject)
        expectations(indicator)
        return
    if indicator.standing == "stand-in":
        st.caption(
            f":material/swap_horiz: {stand_in_words(indicator)}"
            f" {indicator.limits.split('. ')[0].rstrip('.')}."
        )
    view = VIEWS[choose_part("view", "View", NAMES, page=page, what="view")]
    if indicator.id == INSPECTIONS:
        latest_inspection(subject)
    if view.draw is None:
        about(indicator, subject)
    else:
        with one_card():
            _figures(indicator, view.draw, subject, page)
    questions(indicator, subject, page)
    expectations(indicator)


def bring_into_focus(page: str, indicator: str) -> None:
    """Bring an indicator of a page into focus, from a button or a row that was clicked."""
    st.session_state[f"{page}:indicator"] = indicator


def opening(chapter: Chapter) -> str:
    """The indicator a chapter opens on: the first that has figures, or the first."""
    held = store().indicators
    first = chapter.indicators[0].id
    return next((i.id for i in chapter.indicators if i.standing != "gap" and i.id in held), first)


def _value(indicator: Indicator, subject: ChosenArea) -> None:
    """The latest value of the chosen area, large, with its period."""
    with one_card():
        held = extract(indicator.id, subject.until)
        if held is None or not held.latest:  # an extract without a row
            return
        point = held.point(subject.code, held.latest) or held.absent(subject.code, held.latest)
        said = (
            say(point.value, indicator.unit, indicator.decimals)
            if point.value is not None
            else f"[{point.status}]"
        )
        with st.container(key="big_value", width="content", gap=None):
            beside = ", ".join(filter(None, (point.period, joint_words(point))))
            st.markdown(f"**{said}** :small[{beside}]")


def _figures(indicator: Indicator, draw: Draw, subject: ChosenArea, page: str) -> None:
    """One view of an indicator, or that the extracts do not hold it."""
    held = extract(indicator.id, subject.until)
    if held is None:
        st.info("The extracts in use do not hold this indicator yet. *About* says what it is.")
        local_card(indicator, subject)
        return
    counts_without_rate(held, subject)
    if held.headline:
        st.caption(
            f"No total is published. *{held.headline}* is shown; *Who* has the other groups."
        )
    draw(held, subject, page)


def _name(indicator: Indicator) -> str:
    extra = {"gap": " · not yet measured", "stand-in": " · stand-in"}.get(indicator.standing, "")
    mark = "" if indicator.listed_in == "consultation Annex B" else " · companion"
    return f"{indicator.title}{extra}{mark}"
