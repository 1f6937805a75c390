"""The session that is open in this browser tab: in server memory while the page is, and no longer.

The browser keeps a copy in the storage of its tab and hands it back after a reload, a dropped
connection or a sleeping server. Nothing of it is written to a disk here, or into an address.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import ValidationError

from cscdash.errors import CscdashError
from cscdash.learning.drafts import restore
from cscdash.learning.pack.markdown import escaped
from cscdash.learning.session import Session, read, write

_SESSION = "_learning session"
_TOKEN = "_learning token"
_MET = "_learning met"
_OPENED = "_learning opened"
_CLEARED = "_learning cleared"
_NAME = "cscdash_keep"


def the_session() -> Session | None:
    """The session that is open, or None."""
    found: Session | None = st.session_state.get(_SESSION)
    return found


def begin(session: Session | None) -> None:
    """Open a session in place of the one that was, or close it."""
    st.session_state[_SESSION] = session
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    for key in [key for key in st.session_state if str(key).startswith("learn-")]:
        del st.session_state[key]


@cache
def _component() -> Any:
    script = Path(__file__).with_name("keep.js").read_text(encoding="utf-8")
    return st.components.v2.component(_NAME, js=script)


def keep() -> None:
    """Let the browser keep what is open; at the first meeting, take what it kept.

    Call it at the end of a page, so that the browser gets what the page has just changed.
    """
    token = st.session_state.setdefault(_TOKEN, secrets.token_hex(8))
    met = bool(st.session_state.get(_MET))
    session = the_session()
    opened = st.session_state.get(_OPENED, 0)
    data = {
        "token": token,
        "met": met,
        "text": write(session) if met and session else "",
        "clear": st.session_state.get(_CLEARED) != opened,
    }
    if met:
        st.session_state[_CLEARED] = opened
    result = _component()(key="keep", data=data, on_found_change=lambda: None)
    found = result.get("found")
    if not met and isinstance(found, Mapping) and found.get("token") == token:
        _take(found)
        st.session_state[_MET] = True
        st.rerun()


def _take(found: Mapping[str, Any]) -> None:
    """Open what the browser kept, unless a session is open already."""
    text = found.get("text")
    if the_session() is not None or not isinstance(text, str) or not text:
        return
    try:
        session = read(text)
    except CscdashError as error:
        st.session_state[_SESSION] = None
        st.toast(f"What this tab had kept was set aside. {escaped(str(error))}")
        return
    drafts = found.get("drafts")
    if isinstance(drafts, Mapping):
        restore(session, {str(k): v for k, v in drafts.items() if isinstance(v, str)})
    begin(session)
    st.session_state[_CLEARED] = st.session_state[_OPENED]


def kept_text(
    label: str,
    path: str,
    value: str,
    put: Callable[[str], None],
    *,
    line: bool = False,
    **how: Any,
) -> None:
    """A field for words, which go into the session as soon as they reach the server.

    Parameters
    ----------
    label : str
    path : str
        Where the words belong (`drafts.restore`); the browser keeps drafts under it.
    value : str
        What is there.
    put : callable
        Puts new words there.
    line : bool
        One line only.
    """
    key = f"learn-{path}"
    if key not in st.session_state:
        st.session_state[key] = value

    def changed() -> None:
        try:
            put(st.session_state[key])
        except ValidationError:
            st.toast("That is longer than a note can be, so its last change was not kept.")

    field = st.text_input if line else st.text_area
    field(label, key=key, on_change=changed, **how)


def today() -> date:
    """The day on which the page is open."""
    return date.today()
