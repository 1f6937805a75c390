"""Building a store of what is here and what has just come; a file that does not hold stays out."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash import __version__
from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.extracts.store import current
from cscdash.ingest import LeftOut, NothingBuiltError, Report, build
from cscdash.ingest.read_folder import Read
from cscdash.publishers.cache import Cache
from cscdash.publishers.manifest import Kept, Memory, Refused
from cscdash.publishers.partial_download import forget
from cscdash.publishers.progress import Watch


class _AgainError(CscdashError):
    """A file was left out that another one stands for: it is built again with that."""

    def __init__(self, left_out: list[LeftOut]) -> None:
        super().__init__("A file was left out.")
        self.left_out = left_out


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
    digest : str
        Of the catalogue; see `digest_of`.
    refused : dict
        Path -> why a new file was left out.
    unusable : dict of str to str
        Files from before that cannot be used, and why.
    lost : list of str
        Extracts that are gone or smaller than before, and why.
    """

    catalogue: Catalogue
    cache: Cache
    to: Path
    watch: Watch
    digest: str
    refused: dict[str, Refused] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def make(
        self,
        new: dict[str, Kept],
        without: Callable[[], list[str]],
        facts: Callable[[Iterable[str]], dict[str, Memory]],
    ) -> tuple[Store, bool]:
        """The store, built anew unless the current build is of the very same files.

        What the store holds from a file that is not as it was published stays as it is.

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
        before = _store(self.to)
        aside: set[str] = set()  # files from before that are left aside
        while True:
            gone = without() if new else []
            aside |= {path for path in self.cache.damaged if path not in {*new, *gone}}
            told = {id: _told(known) for id, known in facts(self.refused).items()}
            if before and before.package.get("made_from") == self._made_from(new, gone, told):
                return before, False
            report: Report | None = None
            try:
                report = self._built(new, gone, aside, told, before)
                left_out = report.left_out
            except (NothingBuiltError, _AgainError) as error:
                nothing: CscdashError = error
                left_out = error.left_out
            bad = [one for one in left_out if one.refused]
            refused = [one for one in bad if one.label in new]
            self._refuse(refused, new)
            old = {one.label: one.words for one in bad if _file(one.label) not in self.refused}
            self.unusable |= old
            fresh = {_file(label) for label in old} - aside
            if report is None and not refused and not (fresh and before):
                raise nothing
            if report and (without() if new else []) == gone:
                return report.store, True
            aside |= fresh

    def _refuse(self, refused: list[LeftOut], new: dict[str, Kept]) -> None:
        for one in refused:
            kept = new.pop(one.label, None)
            if kept is None:  # refused for two reasons
                continue
            forget(self.cache.incoming(one.label))
            self.refused[one.label] = Refused(
                publication=kept.publication,
                key=kept.key,
                url=kept.url,
                etag=kept.etag,
                modified=kept.modified,
                sha256=kept.sha256,
                catalogue=self.digest,
                why=one.words,
                when=date.today().isoformat(),
            )

    def _built(
        self,
        new: Mapping[str, Kept],
        gone: Collection[str],
        aside: Collection[str],
        told: Mapping[str, Any],
        before: Store | None,
    ) -> Report:
        stays = _made_of(before, aside) if before else set()
        without = {*gone, *aside} - {*new}

        def look(read: Read, extracts: dict[str, pa.Table], package: dict[str, Any]) -> None:
            bad = {_file(one.label) for one in read.left_out if one.refused}
            stood_aside = bad & set(new) & set(self.cache.present())
            if before and not before.demonstration:
                if stood_aside or _made_of(before, bad - set(new)) - stays:
                    raise _AgainError(read.left_out)
                self.lost = self._lost(before, extracts, without)
            elif stood_aside:
                raise _AgainError(read.left_out)
            held = {path: kept for path, kept in new.items() if path not in bad}
            self._tell(package, {**self.cache.known.files, **held}, told)
            package["made_from"] = self._made_from(held, gone, told)
            if stays:  # once these files are whole again, there is something to build
                package["made_from"] += f" without {' '.join(sorted(aside))}"

        folder = self.cache.folder
        if new or without:
            folder = self.cache.candidate(set(new), without)
        return build(folder, self.to, self.catalogue, self.watch.reading, look, stays)

    def _lost(
        self, before: Store, extracts: Mapping[str, pa.Table], without: Collection[str]
    ) -> list[str]:
        """Extracts that are gone, or have fewer rows than before, each with the reason."""
        known = {indicator.id: indicator.title for indicator in self.catalogue.indicators}
        here = {*self.cache.present()} - {*without}
        lost = []
        for resource in before.package["resources"]:
            id = str(resource["name"])
            if id not in known:
                continue
            rows = extracts[id].num_rows if id in extracts else 0
            try:
                were = int(pq.read_metadata(before.path / f"{id}.parquet").num_rows)
            except (OSError, pa.ArrowException):
                continue  # it was damaged, so there is nothing to compare with
            if rows >= were:
                continue
            files = [str(file) for file in resource.get("files", [])]
            absent = [file for file in files if _file(file) not in here]
            why = (
                f"{', '.join(absent)} is not here any more"
                if absent
                else "its files, or what is used of them, hold no more"
            )
            what = f"has {rows:,} rows instead of {were:,}" if rows else "is gone"
            lost.append(f"{known[id]} {what}: {why}.")
        return lost

    def _tell(
        self, package: dict[str, Any], files: Mapping[str, Kept], told: Mapping[str, Any]
    ) -> None:
        """Add to the package when releases were published, retrieved, and are next due."""
        package["publications"] = dict(told)
        for release in package["releases"].values():
            known = [files[label] for label in release["files"] if label in files]
            dates = sorted(one.published[:10] for one in known if one.published)
            if dates:
                release["published"] = dates[-1]
            times = sorted(one.retrieved for one in known if one.retrieved)
            if times:
                release["retrieved"] = times[-1]

    def _made_from(
        self, new: Mapping[str, Kept], gone: Collection[str], told: Mapping[str, Any]
    ) -> str:
        """A checksum of what a build is made from: files, what is told of them, catalogue."""
        parts = [self.digest, json.dumps(told, sort_keys=True)]
        parts += [f"{path} {sum_}" for path, sum_ in self.cache.sums(new, gone).items()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest_of(catalogue: Catalogue) -> str:
    """A checksum of the catalogue and of the version that reads files by it."""
    text = f"{__version__}\n{catalogue.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()


def _told(known: Memory) -> dict[str, Any]:
    """What readers are told of a publication; what only the next visit needs is left out."""
    names = {"release", "title", "published", "updated", "next"}
    return known.model_dump(include=names, exclude_defaults=True)


def _made_of(store: Store, paths: Collection[str]) -> set[str]:
    """The indicators of a build whose rows came from one of these files."""
    return {
        str(resource["name"])
        for resource in store.package["resources"]
        if any(_file(str(file)) in paths for file in resource.get("files", []))
    }


def _file(label: str) -> str:
    """The path of the file that a label names: itself, or the zip that it is in."""
    return label.split(" › ")[0]


def _store(folder: Path) -> Store | None:
    if current(folder) is None:
        return None
    try:
        store = Store.open(folder)
        return store if store.indicators else None
    except CscdashError:
        return None
