"""Home: what the tool is for, and every proposed indicator in the round."""

import streamlit as st

from cscdash.analysis.worth_a_conversation import worth_a_conversation
from cscdash.catalogue import Chapter, catalogue
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.links import link_to
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.loaded import tests_of
from cscdash.views.parts.in_the_round import in_the_round, key
from cscdash.views.parts.one_card import one_card


def home() -> None:
    """Draw the home page."""
    subject = the_chosen_area()
    st.title(f"{subject.area.short} in the round", anchor=False)
    st.markdown(
        "What the published returns say about children, young people and families here, for"
        " people who want to **learn from it together**.  \nIt is not a performance measure: no"
        " targets, no league tables, no judgement from a small number.  \nOfsted may look at"
        " published figures, but they do not trigger an inspection."
    )
    # a container: however many are listed, what follows keeps its place in the page
    with st.container(), one_card():
        _worth_a_conversation(subject)
    key(subject.group_name)
    for chapter in catalogue().chapters:
        st.header(f"{chapter.number}: {chapter.title}", anchor=chapter.id)
        shown = [i for i in chapter.indicators if i.listed_in == "consultation Annex B"]
        measured = [i for i in shown if i.standing != "gap"]
        in_the_round(measured, subject, chapter.id, chapter.number, named=False)
        st.caption(_kinds(chapter))
        st.page_link(
            f"pages/{chapter.id}.py",
            label=f"Open {chapter.number}",
            icon=":material/arrow_forward:",
        )


def _worth_a_conversation(subject: ChosenArea) -> None:
    """At most five indicators that pass the tests of trend or of unusualness."""
    found = worth_a_conversation(tests_of(subject.code), catalogue().by_id)
    st.header("Worth a conversation", anchor=False)
    if not found.looked_at:
        st.markdown("No indicator can be tested here: there are too few values with their counts.")
        return
    if not found.items:
        st.markdown(
            f"Nothing stands out among the {found.looked_at} indicators that can be tested, which"
            " is the usual answer. The rows below are as worth reading together."
        )
    for worth in found.items:
        with st.container(gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                link_to(worth.indicator, subject, f"**{worth.indicator.title}**", icon=None)
                st.markdown(worth.why, width="stretch")
            st.caption(worth.caveat)
    more = f", of which {found.more} more pass" if found.more else ""
    st.caption(
        f"{found.looked_at} indicators were looked at{more}. Listed is what moved more than it"
        " usually does, beside what everyone did, or lies far from the middle even allowing for how"
        " much authorities differ: at most five, one of each kind. Up to one in ten of what is"
        " listed anywhere is chance; nothing here says that something is right or wrong."
    )


def _kinds(chapter: Chapter) -> str:
    """How many of the proposed indicators are process, output and outcome; what is not measured."""
    shown = [i for i in chapter.indicators if i.listed_in == "consultation Annex B"]
    counts = {kind: sum(i.kind == kind for i in shown) for kind in ("process", "output", "outcome")}
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    gaps = [i.short for i in shown if i.standing == "gap"]
    return f"Of these: {said}." + (f" Not yet measured: {'; '.join(gaps)}." if gaps else "")
