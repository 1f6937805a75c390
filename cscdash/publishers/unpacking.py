"""Unpacking what publishers send, piece by piece, and never more than a limit."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.reading import PUBLISHED, read_member, zip_members

LARGEST_FILE = 500_000_000  # bytes of one file, packed or not
_ARCHIVE = "The release's zip"
_IN_ARCHIVE = replace(PUBLISHED, content=250_000_000, unpacked=1_000_000_000)
_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"


def unpacked(pieces: Iterable[bytes], coding: str, limit: int, what: str) -> Iterator[bytes]:
    """Content as it was before it was packed for sending.

    Parameters
    ----------
    pieces : iterable of bytes
        As they came.
    coding : str
        Of the header ``Content-Encoding``; empty for none.
    limit : int
        Bytes that it may have.
    what : str
        What it is called in messages.

    Raises
    ------
    CscdashError
        If it is packed in another way than gzip or deflate, damaged, not whole, or too large.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        plain: Iterator[bytes] = iter(pieces)
    elif coding in ("gzip", "x-gzip"):
        plain = _members(iter(pieces), what)
    elif coding == "deflate":
        plain = _deflated(iter(pieces), what)
    else:
        raise CscdashError(f"{what} came packed in a way that was not asked for ({coding[:40]}).")
    return _limited(plain, limit, what)


def unpacked_file(packed: Path, coding: str, limit: int, what: str) -> Iterator[bytes]:
    """What is in a file that was downloaded; a gzip is known by its first bytes too.

    Raises
    ------
    CscdashError
        As `unpacked` does.
    """
    if coding in ("", "identity") and is_gzip(packed):
        coding = "gzip"
    with packed.open("rb") as stream:
        yield from unpacked(iter(lambda: stream.read(_PIECE), b""), coding, limit, what)


def is_gzip(file: Path) -> bool:
    """Whether a file begins as a gzip does."""
    with file.open("rb") as stream:
        return stream.read(2) == _GZIP


def from_archive(file: Path, name: str) -> bytes:
    """One of the files of a release's zip, known by name in whatever folder it lies.

    Raises
    ------
    CscdashError
        If the zip is damaged, has no such file, or too much in it.
    """
    for member in zip_members(file, _ARCHIVE, limits=_IN_ARCHIVE):
        if member.rsplit("/", 1)[-1].lower() == name.lower():
            return read_member(file, member, _ARCHIVE, limits=_IN_ARCHIVE)
    raise CscdashError(f"{_ARCHIVE} holds no {name}.")


def _limited(pieces: Iterator[bytes], limit: int, what: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise CscdashError(
                f"{what} is larger than {limit / 1e6:,.0f} MB, so the rest was not read."
            )
        yield piece


def _members(pieces: Iterator[bytes], what: str) -> Iterator[bytes]:
    """The members of a gzip, one after another."""
    unpacking = zlib.decompressobj(wbits=31)
    begun = False
    for piece in pieces:
        while piece:
            if unpacking.eof:
                unpacking, begun = zlib.decompressobj(wbits=31), False
            begun = True
            yield from _steps(unpacking, piece, what)
            piece = unpacking.unused_data
    if not unpacking.eof or not begun:
        raise CscdashError(f"{what} was packed and is not whole.")


def _deflated(pieces: Iterator[bytes], what: str) -> Iterator[bytes]:
    """A deflate stream, with the head that the standard asks for or without, as some send it."""
    first = next(pieces, b"")
    headed = len(first) > 1 and first[0] & 15 == 8 and (first[0] << 8 | first[1]) % 31 == 0
    unpacking = zlib.decompressobj(wbits=15 if headed else -15)
    yield from _steps(unpacking, first, what)
    for piece in pieces:
        if unpacking.eof:
            break
        yield from _steps(unpacking, piece, what)
    if not unpacking.eof:
        raise CscdashError(f"{what} was packed and is not whole.")


def _steps(unpacking: "zlib._Decompress", piece: bytes, what: str) -> Iterator[bytes]:
    """What one piece unpacks to, a little at a time."""
    try:
        while True:
            plain = unpacking.decompress(piece, _PIECE)
            if plain:
                yield plain
            piece = unpacking.unconsumed_tail
            if not piece and len(plain) < _PIECE:
                return
    except zlib.error as error:
        raise CscdashError(f"{what} was packed and is damaged ({error}).") from error
