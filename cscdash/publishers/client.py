"""Asking a publisher's server: politely, patiently, and never without an end."""

import json
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from cscdash import __version__
from cscdash.errors import CscdashError
from cscdash.publishers.causes import no_json, why_refused
from cscdash.publishers.connections import Clock
from cscdash.publishers.progress import Nobody, Watch
from cscdash.publishers.retries import Patience, StoppedError, UnansweredError
from cscdash.publishers.transport import Transport
from cscdash.publishers.unpacking import unpacked
from cscdash.settings import settings

AGENT = f"cscdash/{__version__} (learning dashboard on children's social care in England)"
LARGEST_JSON = 20_000_000  # bytes

T = TypeVar("T")


class Web:
    """A client of publishers' servers, shared by threads; use it as a context manager.

    Parameters
    ----------
    patience : Patience, optional
        How long and how often to try.
    mirror : str, optional
        A server that has everything under ``/host/path``; ``CSCDASH_MIRROR`` unless given.
        Proxies and certificates are taken from the environment and the system.
    watch : Watch, optional
        Told of waits.

    Raises
    ------
    CscdashError
        If the environment names a proxy or certificates that cannot be used.
    """

    def __init__(
        self,
        patience: Patience | None = None,
        mirror: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.patience = patience or Patience()
        self.watch = watch or Nobody()
        self.requests: list[str] = []
        self.stopped = threading.Event()
        self.end = math.inf  # on the monotonic clock: no request goes on beyond it
        self._clock = Clock()
        mirror = (settings().mirror if mirror is None else mirror).rstrip("/")
        self._transport = Transport(self.patience, mirror, self._clock, self.stopped)
        self._client = httpx.Client(
            transport=self._transport,
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._client.close()

    def within(self, seconds: float) -> None:
        """From now on, everything that is asked ends within so many seconds."""
        self.end = time.monotonic() + seconds

    def json(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[Any, httpx.Headers]:
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
                host = httpx.URL(url).host
                try:
                    coding = answer.headers.get("content-encoding", "")
                    pieces = unpacked(answer.iter_raw(), coding, LARGEST_JSON, "the answer")
                    content = b"".join(pieces)
                except UnansweredError:
                    raise
                except CscdashError as error:
                    raise UnansweredError(f"sent what cannot be used: {error}", host) from error
                try:
                    return json.loads(content), answer.headers
                except (ValueError, RecursionError) as error:
                    raise no_json(content, host) from error

        return self.patiently(ask)

    @contextmanager
    def stream(
        self, url: str, headers: Mapping[str, str] | None = None, seconds: float | None = None
    ) -> Iterator[httpx.Response]:
        """An answer whose body has not been read yet; redirections are followed.

        Parameters
        ----------
        url, headers
            What to ask.
        seconds : float, optional
            For the whole answer; as for an answer that is no file unless given. Headers never
            get more than that.

        Raises
        ------
        UnansweredError
            If the server cannot be reached, its status is not one of success (200, 206, 304,
            416), or it answers that something is as before, or sends a part, unasked.
        """
        asked = {name: value for name, value in (headers or {}).items() if _sendable(value)}
        now = time.monotonic()
        self._clock.end = min(self.end, now + self.patience.whole)  # for the headers
        self.requests.append(url)
        try:
            request = self._client.build_request("GET", url, headers=asked)
        except (httpx.InvalidURL, ValueError) as error:
            raise UnansweredError(f"‘{url}’ is no address that can be asked") from error
        answer = self._client.send(request, stream=True)
        self._clock.end = min(self.end, now + (seconds or self.patience.whole))
        try:
            host, path = request.url.host, request.url.path
            refused = why_refused(
                answer.status_code, _plain(answer.headers), host, path, self.patience.longest
            )
            if refused:
                if refused.kind == "later":
                    self._transport.give_up(host, refused)
                raise refused
            conditional = {"If-None-Match", "If-Modified-Since"} & asked.keys()
            if answer.status_code == 304 and not conditional:
                words = "answered that nothing has changed, which was not asked"
                raise UnansweredError(words, host, again=True)
            if answer.status_code == 206 and "Range" not in asked:
                raise UnansweredError("sent a part without being asked", host, again=True)
            yield answer
        finally:
            answer.close()

    def patiently(self, ask: Callable[[], T]) -> T:
        """Do something again while it may help, with growing waits, as the server asks.

        Raises
        ------
        UnansweredError
            The last one.
        StoppedError
            If everything was stopped meanwhile.
        """
        growing = wait_random_exponential(self.patience.first, self.patience.longest)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, UnansweredError) else None
            seconds = min(growing(state) if asked is None else asked, self.patience.longest)
            if seconds >= 1:
                self.watch.waiting(str(error), seconds)
            return seconds

        def helps(error: BaseException) -> bool:
            return (
                isinstance(error, UnansweredError)
                and error.again
                and time.monotonic() < self.end
                and not self.stopped.is_set()
            )

        def pause(seconds: float) -> None:
            self.stopped.wait(max(min(seconds, self.end - time.monotonic()), 0.0))

        trying = Retrying(
            stop=stop_after_attempt(self.patience.attempts),
            wait=wait,
            retry=retry_if_exception(helps),
            sleep=pause,
            reraise=True,
        )
        return trying(ask)


def _plain(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _sendable(value: str) -> bool:
    """Whether a value may stand in a header: what a server once sent us may not."""
    return value.isascii() and value.isprintable()


__all__ = ["StoppedError", "UnansweredError", "Web"]
