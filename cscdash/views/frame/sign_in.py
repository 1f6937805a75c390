"""Who may see the app: everybody, or, where the host says so, people with certain addresses.

Streamlit itself signs people in (OpenID Connect); this only decides whom to let through. Where
the secrets speak of signing in but not clearly, nobody is let in and the page says what is wrong.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

_SECTION = "sign_in"


def permitted() -> bool:
    """Whether whoever is here may see the app."""
    secrets = _secrets()
    if not _asked_for(secrets):
        return True
    return not _wrong(secrets) and bool(st.user.is_logged_in) and _known(st.user, secrets)


def ask_to_sign_in() -> None:
    """Draw the only thing that somebody without permission sees."""
    secrets = _secrets()
    st.title("Sign in", anchor=False)
    wrong = _wrong(secrets)
    if wrong:
        st.error(f"Nobody can sign in yet: {wrong}", icon=":material/error:")
        return
    domains = ", ".join(_domains(secrets))
    if st.user.is_logged_in:
        st.warning(
            f"You are signed in as {st.user.get('email') or 'somebody without an e-mail address'},"
            f" which is not among those who may see this app ({domains}).",
            icon=":material/lock:",
        )
        st.button("Use another address", on_click=st.logout, icon=":material/logout:")
        return
    st.markdown(f"This app is for people with an e-mail address at {domains}.")
    st.button("Sign in", type="primary", on_click=st.login, icon=":material/login:")


def sign_out_button() -> None:
    """Draw a way out for those who signed in."""
    if _asked_for(_secrets()):
        st.button("Sign out", on_click=st.logout, icon=":material/logout:")


def _secrets() -> Mapping[str, Any]:
    try:
        return dict(st.secrets)
    except StreamlitSecretNotFoundError:
        return {}


def _asked_for(secrets: Mapping[str, Any]) -> bool:
    return "auth" in secrets or _SECTION in secrets


def _wrong(secrets: Mapping[str, Any]) -> str:
    """What is missing from the secrets; empty if nothing is."""
    if "auth" not in secrets:
        return "the secrets have no section [auth]."
    if not _domains(secrets):
        return "the secrets have no list “domains” in a section [sign_in]."
    return ""


def _domains(secrets: Mapping[str, Any]) -> list[str]:
    """The e-mail domains that are let in, in lower case, without a leading @."""
    section = secrets.get(_SECTION)
    listed = section.get("domains", []) if isinstance(section, Mapping) else []
    if isinstance(listed, str):
        listed = [listed]
    return [str(one).strip().lower().lstrip("@") for one in listed if str(one).strip(" @")]


def _known(user: Mapping[str, Any], secrets: Mapping[str, Any]) -> bool:
    """Whether a person's address is of a domain that is let in, and known to be theirs."""
    address = user.get("email")
    if not isinstance(address, str) or user.get("email_verified") is False:
        return False
    name, at, domain = address.strip().lower().rpartition("@")
    return bool(name and at) and domain in _domains(secrets)
