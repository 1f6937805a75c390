"""Who is reading, on this machine or elsewhere, and what each may do.

Whatever changes something, or shows something unpublished, is for a reader on this machine. What
is not known counts as elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cscdash.settings import settings
from cscdash.views.frame.sign_in import permitted, sign_in_settings

# What a browser sends when it opens the connection. Whatever stands between a browser and the app
# (proxy, tunnel, gateway, cloud) adds something of its own.
_FROM_A_BROWSER = frozenset(
    (
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "cookie",
        "dnt",
        "host",
        "origin",
        "pragma",
        "upgrade",
        "user-agent",
    )
)
_HERE = "http://127.0.0.1"


@dataclass(frozen=True)
class Connection:
    """How a reader came in.

    Attributes
    ----------
    peer : str or None
        The address at the other end of the connection itself.
    headers : mapping
        Every header that came with it.
    """

    peer: str | None
    headers: Mapping[str, str]


def connection() -> Connection | None:
    """The connection of this run; None if there is none, as outside a run."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or not runtime.exists():
        return None
    client = runtime.get_instance().get_client(run.session_id)
    context = client.client_context if client else None
    if context is None:
        return None
    return Connection(context.remote_ip, dict(context.headers))


def direct_from_here(found: Connection | None) -> bool:
    """Whether a connection surely comes from a browser on this machine, with nothing in between.

    The names that the browser used have to be of this machine too: a page from elsewhere can
    make a name of its own lead to 127.0.0.1, and then speak to the app in the reader's browser.
    """
    if found is None or not _loopback(found.peer):
        return False
    headers = {name.lower(): value for name, value in found.headers.items()}
    if _added(headers) or not _names_this_machine(f"//{headers.get('host', '')}"):
        return False
    return "origin" not in headers or _names_this_machine(headers["origin"])


def on_this_machine() -> bool:
    """Whether the reader is surely on this machine, and the app is not served to others."""
    if settings().hosted or sign_in_settings().needed:
        return False
    return direct_from_here(connection())


def may_see_local() -> bool:
    """Whether the reader may see local figures: here, or where a host with sign-in says so."""
    if on_this_machine():
        return True
    return settings().local_on and sign_in_settings().complete and permitted()


def only_here() -> bool:
    """Whether this server was started so that nothing of a record can leave the machine.

    Bound to this machine, not hosted, without sign-in, statistics off, and errors without details.
    """
    return (
        _loopback(config.get_option("server.address"))
        and not settings().hosted
        and not sign_in_settings().needed
        and config.get_option("browser.gatherUsageStats") is False
        and str(config.get_option("client.showErrorDetails")).lower() == "none"
    )


def why_no_local() -> str:
    """Why this reader sees no local figures, and what to do, in a sentence or two."""
    if settings().hosted or sign_in_settings().needed:
        return (
            "This app is served to others, so local figures are switched off: nobody has published"
            " them. Whoever hosts it can let those who sign in see them, with CSCDASH_LOCAL_ON=1"
            " and a complete sign-in."
        )
    return (
        "Local figures are seen and changed only on the machine where the app runs: there, open"
        f" {_HERE}:{config.get_option('server.port')}. An app in a container, or behind another"
        " program, cannot tell that you are on the same machine: start it without them."
    )


def who_can_reach() -> str:
    """Who can open this copy of the app, in a sentence."""
    signing_in = sign_in_settings()
    if signing_in.needed:
        return "Those who sign in can open this copy of the app."
    found = connection()
    if settings().hosted or (found and _added({name.lower() for name in found.headers})):
        return "Anybody with its address can open this copy of the app."
    if _loopback(config.get_option("server.address")):
        return "Only somebody on this machine can open this copy of the app."
    return (
        "Anybody on the network of the machine where it runs can open this copy of the app and read"
        " the published figures. To keep it to that machine, start it with"
        " `--server.address=127.0.0.1`."
    )


def _added(headers: Iterable[str]) -> list[str]:
    """The headers that no browser sends."""
    return [h for h in headers if h not in _FROM_A_BROWSER and not h.startswith("sec-")]


def _names_this_machine(address: str) -> bool:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return host == "localhost" or _loopback(host)


def _loopback(address: str | None) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return address == "localhost"
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (inner or found).is_loopback


def say_who_can_reach() -> None:
    """Draw the line that says who can open this copy."""
    st.caption(who_can_reach())
