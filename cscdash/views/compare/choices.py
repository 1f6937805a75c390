"""What several ways to compare choose by: some of many, in step with the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from cscdash.catalogue import Indicator, catalogue
from cscdash.views.frame.address import followed, holds, write
from cscdash.views.loaded import store

PAGE = "compare"
MOST = 6


def several(
    name: str, label: str, names: Mapping[str, str], usual: Sequence[str], most: int = MOST
) -> list[str]:
    """Some of many, at most a few, in step with the address.

    Parameters
    ----------
    name : str
        The parameter in the address.
    label : str
        What the reader is asked for.
    names : mapping of str to str
        Code -> what it is called.
    usual : sequence of str
        What is chosen at first.
    most : int
        How many may be chosen.
    """
    key = f"{PAGE}:{name}"
    asked = followed(name, PAGE)
    if asked:
        named = list(dict.fromkeys(id for id in asked.split(".") if id))
        st.session_state[key] = [id for id in named if id in names][:most]
        if len(st.session_state[key]) < len(named):
            st.info("Part of the choice in this address is not known here and was left out.")
    elif asked == "" or not holds(key):
        st.session_state[key] = list(usual)
    elif key in st.session_state:  # the chosen area is not one of its own others
        st.session_state[key] = [id for id in st.session_state[key] if id in names]
    chosen: list[str] = st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda id: names.get(id, id),
        max_selections=most,
        persist_state="session",
    )
    write(name, "" if chosen == list(usual) else ".".join(chosen), PAGE)
    return chosen


def known_indicators() -> dict[str, Indicator]:
    """The indicators with figures, by id, in the order of the chapters."""
    held = store().indicators
    return {i.id: i for i in catalogue().indicators if i.standing != "gap" and i.id in held}


def opening_indicators(known: Mapping[str, Indicator]) -> list[str]:
    """The first indicator of each chapter."""
    firsts = [next((i.id for i in c.indicators if i.id in known), "") for c in catalogue().chapters]
    return [one for one in firsts if one]
