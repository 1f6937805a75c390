"""What the indicators are, and which number a chapter has here and elsewhere: said in one line."""

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import framework

# Consultation, lines 378 to 380: “published in draft”, “interim proxies”.
PROVISIONAL = (
    "Indicators proposed in February 2023 as interim proxies, until outcomes themselves can be"
    " measured: for learning, not for judging."
)


def provisional(chapter: str = "") -> None:
    """One line: what the indicators are, and where others give the chapter another number."""
    said = [PROVISIONAL]
    numbering = framework().numbering
    if other := numbering.of(chapter):
        number = catalogue().chapter(chapter).number
        said.append(
            f"{number} as in the {numbering.here}; {numbering.elsewhere} calls it {other}."
            f" {numbering.checked}"
        )
    st.caption(" ".join(said))


def crosswalk() -> None:
    """All chapters with their numbers here and elsewhere, and where that is known from."""
    numbering = framework().numbering
    lines = [
        f"| {numbering.here.capitalize()} | {numbering.elsewhere.capitalize()} | |",
        "|---|---|---|",
    ]
    for chapter in catalogue().chapters:
        other = numbering.of(chapter.id) or chapter.number
        lines.append(f"| {chapter.number} | {other} | {chapter.title} |")
    for one in numbering.without:
        lines.append(f"| not in it | {one.elsewhere} | {one.title} |")
    st.markdown("\n".join(lines))
    st.caption(f"{numbering.source} {numbering.checked}")
