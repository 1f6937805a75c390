"""Downloading one file: taken up where it broke off, checked, and only then called here."""

import hashlib
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from cscdash.errors import CscdashError
from cscdash.publishers import partial_download as parts
from cscdash.publishers.cache import Cache
from cscdash.publishers.client import Web
from cscdash.publishers.partial_download import (
    NoRoomError,
    begins_at,
    forget,
    put,
    read_note,
    size,
    unpacked,
    validator_of,
    write_note,
)
from cscdash.publishers.progress import Watch
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.verification import extract_member, verify
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

    def fetch(self, item: Item) -> dict[str, Any] | None:
        """Get a file, from the first of its addresses that gives it whole, or from the zip.

        Returns
        -------
        dict or None
            What the manifest is to say of it; None if its server says that it has not changed.

        Raises
        ------
        CscdashError
            If no address gives it whole; why, of the first.
        """
        part = self.cache.incoming(item.path)
        known = read_note(part)
        if item.key and known.get("done") == item.key and part.is_file():
            return dict(known["facts"])
        errors: list[CscdashError] = []
        for url in item.urls:
            try:
                headers = self._download(item.path, url, part, self._validators(item, url))
                return None if headers is None else self._checked(item, url, part, headers)
            except CscdashError as error:
                errors.append(error)
                if self.web.stopped.is_set() or isinstance(error, NoRoomError):
                    raise
        if item.archive:
            try:
                return self._from_archive(item, part)
            except CscdashError as error:
                errors.append(error)
        raise errors[0]

    def is_new(self, item: Item) -> bool:
        """Whether a file is not the one that is here, as far as can be told without its body."""
        conditions = self._validators(item, item.urls[0])
        if item.key or not conditions:
            return True

        def ask() -> bool:
            with self.web.stream(item.urls[0], conditions) as answer:
                return answer.status_code != 304

        try:
            return self.web.patiently(ask)
        except CscdashError:
            return False

    def _validators(self, item: Item, url: str) -> dict[str, str]:
        """Ask for the file only if it is not the one that is here."""
        known = self.cache.files.get(item.path, {})
        if item.key or known.get("url") != url or not self.cache.holds(item.path):
            return {}
        pairs = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("modified")}
        return {name: value for name, value in pairs.items() if value}

    def _download(
        self, path: str, url: str, part: Path, conditions: dict[str, str]
    ) -> dict[str, str] | None:
        """Get an address into a file, taking up what is there; the answer's headers."""

        def attempt() -> dict[str, str] | None:
            known = read_note(part)
            have = size(part) if known.get("url") == url and known.get("validator") else 0
            ask = (
                {"Range": f"bytes={have}-", "If-Range": known["validator"]} if have else conditions
            )
            with self.web.stream(url, ask) as answer:
                if answer.status_code == 304:
                    return None
                if answer.status_code == 416:
                    forget(part)
                    raise UnansweredError(
                        f"{url} cannot be taken up where it broke off", again=True
                    )
                more = answer.status_code == 206 and begins_at(answer, have)
                if answer.status_code == 206 and not more:
                    forget(part)
                    raise UnansweredError(f"{url} was continued at another place", again=True)
                if not more:
                    have = 0
                    write_note(part, {"url": url, "validator": validator_of(answer.headers)})
                self._receive(path, answer, part, have)
                coding = answer.headers.get("content-encoding", "").lower()
                return {
                    "etag": answer.headers.get("etag", ""),
                    "modified": answer.headers.get("last-modified", ""),
                    "coding": coding,
                }

        return self.web.patiently(attempt)

    def _receive(self, path: str, answer: httpx.Response, part: Path, have: int) -> None:
        length = answer.headers.get("content-length", "")
        whole = have + int(length) if length.isdecimal() else None
        patience = self.web.patience
        begun, at = time.monotonic(), have
        try:
            with part.open("ab" if have else "wb") as stream:
                for piece in answer.iter_raw():
                    parts.write(stream, piece)
                    have += len(piece)
                    self.watch.moved(path, have, whole)
                    if self.web.stopped.is_set():
                        raise UnansweredError("the update was stopped")
                    now = time.monotonic()
                    if now - begun > patience.window:
                        if (have - at) / (now - begun) < patience.slowest:
                            raise UnansweredError(f"{answer.url.host} sends too slowly", again=True)
                        begun, at = now, have
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            forget(part)
            raise NoRoomError.of(error, part) from error
        if whole is not None and have != whole:
            raise UnansweredError(f"{answer.url.host} sent {have:,} of {whole:,} bytes", again=True)

    def _checked(self, item: Item, url: str, part: Path, headers: dict[str, str]) -> dict[str, Any]:
        """Unpack and check a file that arrived; what is wrong is not kept."""
        try:
            content = part.read_bytes()
            if headers["coding"] not in ("", "identity", "gzip", "x-gzip"):
                raise CscdashError(f"{url} came packed in a way that was not asked for.")
            if headers["coding"].endswith("gzip") or content[:2] == b"\x1f\x8b":
                content = unpacked(content, item.path)
                write_note(part, {})
                put(part, content)
            rows = verify(content, item, self.formats.get(item.dataset, ""))
        except CscdashError:
            forget(part)
            raise
        facts = {
            "publication": item.publication,
            "dataset": item.dataset,
            "release": item.release,
            "published": item.published,
            "key": item.key,
            "url": url,
            "etag": headers["etag"],
            "modified": headers["modified"],
            "bytes": len(content),
            "rows": rows,
            "sha256": hashlib.sha256(content).hexdigest(),
            "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_note(part, {"done": item.key, "facts": facts})
        return facts

    def _from_archive(self, item: Item, part: Path) -> dict[str, Any]:
        """The file out of its release's zip, which is downloaded once for all that need it."""
        with self._lock:
            if item.archive not in self._archives:
                name = f"{item.publication}/{item.release}.zip"
                zipped = self.cache.incoming(name)
                try:
                    self._download(name, item.archive, zipped, {})
                    self._archives[item.archive] = zipped
                except CscdashError as error:
                    self._archives[item.archive] = error
        archive = self._archives[item.archive]
        if isinstance(archive, CscdashError):
            raise archive
        content = extract_member(archive, item)
        write_note(part, {})
        put(part, content)
        plain = {"etag": "", "modified": "", "coding": ""}
        return self._checked(replace(item, blob=""), item.archive, part, plain)

    def tidy(self) -> None:
        """Take away the zips; their files are out of them."""
        for archive in self._archives.values():
            if isinstance(archive, Path):
                forget(archive)
