"""The files of a folder of local figures: read within limits, and written in one step."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.local.uploaded_tables import LARGEST, tidy

_MOST_FILES = 200
State = tuple[tuple[str, int, int], ...]  # name, time of change and size of each file


def files_in(folder: Path, ending: str) -> list[Path]:
    """The visible files of a folder with an ending, by name; none if it cannot be looked into."""
    try:
        found = [p for p in folder.iterdir() if p.suffix == ending and p.is_file()]
    except OSError:
        return []
    return sorted(p for p in found if not p.name.startswith("."))[:_MOST_FILES]


def state_of(folder: Path) -> State:
    """What changes when a file of a folder does; empty if it holds no local files."""
    found = []
    endings = (".toml", ".parquet", ".json")
    for file in (file for ending in endings for file in files_in(folder, ending)):
        try:
            about = file.stat()
        except OSError:
            continue
        found.append((file.name, about.st_mtime_ns, about.st_size))
    return tuple(found)


def content_of(file: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises
    ------
    CscdashError
        If it is, or cannot be read.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise CscdashError(f"{file.name} is larger than 20 MB: a table of totals is smaller.")
        return file.read_bytes()
    except OSError as error:
        raise CscdashError(f"{file} cannot be read: {error.strerror or error}.") from error


AUDITED = "audited.json"
_LARGEST_RECORD = 1_000_000  # bytes


@dataclass(frozen=True)
class Audited:
    """A kept file as it was when it was audited with the others of its folder.

    Attributes
    ----------
    mark : str
        What its content is known by.
    files, added : str
        The files that the addition came from, and the day.
    """

    mark: str
    files: str = ""
    added: str = ""


def mark_of(content: bytes) -> str:
    """What a file is known by once it has been audited."""
    return hashlib.sha256(content).hexdigest()


def audited(folder: Path) -> dict[str, Audited]:
    """The files of a folder that were audited together, by name; none without a whole record."""
    file = folder / AUDITED
    try:
        if file.stat().st_size > _LARGEST_RECORD:
            return {}
        found = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(name): Audited(*(tidy(str(text))[:300] for text in about))
            for name, about in found.items()
        }
    except (OSError, ValueError, RecursionError, AttributeError, TypeError):
        return {}


def write_audited(folder: Path, about: Mapping[str, tuple[str, str]]) -> None:
    """Record files that were audited together: name -> what they came from, and the day.

    Raises
    ------
    CscdashError
        If the folder cannot be written.
    """
    record = {name: [mark_of(content_of(folder / name)), *told] for name, told in about.items()}
    content = json.dumps(record, indent=1).encode()
    _write(folder / AUDITED, lambda stream: stream.write(content))


def write_table(file: Path, table: pa.Table) -> None:
    """Write a Parquet file in one step; CscdashError if the folder cannot be written."""
    _write(file, lambda stream: pq.write_table(table, stream))


def _write(file: Path, fill: Callable[[IO[bytes]], object]) -> None:
    unfinished = file.with_name(f".unfinished-{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, file)
    except OSError as error:
        raise CscdashError(
            f"{file.parent} cannot be written: {error.strerror or error}."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def remove(folder: Path, id: str) -> None:
    """Remove an addition.

    Raises
    ------
    CscdashError
        If there is none with this id, or it cannot be removed.
    """
    held = {file.stem: file for file in files_in(folder, ".parquet")}
    if id not in held:
        raise CscdashError(f"‘{id}’ is not kept. Kept are: {', '.join(held) or 'none'}.")
    try:
        held[id].unlink()
    except OSError as error:
        raise CscdashError(f"{held[id]} cannot be removed: {error.strerror or error}.") from error
