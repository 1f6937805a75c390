"""What an earlier session wanted done: it comes first, and the group says what became of it."""

from functools import partial
from typing import get_args

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.learning.pack.markdown import escaped
from cscdash.learning.session import Earlier, Session, State
from cscdash.views.learning.open_session import kept_text


def earlier(session: Session) -> None:
    """List the entries of the last session, each with its status and a comment."""
    st.subheader("From last time", anchor=False)
    titles = {indicator.id: indicator.title for indicator in catalogue().indicators}
    for at, one in enumerate(session.earlier):
        with st.container(border=True):
            st.text(one.entry.text)
            who = [one.entry.owner, one.entry.by_when and f"by {one.entry.by_when}"]
            said = [titles.get(one.indicator, one.indicator), one.entry.kind, *who]
            st.caption(escaped(" · ".join(filter(None, said))))
            _state(one, at)
            kept_text(
                "What came of it",
                f"earlier-{at}-said",
                one.said,
                partial(setattr, one, "said"),
                line=True,
            )


def _state(one: Earlier, at: int) -> None:
    key = f"learn-earlier-{at}-state"
    if key not in st.session_state:
        st.session_state[key] = one.state

    def changed() -> None:
        one.state = st.session_state[key] or "not said"

    st.segmented_control(
        "Now",
        get_args(State),
        key=key,
        on_change=changed,
        label_visibility="collapsed",
    )
