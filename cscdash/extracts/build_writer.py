"""Writing a build: beside the current one, checked, and only then pointed at.

The pointer is replaced in one atomic step; a failure at any moment leaves the store as it was.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.extracts.lock import locked
from cscdash.extracts.schema import MEANING, SCHEMA, problems
from cscdash.extracts.store import BUILDS, HISTORY, PACKAGE, POINTER, Store, checksum, current

OBSERVATION = "observation.json"  # the schema that all extracts share
_UNFINISHED = ".unfinished-"
_KEEP = 3
_WAIT = 120.0  # seconds for another build to be written


class NewBuild:
    """A build that is being written: extracts are put into it one by one, then it is finished."""

    def __init__(self, folder: Path, unfinished: Path, pool: ThreadPoolExecutor) -> None:
        self.folder = folder
        self._unfinished = unfinished
        self._pool = pool
        self._put: dict[str, Future[dict[str, Any]]] = {}
        self._beside: dict[str, Future[dict[str, Any]]] = {}

    def put(self, name: str, table: pa.Table, description: dict[str, Any]) -> None:
        """Write an extract, while the caller goes on to make the next.

        Parameters
        ----------
        name : str
            The id of the indicator.
        table : Table
            Its observations.
        description : dict
            What ``datapackage.json`` says of it (title, sources …).
        """
        self._put[name] = self._pool.submit(_put, self._unfinished, name, table, description)

    def take_back(self, name: str) -> None:
        """Leave out an extract that was put, because a file behind it does not hold."""
        self._put.pop(name).result()
        (self._unfinished / f"{name}.parquet").unlink(missing_ok=True)

    def put_beside(self, name: str, table: pa.Table) -> None:
        """Write a table that is worked out from the extracts, beside them.

        Parameters
        ----------
        name : str
            What it is called; the file is ``<name>.parquet``, and no extract has that name.
        table : Table
            Of any schema.
        """
        path = f"{name}.parquet"
        self._beside[name] = self._pool.submit(_written, self._unfinished, name, path, table)

    def put_history(self, name: str, table: pa.Table) -> None:
        """Write what newer releases replaced in an extract: ``history/<name>.parquet``."""
        path = f"{HISTORY}/{name}.parquet"
        name = f"{HISTORY}_{name}"
        self._beside[name] = self._pool.submit(_written, self._unfinished, name, path, table)

    def finish(self, package: dict[str, Any], build: str | None = None) -> Store:
        """Wait for all extracts, describe them, and make this build the current one.

        Parameters
        ----------
        package : dict
            What ``datapackage.json`` says of the whole.
        build : str, optional
            The id of the build; the time and a checksum of the contents unless given.

        Raises
        ------
        CscdashError
            If an extract is not what it should be, or the folder cannot be written.
        """
        try:
            return self._finished(package, build)
        except OSError as error:
            raise _unwritten(self.folder, error) from error

    def _finished(self, package: dict[str, Any], build: str | None) -> Store:
        resources = [self._put[name].result() for name in sorted(self._put)]
        beside = [self._beside[name].result() for name in sorted(self._beside)]
        sums = hashlib.sha256("".join(r["hash"] for r in resources).encode()).hexdigest()
        before = None if build else current(self.folder)  # one with its own name has no history
        build = build or f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{sums[:8]}"
        schema = {"fields": [_field(f) for f in SCHEMA], "primaryKey": _PRIMARY}
        _durable(self._unfinished / OBSERVATION, json.dumps(schema, indent=1).encode())
        order = {"before": before} if before and before != build else {}
        whole = {**package, **order, "resources": resources, "beside": beside}
        text = json.dumps(whole, ensure_ascii=False)
        _durable(self._unfinished / PACKAGE, text.encode())
        build = _place(self.folder, self._unfinished, build)
        point(self.folder, build)
        _forget_old(self.folder, keep=build)
        return Store.open(self.folder)


@contextmanager
def new_build(folder: Path) -> Iterator[NewBuild]:
    """Begin a build; whatever ends the block before `NewBuild.finish` leaves the store as it was.

    Parameters
    ----------
    folder : Path
        The store; made if it does not exist.

    Raises
    ------
    CscdashError
        If the folder cannot be written, or another is at it. The current build stays current.
    """
    with locked(folder, _WAIT, lambda _: None):  # sweeping would take another's build away
        try:
            (folder / BUILDS).mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            unfinished = folder / BUILDS / f"{_UNFINISHED}{secrets.token_hex(4)}"
            unfinished.mkdir()
        except OSError as error:
            raise _unwritten(folder, error) from error
        try:
            with ThreadPoolExecutor(max_workers=1) as pool:  # writing leaves Python's lock
                yield NewBuild(folder, unfinished, pool)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _unwritten(folder: Path, error: OSError) -> CscdashError:
    return CscdashError(f"{folder} cannot be written: {error.strerror or error}.")


def write(
    folder: Path,
    extracts: Mapping[str, pa.Table],
    describe: Callable[[str], dict[str, Any]],
    package: dict[str, Any],
    build: str | None = None,
    beside: Mapping[str, pa.Table] | None = None,
) -> Store:
    """Write a build of extracts that are all there, check it, and make it the current one.

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
    beside : mapping of str to Table, optional
        Tables worked out from the extracts (`NewBuild.put_beside`).

    Raises
    ------
    CscdashError
        If the folder cannot be written or a table is not what it should be. The current build
        then stays current.
    """
    with new_build(folder) as new:
        for name, table in extracts.items():
            new.put(name, table, describe(name))
        for name, table in (beside or {}).items():
            new.put_beside(name, table)
        return new.finish(package, build)


def _put(folder: Path, name: str, table: pa.Table, description: dict[str, Any]) -> dict[str, Any]:
    wrong = problems(table)
    if wrong:
        raise CscdashError(f"The extract {name} was not written: {'; '.join(wrong)}.")
    written = _written(folder, name, f"{name}.parquet", table)
    return {**written, **description, "schema": OBSERVATION}


def _written(folder: Path, name: str, path: str, table: pa.Table) -> dict[str, Any]:
    file = folder / path
    content = pa.BufferOutputStream()
    words = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
    pq.write_table(table, content, compression="zstd", use_dictionary=words, write_statistics=False)
    whole = content.getvalue()
    file.parent.mkdir(exist_ok=True)
    _durable(file, whole)
    return {
        "name": name,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": whole.size,
        "hash": f"sha256:{hashlib.sha256(whole).hexdigest()}",
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
    names, there = (
        {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}
        for folder in (other, one)
    )
    if names != there:
        return False
    return all(checksum(one / name) == checksum(other / name) for name in names)


def point(folder: Path, build: str) -> None:
    """Replace the pointer in one step: readers see the old build or the new one."""
    new = folder / f".{POINTER}-new"
    _durable(new, f"{build}\n".encode())
    os.replace(new, folder / POINTER)
    _sync_folder(folder)


def _durable(file: Path, content: bytes | pa.Buffer) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is already durable enough
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what a killed build left behind."""
    for left in (folder / BUILDS).glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _forget_old(folder: Path, keep: str) -> None:
    """Keep the current build and the few before it, to be restored; remove the others."""
    before = builds_before(Store(folder, keep))
    others = [p for p in _builds(folder) if p.name not in (keep, *before)]
    for old in [*(folder / BUILDS / name for name in before), *others][_KEEP - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def builds_before(store: Store) -> list[str]:
    """The builds that were current before one, the latest first.

    Each build names the one before it, so that a clock that was wrong does not hide it. Builds
    that name none, as they were once written, follow by the time on their folder.
    """
    folder, named = store.folder, _line_of(store)
    last = folder / BUILDS / (named[-1] if named else store.build)
    older = [
        path.name
        for path in _builds(folder)
        if path.name not in (store.build, *named)
        and path.stat().st_mtime_ns < last.stat().st_mtime_ns
        and store.build not in _line_of(Store(folder, path.name))
    ]
    return [*named, *older]


def _line_of(store: Store) -> list[str]:
    """The builds that a build goes back to, as far as each names the one before it."""
    line: list[str] = []
    while True:
        try:
            before = store.package.get("before")
        except CscdashError:
            return line
        here = {path.name for path in _builds(store.folder)}
        if before not in here or before in (store.build, *line):
            return line
        line.append(before)
        store = Store(store.folder, before)


def _builds(folder: Path) -> list[Path]:
    """The whole builds of a store, the latest by the time on its folder first."""
    builds = [p for p in (folder / BUILDS).iterdir() if p.is_dir() and not p.name.startswith(".")]
    return sorted(builds, key=lambda p: p.stat().st_mtime_ns, reverse=True)
