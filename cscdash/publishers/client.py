"""Asking a publisher's server: politely, patiently, and never more than two things at once."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from cscdash import __version__
from cscdash.publishers.retries import Patience, UnansweredError, asked_to_wait
from cscdash.settings import settings

AGENT = f"cscdash/{__version__} (learning dashboard on children's social care in England)"
PER_HOST = 2
_AGAIN = {408, 429, 500, 502, 503, 504}
_REDIRECTS = 5

T = TypeVar("T")


class Web:
    """A client of publishers' servers, shared by threads; use it as a context manager.

    Parameters
    ----------
    patience : Patience, optional
        How long and how often to try.
    mirror : str, optional
        A server that has everything under ``/host/path``; ``CSCDASH_MIRROR`` unless given.
        Proxies are taken from the environment.
    """

    def __init__(self, patience: Patience | None = None, mirror: str | None = None) -> None:
        self.patience = patience or Patience()
        self._mirror = (settings().mirror if mirror is None else mirror).rstrip("/")
        times = httpx.Timeout(self.patience.read, connect=self.patience.connect, pool=None)
        self._client = httpx.Client(
            timeout=times,
            verify=_trust(),
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"},
            limits=httpx.Limits(max_keepalive_connections=16),
        )
        self._guard = threading.Lock()
        self._hosts: dict[str, threading.BoundedSemaphore] = {}
        self.requests: list[str] = []
        self.stopped = threading.Event()

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def json(self, url: str, headers: dict[str, str] | None = None) -> tuple[Any, httpx.Headers]:
        """The JSON at an address, and the headers it came with; None where it has not changed.

        Raises
        ------
        UnansweredError
            If there is none, whatever was tried.
        """

        def ask() -> tuple[Any, httpx.Headers]:
            with self.stream(url, headers) as answer:
                if answer.status_code == 304:
                    return None, answer.headers
                try:
                    return json.loads(self._read(answer, url)), answer.headers
                except (ValueError, httpx.DecodingError) as error:
                    raise UnansweredError(
                        f"{_host(url)} answered with something other than JSON", again=True
                    ) from error

        return self.patiently(ask)

    def _read(self, answer: httpx.Response, url: str) -> bytes:
        """The body of an answer, unless it drips in too slowly."""
        end = time.monotonic() + self.patience.whole
        pieces = []
        for piece in answer.iter_bytes():
            pieces.append(piece)
            if time.monotonic() > end:
                raise UnansweredError(f"{_host(url)} answers too slowly", again=True)
        return b"".join(pieces)

    @contextmanager
    def stream(self, url: str, headers: dict[str, str] | None = None) -> Iterator[httpx.Response]:
        """An answer whose body has not been read yet; redirections are followed.

        Raises
        ------
        UnansweredError
            If the server cannot be reached, or its status is not one of success (200, 206, 304).
        """
        address = url
        for _ in range(_REDIRECTS + 1):
            with self._asked(address, headers or {}) as answer:
                if not answer.has_redirect_location:
                    _refuse(answer, url)
                    yield answer
                    return
                onward = urljoin(address, answer.headers["location"])
            address = onward
        raise UnansweredError(f"{_host(url)} sends us round in a circle ({url})")

    @contextmanager
    def _asked(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """One request, when fewer than two to its host are under way."""
        with self._turn(_host(url)):
            if self.stopped.is_set():
                raise UnansweredError("the update was stopped")
            self.requests.append(url)
            try:
                with self._client.stream("GET", self._address(url), headers=headers) as answer:
                    yield answer
            except httpx.TransportError as error:
                raise UnansweredError(f"{_host(url)} {_why(error)}", again=True) from error
            except httpx.HTTPError as error:
                raise UnansweredError(f"{_host(url)} cannot be asked: {error}") from error

    def _address(self, url: str) -> str:
        if not self._mirror or url.startswith(self._mirror + "/"):
            return url
        return f"{self._mirror}/{url.split('://', 1)[-1]}"

    def _turn(self, host: str) -> threading.BoundedSemaphore:
        with self._guard:
            return self._hosts.setdefault(host, threading.BoundedSemaphore(PER_HOST))

    def patiently(self, ask: Callable[[], T]) -> T:
        """Do something again while it may help, with growing waits, as the server asks.

        Raises
        ------
        UnansweredError
            The last one.
        """
        growing = wait_random_exponential(self.patience.first, self.patience.longest)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, UnansweredError) else None
            return min(growing(state) if asked is None else asked, self.patience.longest)

        def helps(error: BaseException) -> bool:
            return isinstance(error, UnansweredError) and error.again and not self.stopped.is_set()

        def pause(seconds: float) -> None:
            self.stopped.wait(seconds)

        trying = Retrying(
            stop=stop_after_attempt(self.patience.attempts),
            wait=wait,
            retry=retry_if_exception(helps),
            sleep=pause,
            reraise=True,
        )
        return trying(ask)


@cache
def _trust() -> ssl.SSLContext:
    """Whom we trust, read once per process; ``SSL_CERT_FILE`` is respected."""
    return httpx.create_ssl_context()


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _why(error: httpx.TransportError) -> str:
    match error:
        case httpx.ConnectTimeout() | httpx.ConnectError():
            return "cannot be reached"
        case httpx.TimeoutException():
            return "took too long to answer"
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return "broke off its answer"
        case httpx.ProxyError():
            return f"cannot be reached through the proxy ({error})"
        case _:
            return f"cannot be asked ({type(error).__name__})"


def _refuse(answer: httpx.Response, url: str) -> None:
    status = answer.status_code
    if status in (200, 206, 304, 416):
        return
    words = {
        404: "has no such page",
        410: "has withdrawn this",
        429: "asks for fewer requests",
    }.get(status, f"answered with {status}")
    raise UnansweredError(
        f"{_host(url)} {words} ({urlsplit(url).path})",
        status,
        status in _AGAIN,
        asked_to_wait(answer.headers.get("retry-after", "")),
    )
