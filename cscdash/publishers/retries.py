"""How long and how often to try, and what it means that a publisher gave no answer."""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cscdash.errors import CscdashError


class UnansweredError(CscdashError):
    """A publisher did not give what was asked for.

    Attributes
    ----------
    words : str
        What happened, to follow the name of the host.
    host : str
        Whose server it was; empty where that does not matter.
    advice : str
        What a person can do about it; empty if nothing.
    kind : str
        ``unreached``, ``proxy`` and ``silent`` where no answer came at all, ``broken`` where it
        ended too soon, ``later`` where the server wants to be left alone, ``status`` for an
        answer that is a refusal, ``content`` for one of no use.
    status : int
        The status of the answer; 0 if there was none.
    again : bool
        Whether it may help to ask again now.
    after : float or None
        How many seconds the server asked to wait.
    path : str
        What was asked for, where that tells a person more.
    """

    def __init__(
        self,
        words: str,
        host: str = "",
        *,
        advice: str = "",
        kind: str = "content",
        status: int = 0,
        again: bool = False,
        after: float | None = None,
        path: str = "",
    ) -> None:
        place = f" ({path})" if path else ""
        super().__init__(f"{host} {words}{place}" if host else words)
        self.words, self.host, self.advice, self.kind = words, host, advice, kind
        self.status, self.again, self.after, self.path = status, again, after, path

    @property
    def absent(self) -> bool:
        """Whether the server says that there is no such thing (any more)."""
        return self.status in (404, 410)


class StoppedError(CscdashError):
    """The update was stopped while something was asked for."""

    def __init__(self) -> None:
        super().__init__("The update was stopped.")


@dataclass(frozen=True)
class Patience:
    """How long and how often to try; times in seconds.

    Attributes
    ----------
    connect, read : float
        For a connection, and between two pieces of an answer.
    whole : float
        For a whole answer that is no file, its headers included.
    file : float
        The same for a file.
    attempts : int
        How often to ask for one thing.
    failures, silences : int
        After so many failures to connect, or answers that never came, in a row a host is given
        up until the next update.
    first, longest : float
        The waits grow from one to the other, with chance in them. A server that asks for more
        than `longest` is not asked again.
    slowest, window : float
        A download of fewer bytes per second, measured over the window, is broken off and
        resumed.
    asking, fetching : float
        For asking all publishers what they have, and for all downloads.
    """

    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    file: float = 600.0
    attempts: int = 5
    failures: int = 2
    silences: int = 2
    first: float = 1.0
    longest: float = 60.0
    slowest: float = 500.0
    window: float = 30.0
    asking: float = 180.0
    fetching: float = 1200.0


def asked_to_wait(text: str) -> float | None:
    """The seconds that a ``Retry-After`` header asks for: a number, or a date."""
    try:
        seconds = float(text)
    except ValueError:
        pass
    else:
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def clock_time(seconds: float) -> str:
    """The time of day so many seconds from now; with its date if that is not today."""
    try:
        then = datetime.fromtimestamp(time.time() + seconds)
    except (OverflowError, OSError, ValueError):
        return "another day"
    today = then.date() == datetime.now().date()
    return f"{then:%H:%M}" if today else f"{then:%H:%M on %d %B %Y}"
