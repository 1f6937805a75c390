"""Prepare a session (indicators, people, time), or open a saved one."""

from collections.abc import Sequence

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.agenda import Agenda, agendas
from cscdash.learning.session import Session, follow_up, read, write
from cscdash.places import places
from cscdash.views.frame.address import choose, choose_part, followed, holds, switch
from cscdash.views.frame.address import write as to_address
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.learning.open_session import begin, today
from cscdash.views.parts.chart_files import file_name
from cscdash.views.parts.one_card import say_error

PAGE = "session"
_MOST = 8


def prepare() -> None:
    """Draw the form; `Start` opens the session in this tab."""
    subject = the_chosen_area()
    st.title("Learning session", anchor=False)
    st.markdown(
        "A conversation about a few figures, from a guess to a next step, with a record to take"
        f" home. It is about **{subject.area.short}**; choose another area at the side."
    )
    ready = {agenda.id: agenda for agenda in agendas(catalogue())}
    agenda = ready[
        choose(
            "agenda",
            list(ready),
            next(iter(ready)),
            lambda options, key: st.selectbox(
                "Agenda", options, key=key, format_func=lambda id: ready[id].title
            ),
            page=PAGE,
            what="agenda",
        )
    ]
    st.caption(agenda.what)
    indicators = _indicators(agenda)
    start = st.container()
    with st.expander("Time, people, more areas, names", icon=":material/tune:"):
        minutes = _minutes(agenda)
        others = _areas(subject)
        names = switch(
            "names",
            "Show other authorities by name",
            page=PAGE,
            help="Off: neighbours are shown without their names, for a shared screen.",
        )
        plain = switch("plain", "Plain words, for families", page=PAGE, default=agenda.plain)
        title = st.text_input("What the session is called", max_chars=300)
        people = st.text_area(
            "Who takes part (one per line; names go in the record, not in the link)", height=100
        )
    session = None
    if indicators:
        session = Session(
            title=title,
            held=today(),
            minutes=minutes,
            people=[line[:300] for line in people.splitlines() if line.strip()][:200],
            areas=[subject.code, *others],
            group=list(subject.group) if subject.comparison in ("own", "region", "like") else [],
            agenda=agenda.id,
            indicators=list(indicators),
            names=names,
            plain=plain,
        )
    with start:
        _start(session)
    _open_file()


def _start(session: Session | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Start the session",
            type="primary",
            key="start",
            icon=":material/play_arrow:",
            shortcut="S",
            disabled=session is None,
        ):
            begin(session)
            st.rerun()
        if session is not None:
            st.download_button(
                "Save the set-up",
                data=write(session),
                file_name=file_name("learning session set-up", "json"),
                mime="application/json",
                on_click="ignore",
                icon=":material/download:",
            )
    if session is None:
        st.caption("Choose at least one indicator.")
    else:
        st.caption(
            "The address of this page holds the set-up: send it as a link. Notes are never in it."
        )


def _indicators(agenda: Agenda) -> Sequence[str]:
    """The indicators of the agenda, as the reader changed them; in the address as codes."""
    titles = {i.id: i.title for i in catalogue().indicators if i.standing != "gap"}
    key = f"{PAGE}:indicators:{agenda.id}"
    asked = followed("indicators", PAGE, key)
    if asked:
        wanted = [id for id in dict.fromkeys(asked.split(".")) if id in titles]
        st.session_state[key] = wanted[:_MOST] or list(agenda.indicators)
    elif not holds(key):
        st.session_state[key] = list(agenda.indicators)
    chosen: list[str] = st.multiselect(
        "Indicators (three to five suit a meeting)",
        list(titles),
        key=key,
        format_func=lambda id: titles[id],
        max_selections=_MOST,
    )
    own = tuple(chosen) != agenda.indicators
    to_address("indicators", ".".join(chosen) if own else "", PAGE)
    return chosen


def _minutes(agenda: Agenda) -> int:
    lengths = {minutes: minutes for minutes in ("30", "45", "60", "90", "120")}
    return int(
        choose_part(
            "minutes",
            "Minutes",
            lengths,
            page=f"{PAGE}.{agenda.id}",
            what="time",
            default=str(agenda.minutes),
            labelled=True,
        )
    )


def _areas(subject: ChosenArea) -> list[str]:
    """Further areas, for a peer challenge or a region."""
    codes = [a.code for a in (*places().regions, *places().authorities) if a.code != subject.code]
    key = f"{PAGE}:areas"
    asked = followed("areas", PAGE)
    if asked is not None:
        st.session_state[key] = [c for c in dict.fromkeys(asked.split(".")) if c in codes][:5]
    elif key in st.session_state:
        st.session_state[key] = [c for c in st.session_state[key] if c in codes]
    chosen: list[str] = st.multiselect(
        "More areas, for a peer challenge",
        codes,
        key=key,
        format_func=lambda code: places().areas[code].short,
        max_selections=5,
        placeholder="only the chosen area",
    )
    to_address("areas", ".".join(chosen), PAGE)
    return chosen


def _open_file() -> None:
    st.subheader("Open a saved session", anchor=False)
    file = st.file_uploader("File of a session (JSON)", type=["json"], max_upload_size=8)
    if file is None:
        return
    try:
        session = read(file.getvalue())
    except CscdashError as error:
        say_error(str(error))
        return
    missing = _unknown(session)
    if missing:
        st.warning(missing, icon=":material/info:")
    noted = sum(not looked.empty for looked in session.looked.values())
    st.markdown(
        f"Held on {session.held:%d/%m/%Y}; {len(session.indicators)} indicators,"
        f" {noted} with notes."
    )
    with st.container(horizontal=True):
        if st.button("Follow it up in a new session", type="primary"):
            begin(follow_up(session, today()))
            st.rerun()
        if st.button("Carry on with this one"):
            session.at = 0
            begin(session)
            st.rerun()


def _unknown(session: Session) -> str:
    """Leave out what this app does not know, and say what that was; notes are kept."""
    known = {indicator.id for indicator in catalogue().indicators}
    strange = [id for id in session.indicators if id not in known]
    strange += [code for code in session.areas if code not in places().areas]
    indicators = [id for id in session.indicators if id in known]
    areas = [code for code in session.areas if code in places().areas]
    session.indicators = indicators or [next(iter(known))]
    session.areas = areas or [the_chosen_area().code]
    session.group = [code for code in session.group if code in places().areas]
    if not strange:
        return ""
    return f"This app does not know {', '.join(strange)}, so that is left out."
