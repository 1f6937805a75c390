"""What a page shows when it is asked for: closed, nothing of it is computed or sent."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

OPEN_AT_FIRST = False


@contextmanager
def on_request(label: str, key: str, icon: str) -> Iterator[bool]:
    """A part of the page that the reader opens, and that stays open while the page is changed.

    Parameters
    ----------
    label : str
        What is to be found in it.
    key : str
        Tells it from the others of the page.
    icon : str
        Of Material's symbols.

    Yields
    ------
    bool
        Whether it is open: only then is there anything to draw.
    """
    part = st.expander(
        label, key=f"part {key}", icon=icon, expanded=OPEN_AT_FIRST, on_change="rerun"
    )
    with part:
        yield bool(part.open)
