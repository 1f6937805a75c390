"""A store: a folder with one sub-folder for each build and a pointer to the current one."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.extracts.columns import Columns
from cscdash.extracts.schema import problems

POINTER = "current"
BUILDS = "builds"
PACKAGE = "datapackage.json"
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
        file = self.path / f"{indicator}.parquet"
        try:
            return pq.read_table(file, columns=columns, memory_map=False)
        except (OSError, pa.ArrowException) as error:
            raise CscdashError(f"The extract {file.name} cannot be read: {error}.") from error

    def beside(self, name: str) -> pa.Table | None:
        """A table that was worked out from the extracts when they were built; None if it was not.

        Raises
        ------
        CscdashError
            If it cannot be read.
        """
        if not any(one["name"] == name for one in self.package.get("beside", [])):
            return None
        return self.table(name)

    def columns(self, indicator: str) -> Columns:
        """The observations of an indicator as pages hold them.

        Raises
        ------
        CscdashError
            If there is no extract or it cannot be read.
        """
        return Columns(self.table(indicator))

    def read(self, indicator: str) -> pd.DataFrame:
        """The observations of an indicator as a frame: words as categories, NaN for no value."""
        frame: pd.DataFrame = self.table(indicator).to_pandas(date_as_object=False)
        return frame

    def check(self) -> list[str]:
        """What is wrong with the files of this build, in words."""
        found = []
        described = self.package["resources"]
        for resource in [*described, *self.package.get("beside", [])]:
            file = self.path / resource["path"]
            if not file.is_file():
                found.append(f"{resource['path']} is missing")
                continue
            if resource["hash"] != checksum(file):
                found.append(f"{resource['path']} has changed since it was built")
                continue
            if resource in described:
                what = problems(self.table(resource["name"]))
                found += [f"{resource['name']}: {problem}" for problem in what]
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
