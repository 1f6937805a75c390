"""A reminder that child-level details do not belong in notes."""

import streamlit as st

from cscdash.learning.child_details import concerns
from cscdash.learning.pack.markdown import escaped


def remind(text: str) -> None:
    """Point out, politely, what looks like a detail of one child."""
    for concern in concerns(text):
        st.warning(
            f"“{escaped(concern.words)}” looks like {concern.what}. Details of a child or a family"
            " do not belong here; please take it out if it is one.",
            icon=":material/shield_person:",
        )
