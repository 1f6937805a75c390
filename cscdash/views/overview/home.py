"""Home: what may be worth a conversation, and every proposed indicator in the round."""

import streamlit as st

from cscdash.analysis.worth_a_conversation import Conversation, worth_a_conversation
from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.places import places
from cscdash.views.frame.address import choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.history import say_came_before
from cscdash.views.frame.links import link_to
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.loaded import extract, store, tests_of
from cscdash.views.parts.get_data import get_data_button, may_update, say_what_came
from cscdash.views.parts.in_the_round import change_words, in_the_round, key, short_value
from cscdash.views.parts.numbering import crosswalk, provisional
from cscdash.views.parts.one_card import one_card

ALL = "all"


def home() -> None:
    """Draw the home page."""
    subject = the_chosen_area()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.title(f"{subject.area.short} in the round", anchor=False, width="content")
        if subject.area.level == "country":
            _choose_your_area()
        if store().demonstration:
            _get_the_figures()
    say_what_came()
    provisional()
    say_came_before(subject)
    found = worth_a_conversation(tests_of(subject.code), catalogue().by_id)
    if found.items:
        with st.container(key="one_screen"):
            left, right = st.columns([5, 8], gap="medium")
            with left, one_card():
                _worth_a_conversation(found, subject)
            with right:
                _rows(subject)
    else:
        with st.container(), one_card():
            _worth_a_conversation(found, subject)
        _rows(subject)
    st.header("What this is for", anchor=False)
    st.markdown(
        "What the published returns say about children, young people and families here, for"
        " people who want to **learn from it together**.  \nIt is not a performance measure: no"
        " targets, no league tables, no judgement from a small number.  \nOfsted may look at"
        " published figures, but they do not trigger an inspection."
    )
    with st.popover("Other numbers for the same chapters", type="tertiary"):
        crosswalk()


def _rows(subject: ChosenArea) -> None:
    """Every proposed indicator in the round, or those of one chapter."""
    chosen = _chapter()
    with st.container(key="legend"):
        key(subject)
    for chapter in catalogue().chapters:
        if chosen in (ALL, chapter.id):
            _in_the_round(chapter, subject)


def _get_the_figures() -> None:
    """The way from invented figures to published ones: here, or where the app is kept."""
    label, icon = "Get the published figures", ":material/download:"
    if may_update():
        with st.popover(label, icon=icon, type="primary"):
            get_data_button()
    else:
        st.page_link("pages/data.py", label=label, icon=icon)


def _choose_your_area() -> None:
    """A large search for somebody who has not chosen an area yet."""
    known = places()
    names = {area.code: area.short for area in (*known.authorities, *known.regions)}

    def go() -> None:
        if st.session_state["your area"]:
            st.session_state[":area"] = st.session_state["your area"]

    st.selectbox(
        "Find your area",
        list(names),
        index=None,
        key="your area",
        format_func=lambda code: names.get(code, code),
        placeholder="Find your area: type the name of an authority or region",
        label_visibility="collapsed",
        on_change=go,
    )


def _chapter() -> str:
    """Which chapter is shown; all of them at first."""
    names = {ALL: "All", **{one.id: one.number for one in catalogue().chapters}}
    return choose_part("chapter", "Chapter", names, page="home", what="chapter", quiet=True)


def _in_the_round(chapter: Chapter, subject: ChosenArea) -> None:
    st.header(f"{chapter.number}: {chapter.title}", anchor=chapter.id)
    shown = [i for i in chapter.indicators if i.listed_in == "consultation Annex B"]
    measured = [i for i in shown if i.standing != "gap"]
    in_the_round(measured, subject, chapter.id, chapter.number, named=False)
    gaps = [i.short for i in shown if i.standing == "gap"]
    if gaps:
        st.caption(f"Not yet measured: {'; '.join(gaps)}.")
    st.page_link(
        f"pages/{chapter.id}.py",
        label=f"Open {chapter.number}",
        icon=":material/arrow_forward:",
        query_params=subject.query,
    )


def _worth_a_conversation(found: Conversation, subject: ChosenArea) -> None:
    """At most five indicators that pass the tests of trend or of unusualness, as cards."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header("Worth a conversation", anchor=False, width="content")
        if subject.area.closed:
            st.markdown("Only authorities of today are tested.")
            return
        if not found.looked_at:
            st.markdown("No indicator can be tested here: too few values have their counts.")
            return
        if not found.items:
            st.markdown(
                f":material/check: Nothing stands out among the {found.looked_at} indicators"
                " tested, which is the usual answer.",
                width="content",
            )
        with st.popover("How these are chosen", type="tertiary"):
            st.markdown(_how(found))
    for worth in found.items:
        with st.container(border=True, gap="xsmall"):
            link_to(worth.indicator, subject, f"**{worth.indicator.title}**", icon=None)
            _value(worth.indicator, subject)
            st.markdown(f":small[{worth.why}]")
            st.caption(worth.caveat)


def _value(indicator: Indicator, subject: ChosenArea) -> None:
    """The latest value, and how it changed."""
    held = extract(indicator.id, subject.until)
    if held is None:
        return
    line = held.line(subject.code)
    st.metric(
        f"{subject.area.short} · {change_words(indicator, line, held.latest)}",
        short_value(indicator, held.point(subject.code, held.latest)),
    )


def _how(found: Conversation) -> str:
    more = f", of which {found.more} more pass" if found.more else ""
    return (
        f"{found.looked_at} indicators were looked at{more}. Listed is what moved more than it"
        " usually does, beside what everyone did, or lies far from the middle even allowing for how"
        " much authorities differ: at most five, one of each kind. Up to one in ten of what is"
        " listed anywhere is chance; nothing here says that something is right or wrong."
    )
