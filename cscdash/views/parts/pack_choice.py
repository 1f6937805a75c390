"""The indicators that the reader has put into the pack, kept for the session of the browser."""

import streamlit as st

_KEY = "_pack indicators"


def chosen_for_pack() -> list[str]:
    """Their ids; the list itself, which pages change."""
    found: list[str] = st.session_state.setdefault(_KEY, [])
    return found


def add_to_pack(indicators: list[str]) -> None:
    """Add indicators that are not yet in the pack."""
    chosen = chosen_for_pack()
    chosen += [id for id in indicators if id not in chosen]
    for key in [key for key in st.session_state if str(key).startswith("pack ")]:
        del st.session_state[key]  # the page ticks them anew
