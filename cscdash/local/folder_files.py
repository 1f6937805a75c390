"""The files of a folder of local figures: read within limits, and written in one step."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.local.row import COLUMNS, Figure
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
    for file in (*files_in(folder, ".toml"), *files_in(folder, ".parquet")):
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


def about_file(file: Path) -> tuple[str, str]:
    """The files that an addition came from, and the day; empty where that was not recorded."""
    try:
        kept = pq.read_schema(file).metadata or {}
    except (OSError, pa.ArrowException):
        kept = {}
    files, added = (tidy(kept.get(key, b"").decode("utf-8", "replace")) for key in _ABOUT)
    return files[:300], added[:10]


_ABOUT = (b"files", b"added")


def as_table(figures: Iterable[Figure]) -> pa.Table:
    """Figures as a table in the long layout, so that what is kept can be added elsewhere."""
    rows = [
        {
            **{name: getattr(f, name) for name in COLUMNS if name != "period"},
            "period": f.when.text,
        }
        for f in figures
    ]
    numbers = ("value", "numerator", "denominator")
    return pa.Table.from_pylist(
        rows,
        pa.schema([(name, pa.float64() if name in numbers else pa.string()) for name in COLUMNS]),
    )


def write_table(file: Path, table: pa.Table) -> None:
    """Write a Parquet file in one step; CscdashError if the folder cannot be written."""
    unfinished = file.with_name(f".unfinished-{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            pq.write_table(table, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, file)
    except OSError as error:
        raise CscdashError(
            f"{file.parent} cannot be written: {error.strerror or error}."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
