"""Which number a chapter has here, and which elsewhere, for who holds both side by side."""

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import framework


def numbered_elsewhere(chapter: str) -> None:
    """One line where others give a chapter another number; nothing where it is the same."""
    numbering = framework().numbering
    other = numbering.of(chapter)
    if other:
        number = catalogue().chapter(chapter).number
        st.caption(
            f"{number} as in the {numbering.here}; {numbering.elsewhere} calls it {other}."
            f" {numbering.checked}"
        )


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
