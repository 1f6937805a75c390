"""What is in the way of an answer, in words, and what a person can do about it."""

import errno
import socket
import ssl
import time
from collections.abc import Iterator

import httpcore

from cscdash.publishers.retries import UnansweredError, asked_to_wait, clock_time

_ASK_IT = "Ask your IT department to let this computer reach it on port 443."
_OFFLINE = (
    "Is this computer online? If a browser opens the publisher's page, the network wants a proxy:"
    " ask IT for its address and set HTTPS_PROXY to it."
)
_CERTIFICATE = (
    "A network that inspects encrypted traffic is the usual reason: ask IT to add its certificate"
    " authority to this computer's certificates, or set SSL_CERT_FILE to the file that holds it."
)
_SIGN_IN = (
    "The network may want you to sign in first, or a filter stands in between: open the"
    " publisher's page in a browser on this computer."
)
_PROXY = "Check the address in HTTPS_PROXY with your IT department."
_AGAIN = {408, 429, 500, 502, 503, 504}
_STATUS = {
    404: "had no such page",
    407: "was kept from us by a proxy that asks for a sign-in",
    410: "has withdrawn this",
    429: "asked for fewer requests",
}


def why_no_answer(error: Exception, host: str, proxy: str = "") -> UnansweredError:
    """What kept a server from answering.

    Parameters
    ----------
    error : Exception
        What the connection raised.
    host : str
        The server.
    proxy : str
        Host and port of the proxy in between; empty for none.
    """

    def said(
        words: str, advice: str = "", kind: str = "unreached", again: bool = True
    ) -> UnansweredError:
        return UnansweredError(words, host, advice=advice, kind=kind, again=again)

    causes = list(_chain(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = getattr(cause, "verify_message", "") or "not verified"
            return said(
                f"showed a certificate that this computer does not trust ({reason})",
                _CERTIFICATE,
                again=False,
            )
    if isinstance(error, httpcore.ProxyError):
        if str(error).startswith("407"):
            text = f"cannot be reached: the proxy {proxy} asks for a sign-in"
            form = "Write it as http://name:password@host:port in HTTPS_PROXY."
            return said(text, form, "proxy", again=False)
        return said(f"cannot be reached: the proxy {proxy} refused ({error})", _PROXY, "proxy")
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            reason = (getattr(cause, "reason", "") or "no reason given").lower().replace("_", " ")
            return said(f"did not agree on an encrypted connection ({reason})", _CERTIFICATE)
    connecting = isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout)
    if proxy and connecting:
        return said(f"cannot be reached: the proxy {proxy} does not answer", _PROXY, "proxy")
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return said("cannot be found by name (DNS)", _OFFLINE)
        if isinstance(cause, OSError):
            if cause.errno == errno.ECONNREFUSED:
                return said("refused the connection", _ASK_IT)
            if cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
                return said("cannot be reached from this network", _ASK_IT)
    match error:
        case httpcore.ConnectTimeout():
            return said("did not take the call for a connection", _ASK_IT)
        case httpcore.ConnectError():
            return said("cannot be reached", _ASK_IT)
        case httpcore.TimeoutException():
            return said("took too long to answer", kind="silent")
        case httpcore.NetworkError() | httpcore.RemoteProtocolError():
            return said("broke off the answer", kind="broken")
        case _:
            return said(f"cannot be asked ({type(error).__name__})", kind="content", again=False)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what caused it, at most ten deep."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def why_refused(
    status: int, headers: dict[str, str], host: str, path: str, longest: float
) -> UnansweredError | None:
    """What an answer's status means; None if it is one of success.

    Parameters
    ----------
    status, headers : int, dict
        Of the answer; names of headers in lower case.
    host, path : str
        What was asked.
    longest : float
        A server that asks to wait for more seconds than these is not asked again.
    """
    if status in (200, 206, 304, 416):
        return None
    limited = status in (403, 429) and headers.get("x-ratelimit-remaining") == "0"
    after = asked_to_wait(headers.get("retry-after", ""))
    if limited and after is None:
        after = _until(headers.get("x-ratelimit-reset", ""))
    if limited:
        allowed = headers.get("x-ratelimit-limit", "")
        number = f"the {allowed} questions an hour" if allowed.isdecimal() else "all the questions"
        words = f"has answered {number} that it allows one network"
        words += f"; it answers again at {clock_time(after)}" if after else ""
        return UnansweredError(words, host, kind="later", status=status, after=after)
    if after is not None and after > longest:
        words = f"asked us to come back at {clock_time(after)}"
        return UnansweredError(words, host, kind="later", status=status, after=after)
    words = _STATUS.get(status, f"answered with {status}")
    again = status in _AGAIN
    return UnansweredError(
        words,
        host,
        path=path,
        advice=_PROXY if status == 407 else "",
        kind="status",
        status=status,
        again=again,
        after=after,
    )


def _until(text: str) -> float | None:
    """The seconds until a moment that is given in seconds since 1970."""
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        return None
    return max(float(text) - time.time(), 0.0)


def no_json(content: bytes, host: str) -> UnansweredError:
    """What it means that an answer is not JSON: a web page comes from something in between."""
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<body")):
        return UnansweredError(
            "answered with a web page instead of data", host, advice=_SIGN_IN, again=True
        )
    return UnansweredError("answered with something other than JSON", host, again=True)
