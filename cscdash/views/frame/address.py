"""State is the address: one way for every control to follow a link and to write one.

Before the widget, a valid value in the address that differs from what was last written there wins
over the session: somebody followed a link, or went back. After the widget, the address is written
if it differs. Values in the address are codes, never labels.

A session may also begin with an act of the reader: the server was started again, or a laptop woke
up, and the page that was still open goes on. Then the browser sends what its controls show; that
wins, and the address follows. Such a session is told from one that begins with an address by a
hidden control of the page (`stay`): the browser sends the controls of a page only from that page,
neither after a link nor after a step in its history. A step that is interrupted still counts.

On a slow line an act may overtake the address that the act before it wrote. A parameter that the
browser sends once more as it sent it last, together with the controls of the page, is therefore not
news: nobody followed a link to it.

An address that names the area is a whole one: what it leaves out is as it is by default. Any
other is new (Streamlit empties it when the page changes), and what it leaves out is as it was.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

AREA = "area"
HERE = "still_here"
DRAWN = "drawn_to_its_end"  # anew each time; reconnect.html waits for it
_ARRIVED = "_arrived"  # the address as the browser sent it with this run
_ASKED = "_asked"  # of that, the parameters that were looked at in this run
_BEFORE = "_asked_before"  # what each parameter was when it was looked at last, in an earlier run
_BEGUN = "_begun"
_DONE = "_done"  # what the controls were when a page was last drawn to its end
_FROM_PAGE = "_from_page"
_SENT = "_sent"
_STEP = "_step"  # a step in the browser's history, until a page is drawn to its end
_WHOLE = "_whole"
_WRITTEN = "_written"
_KEPT = "_kept"
_NOTICES = "_notices"

Widget = Callable[..., Any]
Code = TypeVar("Code", bound=str)

# Streamlit makes an entry in the browser's history for every parameter that is written. Where one
# only completes the address, going back would lead to the incomplete one, which is completed
# again, and so never further; such an entry therefore takes the place of the one before. When the
# page changes, Streamlit first shortens the old page's address: the new page takes that place.
HISTORY = """<script>
if (!window.cscdashHistory) {
  window.cscdashHistory = true;
  const push = history.pushState.bind(history);
  const within = (one, other) =>
    [...one.searchParams].every(([name, value]) => other.searchParams.get(name) === value);
  let shortened = 0;
  history.pushState = (state, title, url) => {
    const now = new URL(location.href), next = new URL(url || "", location.href);
    const same = now.pathname === next.pathname;
    const completes = same && within(now, next);
    const leaves = !same && Date.now() - shortened < 1000;
    shortened = same && !completes && within(next, now) ? Date.now() : 0;
    completes || leaves ? history.replaceState(state, title, url) : push(state, title, url);
  };
}
</script>"""


def begin() -> None:
    """Look at the address, and at what the browser sent, before any control writes to them."""
    sent = _look()
    st.session_state[_WHOLE] = AREA in st.query_params
    st.session_state[_SENT] = frozenset() if _BEGUN in st.session_state else sent


def begin_part() -> None:
    """Look at the address where a part of a page is drawn by itself, without the frame."""
    run = get_script_run_ctx()
    if run is not None and run.fragment_ids_this_run:
        _look()


def _look() -> frozenset[str]:
    """Note the address as the browser sent it, and return the keys of the controls it sent."""
    sent = _sent_by_browser()
    st.session_state[_FROM_PAGE] = HERE in sent
    # A run may be interrupted, by the next act, before it has looked at all of its address.
    last = st.session_state.get(_ASKED, {})
    st.session_state[_BEFORE] = {**st.session_state.get(_BEFORE, {}), **last}
    st.session_state[_ARRIVED] = st.query_params.to_dict()
    run = get_script_run_ctx()
    if run is not None and run.is_history_navigation:
        st.session_state[_STEP] = st.session_state[_ARRIVED]
    st.session_state[_ASKED] = {}
    return sent


def end() -> None:
    """Note that a page was drawn to its end, and tell the page: the session knows its controls."""
    with st.container(key=DRAWN):
        st.html(f'<span data-run="{secrets.token_hex(4)}"></span>')
    st.session_state[_BEGUN] = True
    st.session_state[_SENT] = frozenset()
    st.session_state[_DONE] = dict(st.session_state.get(_KEPT, {}))
    st.session_state.pop(_STEP, None)


def stay() -> None:
    """Draw the hidden control by which a page that was left open is known again."""
    st.checkbox("This page was left open", key=HERE)


def _sent_by_browser() -> frozenset[str]:
    """The keys of the controls for which the browser sent a value with this run."""
    run = get_script_run_ctx()
    if run is None or run.is_history_navigation:
        return frozenset()  # a step back may interrupt the run that began the session
    # An id is "$$ID", a digest and the key, with hyphens between them.
    parts = (state.id.split("-", 2) for state in run.session_state.get_widget_states())
    return frozenset(part[2] for part in parts if len(part) == 3)


def _sent() -> frozenset[str]:
    sent: frozenset[str] = st.session_state.get(_SENT, frozenset())
    return sent


def holds(key: str) -> bool:
    """Whether the session, or the browser with which it begins, holds a value for a control."""
    return key in st.session_state or key in _sent()


def choose(
    name: str,
    options: Sequence[str],
    default: str,
    widget: Widget,
    *,
    page: str = "",
    what: str = "choice",
    quiet: bool = False,
    read: Callable[[str], str] = str,
    why_not: Callable[[str], str] = lambda _: "",
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
    quiet : bool
        Whether the address leaves the default out.
    read : callable
        The code that a word in the address stands for, where it is none itself.
    why_not : callable
        Why a word cannot be followed, where more can be said than that it is not known.

    Returns
    -------
    str
        One of `options`.
    """
    key = f"{page}:{name}"
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    asked = followed(name, page)
    if asked == "":
        asked = default
    if asked is not None and asked not in options:
        asked = read(asked)
    if asked is not None and asked in options:
        kept[key] = asked
        st.session_state[key] = asked
    elif asked is not None:
        unknown = f"The {what} in this address is not one we know, so another is shown."
        notice(why_not(asked) or unknown)
    left_to_browser = asked is None and key in _sent()
    if not left_to_browser and st.session_state.get(key) not in options:
        st.session_state[key] = kept[key] if kept.get(key) in options else default
    chosen = widget(options=list(options), key=key)
    chosen = chosen if chosen in options else default
    kept[key] = chosen
    write(name, "" if quiet and chosen == default else chosen, page)
    return str(chosen)


