"""The page of a chapter, an indicator in focus beside all rows of the chapter."""

import streamlit as st

from cscdash.catalogue import Chapter, catalogue
from cscdash.learning.agenda import PRINCIPLES
from cscdash.views.chapter.briefing import offer_briefing
from cscdash.views.chapter.context_strip import context_strip
from cscdash.views.chapter.expectations import listening
from cscdash.views.chapter.flow import flow
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.indicator.in_focus import bring_into_focus, focus
from cscdash.views.parts.in_the_round import in_the_round, key
from cscdash.views.parts.numbering import provisional
from cscdash.views.parts.on_request import on_request
from cscdash.views.parts.own_measures import own_words


def chapter_page(id: str) -> None:
    """Draw the page of a chapter."""
    chapter = catalogue().chapter(id)
    subject = the_chosen_area()
    st.title(f"{chapter.number}: {chapter.title}", anchor=False)
    with st.container(key="one_screen"):
        left, right = st.columns([8, 5], gap="medium")
        with left:
            focus(chapter, subject)
        with right:
            _rows(chapter, subject)
    own_words(chapter, subject)
    with on_request(
        "How these indicators hang together", f"flow {id}", ":material/account_tree:"
    ) as wanted:
        if wanted:
            st.markdown(chapter.hangs_together)
            flow(chapter, subject)
    listening(chapter)
    st.header(f"About {chapter.number}", anchor=False)
    st.markdown(chapter.aim)
    context_strip(subject)
    st.caption(" ".join(f"**{title}:** {text}" for title, text in PRINCIPLES))


def _rows(chapter: Chapter, subject: ChosenArea) -> None:
    """The chapter in the round; a row that is clicked comes into focus."""
    id = chapter.id
    st.header(f"In the round: {subject.area.short}", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        companions = switch("companions", "Show companion indicators", page=id)
        offer_briefing(chapter, subject)
    provisional(id)
    shown = [
        indicator
        for indicator in chapter.indicators
        if indicator.standing != "gap" and (companions or _proposed(indicator.listed_in))
    ]
    in_the_round(
        shown,
        subject,
        id,
        f"{chapter.number} in the round",
        picked=lambda indicator: bring_into_focus(id, indicator),
    )
    key(subject)
    _gaps(chapter)


def _proposed(listed: str) -> bool:
    return listed == "consultation Annex B"


def _gaps(chapter: Chapter) -> None:
    gaps = [indicator for indicator in chapter.indicators if indicator.standing == "gap"]
    for gap in gaps:
        st.markdown(f":material/more_horiz: **{gap.title}:** not yet measured. {gap.held_by}")
