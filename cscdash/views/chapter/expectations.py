"""From an indicator to what the framework asks for, and how a chapter wants people heard."""

import streamlit as st

from cscdash.catalogue import Chapter, Indicator
from cscdash.framework.expectation_links import asked_for, promised
from cscdash.framework.filters import listening as listening_items
from cscdash.framework.items import Item, place
from cscdash.views.frame.links import link_to_item
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.parts.on_request import on_request


def expectations(indicator: Indicator) -> None:
    """The expectations that an indicator bears on, each a link to the reader."""
    some = asked_for(indicator)
    if not some:
        return
    label = f"What the framework asks for here ({len(some)})"
    with on_request(label, f"asked for {indicator.chapter}", ":material/menu_book:") as wanted:
        if not wanted:
            return
        for one in some:
            _link(one)
        st.caption(
            "The figure bears on these expectations of the 2023 consultation draft; it does not"
            " show whether they are met."
        )


def listening(chapter: Chapter) -> None:
    """How children, young people and families should be heard, in one chapter."""
    some = [one for one in listening_items() if one.chapter == chapter.id]
    with on_request(
        f"How children, young people and families are to be heard ({len(some)})",
        f"listening {chapter.id}",
        ":material/hearing:",
    ) as wanted:
        if not wanted:
            return
        for one in some:
            _link(one)
        coming = {entry.id: entry.title for one in some for entry in promised(one)}
        if coming:
            lines = [f"- {title}" for title in coming.values()]
            st.markdown("\n".join(["**Promised, not measured yet**", "", *lines]))


def _link(item: Item) -> None:
    link_to_item(item, the_chosen_area(), f"{item.text} :small[{place(item)}]")
