"""Building a store of what is here and what has just come; a file that does not hold stays out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from cscdash import __version__
from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.extracts.store import current
from cscdash.ingest import LeftOut, NothingBuiltError, Report, Why, build
from cscdash.ingest.read_folder import Read
from cscdash.ingest.renamed_words import (
    RenamedError,
    refuse_renamed_categories,
    refuse_renamed_words,
)
from cscdash.publishers.cache import Cache
from cscdash.publishers.partial_download import forget
from cscdash.publishers.progress import Watch


@dataclass
class Assembly:
    """Makes a build of the cache and of new files.

    Attributes
    ----------
    catalogue : Catalogue
        What to build.
    cache : Cache
        The files from before.
    to : Path
        The store.
    watch : Watch
        Told which file is read.
    refused : list of str
        Why new files were left out.
    refused_paths : list of str
        Their paths.
    """

    catalogue: Catalogue
    cache: Cache
    to: Path
    watch: Watch
    refused: list[str] = field(default_factory=list)
    refused_paths: list[str] = field(default_factory=list)

    def make(
        self,
        new: dict[str, dict[str, Any]],
        without: Callable[[], list[str]],
        facts: Callable[[Iterable[str]], dict[str, dict[str, Any]]],
    ) -> tuple[Store, bool]:
        """The store, built anew unless the current build is of the very same files.

        Parameters
        ----------
        new : dict
            Path -> what is known of each new file; those that do not hold are taken out of it.
        without : callable
            The paths of the files that go for what is left of `new`.
        facts : callable
            Publication -> what ``datapackage.json`` is to say of it, if these paths are refused.

        Returns
        -------
        Store
            Its current build.
        bool
            Whether it was built now.

        Raises
        ------
        CscdashError
            If nothing can be built even without the new files; the current build stays.
        """
        while True:
            gone = without() if new else []
            told = {id: _told(known) for id, known in facts(self.refused_paths).items()}
            made_from = self._digest(self.cache.sums(new, gone), told)
            before = _store(self.to)
            if before and before.package.get("made_from") == made_from:
                return before, False
            try:
                report = self._built(new, gone, told, before)
                left_out = report.left_out
            except NothingBuiltError as error:
                report, left_out = None, error.left_out
                nothing: CscdashError = error
            except RenamedError as error:
                report, nothing = None, error
                left_out = [LeftOut(path, Why.RENAMED, str(error)) for path in error.labels]
            refused = [one for one in left_out if one.matters and one.label in new]
            for one in refused:
                self.refused.append(one.words)
                self.refused_paths.append(one.label)
                forget(self.cache.incoming(one.label))
                del new[one.label]
            if report is None and not refused:
                raise nothing
            stood_aside = set(self.cache.present()) & {one.label for one in refused}
            if report and not stood_aside and (without() if new else []) == gone:
                return report.store, True  # what was refused had taken no other file's place

    def _built(
        self,
        new: Mapping[str, dict[str, Any]],
        without: list[str],
        facts: Mapping[str, Any],
        before: Store | None,
    ) -> Report:
        def look(read: Read, extracts: dict[str, pa.Table], package: dict[str, Any]) -> None:
            refuse_renamed_words(read, self.catalogue, set(new))
            if before and not before.demonstration:
                refuse_renamed_categories(before, extracts, read, self.catalogue, set(new))
            bad = {one.label for one in read.left_out if one.matters}
            held = {path: known for path, known in new.items() if path not in bad}
            self._tell(package, {**self.cache.files, **held}, facts)
            if not bad & set(self.cache.present()):  # else what stood aside is built once more
                package["made_from"] = self._digest(self.cache.sums(held, without), facts)

        folder = self.cache.folder
        if new or without:
            folder = self.cache.candidate(new, without)
        return build(folder, self.to, self.catalogue, self.watch.reading, look)

    def _tell(
        self,
        package: dict[str, Any],
        files: Mapping[str, dict[str, Any]],
        facts: Mapping[str, Any],
    ) -> None:
        """Add to the package when releases were published, retrieved, and are next due."""
        package["publications"] = dict(facts)
        for release in package["releases"].values():
            known = [files[label] for label in release["files"] if label in files]
            dates = sorted(str(one["published"])[:10] for one in known if one.get("published"))
            if dates:
                release["published"] = dates[-1]
            times = sorted(str(one["retrieved"]) for one in known)
            if times:
                release["retrieved"] = times[-1]

    def _digest(self, sums: Mapping[str, str], told: Mapping[str, Any]) -> str:
        """What a build is made from: files, what is told of them, catalogue and version."""
        parts = [__version__, self.catalogue.model_dump_json(), json.dumps(told, sort_keys=True)]
        parts += [f"{path} {sum_}" for path, sum_ in sums.items()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _told(known: dict[str, Any]) -> dict[str, Any]:
    """What readers are told of a publication; what only the next visit needs is left out."""
    names = ("release", "title", "published", "updated", "next")
    return {name: known[name] for name in names if known.get(name)}


def _store(folder: Path) -> Store | None:
    if current(folder) is None:
        return None
    try:
        store = Store.open(folder)
        return store if store.indicators else None
    except CscdashError:
        return None
