"""State is the address: one way for every control to follow a link and to write one.

Before the widget, a valid value in the address that differs from what was last written there wins
over the session: somebody followed a link, or went back. After the widget, the address is written
if it differs. Values in the address are codes, never labels.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

_WRITTEN = "_written"
_KEPT = "_kept"
_NOTICES = "_notices"

Widget = Callable[..., Any]


def choose(
    name: str,
    options: Sequence[str],
    default: str,
    widget: Widget,
    *,
    page: str = "",
    what: str = "choice",
) -> str:
    """Let the reader choose one of some codes, in step with the address.

    Parameters
    ----------
    name : str
        The parameter in the address.
    options : sequence of str
        The codes.
    default : str
        Where neither address nor session says.
    widget : callable
        Called with ``options`` and ``key``; returns the chosen code or None.
    page : str
        The page that the choice belongs to; choices of the whole app have none.
    what : str
        What it is called if a value in the address cannot be followed.

    Returns
    -------
    str
        One of `options`.
    """
    key = f"{page}:{name}"
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    asked = followed(name)
    if asked is not None and asked in options:
        kept[key] = asked
        st.session_state[key] = asked
    elif asked is not None:
        notice(f"The {what} in this address is not one we know, so another is shown.")
    if st.session_state.get(key) not in options:
        st.session_state[key] = kept[key] if kept.get(key) in options else default
    chosen = widget(options=list(options), key=key)
    chosen = chosen if chosen in options else default
    kept[key] = chosen
    write(name, chosen)
    return str(chosen)


def switch(name: str, label: str, *, page: str = "", default: bool = False, **how: Any) -> bool:
    """A switch, in step with the address: ``1`` when it is not as it is by default."""
    key = f"{page}:{name}"
    kept: dict[str, bool] = st.session_state.setdefault(_KEPT, {})
    asked = followed(name)
    if asked in ("0", "1"):
        kept[key] = asked == "1"
        st.session_state[key] = kept[key]
    elif key not in st.session_state:
        st.session_state[key] = kept.get(key, default)
    on = bool(st.toggle(label, key=key, **how))
    kept[key] = on
    write(name, "" if on == default else str(int(on)))
    return on


def followed(name: str) -> str | None:
    """The value in the address, if it is not the one we wrote there ourselves."""
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    asked = st.query_params.get(name)
    return None if asked is None or asked == written.get(name) else asked


def write(name: str, value: str) -> None:
    """Write a parameter into the address, or take it out if it is empty."""
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
    written[name] = value


def notice(text: str) -> None:
    """Note something to be said once, at the top of the page."""
    st.session_state.setdefault(_NOTICES, []).append(text)


def say_notices() -> None:
    """Say what was noted, once."""
    for text in dict.fromkeys(st.session_state.pop(_NOTICES, [])):
        st.info(text, icon=":material/info:")
