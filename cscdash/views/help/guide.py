"""The guide, one part at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from cscdash.views.frame.address import choose_part
from cscdash.views.help.feedback import evaluation, feedback
from cscdash.views.help.guide_texts import accessibility, changes, methods, privacy, symbols
from cscdash.views.help.how_to_read import reading
from cscdash.views.help.meeting import meeting
from cscdash.views.parts.one_card import one_card

_PARTS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "reading": ("How to read each view", reading),
    "meeting": ("How to run a session", meeting),
    "symbols": ("Symbols", symbols),
    "methods": ("Methods", methods),
    "accessibility": ("Accessibility", accessibility),
    "privacy": ("Privacy", privacy),
    "feedback": ("Feedback", feedback),
    "evaluation": ("Evaluation form", evaluation),
    "changes": ("What changed", changes),
}


def guide_page() -> None:
    """Draw the page."""
    st.title("Guide and help", anchor=False)
    names = {code: name for code, (name, _) in _PARTS.items()}
    part = choose_part("part", "Part", names, page="guide", what="part of the guide")
    with one_card():
        _PARTS[part][1]()
