"""Definitions: find any indicator and read what it is."""

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.views.frame.address import choose
from cscdash.views.frame.links import link_to
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.parts.about import about, gap


def definitions() -> None:
    """Draw the page of definitions."""
    st.title("Definitions", anchor=False)
    titles = {
        i.id: f"{i.title} · {chapter.number}"
        + (f" · {', '.join(i.synonyms)}" if i.synonyms else "")
        for chapter in catalogue().chapters
        for i in chapter.indicators
    }
    chosen = choose(
        "indicator",
        list(titles),
        next(iter(titles)),
        lambda options, key: st.selectbox(
            "Find an indicator (type a word: CLA, re-referral, SDQ …)",
            options,
            key=key,
            format_func=lambda id: titles.get(id, id),
        ),
        page="definitions",
        what="indicator",
    )
    indicator = catalogue().indicator(chosen)
    st.header(indicator.title, anchor=False)
    if indicator.standing == "gap":
        gap(indicator)
    else:
        about(indicator)
    link_to(indicator, the_chosen_area(), "Open it in its chapter")
