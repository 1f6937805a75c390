"""Downloading one file: resumed where it broke off, checked, and only then called here."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from cscdash.errors import CscdashError
from cscdash.publishers import partial_download as parts
from cscdash.publishers.cache import Cache, checksum
from cscdash.publishers.client import Web
from cscdash.publishers.manifest import Kept, Refused, place_of
from cscdash.publishers.partial_download import NoRoomError, Note, forget, size
from cscdash.publishers.progress import Watch
from cscdash.publishers.retries import StoppedError, UnansweredError
from cscdash.publishers.unpacking import LARGEST_FILE, from_archive, is_gzip, unpacked_file
from cscdash.publishers.verification import verify
from cscdash.publishers.visit import Item


@dataclass
class Fetcher:
    """Downloads files into the cache's ``.incoming``.

    Attributes
    ----------
    cache : Cache
        Where they go.
    web : Web
        The client.
    watch : Watch
        Told of each piece.
    formats : mapping
        Data set -> its format.
    """

    cache: Cache
    web: Web
    watch: Watch
    formats: Mapping[str, str]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _archives: dict[str, Path | CscdashError] = field(default_factory=dict)

    def fetch(self, item: Item) -> Kept | None:
        """Get a file, from the first of its addresses that gives it whole, or from the zip.

        Returns
        -------
        Kept or None
            What the manifest is to say of it; None if its server says that it has not changed.

        Raises
        ------
        CscdashError
            If no address gives it whole; why, of the first.
        """
        part = self.cache.incoming(item.path)
        known = Note.read(part)
        if item.key and known.done == item.key and known.kept and _is(part, known.kept):
            return known.kept
        errors: list[CscdashError] = []
        for url in item.urls:
            try:
                received = self._download(item.path, url, part, self._validators(item, url))
                return None if received is None else self._checked(item, url, part, received)
            except (NoRoomError, StoppedError):
                raise
            except CscdashError as error:
                errors.append(error)
        if item.archive:
            try:
                return self._from_archive(item, part)
            except (NoRoomError, StoppedError):
                raise
            except CscdashError as error:
                errors.append(error)
        raise errors[0]

    def is_new(self, item: Item) -> bool:
        """Whether a file is not the one that is here, as far as can be told without its body.

        Raises
        ------
        CscdashError
            If its server gives no answer.
        """
        conditions = self._validators(item, item.urls[0])
        if item.key:
            return True

        def ask() -> bool:
            with self.web.stream(item.urls[0], conditions) as answer:
                return answer.status_code != 304

        return self.web.patiently(ask)

    def _validators(self, item: Item, url: str) -> dict[str, str]:
        """Ask for the file only if it is not the one that is here, or that was refused."""
        known: Kept | Refused | None = self.cache.known.refused.get(item.path)
        if known is None and self.cache.holds(item.path):
            known = self.cache.known.files[item.path]
        if known is None or item.key or known.url != url:
            return {}
        pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return {name: value for name, value in pairs.items() if value}

    def _download(self, path: str, url: str, part: Path, conditions: dict[str, str]) -> Note | None:
        """Get an address into a file, resuming what is there; of which version it is."""

        def attempt() -> Note | None:
            known = Note.read(part)
            have = size(part) if known.url == url and known.validator else 0
            ask = {"Range": f"bytes={have}-", "If-Range": known.validator} if have else conditions
            with self.web.stream(url, ask, self.web.patience.file) as answer:
                if answer.status_code == 304:
                    return None
                host = httpx.URL(url).host
                if answer.status_code == 416:
                    forget(part)
                    raise UnansweredError("had nothing where the file broke off", host, again=True)
                if answer.status_code == 206 and not known.is_continued_by(answer, have):
                    forget(part)
                    raise UnansweredError("sent the rest of another version", host, again=True)
                if answer.status_code != 206:
                    have, known = 0, _note_on(url, answer)
                    known.write(part)
                self._receive(path, host, answer, part, have, known.total)
                return known

        return self.web.patiently(attempt)

    def _receive(
        self, path: str, host: str, answer: httpx.Response, part: Path, have: int, whole: int | None
    ) -> None:
        patience = self.web.patience
        begun, at = time.monotonic(), have
        try:
            with part.open("ab" if have else "wb") as stream:
                for piece in answer.iter_raw():
                    parts.write(stream, piece)
                    have += len(piece)
                    if have > LARGEST_FILE:
                        raise UnansweredError(
                            f"sent more than {LARGEST_FILE / 1e6:.0f} MB for one file", host
                        )
                    self.watch.moved(path, have, whole)
                    now = time.monotonic()
                    if now - begun > patience.window:
                        if (have - at) / (now - begun) < patience.slowest:
                            raise UnansweredError(
                                "sent too slowly", host, kind="broken", again=True
                            )
                        begun, at = now, have
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            forget(part)
            raise NoRoomError.of(error, part) from error
        if whole is not None and have != whole:
            raise UnansweredError("broke off the answer", host, kind="broken", again=True)

    def _checked(self, item: Item, url: str, part: Path, received: Note) -> Kept:
        """Unpack and check a file that arrived; what is wrong is not kept."""
        try:
            if received.coding not in ("", "identity") or is_gzip(part):
                plain = part.with_name(f"{part.name}.plain")
                try:
                    parts.put(plain, unpacked_file(part, received.coding, LARGEST_FILE, item.path))
                    Note().write(part)
                    os.replace(plain, part)
                finally:
                    plain.unlink(missing_ok=True)
            rows = verify(part, item, self.formats.get(item.dataset, ""))
            kept = Kept(
                publication=item.publication,
                dataset=item.dataset,
                release=item.release,
                published=item.published,
                key=item.key,
                url=url,
                etag=received.etag,
                modified=received.modified,
                bytes=part.stat().st_size,
                rows=rows,
                sha256=checksum(part),
                retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            )
        except CscdashError:
            forget(part)
            raise
        except OSError as error:
            forget(part)
            raise NoRoomError.of(error, part) from error
        Note(done=item.key, kept=kept).write(part)
        return kept

    def _from_archive(self, item: Item, part: Path) -> Kept:
        """The file out of its release's zip, which is downloaded once for all that need it."""
        with self._lock:
            if item.archive not in self._archives:
                name = place_of(item.publication, f"{item.release}.zip")
                zipped = self.cache.incoming(name)
                try:
                    self._download(name, item.archive, zipped, {})
                    self._archives[item.archive] = zipped
                except CscdashError as error:
                    self._archives[item.archive] = error
            archive = self._archives[item.archive]
            if isinstance(archive, CscdashError):
                raise archive
            try:
                Note().write(part)
                parts.put(part, [from_archive(archive, item.member)])
            except OSError as error:
                forget(part)
                raise NoRoomError.of(error, part) from error
            except CscdashError:
                forget(part)
                raise
        return self._checked(replace(item, blob=""), item.archive, part, Note())

    def tidy(self) -> None:
        """Take away the zips; their files are out of them."""
        for archive in self._archives.values():
            if isinstance(archive, Path):
                forget(archive)


def _is(part: Path, kept: Kept) -> bool:
    """Whether a file that was downloaded is still as it was when it was checked."""
    return size(part) == kept.bytes and part.is_file() and checksum(part) == kept.sha256


def _note_on(url: str, answer: httpx.Response) -> Note:
    headers = answer.headers
    length = headers.get("content-length", "")
    return Note(
        url=url,
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
        coding=headers.get("content-encoding", "").strip().lower(),
        total=int(length) if length.isascii() and length.isdecimal() else None,
    )
