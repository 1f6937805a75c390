"""What an area itself adds to a chapter: its own measures, and its statements."""

import streamlit as st

from cscdash.catalogue import Chapter, Indicator, catalogue
from cscdash.learning.pack.markdown import escaped
from cscdash.local.own_measures import OwnIndicator
from cscdash.local.statements import Statement, folder, of_chapter, read_statements
from cscdash.periods import say_date
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import local, store
from cscdash.views.parts.local_figures import local_card


def own_words(chapter: Chapter, subject: ChosenArea) -> None:
    """Draw an area's own measures and statements below a chapter; nothing where there are none."""
    own = [o for o in local().own if o.chapter == chapter.id and not o.fills]
    own = [measure for measure in own if local().of(measure.id, subject.code)]
    if own:
        st.header("Local measures", anchor=False, divider=False)
        st.caption("Declared and collected locally; nobody publishes them.")
    for measure in own:
        own_measure(measure, subject)
    statements(chapter, subject)


def fillings(gap: Indicator, subject: ChosenArea) -> None:
    """Local figures on the card of a gap: its own, and of local measures that fill it."""
    local_card(gap, subject)
    for measure in local().own:
        if measure.fills == gap.id and local().of(measure.id, subject.code):
            own_measure(measure, subject)


def own_measure(measure: OwnIndicator, subject: ChosenArea) -> None:
    """A local measure: what it is, in the words of those who declared it, and its figures."""
    st.subheader(f"{escaped(measure.title)} · local", anchor=False, divider=False)
    for heading, text in (
        ("Question asked", measure.wording),
        ("Who was asked", measure.base),
        ("Why", measure.why),
        ("How to read it", measure.reading),
        ("What it cannot tell you", measure.limits),
    ):
        if text:
            st.markdown(f"**{heading}**  \n{escaped(text)}")
    local_card(measure, subject)


def statements(chapter: Chapter, subject: ChosenArea) -> None:
    """The statements of the chosen area about a chapter or its indicators, in its own words."""
    if store().demonstration:
        return  # an authority's words about its figures do not stand beside invented ones
    found, _ = read_statements(folder(), catalogue())
    shown = of_chapter(found, chapter.id, subject.code, catalogue())
    if not shown:
        return
    st.header("In the authority's own words", anchor=False, divider=False)
    st.caption("Written by the authority about its own figures, and shown as it was written.")
    for statement in shown[:20]:
        with st.container(border=True):
            st.markdown(f"**{escaped(_about(statement))}**  \n{escaped(statement.text)}")
            st.caption(escaped(_by(statement, subject)))


def _about(statement: Statement) -> str:
    titles = {chapter.id: chapter.title for chapter in catalogue().chapters}
    titles |= {indicator.id: indicator.title for indicator in catalogue().indicators}
    period = f", {statement.period}" if statement.period else ""
    return f"{titles[statement.about]}{period}"


def _by(statement: Statement, subject: ChosenArea) -> str:
    return f"{statement.role}, {subject.area.name}, {say_date(statement.date)}"
