"""The steps of a session on one indicator, from the guess to what happens next."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.catalogue import Indicator
from cscdash.catalogue.framework import framework
from cscdash.charts.theme import Theme
from cscdash.learning.agenda import CAUSES, WHY_CAUSES, Step
from cscdash.learning.session import Looked, Session
from cscdash.places import places
from cscdash.views.learning.child_detail_reminder import remind
from cscdash.views.learning.evidence import strip_drawing, subject_of
from cscdash.views.learning.guesses import guesses
from cscdash.views.learning.now_what import entries
from cscdash.views.learning.open_session import kept_text
from cscdash.views.loaded import extract
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.exhibit import over_time_drawing
from cscdash.views.parts.findings import moved_words, sentence_of
from cscdash.views.parts.read_alongside import alongside, read_alongside


def show_step(step: Step, session: Session, indicator: Indicator, theme: Theme, asked: str) -> None:
    """Draw one step on one indicator; `asked` is the prompt of the step.

    From *Reveal* on the chart stays in sight, beside the prompt and the note.
    """
    held = extract(indicator.id)
    if held is None:
        st.markdown(asked)
        if step in ("predict", "reveal"):
            st.info("The extracts in use do not hold this indicator yet. Talk about what you know.")
        else:
            _ASK[step](session, indicator, session.on(indicator.id), theme)
        return
    if step == "predict":
        st.markdown(asked)
        code = _area(session, indicator)
        _predict(session, _as_it_was(held, session, code, theme), code, theme)
        return
    chart, beside = st.columns([6, 5], gap="large")
    with chart:
        code = _area(session, indicator)
        held = _as_it_was(held, session, code, theme)
        with st.container(key="pinned"):
            _pinned(session, held, code, theme)
    with beside:
        st.markdown(asked)
        if step == "reveal":
            _reveal(session, held, code, theme)
        else:
            _reminder(session, held)
            _ASK[step](session, indicator, session.on(indicator.id), theme)


def _as_it_was(held: Extract, session: Session, code: str, theme: Theme) -> Extract:
    """Of an authority that was abolished, the figures of all as they were then."""
    return extract(held.indicator.id, subject_of(session, code, theme).until) or held


def _pinned(session: Session, held: Extract, code: str, theme: Theme) -> None:
    """The chart over time."""
    about = subject_of(session, code, theme)
    indicator = held.indicator
    drawing = over_time_drawing(held, about, session.names)
    if drawing is None:
        st.info(f"{about.area.short} has no figures on this indicator.")
        return
    name = f"{indicator.title}, {about.area.short}"
    finding = sentence_of(held, about, held.line(code))
    show_chart(drawing, f"session {indicator.id} {code}", name, [finding])
    if not session.names and about.group:
        st.caption("Thin lines: others, without their names. The menu can switch names on.")


def _area(session: Session, indicator: Indicator) -> str:
    """Which of several areas is shown."""
    if len(session.areas) == 1:
        return session.areas[0]
    chosen = st.segmented_control(
        "Area",
        session.areas,
        key=f"stage-area-{indicator.id}",
        default=session.areas[0],
        required=True,
        format_func=lambda code: places().areas[code].short,
    )
    return str(chosen or session.areas[0])


def _predict(session: Session, held: Extract, code: str, theme: Theme) -> None:
    about = subject_of(session, code, theme)
    indicator = held.indicator
    counted = f" Counted: {indicator.numerator}." if indicator.numerator else ""
    st.caption(f"{about.area.short}, {held.latest}, {indicator.unit}.{counted}")
    given = [g for g in session.on(indicator.id).guesses if g.area == code]
    drawing = strip_drawing(held, about, given, revealed=False)
    if drawing:
        name = f"{indicator.title}, what we thought"
        show_chart(drawing, f"strip {indicator.id} {code}", name)
    guesses(session, indicator, code)


def _reveal(session: Session, held: Extract, code: str, theme: Theme) -> None:
    about = subject_of(session, code, theme)
    indicator = held.indicator
    finding = sentence_of(held, about, held.line(code))
    st.markdown(f"**{finding}**")
    given = [g for g in session.on(indicator.id).guesses if g.area == code]
    if given:
        strip = strip_drawing(held, about, given, revealed=True)
        if strip:
            show_chart(
                strip, f"revealed {indicator.id} {code}", f"{indicator.title}, thought and found"
            )
    moved = moved_words(held, about, held.line(code))
    if moved:
        st.markdown(f"**Did we move, or did everyone?** {moved}")


def _reminder(session: Session, held: Extract) -> None:
    """The finding stays in sight, in one line for each area."""
    for code in session.areas:
        about = subject_of(session, code, Theme())
        st.caption(sentence_of(held, about, held.line(code)))


def _notice(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    _note(indicator, looked, "notice", "What do we notice?", "It went … In … it was …")


def _wonder(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    _note(indicator, looked, "wonder", "What do we wonder?", "I wonder whether …")
    _questions(indicator)


def _could_be(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    key = f"learn-{indicator.id}-causes"
    if key not in st.session_state:
        st.session_state[key] = list(looked.causes)

    def changed() -> None:
        looked.causes = list(st.session_state[key] or [])

    st.pills(
        "Could it be",
        CAUSES,
        key=key,
        on_change=changed,
        selection_mode="multi",
        format_func=str.capitalize,
        label_visibility="collapsed",
    )
    _note(indicator, looked, "could_be", "Could it be that …", "Perhaps …")
    st.markdown("\n".join(f"- **{c.capitalize()}:** {WHY_CAUSES[c]}" for c in CAUSES))
    st.info(f"What this figure cannot tell: {indicator.limits}", icon=":material/help:")


def _alongside(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    _note(indicator, looked, "alongside", "What do they say together?", "While this went …")
    beside = read_alongside(indicator)[:4]
    if beside:
        about = subject_of(session, session.areas[0], Theme(theme.dark))
        alongside(beside, about, f"session {indicator.id}")
    else:
        st.caption("The catalogue names nothing to read beside it. What would you put there?")


def _voices(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    asked = [
        one.text
        for one in framework().expectations
        if one.part == "listening" and one.chapter == indicator.chapter
    ]
    if asked and not session.plain:
        with st.expander("How the framework's draft asks us to listen, in our own words"):
            st.markdown("\n".join(f"- {text}" for text in asked))
    _note(indicator, looked, "voices", "What do they tell us, and who has not been asked?", "")


def _now_what(session: Session, indicator: Indicator, looked: Looked, theme: Theme) -> None:
    entries(indicator, looked)


_ASK: Mapping[Step, Callable[[Session, Indicator, Looked, Theme], None]] = {
    "notice": _notice,
    "wonder": _wonder,
    "could_be": _could_be,
    "alongside": _alongside,
    "voices": _voices,
    "now_what": _now_what,
}


def _questions(indicator: Indicator) -> None:
    """The catalogue's prompts for this indicator."""
    if indicator.questions:
        st.markdown("\n".join(f"- {question}" for question in indicator.questions))


def _note(indicator: Indicator, looked: Looked, field: str, label: str, hint: str) -> None:
    kept_text(
        label,
        f"{indicator.id}-{field}",
        getattr(looked, field),
        partial(setattr, looked, field),
        height=120,
        max_chars=60_000,
        placeholder=hint,
    )
    remind(getattr(looked, field))
