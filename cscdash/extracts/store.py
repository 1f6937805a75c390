"""A store: a folder with one sub-folder for each build and a pointer to the current one."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, StringConstraints

from cscdash.errors import CscdashError
from cscdash.extracts.columns import Columns
from cscdash.extracts.schema import problems
from cscdash.settings import command

POINTER = "current"
BUILDS = "builds"
PACKAGE = "datapackage.json"
HISTORY = "history"  # the folder, in a build, of what newer releases replaced


class _Resource(BaseModel):
    """What is needed of the description of one extract."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    path: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_/]*\.parquet$")]
    hash: str


class _Package(BaseModel):
    """What pages and commands need of ``datapackage.json``."""

    resources: list[_Resource]
    beside: list[_Resource] = []
    demonstration: bool = False
    created: str = ""
    releases: dict[str, dict[str, Any]] = {}
    inspections: dict[str, dict[str, Any]] = {}
    publications: dict[str, dict[str, Any]] = {}
    changes: list[dict[str, Any]] = []


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
            raise CscdashError(f"{folder} holds no extracts. Make some with: {command('build')}.")
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
        file = self.path / PACKAGE
        try:
            loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            _Package.model_validate(loaded)
        except OSError as error:
            raise CscdashError(f"{file} cannot be read: {error.strerror or error}.") from error
        except (ValueError, RecursionError) as error:  # pydantic's own is a ValueError
            raise CscdashError(f"{file} is not a data package. Build it again.") from error
        return loaded

    @property
    def demonstration(self) -> bool:
        """Whether the values are invented."""
        return bool(self.package.get("demonstration", False))

    @property
    def indicators(self) -> list[str]:
        """The ids of the indicators that have an extract."""
        return [resource["name"] for resource in self.package["resources"]]

    def table(self, indicator: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The observations of an indicator, sorted by area, breakdown, period and category.

        Parameters
        ----------
        indicator : str
            Its id.
        columns : sequence of str, optional
            Those that are read; all of them unless given.

        Raises
        ------
        CscdashError
            If there is no extract or it cannot be read.
        """
        return self._parquet(f"{indicator}.parquet", columns)

    def _parquet(self, path: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A file of this build as a table."""
        file = self.path / path
        try:
            return pq.read_table(file, columns=columns, memory_map=False)
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as error:
            raise CscdashError(
                f"The extract {file.name} cannot be read; is it whole? Build it again."
            ) from error

    def beside(self, name: str) -> pa.Table | None:
        """A table that was worked out from the extracts when they were built; None if it was not.

        Raises
        ------
        CscdashError
            If it cannot be read.
        """
        beside = self.package.get("beside", [])
        path = next((one["path"] for one in beside if one["name"] == name), None)
        return self._parquet(path) if path else None

    def history(self, indicator: str) -> pa.Table | None:
        """What newer releases replaced in an extract, each with its release; None if nothing.

        Raises
        ------
        CscdashError
            If it cannot be read.
        """
        return self.beside(f"{HISTORY}_{indicator}")

    def columns(self, indicator: str) -> Columns:
        """The observations of an indicator as pages hold them.

        Raises
        ------
        CscdashError
            If there is no extract or it cannot be read.
        """
        return Columns(self._whole(indicator))

    def read(self, indicator: str) -> pd.DataFrame:
        """The observations of an indicator as a frame: words as categories, NaN for no value."""
        frame: pd.DataFrame = self._whole(indicator).to_pandas(date_as_object=False)
        return frame

    def _whole(self, indicator: str) -> pa.Table:
        """The observations of an indicator, known to be what they should be."""
        table = self.table(indicator)
        wrong = problems(table)
        if wrong:
            raise CscdashError(
                f"The extract {indicator}.parquet does not hold: {wrong[0]}. Build it again."
            )
        return table

    def check(self) -> list[str]:
        """What is wrong with the files of this build, in words."""
        found = []
        described = self.package["resources"]
        for resource in [*described, *self.package.get("beside", [])]:
            file = self.path / resource["path"]
            if not file.is_file():
                found.append(f"{resource['path']} is missing")
                continue
            try:
                if resource["hash"] != checksum(file):
                    found.append(f"{resource['path']} has changed since it was built")
                    continue
                table = self._parquet(resource["path"])
                wrong = problems(table) if resource in described else []
            except (CscdashError, OSError) as error:
                wrong = [str(error)]
            found += [f"{resource['name']}: {what}" for what in wrong]
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


def checksum(file: Path) -> str:
    """The SHA-256 of a file, as ``datapackage.json`` has it."""
    with file.open("rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