def choose_part(
    name: str,
    label: str,
    names: Mapping[Code, str],
    *,
    page: str,
    what: str,
    default: Code | None = None,
    quiet: bool = False,
    labelled: bool = False,
) -> Code:
    """Let the reader choose one of a few parts by buttons in a row, in step with the address.

    Parameters
    ----------
    name, page, what, quiet
        As for `choose`.
    label : str
        What the row is called; seen only if `labelled`.
    names : mapping of str to str
        Code -> what its button says.
    default : str
        The code where neither address nor session says; the first unless given.

    Returns
    -------
    str
        One of the codes.
    """
    chosen = choose(
        name,
        list(names),
        default or next(iter(names)),
        lambda options, key: st.segmented_control(
            label,
            options,
            key=key,
            required=True,
            format_func=lambda code: names.get(code, code),
            label_visibility="visible" if labelled else "collapsed",
        ),
        page=page,
        what=what,
        quiet=quiet,
    )
    return next(code for code in names if code == chosen)


def switch(name: str, label: str, *, page: str = "", default: bool = False, **how: Any) -> bool:
    """A switch, in step with the address: ``1`` when it is not as it is by default."""
    key = f"{page}:{name}"
    kept: dict[str, bool] = st.session_state.setdefault(_KEPT, {})
    asked = followed(name, page)
    if asked in ("", "0", "1"):
        kept[key] = asked == "1" if asked else default
        st.session_state[key] = kept[key]
    elif not holds(key):
        st.session_state[key] = kept.get(key, default)
    on = bool(st.toggle(label, key=key, **how))
    kept[key] = on
    write(name, "" if on == default else str(int(on)), page)
    return on


def typed(name: str, label: str, *, page: str = "", most: int = 200, **how: Any) -> str:
    """A line that the reader types, in step with the address; shortened to `most` characters."""
    key = f"{page}:{name}"
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    asked = followed(name, page)
    if asked is not None:
        kept[key] = asked[:most]
        st.session_state[key] = kept[key]
    elif not holds(key):
        st.session_state[key] = kept.get(key, "")
    found = str(st.text_input(label, key=key, max_chars=most, **how) or "").strip()
    kept[key] = found
    write(name, found, page)
    return found


def followed(name: str, page: str = "", key: str = "") -> str | None:
    """The value in the address, if it is to be followed.

    Parameters
    ----------
    name, page : str
        The parameter, and the page that it belongs to.
    key : str
        The key of the control, unless made of page and name as usual.

    Returns
    -------
    str or None
        None if we wrote it there ourselves, if the session begins with an act of the reader, or if
        an act overtook what we wrote; empty if a whole address leaves out what we had written: its
        default is asked for.
    """
    if HERE in _sent() and (key or f"{page}:{name}") in _sent():
        return None
    st.session_state.setdefault(_ASKED, {})[name] = st.session_state.get(_ARRIVED, {}).get(name, "")
    asked = st.query_params.get(name, "" if st.session_state.get(_WHOLE) else None)
    if asked is not None and _stepped(name, asked, key or f"{page}:{name}"):
        return asked
    if asked is None or asked == written(name, page) or _overtaken(name, asked):
        return None
    return asked


def _stepped(name: str, asked: str, key: str) -> bool:
    """Whether a step in the browser's history leads here, and was not drawn to its end.

    Another run may interrupt it, with which the browser sends the controls as they were before the
    step; a control that the reader has changed since is none of those.
    """
    step: dict[str, str] | None = st.session_state.get(_STEP)
    if step is None or asked != step.get(name, ""):
        return False
    before = st.session_state.get(_DONE, {}).get(key)
    return st.session_state.get(key) in (before, asked, None)


def _overtaken(name: str, asked: str) -> bool:
    """Whether a parameter is merely sent once more, with an act of the reader."""
    before: dict[str, str] = st.session_state.get(_BEFORE, {})
    from_page: bool = st.session_state.get(_FROM_PAGE, False)
    return from_page and name in before and asked == before[name]


def write(name: str, value: str, page: str = "") -> None:
    """Write a parameter into the address, or take it out if it is empty."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
    _written()[_of(name, page)] = value


def written(name: str, page: str = "") -> str:
    """What this session wrote into the address last; empty if nothing."""
    return _written().get(_of(name, page), "")


def _written() -> dict[str, str]:
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    return written


def _of(name: str, page: str) -> str:
    """The parameter of a page; what belongs to a part of it (after a dot) shares the address."""
    return f"{page.partition('.')[0]}:{name}"


def notice(text: str) -> None:
    """Note something to be said once, at the top of the page."""
    st.session_state.setdefault(_NOTICES, []).append(text)


def say_notices() -> None:
    """Say what was noted, once."""
    for text in dict.fromkeys(st.session_state.pop(_NOTICES, [])):
        st.info(text, icon=":material/info:")
