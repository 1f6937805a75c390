"""A store: a folder with one sub-folder for each build and a pointer to the current one.

A build is written beside the current one, checked, and only then pointed at with one atomic
replacement; a failure at any moment leaves the store as it was.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.extracts.lock import locked
from cscdash.extracts.schema import MEANING, SCHEMA, problems

POINTER = "current"
BUILDS = "builds"
PACKAGE = "datapackage.json"
OBSERVATION = "observation.json"  # the schema that all extracts share
_UNFINISHED = ".unfinished-"
_KEEP = 3
_WAIT = 120.0  # seconds for another build to be written
_NEEDED = {"name", "path", "hash"}


@dataclass(frozen=True)
class Store:
    """The extracts of one build.

    Attributes
    ----------
    folder : Path
        The store.
    build : str
        The build that was current when the store was opened; a key for caches.
    """

    folder: Path
    build: str

    @classmethod
    def open(cls, folder: Path, build: str | None = None) -> "Store":
        """Open a build of a store, the current one unless another is named.

        Raises
        ------
        CscdashError
            If the folder is no store, or its pointer or build is damaged.
        """
        build = build or current(folder)
        if build is None:
            raise CscdashError(
                f"{folder} holds no extracts. Make some with: python -m cscdash build."
            )
        store = cls(folder, build)
        if not (store.path / PACKAGE).is_file():
            raise CscdashError(f"The build {build} in {folder} is incomplete. Build it again.")
        return store

    @property
    def path(self) -> Path:
        """The folder of this build."""
        return self.folder / BUILDS / self.build

    @cached_property
    def package(self) -> dict[str, Any]:
        """The Frictionless description of the build, as it stands in ``datapackage.json``."""
        try:
            loaded: dict[str, Any] = json.loads((self.path / PACKAGE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CscdashError(f"{self.path / PACKAGE} cannot be read: {error}.") from error
        resources = loaded.get("resources") if isinstance(loaded, dict) else None
        if not isinstance(resources, list) or not all(
            isinstance(one, dict) and one.keys() >= _NEEDED for one in resources
        ):
            raise CscdashError(f"{self.path / PACKAGE} is not a data package. Build it again.")
        return loaded

    @property
    def demonstration(self) -> bool:
        """Whether the values are invented."""
        return bool(self.package.get("demonstration", False))

    @property
    def indicators(self) -> list[str]:
        """The ids of the indicators that have an extract."""
        return [resource["name"] for resource in self.package["resources"]]

    def table(self, indicator: str) -> pa.Table:
        """The observations of an indicator, sorted by area, breakdown, period and category.

        Raises
        ------
        CscdashError
            If there is no extract or it cannot be read.
        """
        file = self.path / f"{indicator}.parquet"
        try:
            return pq.read_table(file, memory_map=False)
        except (OSError, pa.ArrowException) as error:
            raise CscdashError(f"The extract {file.name} cannot be read: {error}.") from error

    def read(self, indicator: str) -> pd.DataFrame:
        """The observations of an indicator as a frame: words as categories, NaN for no value."""
        frame: pd.DataFrame = self.table(indicator).to_pandas(date_as_object=False)
        return frame

    def check(self) -> list[str]:
        """What is wrong with the files of this build, in words."""
        found = []
        for resource in self.package["resources"]:
            file = self.path / resource["path"]
            if not file.is_file():
                found.append(f"{resource['path']} is missing")
                continue
            if resource["hash"] != _hash(file):
                found.append(f"{resource['path']} has changed since it was built")
                continue
            found += [
                f"{resource['name']}: {what}" for what in problems(self.table(resource["name"]))
            ]
        return found


def current(folder: Path) -> str | None:
    """The id of the current build, or None if the folder holds no store."""
    try:
        build = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    if not build or Path(build).name != build or build.startswith("."):
        return None
    return build


def write(
    folder: Path,
    extracts: Mapping[str, pa.Table],
    describe: Callable[[str], dict[str, Any]],
    package: dict[str, Any],
    build: str | None = None,
) -> Store:
    """Write a build, check it, and make it the current one.

    Parameters
    ----------
    folder : Path
        The store; made if it does not exist.
    extracts : mapping of str to Table
        Indicator id -> observations.
    describe : callable
        What ``datapackage.json`` says of an indicator (title, sources …).
    package : dict
        What it says of the whole.
    build : str, optional
        The id of the build; the time and a checksum of the contents unless given.

    Raises
    ------
    CscdashError
        If the folder cannot be written or a table is not what it should be. The current build
        then stays current.
    """
    with locked(folder, _WAIT, lambda _: None):  # sweeping would take another's build away
        return _write(folder, extracts, describe, package, build)


def _write(
    folder: Path,
    extracts: Mapping[str, pa.Table],
    describe: Callable[[str], dict[str, Any]],
    package: dict[str, Any],
    build: str | None,
) -> Store:
    try:
        (folder / BUILDS).mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        unfinished = folder / BUILDS / f"{_UNFINISHED}{secrets.token_hex(4)}"
        unfinished.mkdir()
    except OSError as error:
        raise CscdashError(f"{folder} cannot be written: {error.strerror or error}.") from error
    try:
        with ThreadPoolExecutor(max_workers=2) as pool:  # writing leaves Python's lock
            resources = list(
                pool.map(
                    lambda name: _put(unfinished, name, extracts[name], describe(name)),
                    sorted(extracts),
                )
            )
        sums = hashlib.sha256("".join(r["hash"] for r in resources).encode()).hexdigest()
        build = build or f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{sums[:8]}"
        schema = {"fields": [_field(f) for f in SCHEMA], "primaryKey": _PRIMARY}
        _durable(unfinished / OBSERVATION, json.dumps(schema, indent=1).encode())
        text = json.dumps({**package, "resources": resources}, ensure_ascii=False)
        _durable(unfinished / PACKAGE, text.encode())
        build = _place(folder, unfinished, build)
        point(folder, build)
    except OSError as error:
        raise CscdashError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _forget_old(folder, keep=build)
    return Store.open(folder)


def _put(folder: Path, name: str, table: pa.Table, description: dict[str, Any]) -> dict[str, Any]:
    wrong = problems(table)
    if wrong:
        raise CscdashError(f"The extract {name} was not written: {'; '.join(wrong)}.")
    file = folder / f"{name}.parquet"
    pq.write_table(table, file, compression="zstd")
    _sync(file)
    return {
        "name": name,
        "path": file.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.stat().st_size,
        "hash": _hash(file),
        **description,
        "schema": OBSERVATION,
    }


_PRIMARY = ["area", "period", "breakdown", "category"]


def _field(field: pa.Field) -> dict[str, str]:
    kind = "date" if pa.types.is_date(field.type) else "string"
    kind = "number" if pa.types.is_floating(field.type) else kind
    return {"name": field.name, "type": kind, "description": MEANING[field.name]}


def _place(folder: Path, unfinished: Path, build: str) -> str:
    """Give a finished build its name; the name it has in the end.

    A build of that name may be the current one, so it is never touched: if it is the same and
    whole it serves, and otherwise the new one gets a number behind its name.
    """
    _sync_folder(unfinished)
    name, number = build, 1
    while (target := folder / BUILDS / name).exists():
        if _same_files(target, unfinished):
            return name
        number += 1
        name = f"{build}-{number}"
    unfinished.rename(target)
    _sync_folder(target.parent)
    return name


def _same_files(one: Path, other: Path) -> bool:
    names = {file.name for file in other.iterdir()}
    if {file.name for file in one.iterdir()} != names:
        return False
    return all(_hash(one / name) == _hash(other / name) for name in names)


def point(folder: Path, build: str) -> None:
    """Replace the pointer in one step: readers see the old build or the new one."""
    new = folder / f".{POINTER}-new"
    _durable(new, f"{build}\n".encode())
    os.replace(new, folder / POINTER)
    _sync_folder(folder)


def _durable(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is already durable enough
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


def _sweep(folder: Path) -> None:
    """Remove what a killed build left behind."""
    for left in (folder / BUILDS).glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _forget_old(folder: Path, keep: str) -> None:
    """Keep the current build and the few before it, to be restored; remove older ones."""
    builds = sorted(
        (p for p in (folder / BUILDS).iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime
    )
    for old in [p for p in builds if p.name != keep][: -(_KEEP - 1)]:
        shutil.rmtree(old, ignore_errors=True)
