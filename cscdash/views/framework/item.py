"""One item of the framework: its text, its place, and the figures that bear on it."""

import streamlit as st

from cscdash.catalogue.framework import framework
from cscdash.framework.expectation_links import bearing, promised, shown
from cscdash.framework.glossary import terms_in
from cscdash.framework.items import PAIRING, Item, items, place, reference, twins
from cscdash.views.frame.links import link_to, link_to_item
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.parts.in_the_round import in_the_round

READER = "pages/framework.py"
REGISTER = "pages/register.py"
MOST = 6


def show_item(item: Item) -> None:
    """Draw the page of one item."""
    st.page_link(READER, label="All expectations", icon=":material/arrow_back:")
    st.caption(f"{place(item)} · {item.id}")
    if item.asked:
        st.markdown(f"**You said:** {item.asked}")
    st.header(item.text, anchor=False)
    if item.asked:
        st.caption(PAIRING)
    for other in twins(item):
        _link(other, f"The same in {place(other)}")
    _akin(item)
    meanings = terms_in(f"{item.text} {item.asked}")
    if meanings:
        lines = [f"- **{term.term}:** {term.text}" for term in meanings]
        st.markdown("\n".join(["**Words used here**", "", *lines]))
    if item.kind == "expectation":
        _figures(item)
    st.subheader("To refer to it", anchor=False)
    st.code(reference(item), language=None, wrap_lines=True)
    _next(item)


def _akin(item: Item) -> None:
    """Items that are similar but not the same, in both directions."""
    if item.kind != "expectation":
        return
    texts = framework()
    near = [one.id for one in texts.expectations if one.akin == item.id]
    if texts.expectation(item.id).akin:
        near.insert(0, texts.expectation(item.id).akin)
    for id in near:
        _link(items()[id], f"Similar: {items()[id].text}")


def _link(item: Item, label: str) -> None:
    link_to_item(item, the_chosen_area(), label, ":material/link:")


def _figures(item: Item) -> None:
    """The indicators that bear on an expectation, drawn for the chosen area; or that none do."""
    subject = the_chosen_area()
    st.subheader(f"What the figures say: {subject.area.short}", anchor=False)
    some = bearing(item.id)
    drawn = shown(item.id)
    if drawn:
        st.caption(
            "These figures bear on the expectation. None of them shows whether it is met."
            " Large dot: the chosen area. Rings: all other authorities."
        )
        in_the_round(drawn[:MOST], subject, f"item {item.id}", f"{item.id} in figures")
        if len(drawn) > MOST:
            st.caption(f"The first {MOST} of {len(drawn)} are drawn; all are linked.")
    else:
        st.info(
            "**Not measured.** No published figure bears on this. That makes it something to talk"
            " about: what do we see, hear and record ourselves?",
            icon=":material/visibility_off:",
        )
    for one in some:
        extra = {"gap": " (not yet measured)", "stand-in": " (stand-in)"}.get(one.standing, "")
        link_to(one, subject, f"{one.title}{extra}", icon=":material/monitoring:")
    coming = promised(item)
    if coming:
        lines = [f"- {one.title}" for one in coming]
        st.markdown("\n".join(["**Promised for the future**", "", *lines]))
    st.page_link(
        REGISTER,
        label="All that is not measured, and what could be",
        icon=":material/inventory_2:",
    )


def _next(item: Item) -> None:
    """The neighbours of an item in the draft."""
    ids = list(items())
    at = ids.index(item.id)
    with st.container(horizontal=True):
        if at > 0:
            _link(items()[ids[at - 1]], f"Before: {ids[at - 1]}")
        if at + 1 < len(ids):
            _link(items()[ids[at + 1]], f"After: {ids[at + 1]}")
