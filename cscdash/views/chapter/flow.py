"""The system view: the steps of a chapter's flow, with the figures of each, read together."""

import streamlit as st

from cscdash.analysis.comparison import Middle
from cscdash.analysis.number_format import bare
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extract
from cscdash.views.parts.in_the_round import shared_value
from cscdash.views.parts.one_card import one_card

_MEASURES = {
    "stock": "stock: on a day",
    "flow": "flow: over a year",
    "cohort": "cohort: the same children followed",
    "snapshot": "snapshot",
}


def flow(chapter: Chapter, subject: ChosenArea) -> None:
    """Show each step of a chapter with own, neighbours' and England's figures."""
    with st.container(horizontal=True, gap="small"):
        for step, ids in enumerate(chapter.flow, start=1):
            with st.container(border=True, width=262, key=f"flow {chapter.id} {step}"):
                st.caption(f"Step {step}" + ("" if step == len(chapter.flow) else " →"))
                for id in ids:
                    with one_card():
                        _figure(catalogue().indicator(id), subject)
    st.caption(
        "Steps are counted in different ways and for different children, so that one step cannot be"
        " divided by the step before."
    )


def _figure(indicator: Indicator, subject: ChosenArea) -> None:
    held = extract(indicator.id, subject.until)
    if held is None:
        what = "not yet measured" if indicator.standing == "gap" else "no extract here"
        st.markdown(f"**{indicator.short}**  \n{what}")
        return
    period = held.latest
    beside = []
    if subject.group:
        group = held.middle(period, subject.code, subject.group)
        if isinstance(group, Middle):
            beside.append(f"median {_said(indicator, group.median)}")
    england = held.point(places().england.code, period)
    if subject.area.level == "country" or indicator.adds_up:
        england = None
    if england and england.value is not None:
        beside.append(f"England {_said(indicator, england.value)}")
    own = shared_value(indicator, held.point(subject.code, period))
    st.markdown(
        f"{indicator.short}  \n**{own}**" + (f"  \n:small[{' · '.join(beside)}]" if beside else "")
    )
    st.caption(f"{period} · {_MEASURES[indicator.measures]}")


def _said(indicator: Indicator, value: float) -> str:
    return bare(value, indicator.unit, indicator.decimals)
