"""Who may see the app, decided from the host's settings and a person's identity alone.

A copy is open only if it surely is: nothing is set up about signing in, and all that is set up is
understood. Whatever is incomplete, misspelt, empty or unreadable closes it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import idna

SECTION = "sign_in"
_AUTH = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_PLACEHOLDERS = ("a long random text of your own", "from your identity provider", "YOUR-")
_SHORTEST_SECRET = 16  # characters; whoever guesses it can sign in as anybody
_LONGEST_ADDRESS = 254  # RFC 5321
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# What an address may hold only in quotes or in a list, where it would be read in two ways.
_NOT_IN_ADDRESS = frozenset(',;:<>()[]"\\')
# Space, control, format, surrogate, private and unassigned characters.
_NOT_IN_TEXT = ("Z", "C")


@dataclass(frozen=True)
class SignIn:
    """What a host has set up.

    Attributes
    ----------
    needed : bool
        Whether people have to sign in.
    domains : tuple of str
        The domains whose addresses are let in, in ASCII (IDNA) and lower case.
    wrong : str
        What the host has to mend before anybody is let in; empty if nothing. Holds no secret.
    """

    needed: bool
    domains: tuple[str, ...] = ()
    wrong: str = ""

    @property
    def complete(self) -> bool:
        """Whether people have to sign in, and can."""
        return self.needed and not self.wrong


OPEN = SignIn(needed=False)


def closed(why: str) -> SignIn:
    """A copy that lets nobody in until the host has mended something."""
    return SignIn(needed=True, wrong=why)


def read_sign_in(secrets: Mapping[str, Any], known: tuple[str, ...]) -> SignIn:
    """What secrets that could be read say about signing in.

    Parameters
    ----------
    secrets : mapping
        The secrets, sections as mappings.
    known : tuple of str
        Names that may stand in the secrets of an open copy: the app's own settings.
    """
    if not secrets:
        return closed("the secrets file is empty; delete it if the app is to be open.")
    if "auth" in secrets or SECTION in secrets:
        wrong = _wrong_auth(secrets.get("auth")) or _wrong_section(secrets.get(SECTION))
        if wrong:
            return closed(wrong)
        return SignIn(True, tuple(_domain(one) for one in secrets[SECTION]["domains"]))
    for name, value in secrets.items():
        if name not in known:
            return closed(
                f"the secrets hold “{name}”, which is no setting of this app. Signing in is set up"
                f" in two sections, [auth] and [{SECTION}]."
            )
        if isinstance(value, bool) or not isinstance(value, str | int):
            return closed(f"“{name}” has to be text in quotes, at the top of the secrets.")
    return OPEN


def may_enter(identity: Mapping[str, Any], domains: tuple[str, ...]) -> bool:
    """Whether somebody who has signed in is let in.

    Parameters
    ----------
    identity : mapping
        What the identity provider says, with ``email`` and perhaps ``email_verified``.
    domains : tuple of str
        The domains that are let in, as `SignIn` has them.

    Returns
    -------
    bool
        True if the address can be read in one way only, is not marked as unverified, and its
        domain equals one of `domains`.
    """
    if "email_verified" in identity and identity["email_verified"] is not True:
        return False
    address = identity.get("email")
    if not isinstance(address, str) or len(address) > _LONGEST_ADDRESS or not _plain(address):
        return False
    name, *rest = address.split("@")
    if not name or len(rest) != 1:
        return False
    try:
        return _domain(rest[0]) in domains
    except ValueError:
        return False


def _plain(text: str) -> bool:
    return not any(
        char in _NOT_IN_ADDRESS or unicodedata.category(char).startswith(_NOT_IN_TEXT)
        for char in text
    )


def _domain(text: str) -> str:
    """A domain in ASCII and lower case.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not _plain(text) or "." not in text or text.startswith(".") or text.endswith("."):
        raise ValueError(text)
    return idna.encode(text.lower(), std3_rules=True).decode("ascii")


def _wrong_auth(section: object) -> str:
    """What is wrong with the section ``[auth]``; empty if nothing."""
    if not isinstance(section, Mapping):
        return "the secrets have no section [auth]."
    for name in _AUTH:
        value = section.get(name)
        if not isinstance(value, str) or not value.strip():
            return f"“{name}” is missing from the section [auth], or is not text."
        if any(text in value for text in _PLACEHOLDERS):
            return f"“{name}” in the section [auth] is still the example of the instructions."
    if len(section["cookie_secret"]) < _SHORTEST_SECRET:
        return f"“cookie_secret” needs at least {_SHORTEST_SECRET} characters."
    for name in ("redirect_uri", "server_metadata_url"):
        if not _safe(section[name]):
            return f"“{name}” in the section [auth] is not an address that starts with https:."
    if not urlsplit(section["redirect_uri"]).path.endswith("/oauth2callback"):
        return "“redirect_uri” in the section [auth] does not end in /oauth2callback."
    return ""


def _safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    )


def _wrong_section(section: object) -> str:
    """What is wrong with the section that lists the domains; empty if nothing."""
    if not isinstance(section, Mapping):
        return f"the secrets have no section [{SECTION}] with a list “domains”."
    if others := [name for name in section if name != "domains"]:
        return f"the section [{SECTION}] holds “{others[0]}”; it may hold “domains” alone."
    domains = section.get("domains")
    if not isinstance(domains, list) or not domains:
        return f"“domains” in the section [{SECTION}] is not a list of e-mail domains."
    for domain in domains:
        try:
            _domain(domain)
        except (TypeError, AttributeError, ValueError):
            return f"an entry of “domains” in the section [{SECTION}] is not an e-mail domain."
    return ""
