"""A file that is being downloaded, and the note on how far it is."""

import errno
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from cscdash.errors import CscdashError
from cscdash.publishers.cache import note
from cscdash.publishers.manifest import Kept, Text


class NoRoomError(CscdashError):
    """A file could not be written."""

    @classmethod
    def of(cls, error: OSError, file: Path) -> "NoRoomError":
        """From what the system said."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cls(f"There is no room left on the disk for {file.parent}.")
        return cls(f"{file.parent} cannot be written: {error.strerror or error}.")


class Note(BaseModel):
    """What is known of a file that is being downloaded.

    Attributes
    ----------
    url, etag, modified, coding : str
        Where it comes from, and the version of which its first bytes are.
    total : int or None
        The bytes that it has in all, where its server said so.
    done : str
        The key of the item that it is, once it is whole and checked.
    kept : Kept or None
        What the manifest is to say of it then.
    """

    model_config = ConfigDict(extra="ignore")

    url: Text = ""
    etag: Text = ""
    modified: Text = ""
    coding: Text = ""
    total: int | None = None
    done: Text = ""
    kept: Kept | None = None

    @classmethod
    def read(cls, part: Path) -> "Note":
        """The note on a file; an empty one if there is none that can be read."""
        try:
            return cls.model_validate_json(note(part).read_bytes())
        except (OSError, ValidationError, ValueError):
            return cls()

    def write(self, part: Path) -> None:
        """Write it beside the file."""
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(self.model_dump(exclude_defaults=True))
            note(part).write_text(text, encoding="utf-8")
        except OSError as error:
            raise NoRoomError.of(error, part) from error

    @property
    def validator(self) -> str:
        """What tells a server that a rest belongs to the same file; weak tags do not."""
        tag = self.etag if not self.etag.startswith("W/") else ""
        found = tag or self.modified
        return found if found.isascii() and found.isprintable() else ""

    def is_continued_by(self, answer: httpx.Response, have: int) -> bool:
        """Whether a part of a file goes on where ours ends, in the very version of ours."""
        headers = answer.headers
        begins, _, total = headers.get("content-range", "").partition("/")
        if not begins.startswith(f"bytes {have}-"):
            return False
        if self.total is not None and total.strip() not in (str(self.total), "*"):
            return False
        pairs = ((self.etag, headers.get("etag")), (self.modified, headers.get("last-modified")))
        known = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
        same_coding = headers.get("content-encoding", "").lower() == self.coding
        return bool(known) and all(ours == theirs for ours, theirs in known) and same_coding


def write(stream: Any, piece: bytes) -> None:
    """Write a piece of a file; tests put a full disk in its place."""
    stream.write(piece)


def forget(part: Path) -> None:
    """Take away a file that was being downloaded, and the note on it."""
    part.unlink(missing_ok=True)
    note(part).unlink(missing_ok=True)


def size(part: Path) -> int:
    """How many bytes are here."""
    return part.stat().st_size if part.is_file() else 0


def put(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of pieces, and make sure that it is on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        for piece in pieces:
            write(stream, piece)
        stream.flush()
        os.fsync(stream.fileno())
