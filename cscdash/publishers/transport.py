"""The one way to the network: whom to trust, through which proxy, how many at once, until when."""

import ipaddress
import re
import ssl
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import httpx
import truststore

from cscdash.errors import CscdashError
from cscdash.publishers.causes import why_no_answer
from cscdash.publishers.connections import SLICE, Clock, Connections
from cscdash.publishers.retries import Patience, StoppedError, UnansweredError
from cscdash.settings import certificate_file

PER_HOST = 2
_REDIRECTS = 5
_NO_ANSWER = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    OSError,
)


class Transport(httpx.BaseTransport):
    """Carries requests: never more than two to a host, redirects only where they may lead.

    Parameters
    ----------
    patience : Patience
        How long to wait.
    mirror : str
        A server that has everything under ``/host/path``; empty for none.
    clock : Clock
        Until when the request of each thread may last.
    stopped : Event
        Set when all is to end.

    Raises
    ------
    CscdashError
        If the environment names a proxy or certificates that cannot be used.
    """

    def __init__(
        self, patience: Patience, mirror: str, clock: Clock, stopped: threading.Event
    ) -> None:
        self._patience, self._mirror, self._clock = patience, mirror, clock
        self._stopped = stopped
        self._proxies = _proxies()
        self._trust = _trusted()
        self._backend = Connections(clock, stopped)
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._guard = threading.Lock()
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._failures: dict[str, int] = {}  # in a row, by host or proxy
        self._given_up: dict[str, UnansweredError] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, and follow where the answer sends it on.

        Raises
        ------
        UnansweredError
            If no answer came, or it led where it may not.
        StoppedError
            If everything was stopped.
        """
        url, self._clock.public = request.url, False
        for _ in range(_REDIRECTS + 1):
            response = self._carried(request, url)
            if not response.has_redirect_location:
                return response
            place = response.headers["location"]
            response.close()
            url = self._onward(url, place)
            self._clock.public = not self._mirror
        raise UnansweredError("sent us round in a circle", request.url.host)

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _onward(self, url: httpx.URL, place: str) -> httpx.URL:
        try:
            there = url.join(place)
        except (httpx.InvalidURL, ValueError) as error:
            raise UnansweredError("sent us on to no address at all", url.host) from error
        if self._mirror:
            return there
        if there.scheme != "https":
            raise UnansweredError("sent us on to an address without encryption", url.host)
        if there.host == "localhost" or not _is_public(there.host):
            raise UnansweredError("sent us on to an address inside this network", url.host)
        return there

    def _carried(self, request: httpx.Request, url: httpx.URL) -> httpx.Response:
        """One request, when fewer than two to its host are under way."""
        host = url.host
        asked = self._on_mirror(url)
        proxy = self._proxy_for(asked)
        via = f"{proxy.url.host}:{proxy.url.port or 80}" if proxy else ""
        turn = self._turn(host)
        while not turn.acquire(timeout=SLICE):
            self._may_go_on(host, via)
        try:
            self._may_go_on(host, via)
            headers = [(n, v) for n, v in request.headers.raw if n.lower() != b"host"]
            port = f":{asked.port}" if asked.port else ""
            place = httpcore.URL(
                scheme=asked.raw_scheme, host=asked.raw_host, port=asked.port,
                target=asked.raw_path,
            )  # fmt: skip
            times = {"connect": self._patience.connect, "read": self._patience.read}
            answer = self._pool(proxy).handle_request(
                httpcore.Request(
                    "GET",
                    place,
                    headers=[(b"Host", asked.raw_host + port.encode()), *headers],
                    extensions={"timeout": {**times, "write": self._patience.read}},
                )
            )
        except BaseException as error:
            turn.release()
            raise self._told(error, host, via) from error
        self._failures.pop(host, None)
        self._failures.pop(via, None)
        body = _Body(answer, turn, lambda error: self._told(error, host, via))
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    def give_up(self, host: str, error: UnansweredError) -> None:
        """Ask a host nothing more in this update; further requests to it fail with this."""
        self._given_up[host] = error

    def _may_go_on(self, host: str, via: str) -> None:
        """Raise where there is no sense in asking: a stop, the end, a host that was given up."""
        if self._stopped.is_set():
            raise StoppedError
        for one in (via, host):
            if one in self._given_up:
                raise self._given_up[one]
        if self._clock.left() <= 0:
            raise UnansweredError("took too long to answer", host, kind="silent")

    def _told(self, error: BaseException, host: str, via: str) -> BaseException:
        """What went wrong, in words; a host that fails again and again is given up."""
        if isinstance(error, UnansweredError) and not error.host:
            return UnansweredError(error.words, host)
        if not isinstance(error, _NO_ANSWER):
            return error
        told = why_no_answer(error, host, via)
        most = {
            "unreached": self._patience.failures,
            "proxy": self._patience.failures,
            "silent": self._patience.silences,
        }.get(told.kind)
        if most:
            who = via if told.kind == "proxy" else host
            with self._guard:
                self._failures[who] = self._failures.get(who, 0) + 1
                if self._failures[who] >= most:
                    told.again = False
                    self.give_up(who, told)
        return told

    def _on_mirror(self, url: httpx.URL) -> httpx.URL:
        text = str(url)
        if not self._mirror or text.startswith(self._mirror + "/"):
            return url
        return httpx.URL(f"{self._mirror}/{text.split('://', 1)[-1]}")

    def _turn(self, host: str) -> threading.BoundedSemaphore:
        with self._guard:
            return self._turns.setdefault(host, threading.BoundedSemaphore(PER_HOST))

    def _proxy_for(self, url: httpx.URL) -> httpx.Proxy | None:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if proxy is None:
            return None
        try:
            return None if urllib.request.proxy_bypass(url.host) else proxy
        except (ValueError, OSError):
            return proxy

    def _pool(self, proxy: httpx.Proxy | None) -> httpcore.ConnectionPool:
        with self._guard:
            name = str(proxy.url) if proxy else ""
            if name not in self._pools:
                shared: dict[str, Any] = {
                    "ssl_context": self._trust,
                    "max_keepalive_connections": 16,
                    "network_backend": self._backend,
                }
                self._pools[name] = (
                    httpcore.HTTPProxy(
                        httpcore.URL(str(proxy.url)), proxy_auth=proxy.raw_auth, **shared
                    )
                    if proxy
                    else httpcore.ConnectionPool(**shared)
                )
            return self._pools[name]


class _Body(httpx.SyncByteStream):
    """The body of an answer; its end makes room for the next request to the host."""

    def __init__(
        self, answer: httpcore.Response, turn: threading.BoundedSemaphore, told: Any
    ) -> None:
        self._answer, self._turn, self._told, self._open = answer, turn, told, True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except _NO_ANSWER as error:
            raise self._told(error) from error

    def close(self) -> None:
        try:
            self._answer.close()
        finally:
            if self._open:
                self._open = False
                self._turn.release()


def _is_public(host: str) -> bool:
    """Whether a host is none of this network, as far as its name tells."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _trusted() -> ssl.SSLContext:
    """The certificates of this computer, and those that ``SSL_CERT_FILE`` names."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    file = certificate_file()
    if file:
        try:
            context.load_verify_locations(cafile=file)
        except (OSError, ssl.SSLError) as error:
            what = "holds no certificates" if Path(file).is_file() else "is not there"
            raise CscdashError(
                f"SSL_CERT_FILE names {file}, which {what}. Name a file in PEM form, or unset it to"
                " use the certificates of this computer."
            ) from error
    return context


def proxies_in_words() -> str:
    """Through which proxies requests go, without names and passwords.

    Raises
    ------
    CscdashError
        If the environment names one that cannot be used.
    """
    named = [
        f"{scheme} through {one.url.host}:{one.url.port or 80}"
        + (" with a sign-in" if one.raw_auth else "")
        for scheme, one in sorted(_proxies().items())
    ]
    return f"Proxies: {', '.join(named)}." if named else "Proxies: none is named."


def _proxies() -> dict[str, httpx.Proxy]:
    """The proxies that the environment or the system names, by the scheme that they are for."""
    found = {}
    for scheme, address in urllib.request.getproxies().items():
        if scheme not in ("http", "https", "all") or not address:
            continue
        try:
            proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
            named = re.fullmatch(r"[A-Za-z0-9._:-]+", proxy.url.host)
            usable = proxy.url.scheme in ("http", "https") and bool(named)
        except (ValueError, TypeError, httpx.InvalidURL):
            usable = False
        if not usable:
            raise CscdashError(
                f"{scheme.upper()}_PROXY is no address of a proxy that can be used"
                f" (‘{address.rsplit('@', 1)[-1]}’). It should look like"
                " http://proxy.example.gov.uk:8080."
            )
        found[scheme] = proxy
    return found
