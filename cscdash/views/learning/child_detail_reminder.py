"""A gentle reminder that no child-level detail belongs into notes."""

import streamlit as st

from cscdash.learning.child_details import concerns
from cscdash.learning.pack.markdown import escaped


def remind(text: str) -> None:
    """Say gently that something looks like a detail of one child."""
    for concern in concerns(text):
        st.warning(
            f"“{escaped(concern.words)}” looks like {concern.what}. Details of a child or a family"
            " do not belong here; please take it out if it is one.",
            icon=":material/shield_person:",
        )
