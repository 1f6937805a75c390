"""The folder where published files are kept between updates.

``manifest.json`` says where each file came from; files whose names a person chose are left alone.
What is under way lies in ``.incoming``, where no build looks.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.publishers.manifest import MANIFEST, Kept, Manifest, is_inside

INCOMING = ".incoming"
CANDIDATE = ".candidate"
LOG = "update.log"
_LEFTOVERS = 30 * 24 * 3600  # seconds after which part of a file is no longer waited for


class Cache:
    """Published files on this machine.

    Parameters
    ----------
    folder : Path
        Where they are.

    Attributes
    ----------
    known : Manifest
        What is known of them.
    damaged : dict of str to str
        Path -> what is wrong with a file that we know: it is missing, or of another size or
        checksum than when it was published.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = Manifest.read(folder)
        self._sums: dict[str, str] = {}
        self.damaged: dict[str, str] = {}
        for path, kept in self.known.files.items():
            wrong = self._wrong(path, kept)
            if wrong:
                self.damaged[path] = wrong

    def _wrong(self, path: str, kept: Kept) -> str:
        file = self.folder / path
        if not file.is_file():
            return "is not there any more"
        if file.stat().st_size != kept.bytes:
            return "is not of the size that it was published with"
        if self._sum(path) != kept.sha256:
            return "has been changed since it was published"
        return ""

    def _sum(self, path: str) -> str:
        if path not in self._sums:
            self._sums[path] = checksum(self.folder / path)
        return self._sums[path]

    def incoming(self, path: str) -> Path:
        """Where a file lies while it is downloaded."""
        return self._below(INCOMING, f"{path}.part")

    def _below(self, start: str, path: str) -> Path:
        if not is_inside(path):
            raise CscdashError(f"‘{path}’ is no path of a published file.")
        return self.folder / start / path

    def holds(self, path: str) -> bool:
        """Whether a file that we know is here, as it was published."""
        return path in self.known.files and path not in self.damaged

    def of(self, publication: str) -> list[str]:
        """The paths of the files of a publication that we know."""
        return [p for p, kept in self.known.files.items() if kept.publication == publication]

    def whole(self, publication: str) -> bool:
        """Whether a publication has files here, and all of them are whole."""
        paths = self.of(publication)
        return bool(paths) and all(self.holds(path) for path in paths)

    def candidate(self, new: Collection[str], without: Collection[str]) -> Path:
        """A folder with what the cache would hold if these new files were in it.

        Parameters
        ----------
        new : collection of str
            Paths of files that are in ``.incoming``.
        without : collection of str
            Paths of files that would go.
        """
        target = self.folder / CANDIDATE
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in self.present():
            if path not in new and path not in without:
                _link(self.folder / path, target / path)
        for path in new:
            _link(self.incoming(path), self._below(CANDIDATE, path))
        return target

    def present(self) -> list[str]:
        """The paths of all files here, those that a person put here too."""
        if not self.folder.is_dir():
            return []
        paths = [p.relative_to(self.folder) for p in self.folder.rglob("*") if p.is_file()]
        return sorted(
            p.as_posix()
            for p in paths
            if p.as_posix() not in (MANIFEST, LOG)
            and not any(part.startswith(".") for part in p.parts)
        )

    def sums(self, new: Mapping[str, Kept], without: Collection[str]) -> dict[str, str]:
        """Path -> checksum of every file that a build would read.

        That of new files is known; that of damaged ones is what it was when they were whole.
        """
        sums = {path: kept.sha256 for path, kept in self.known.files.items()}
        sums |= {path: self._sum(path) for path in self.present() if path not in sums}
        sums |= {path: kept.sha256 for path, kept in new.items()}
        gone = set(without) - set(new)
        return {path: sums[path] for path in sorted(sums) if path not in gone}

    def keep(self, new: Mapping[str, Kept], without: Iterable[str]) -> None:
        """Move new files to where they belong, take old ones away, and write the manifest.

        A kill in between leaves whole files and an old manifest: they are asked for again.
        """
        for path, kept in new.items():
            target = self._below("", path)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.incoming(path), target)
            note(self.incoming(path)).unlink(missing_ok=True)
            self.known.files[path] = kept
            self.damaged.pop(path, None)
        for path in without:
            (self.folder / path).unlink(missing_ok=True)
            self.known.files.pop(path, None)
            self.damaged.pop(path, None)
        self.known.write(self.folder)

    def tidy(self) -> None:
        """Take away what is left of an update: the candidate, empty folders, and old parts."""
        shutil.rmtree(self.folder / CANDIDATE, ignore_errors=True)
        incoming = self.folder / INCOMING
        for path in sorted(incoming.rglob("*"), reverse=True):
            try:
                if path.is_dir():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif abs(time.time() - path.stat().st_mtime) > _LEFTOVERS:
                    path.unlink()
            except OSError:
                continue  # another program holds it; the next update tries again
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
