"""A file that is being downloaded, and the note on how far it is."""

import errno
import gzip
import json
import os
import zlib
from pathlib import Path
from typing import Any

import httpx

from cscdash.errors import CscdashError
from cscdash.publishers.cache import note

_LARGEST = 1_000_000_000  # bytes that a file may unpack to


class NoRoomError(CscdashError):
    """A file could not be written."""

    @classmethod
    def of(cls, error: OSError, file: Path) -> "NoRoomError":
        """From what the system said."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cls(f"There is no room left on the disk for {file.parent}.")
        return cls(f"{file.parent} cannot be written: {error.strerror or error}.")


def write(stream: Any, piece: bytes) -> None:
    """Write a piece of a file; tests put a full disk in its place."""
    stream.write(piece)


def forget(part: Path) -> None:
    """Take away a file that was being downloaded, and the note on it."""
    part.unlink(missing_ok=True)
    note(part).unlink(missing_ok=True)


def put(part: Path, content: bytes) -> None:
    """Write the content of a file that was being downloaded."""
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            write(stream, content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        forget(part)
        raise NoRoomError.of(error, part) from error


def unpacked(content: bytes, path: str) -> bytes:
    """What is in a gzip.

    Raises
    ------
    CscdashError
        If it is damaged, not whole, or larger than 1 GB.
    """
    try:
        unpacking = zlib.decompressobj(wbits=31)
        plain = unpacking.decompress(content, _LARGEST)
        if not unpacking.eof or unpacking.unused_data:
            plain = gzip.decompress(content) if unpacking.eof else b""
    except (zlib.error, OSError, EOFError) as error:
        raise CscdashError(f"{path} was packed and is damaged ({error}).") from error
    if not plain:
        raise CscdashError(f"{path} was packed and is not whole.")
    return plain


def size(part: Path) -> int:
    """How many bytes are here."""
    return part.stat().st_size if part.is_file() else 0


def validator_of(headers: httpx.Headers) -> str:
    """What tells a server that a rest belongs to the same file; weak tags do not."""
    tag = str(headers.get("etag", ""))
    if tag and not tag.startswith("W/"):
        return tag
    return str(headers.get("last-modified", ""))


def begins_at(answer: httpx.Response, have: int) -> bool:
    """Whether a part of a file begins where ours ends."""
    return str(answer.headers.get("content-range", "")).startswith(f"bytes {have}-")


def read_note(part: Path) -> dict[str, Any]:
    """What is known of a file that is being downloaded; nothing if there is no note."""
    try:
        known = json.loads(note(part).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}


def write_note(part: Path, known: dict[str, Any]) -> None:
    """Note something of a file that is being downloaded."""
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        note(part).write_text(json.dumps(known), encoding="utf-8")
    except OSError as error:
        raise NoRoomError.of(error, part) from error
