"""The page *Your own returns*: reconciled first, then figures, then how good the record is."""

from datetime import date
from pathlib import Path

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.local import folder, load
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from cscdash.returns.invented.try_it import look_at_invented
from cscdash.returns.look import Look, keep, kept_figures, look, without_values
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.reader import on_this_machine, why_no_local
from cscdash.views.loaded import store
from cscdash.views.returns.figures import figures
from cscdash.views.returns.reconciled import reconciled
from cscdash.views.returns.record import how_counted, record

_HELD = "_own_returns"  # in the session alone; nothing of a record is in it
_SAID = "_own_returns_said"
_EVERY = {"": "The day alone", "quarter": "Each quarter of its year", "month": "Each month"}


def own_returns_page() -> None:
    """Draw the page."""
    st.title("Your own returns", anchor=False)
    if not on_this_machine():
        st.error(why_no_local())
        return
    st.markdown(
        "Your SSDA903 and children in need census, counted as the Department counts, beside what"
        " is published. Files are read in the memory of this program, on this machine, and let go"
        " when they are counted: no record is stored, sent or shown. Small numbers are hidden."
    )
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    published = Published(store())
    known = known_of(catalogue(), load(folder(), catalogue(), published).own, published)
    _ask(known, published)
    found: Look | None = st.session_state.get(_HELD)
    if found is None:
        return
    if found.invented:
        st.warning(
            "**An invented authority.** Every child and every figure here is made up, drawn from a"
            " seed. In place of published figures stand the answers that are known by the way in"
            " which it was made.",
            icon=":material/science:",
        )
    reconciled(found, known)
    figures(found, known, the_chosen_area())
    if not found.invented:
        _keep(found, known, published)
    record(found)
    how_counted(found, known)


def _ask(known: Known, published: Published) -> None:
    """Which files, as at which day; counts when asked to."""
    area = the_chosen_area().area
    code = area.code if area.level == "authority" else ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        where = st.text_input(
            "Folder with the files",
            key="returns folder",
            placeholder="C:\\Returns",
            help="CSV, Excel, XML and zips of any names and years, also in folders of their own.",
            width=380,
        )
        day = st.date_input(
            "As at",
            value=None,
            format="DD/MM/YYYY",
            key="returns day",
            help="Empty: the 31 March of the newest return.",
            width=150,
        )
        every = st.selectbox(
            "Dates",
            list(_EVERY),
            format_func=lambda one: _EVERY[one],
            key="returns every",
            width=220,
        )
        count = st.button("Count", type="primary", disabled=not where)
        invented = st.button("Try with an invented authority")
        if _HELD in st.session_state and st.button("Clear now", icon=":material/delete:"):
            del st.session_state[_HELD]
            st.session_state.pop("returns folder", None)
            st.rerun()
    if not code:
        st.caption("The area is taken from the census; without one, choose the authority above.")
    if not (count or invented):
        return
    st.session_state.pop(_HELD, None)
    try:
        with st.spinner("Reading and counting"):
            plain = known_of(catalogue(), (), Published())
            if invented:
                found = without_values(lambda: look_at_invented(plain, every))
            else:
                found = without_values(
                    lambda: look(
                        Path(where.strip().strip('"')),
                        known,
                        published,
                        kept_figures(folder(), known),
                        day.isoformat() if isinstance(day, date) else "",
                        code,
                        every,
                    )
                )
    except CscdashError as error:
        st.error(escaped(str(error)))
        return
    st.session_state[_HELD] = found
    st.rerun()


def _keep(found: Look, known: Known, published: Published) -> None:
    """Keep the figures among the local ones, if the reader wants to."""
    if not found.figures:
        st.caption("Nothing to keep: the figures of these days are published.")
        return
    st.markdown(
        f"**{len(found.figures)} figures** are of days that nothing is published for yet. Kept,"
        " they stand beside the published ones on every page, as local figures."
    )
    if not st.button("Keep these figures", icon=":material/save:"):
        return
    try:
        done = without_values(lambda: keep(folder(), found, known, published, date.today()))
    except CscdashError as error:
        st.error(escaped(str(error)))
        return
    st.session_state[_SAID] = f"Kept as {done.id}."
    st.rerun()
