"""How figures settle: what earlier releases said, for the chosen area and for all authorities."""

import streamlit as st

from cscdash.analysis.settling import (
    in_order,
    revision_in_words,
    revisions,
    settled,
    settled_in_words,
)
from cscdash.catalogue import Indicator
from cscdash.extracts import Columns
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extract, store

_SHOWN = 4  # periods and releases of all authorities


def how_figures_settle(indicator: Indicator, subject: ChosenArea) -> None:
    """Say what became of what was first published; nothing where one release alone is here."""
    held = extract(indicator.id, subject.until)
    if held is None or not held.latest:
        return
    st.markdown("**How its figures settle**")
    kept = store().history(indicator.id)
    if kept is None or not len(kept):
        st.markdown(
            "Nothing here was said otherwise by an earlier release: those that are loaded say the"
            " same, or do not hold this table. `update --since 2018` loads earlier ones."
        )
        return
    earlier = Columns(kept)
    order = in_order(store().package.get("releases", {}))
    lines = [
        settled_in_words(one, indicator) for one in settled(held, earlier, subject.code, order)
    ]
    name = subject.area.short
    st.markdown(
        "\n".join([f"{name}:", "", *(f"- {line}" for line in lines)])
        if lines
        else f"{name}: nothing was said otherwise by an earlier release."
    )
    codes = {area.code for area in places().authorities}
    everywhere = revisions(held, earlier, codes, order)[:_SHOWN]
    st.markdown("\n".join(f"- {revision_in_words(one, indicator)}" for one in everywhere))
