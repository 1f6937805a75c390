"""The sign-in: asking for it, the way out, and holding every part of a page to it.

Streamlit itself signs people in (OpenID Connect); `permission` decides whom to let through.
"""

import functools
import hashlib
import importlib.util
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit import config

from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.settings import unknown_variables, variables
from cscdash.views.frame.address import begin_part
from cscdash.views.frame.permission import OPEN, SignIn, closed, may_enter, read_sign_in

_COOKIE = "_streamlit_user"  # Streamlit's, signed by it; its later parts end in a number
_ABOUT_SIGNING_IN = ("SIGN", "AUTH", "LOGIN", "DOMAIN")
_NOT_MEANT = ("example", "sample", "template")
_LOG = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def sign_in_settings() -> SignIn:
    """What the host has set up about signing in, read for each run; the log says what is wrong."""
    found = _read()
    if found.needed and not found.wrong and importlib.util.find_spec("authlib") is None:
        found = closed("signing in needs Authlib: pip install 'cscdash[sign-in]'.")
    if found.wrong:
        _log(found.wrong)
    return found


def permitted() -> bool:
    """Whether whoever is here may see the app."""
    return _still_permitted(*_who())


def ask_to_sign_in() -> None:
    """Draw the only thing that somebody without permission sees."""
    found = sign_in_settings()
    st.title("Sign in", anchor=False)
    if found.wrong:
        st.error(
            "Nobody can sign in yet: whoever hosts this app has to look at its settings. Its log"
            " says what is wrong.",
            icon=":material/error:",
        )
        return
    domains = ", ".join(found.domains)
    if st.user.is_logged_in and _ticket() not in _ended():
        st.warning(
            "You are signed in with an address that is not among those who may see this app"
            f" ({domains}), or that your organisation has not confirmed.",
            icon=":material/lock:",
        )
        st.button("Use another address", on_click=_sign_out, icon=":material/logout:")
        return
    st.markdown(f"This app is for people with an e-mail address at {domains}.")
    st.button("Sign in", type="primary", on_click=st.login, icon=":material/login:")


def sign_out_button() -> None:
    """Draw a way out for those who signed in."""
    if sign_in_settings().needed:
        st.button("Sign out", on_click=_sign_out, icon=":material/logout:")


def fragment(
    part: Callable[P, None] | None = None, *, run_every: float | None = None
) -> Callable[..., Any]:
    """A part of a page that is drawn again by itself, and never for somebody without permission.

    Streamlit runs such a part without the frame around it: the part itself looks whether it may,
    and says what went wrong.
    """
    if part is None:
        return functools.partial(fragment, run_every=run_every)

    @functools.wraps(part)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        if not permitted():
            st.rerun()
        begin_part()
        try:
            part(*args, **kwargs)
        except CscdashError as error:
            st.error(escaped(str(error)), icon=":material/error:")

    return st.fragment(guarded, run_every=run_every)


def while_permitted(make: Callable[[], T]) -> Callable[[], T]:
    """What a download makes when it is asked for, unless permission has ended by then.

    Streamlit makes it outside every run of the script, so it remembers who asked.
    """
    identity, ticket = _who()

    def guarded() -> T:
        if not _still_permitted(identity, ticket):
            raise CscdashError("You are no longer signed in.")
        return make()

    return guarded


def _still_permitted(identity: dict[str, Any], ticket: str) -> bool:
    found = sign_in_settings()
    if not found.needed:
        return True
    return (
        not found.wrong
        and identity.get("is_logged_in") is True
        and ticket not in _ended()
        and may_enter(identity, found.domains)
    )


def _who() -> tuple[dict[str, Any], str]:
    """Who is here: what the identity provider said, and the ticket they came in with."""
    if not sign_in_settings().complete:
        return {}, ""
    return st.user.to_dict(), _ticket()


def _sign_out() -> None:
    """Sign out, in every tab that came in with the same cookie."""
    if ticket := _ticket():
        _ended().add(ticket)
    st.logout()


@st.cache_resource(show_spinner=False)
def _ended() -> set[str]:
    """The cookies that were signed out since the server started."""
    return set()


def _ticket() -> str:
    """A digest of the cookie that this session came in with; empty if there was none."""
    cookies = st.context.cookies
    parts = [cookies[name] for name in sorted(cookies) if name.startswith(_COOKIE)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest() if parts else ""


def _read() -> SignIn:
    if config.get_option("server.trustedUserHeaders"):
        return closed("server.trustedUserHeaders is set, which this app does not use.")
    for name in unknown_variables():
        if any(word in name for word in _ABOUT_SIGNING_IN):
            return closed(f"the environment has {name}, which is no setting of this app.")
    files = [Path(file) for file in config.get_option("secrets.files")]
    there = [file for file in files if os.path.lexists(file)]
    if config.is_manually_set("secrets.files") and there != files:
        return closed("the option secrets.files names a file that is not there.")
    if not there:
        misnamed = _misnamed({file.parent for file in files})
        return closed(f"{misnamed} is not called secrets.toml.") if misnamed else OPEN
    try:
        return read_sign_in(st.secrets.to_dict(), variables())
    except Exception as error:
        # Whatever it is, it is not sure that the host wanted the app open.
        return closed(f"the secrets cannot be read ({type(error).__name__}: {error}).")


def _misnamed(folders: set[Path]) -> str:
    """A file that was surely meant as secrets (``secrets.toml.txt``); empty if there is none."""
    for folder in folders:
        for file in folder.glob("*") if folder.is_dir() else ():
            name = file.name.lower()
            if "secret" in name and not any(word in name for word in _NOT_MEANT):
                return file.name
    return ""


@functools.cache
def _log(why: str) -> None:
    """Say in the log what is wrong, once for each thing."""
    _LOG.error("Nobody is let in: %s", why)
