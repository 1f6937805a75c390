"""The folder where published files are kept between updates, and what is known of each.

``manifest.json`` says where each file came from; files whose names a person chose are left alone.
What is under way lies in ``.incoming``, where no build looks.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cscdash.errors import CscdashError

MANIFEST = "manifest.json"
INCOMING = ".incoming"
CANDIDATE = ".candidate"


@dataclass
class Cache:
    """Published files on this machine.

    Attributes
    ----------
    folder : Path
        Where they are.
    files : dict
        Path below the folder -> what is known of the file.
    publications : dict
        Publication -> what its last visit gave.
    """

    folder: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    publications: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Cache":
        """Read what is known; a manifest that cannot be read counts as none."""
        try:
            known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(folder, dict(known["files"]), dict(known["publications"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(folder)

    def incoming(self, path: str) -> Path:
        """Where a file lies while it is downloaded."""
        return self.folder / INCOMING / f"{path}.part"

    def holds(self, path: str) -> bool:
        """Whether a file that we know is here and of the size it had."""
        known = self.files.get(path)
        file = self.folder / path
        return bool(known and file.is_file() and file.stat().st_size == known["bytes"])

    def of(self, publication: str) -> list[str]:
        """The paths of the files of a publication that we know."""
        return [p for p, known in self.files.items() if known["publication"] == publication]

    def whole(self, publication: str) -> bool:
        """Whether a publication has files here, and all of them are whole."""
        paths = self.of(publication)
        return bool(paths) and all(self.holds(path) for path in paths)

    def candidate(self, new: Iterable[str], without: Iterable[str]) -> Path:
        """A folder with what the cache would hold if these new files were in it.

        Parameters
        ----------
        new : iterable of str
            Paths of files that are in ``.incoming``.
        without : iterable of str
            Paths of files that would go.
        """
        target = self.folder / CANDIDATE
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        fresh, gone = set(new), set(without)
        for path in self.present():
            if path not in fresh and path not in gone:
                _link(self.folder / path, target / path)
        for path in fresh:
            _link(self.incoming(path), target / path)
        return target

    def present(self) -> list[str]:
        """The paths of all files here, those that a person put here too."""
        if not self.folder.is_dir():
            return []
        paths = [p.relative_to(self.folder) for p in self.folder.rglob("*") if p.is_file()]
        return sorted(
            p.as_posix()
            for p in paths
            if p.as_posix() != MANIFEST and not any(part.startswith(".") for part in p.parts)
        )

    def sums(self, new: Mapping[str, dict[str, Any]], without: Iterable[str]) -> dict[str, str]:
        """Path -> checksum of every file that a build would read; that of new ones is known."""
        fresh = {path: str(known["sha256"]) for path, known in new.items()}
        gone = {*without, *fresh}
        held = {path: checksum(self.folder / path) for path in self.present() if path not in gone}
        return dict(sorted({**held, **fresh}.items()))

    def keep(self, new: Mapping[str, dict[str, Any]], without: Iterable[str]) -> None:
        """Move new files to where they belong, take old ones away, and write the manifest.

        A kill in between leaves whole files and an old manifest: they are asked for again.
        """
        for path, known in new.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.incoming(path), self.folder / path)
            note(self.incoming(path)).unlink(missing_ok=True)
            self.files[path] = known
        for path in without:
            (self.folder / path).unlink(missing_ok=True)
            self.files.pop(path, None)
        self.write()

    def write(self) -> None:
        """Write the manifest, unless it stands as it is."""
        known = {
            "publications": dict(sorted(self.publications.items())),
            "files": dict(sorted(self.files.items())),
        }
        text = json.dumps(known, indent=1, ensure_ascii=False).encode()
        file = self.folder / MANIFEST
        if file.is_file() and file.read_bytes() == text:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{MANIFEST}-new")
        with fresh.open("wb") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, file)

    def tidy(self) -> None:
        """Take away what is left of an update: the candidate, and empty folders."""
        shutil.rmtree(self.folder / CANDIDATE, ignore_errors=True)
        incoming = self.folder / INCOMING
        for folder in sorted(incoming.rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        if incoming.is_dir() and not any(incoming.iterdir()):
            incoming.rmdir()


def note(part: Path) -> Path:
    """Where the note on a file that is being downloaded lies."""
    return part.with_name(f"{part.name}.json")


def checksum(file: Path) -> str:
    """The SHA-256 of a file."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise CscdashError(f"{file} cannot be read: {error.strerror or error}.") from error


def _link(old: Path, new: Path) -> None:
    """The same file in a second place, without a copy where the disk can do that."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
