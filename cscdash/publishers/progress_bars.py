"""How an update gets on, in the terminal: one bar for all files, one for each under way."""

import threading
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)


class Terminal:
    """A `Watch` that draws bars; use it as a context manager.

    Parameters
    ----------
    console : Console
        Where to draw; without a terminal only what is said is printed.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._lock = threading.Lock()
        self._files: dict[str, TaskID] = {}
        self._all: TaskID | None = None
        self._done = self._expected = 0

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
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def expect(self, files: int) -> None:
        """So many more files."""
        with self._lock:
            self._expected += files
            if self._all is None and files:
                self._all = self._bars.add_task("All files", total=None)
            self._tell()

    def moved(self, file: str, done: int, of: int | None) -> None:
        """So many bytes of a file are here."""
        with self._lock:
            if file not in self._files:
                name = file.rsplit("/", 1)[-1].replace("[", r"\[")
                self._files[file] = self._bars.add_task(name[-48:], total=of)
            self._bars.update(self._files[file], completed=done, total=of)

    def ended(self, file: str, why: str = "") -> None:
        """A file is here, or is given up."""
        with self._lock:
            self._done += 1
            if file in self._files:
                self._bars.remove_task(self._files.pop(file))
            self._tell()
        if why:
            self.say(f"{file}: {why}")

    def reading(self, file: str, at: int, of: int) -> None:
        """The build reads a file."""
        with self._lock:
            if self._all is None:
                self._all = self._bars.add_task("", total=None)
            text = f"Reading {at + 1} of {of} files"
            self._bars.update(self._all, description=text, completed=0, total=None)

    def _tell(self) -> None:
        if self._all is not None:
            text = f"All files: {self._done} of {self._expected}"
            self._bars.update(self._all, description=text)
