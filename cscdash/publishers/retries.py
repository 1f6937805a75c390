"""How long and how often to try, and what it means that a publisher did not answer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cscdash.errors import CscdashError


class UnansweredError(CscdashError):
    """A publisher did not give what was asked for.

    Attributes
    ----------
    status : int
        The status of its answer; 0 if there was none.
    again : bool
        Whether it may help to ask again.
    after : float or None
        How many seconds it asked to wait.
    """

    def __init__(
        self, message: str, status: int = 0, again: bool = False, after: float | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.again = again
        self.after = after

    @property
    def absent(self) -> bool:
        """Whether the server says that there is no such thing (any more)."""
        return self.status in (404, 410)


@dataclass(frozen=True)
class Patience:
    """How long and how often to try; times in seconds.

    Attributes
    ----------
    connect, read : float
        For a connection, and between two pieces of an answer.
    whole : float
        For a whole answer that is no file.
    attempts : int
        How often to ask for one thing.
    first, longest : float
        The waits grow from one to the other, with chance in them; `longest` also bounds what
        a server may ask for.
    slowest, window : float
        A download of fewer bytes per second, measured over the window, is broken off and
        taken up again.
    """

    connect: float = 10.0
    read: float = 40.0
    whole: float = 90.0
    attempts: int = 5
    first: float = 1.0
    longest: float = 60.0
    slowest: float = 500.0
    window: float = 30.0


def asked_to_wait(text: str) -> float | None:
    """The seconds that a ``Retry-After`` header asks for: a number, or a date."""
    try:
        return max(float(text), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
