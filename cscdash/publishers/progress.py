"""Reporting the progress of an update."""

from typing import Protocol


class Watch(Protocol):
    """Told what happens, from several threads at once."""

    def say(self, text: str) -> None:
        """Something that a person may want to read."""

    def asking(self, publisher: str, at: int, of: int) -> None:
        """A publisher is asked about one of its publications: which, and of how many."""

    def waiting(self, why: str, seconds: float) -> None:
        """Nothing is asked for a while, for a reason."""

    def expect(self, files: int) -> None:
        """So many more files will be downloaded."""

    def moved(self, file: str, done: int, of: int | None) -> None:
        """So many bytes of a file are here, of so many if that is known."""

    def ended(self, file: str, why: str = "") -> None:
        """A file is here, or is given up for a reason."""

    def reading(self, file: str, at: int, of: int) -> None:
        """The build reads this file, so far down the list."""


class Nobody:
    """Does not want to know."""

    def say(self, text: str) -> None:
        """Nothing."""

    def asking(self, publisher: str, at: int, of: int) -> None:
        """Nothing."""

    def waiting(self, why: str, seconds: float) -> None:
        """Nothing."""

    def expect(self, files: int) -> None:
        """Nothing."""

    def moved(self, file: str, done: int, of: int | None) -> None:
        """Nothing."""

    def ended(self, file: str, why: str = "") -> None:
        """Nothing."""

    def reading(self, file: str, at: int, of: int) -> None:
        """Nothing."""
