"""The files below a folder, those inside release zips too, and what they are called."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cscdash.errors import CscdashError
from cscdash.ingest.left_out import LeftOut, Why
from cscdash.reading import PUBLISHED, read_member, zip_members

_ENDINGS = {".csv", ".parquet", ".ods", ".xlsx"}
_YEARS = re.compile(
    r"(?<![0-9])(19|20)\d{2}([-_ ](\d{2}|(19|20)\d{2}))?(?![0-9])|(?<![0-9])\d{4}(?![0-9])"
)
_COPY = re.compile(r"\s*(\(\d+\)|- copy|_copy)$")


@dataclass(frozen=True)
class Found:
    """A file that was found.

    Attributes
    ----------
    label : str
        What we call it in messages: its path below the folder, and its place in a zip.
    name : str
        Its name, lower case, without ending and years: what the catalogue knows it by.
    ending : str
        ``.csv``, ``.parquet``, ``.ods`` or ``.xlsx``.
    path : Path
        The file, or the zip that holds it.
    member : str, optional
        Its place in the zip.
    inner : str, optional
        Its place in a zip that is this member.
    """

    label: str
    name: str
    ending: str
    path: Path
    member: str | None = None
    inner: str | None = None

    @property
    def modified(self) -> float:
        """When the file, or the zip that holds it, was last written on this disk."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0.0

    def content(self) -> bytes:
        """The bytes of the file.

        Raises
        ------
        CscdashError
            If they cannot be read.
        """
        try:
            if self.path.stat().st_size > PUBLISHED.content and self.member is None:
                raise PUBLISHED.too_large(self.label)
            if self.member is None:
                return self.path.read_bytes()
            content = read_member(self.path, self.member, self.label)
            return read_member(content, self.inner, self.label) if self.inner else content
        except OSError as error:
            raise CscdashError(f"{self.label} cannot be read: {error}.") from error


def plain_name(file_name: str) -> str:
    """A file name without ending and years, lower case.

    >>> plain_name("b1_children_in_need_2013_to_2025.csv")
    'b1_children_in_need'
    >>> plain_name("RO3_LA_Data_2024-25_data_by_LA.ods")
    'ro3_la_data_data_by_la'
    """
    stem = _COPY.sub("", PurePosixPath(file_name).stem.lower().strip())
    stem = _YEARS.sub("", stem)
    stem = re.sub(r"[_ ]to[_ ]*$", "", stem.strip("_ ."))
    return re.sub(r"[_ ]+", "_", stem).strip("_-. ")


def find_files(folder: Path) -> tuple[list[Found], list[LeftOut]]:
    """Everything below a folder that could be a published table.

    Returns
    -------
    list of Found
        The files, in order of their path.
    list of LeftOut
        Zips that are damaged, lead outside their folder or unpack to more than 2 GB.

    Raises
    ------
    CscdashError
        If the folder does not exist or cannot be read.
    """
    if folder.is_file():
        return _each_of([(folder, folder.name)])
    if not folder.is_dir():
        raise CscdashError(
            f"{folder} does not exist. Name the folder that holds the published files."
        )
    try:
        paths = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p, folder))
    except OSError as error:
        raise CscdashError(f"{folder} cannot be read: {error.strerror or error}.") from error
    return _each_of([(path, path.relative_to(folder).as_posix()) for path in paths])


def _each_of(paths: Iterable[tuple[Path, str]]) -> tuple[list[Found], list[LeftOut]]:
    found: list[Found] = []
    left_out: list[LeftOut] = []
    for path, label in paths:
        try:
            found += list(_of(path, label))
        except CscdashError as error:
            left_out.append(LeftOut(label, Why.UNREADABLE, str(error)))
    return found, left_out


def _hidden(path: Path, folder: Path) -> bool:
    """Whether a file lies in a hidden folder: what an update has under way is no published file."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts[:-1])


def _of(path: Path, label: str) -> Iterator[Found]:
    ending = path.suffix.lower()
    if ending == ".zip":
        yield from _in_zip(path, label)
    elif ending in _ENDINGS and not path.name.startswith((".", "~$")):
        yield Found(label, plain_name(path.name), ending, path)


def _in_zip(path: Path, label: str) -> Iterator[Found]:
    for member, place in _members(path, label):
        within = f"{label} › {place}"
        if place.suffix.lower() in _ENDINGS:
            yield Found(within, plain_name(place.name), place.suffix.lower(), path, member)
        elif place.suffix.lower() == ".zip":  # and what is in a zip in that stays closed
            for inner, deep in _members(read_member(path, member, within), within):
                if deep.suffix.lower() in _ENDINGS:
                    name, ending = plain_name(deep.name), deep.suffix.lower()
                    yield Found(f"{within} › {deep}", name, ending, path, member, inner)


def _members(archive: bytes | Path, label: str) -> Iterator[tuple[str, PurePosixPath]]:
    """The files in a zip that could be tables or zips, each with its place as a path."""
    for member in zip_members(archive, label):
        place = PurePosixPath(member.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in str(place).split("/")[0]:
            raise CscdashError(
                f"{label} holds a path that leads outside it ({place}), so it was not opened."
            )
        if not place.name.startswith("."):  # as macOS adds
            yield member, place
