"""Run a session: one thing at a time, in large type, with the keyboard alone."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.charts.theme import Theme
from cscdash.learning.agenda import PRINCIPLES, PROMPTS, STEPS, Step, prompt
from cscdash.learning.pack.markdown import escaped
from cscdash.learning.session import Session
from cscdash.views.frame.sign_in import fragment
from cscdash.views.learning.earlier_actions import earlier
from cscdash.views.learning.open_session import begin, keep, the_session
from cscdash.views.learning.prepare import prepare
from cscdash.views.learning.record import record
from cscdash.views.learning.steps import show_step
from cscdash.views.parts.one_card import one_card

_STYLE = Path(__file__).with_name("stage.css")
# Every step begins at its top; the number makes the browser run it again at each step.
_TO_THE_TOP = """<script>
/* {} */ document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
</script>"""


def session_page() -> None:
    """Draw the page: prepare a session, or run the one that is open in this tab."""
    session = the_session()
    if session is None:
        prepare()
    else:
        run(session)
    keep()


def last(session: Session) -> int:
    """The place of the last screen: the record. The first, 0, is the opening."""
    return len(session.indicators) * len(STEPS) + 1


def run(session: Session) -> None:
    """Draw the screen at which the session stands."""
    theme = Theme(st.context.theme.type == "dark", large=True)
    st.html(_STYLE)
    st.html(f"<style>.st-key-stage_onward {{ background: {theme.ground} }}</style>")
    session.at = min(session.at, last(session))
    with st.container(key="stage"):
        _top(session)
        if session.at == 0:
            _opening(session)
        elif session.at == last(session):
            record(session)
        else:
            _step(session, theme)
        _onward(session)


def place(session: Session) -> tuple[int, Step]:
    """Which indicator (from 0) and which step the session stands at."""
    at, step = divmod(session.at - 1, len(STEPS))
    return at, STEPS[step]


def _top(session: Session) -> None:
    where, time, menu = st.columns([6, 2, 1], vertical_alignment="center")
    where.markdown(_where(session))
    with time:
        _timer()
    with menu.popover("Menu", icon=":material/menu:", width="stretch"):
        _menu(session)


def _menu(session: Session) -> None:
    st.markdown(
        "**Keys:** ← → or P N to move, 1 to 8 for a step, E to write, Esc to leave a field, F for"
        " the full screen."
    )
    names = st.toggle("Show other authorities by name", value=session.names, key="stage-names")
    if names != session.names:
        session.names = names
        st.rerun()
    st.button(
        "Go to the record",
        icon=":material/description:",
        on_click=_go,
        args=(session, last(session)),
    )
    st.page_link(
        "pages/home.py",
        label="Other pages (the session waits in this tab)",
        icon=":material/arrow_outward:",
    )
    sure = st.checkbox("End this session: what was not saved is lost", key="stage-leaving")
    if sure and st.button("End it now", type="primary", icon=":material/logout:"):
        begin(None)
        st.rerun()


def _where(session: Session) -> str:
    if session.at == 0:
        return "Opening"
    if session.at == last(session):
        return "The record"
    at, _ = place(session)
    title = catalogue().indicator(session.indicators[at]).title
    return f"{at + 1} of {len(session.indicators)} · **{title}**"


@fragment(run_every=20)
def _timer() -> None:
    """How much time has passed, quietly."""
    from cscdash.views.learning.open_session import the_session

    session = the_session()
    if session is None or session.started is None:
        return
    passed = int((datetime.now(UTC) - session.started).total_seconds() // 60)
    if 0 <= passed <= 600:
        st.caption(f"{passed} of {session.minutes} minutes", text_alignment="right")


def _opening(session: Session) -> None:
    st.title(escaped(session.title) or "Before we look", anchor=False)
    for title, text in PRINCIPLES:
        st.markdown(f"**{title}.** {text}")
    st.markdown(
        "We are curious about the figures and kind to each other. **No details of any child or"
        " family go into the notes.**"
    )
    if session.earlier:
        earlier(session)
    written = [entry for id in session.discussed if id in session.looked
               for entry in session.looked[id].said]  # fmt: skip
    if written:
        st.subheader("Written so far", anchor=False)
        for entry in written:
            st.text(f"{entry.kind}: {entry.text}" + (f" ({entry.owner})" if entry.owner else ""))
    st.subheader("Today", anchor=False)
    titles = [catalogue().indicator(id).title for id in session.indicators]
    st.markdown("\n".join(f"{at}. {title}" for at, title in enumerate(titles, 1)))


def _step(session: Session, theme: Theme) -> None:
    at, step = place(session)
    indicator = catalogue().indicator(session.indicators[at])
    st.title(PROMPTS[step].title, anchor=False)
    st.html(_TO_THE_TOP.format(session.at), unsafe_allow_javascript=True)
    with one_card():
        show_step(step, session, indicator, theme, prompt(step, session.plain))


def _onward(session: Session) -> None:
    """Back and on, and one button for each step; each with its key."""
    end = last(session)
    with st.container(horizontal=True, key="stage_onward", gap="small"):
        st.button(
            "Back",
            key="go_back",
            shortcut="Left",
            disabled=session.at == 0,
            on_click=_go,
            args=(session, session.at - 1),
        )
        if 0 < session.at < end:
            at, now = place(session)
            for number, step in enumerate(STEPS):
                st.button(
                    _SHORT[step],
                    key=f"go_{step}",
                    shortcut=str(number + 1),
                    type="primary" if step == now else "tertiary",
                    on_click=_go,
                    args=(session, at * len(STEPS) + number + 1),
                )
        st.button(
            _next_name(session),
            key="go_on",
            type="secondary" if 0 < session.at < end else "primary",
            shortcut="Right",
            disabled=session.at >= end,
            on_click=_go,
            args=(session, session.at + 1),
        )


_SHORT: dict[Step, str] = {
    "predict": "Predict",
    "reveal": "Reveal",
    "notice": "Notice",
    "wonder": "Wonder",
    "could_be": "Could it be",
    "alongside": "Alongside",
    "voices": "Voices",
    "now_what": "Now what",
}


def _next_name(session: Session) -> str:
    if session.at == 0:
        return "Begin"
    return "To the record" if session.at == last(session) - 1 else "Next"


def _go(session: Session, at: int) -> None:
    if session.started is None:
        session.started = datetime.now(UTC)
    session.at = max(0, min(at, last(session)))
