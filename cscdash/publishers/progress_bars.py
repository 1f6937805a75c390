"""How an update gets on, in the terminal: bars where there is one, plain lines where not."""

import threading
import time
from types import TracebackType

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from cscdash.publishers.progress import Watch

_QUIET = 10.0  # seconds after which a line is printed where there is no terminal


class _Known(ProgressColumn):
    """A column that is empty where the size of a file is not known.

    With `begun` it is shown, too, once something of the file is here.
    """

    def __init__(self, column: ProgressColumn, begun: bool = False) -> None:
        super().__init__()
        self._column, self._begun = column, begun

    def render(self, task: Task) -> RenderableType:
        """The column for a file."""
        known = task.total is not None or (self._begun and task.completed > 0)
        return self._column.render(task) if known else Text("")


class Terminal(Watch):
    """Draws bars; use it as a context manager.

    Parameters
    ----------
    console : Console
        Where to draw. Without a terminal the same is printed in plain lines, not more often than
        every ten seconds for what is only progress.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._plain = not console.is_terminal
        self._bars = Progress(
            TextColumn("{task.description}"),
            _Known(BarColumn()),
            _Known(DownloadColumn(), begun=True),
            _Known(TransferSpeedColumn(), begun=True),
            console=console,
            transient=True,
            disable=self._plain,
        )
        self._lock = threading.RLock()
        self._files: dict[str, TaskID] = {}
        self._doing: TaskID | None = None
        self._done = self._expected = 0
        self._told = time.monotonic()

    def __enter__(self) -> "Terminal":
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def say(self, text: str) -> None:
        """Print a line above the bars."""
        with self._lock:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)
            self._told = time.monotonic()

    def asking(self, publisher: str, at: int, of: int) -> None:
        """A publisher is asked."""
        text = f"Asking {publisher}, {at} of {of}" if of > 1 else f"Asking {publisher}"
        self._do(text, always=at == 1)

    def waiting(self, why: str, seconds: float) -> None:
        """A wait and its reason."""
        self.say(f"Waiting {seconds:.0f} s: {why}")

    def expect(self, files: int) -> None:
        """So many more files."""
        with self._lock:
            self._expected += files
            if files:
                self._tell(always=True)

    def moved(self, file: str, done: int, of: int | None) -> None:
        """So many bytes of a file are here."""
        with self._lock:
            if self._plain:
                self._tell()
                return
            if file not in self._files:
                self._files[file] = self._bars.add_task(_short(file), total=of)
            self._bars.update(self._files[file], completed=done, total=of)

    def ended(self, file: str, why: str = "") -> None:
        """A file is here, or is given up; why is told once, at the end."""
        with self._lock:
            self._done += 1
            if file in self._files:
                self._bars.remove_task(self._files.pop(file))
            self._tell()

    def reading(self, file: str, at: int, of: int) -> None:
        """The build reads a file."""
        self._do(f"Reading {at + 1} of {of} files", always=at == 0)

    def _tell(self, always: bool = False) -> None:
        self._do(f"Downloading: {self._done} of {self._expected} files", always)

    def _do(self, text: str, always: bool = False) -> None:
        with self._lock:
            if self._plain:
                if always or time.monotonic() - self._told > _QUIET:
                    self.say(text)
                return
            if self._doing is None:
                self._doing = self._bars.add_task(text, total=None)
            self._bars.update(self._doing, description=text)


def _short(path: str) -> str:
    """A file by its publication and the end of its name, which tells one from another."""
    parts = path.split("/")
    name = parts[-1] if len(parts[-1]) <= 40 else f"…{parts[-1][-39:]}"
    text = f"{parts[0]}: {name}" if len(parts) > 1 else name
    return text.replace("[", r"\[")
