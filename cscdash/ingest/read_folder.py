"""Reading every file below a folder that the catalogue knows."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.ingest.claims import Claims
from cscdash.ingest.left_out import LeftOut, NothingBuiltError, UnusableError, Why, left_out
from cscdash.ingest.published_files import Found, find_files
from cscdash.ingest.published_table import Table
from cscdash.reading import PUBLISHED, one_child
from cscdash.settings import command

Progress = Callable[[str, int, int], None]
_Job = Callable[[Found], tuple[str, Table | LeftOut]]


@dataclass
class Read:
    """What was read: tables by data set, the files they are from, and the files not used."""

    tables: dict[str, list[Table]] = field(default_factory=dict)
    used: list[Found] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, label: str, why: Why, words: str) -> set[str]:
        """Take a file out again.

        Returns
        -------
        set of str
            The data sets that lose a table.
        """
        losing = {id for id, tables in self.tables.items() if any(t.label == label for t in tables)}
        for id in losing:
            self.tables[id] = [table for table in self.tables[id] if table.label != label]
        self.used = [one for one in self.used if one.label != label]
        self.left_out.append(LeftOut(label, why, words))
        return losing

    def do_without(self, indicator: str, error: UnusableError) -> None:
        """Note that an indicator does without a file that others use."""
        for label in error.labels:
            for at, one in enumerate(self.left_out):
                if (one.label, one.why, one.words) == (label, error.why, str(error)):
                    all_of_them = tuple(dict.fromkeys((*one.indicators, indicator)))
                    self.left_out[at] = replace(one, indicators=all_of_them)
                    break
            else:
                self.left_out.append(LeftOut(label, error.why, str(error), (indicator,)))


def read_folder(folder: Path, catalogue: Catalogue, progress: Progress | None = None) -> Read:
    """Read every file below a folder that belongs to a data set of the catalogue.

    Parameters
    ----------
    folder : Path
        Searched at any depth, inside zips too.
    catalogue : Catalogue
        Says which files are known and what is needed of them.
    progress : callable, optional
        Told the label of each file, its place and how many there are.

    Returns
    -------
    Read
        A file that cannot be used is among those left out, and ends nothing.

    Raises
    ------
    CscdashError
        If the folder cannot be read.
    NothingBuiltError
        If no file in it can be used.
    """
    with one_child(PUBLISHED):
        return _read_all(folder, Claims.of(catalogue), progress)


def _read_all(folder: Path, claims: Claims, progress: Progress | None) -> Read:
    result = Read()
    seen: dict[tuple[str, str], str] = {}

    def job(one: Found) -> tuple[str, Table | LeftOut]:
        try:
            content = one.content()
            return hashlib.sha256(content).hexdigest(), claims.read(content, one)
        except CscdashError as error:
            return "", left_out(one.label, error)

    found, result.left_out = find_files(folder)
    tables = _side_by_side(job, found)
    for at, one in enumerate(found):
        if progress:
            progress(one.label, at, len(found))
        checksum, table = next(tables)
        if isinstance(table, LeftOut):
            result.left_out.append(table)
            continue
        copy = (table.dataset, checksum)
        if copy in seen:
            said = f"{one.label}: the same file as {seen[copy]}."
            result.left_out.append(LeftOut(one.label, Why.NOT_NEEDED, said))
            continue
        seen[copy] = one.label
        result.tables.setdefault(table.dataset, []).append(table)
        result.used.append(one)
    if not result.used:
        raise nothing_of(folder, result.left_out)
    return result


def nothing_of(folder: Path, left_out: list[LeftOut]) -> NothingBuiltError:
    """The error for a folder of which no file gave a value."""
    some = [one for one in left_out if one.matters]
    words = (
        f"No published file that we know was found in {folder}. The data page and"
        f" “{command('catalogue')}” name the files to look for."
    )
    if some:
        words = some[0].words
    if len(some) > 1:
        words = f"None of {len(some)} files in {folder} can be used. {_first_sentence(words)}"
    return NothingBuiltError(words, left_out)


def _first_sentence(words: str) -> str:
    return words.split(". ", 1)[0].rstrip(".") + "."


def _side_by_side(job: _Job, found: list[Found]) -> Iterator[tuple[str, Table | LeftOut]]:
    """What the job makes of each file, in their order; the libraries leave Python's lock."""
    slow_first = sorted(range(len(found)), key=lambda at: found[at].ending == ".csv")
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {at: pool.submit(job, found[at]) for at in slow_first}
        try:
            for at in range(len(found)):
                yield jobs[at].result()
        finally:
            for running in jobs.values():
                running.cancel()
