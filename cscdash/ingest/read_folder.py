"""Reading every file below a folder that the catalogue knows."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from cscdash.catalogue.models import Catalogue, Dataset, File
from cscdash.errors import CscdashError
from cscdash.ingest.ees import read_ees
from cscdash.ingest.fingertips import read_fingertips
from cscdash.ingest.lait import read_lait
from cscdash.ingest.left_out import LeftOut, NothingBuiltError, UnusableError, Why
from cscdash.ingest.ofsted import read_ofsted
from cscdash.ingest.outturn import read_outturn
from cscdash.ingest.published_files import Found, find_files
from cscdash.ingest.published_table import Table
from cscdash.ingest.required_columns import columns_needed, series_needed
from cscdash.reading import PUBLISHED, one_child

ENDING = {
    "ees": ".csv",
    "lait": ".parquet",
    "outturn": ".ods",
    "fingertips": ".csv",
    "ofsted": ".ods",
    "census": ".csv",
}

Progress = Callable[[str, int, int], None]


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


def read_folder(folder: Path, catalogue: Catalogue, progress: Progress | None = None) -> Read:
    """Read every file below a folder that the catalogue knows by name and by columns.

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
        return _read_all(folder, catalogue, progress)


def _read_all(folder: Path, catalogue: Catalogue, progress: Progress | None) -> Read:
    known = _known(catalogue)
    needed, series = columns_needed(catalogue), series_needed(catalogue)
    result = Read()
    seen: dict[tuple[str, str], str] = {}

    def job(one: Found, dataset: Dataset, files: list[File]) -> tuple[str, Table] | LeftOut:
        try:
            content = one.content()
            table = _read(content, dataset, files, needed[dataset.id], series, one.label)
        except UnusableError as error:
            return LeftOut(one.label, error.why, str(error))
        except CscdashError as error:
            return LeftOut(one.label, Why.UNREADABLE, str(error))
        return hashlib.sha256(content).hexdigest(), table

    wanted: list[tuple[Found, Dataset, list[File]]] = []
    found, result.left_out = find_files(folder)
    for one in found:
        dataset, files = known.get((one.name, one.ending), (None, []))
        if dataset is None:
            said = f"{one.label}: not a file that the catalogue knows."
            result.left_out.append(LeftOut(one.label, Why.NOT_NEEDED, said))
        elif dataset.id not in needed:
            said = f"{one.label}: no indicator uses it."
            result.left_out.append(LeftOut(one.label, Why.NOT_NEEDED, said))
        else:
            wanted.append((one, dataset, files))
    tables = _side_by_side(job, wanted)
    for at, (one, dataset, _) in enumerate(wanted):
        if progress:
            progress(one.label, at, len(wanted))
        made = next(tables)
        if isinstance(made, LeftOut):
            result.left_out.append(made)
            continue
        checksum, table = made
        copy = (dataset.id, checksum)
        if copy in seen:
            said = f"{one.label}: the same file as {seen[copy]}."
            result.left_out.append(LeftOut(one.label, Why.NOT_NEEDED, said))
            continue
        seen[copy] = one.label
        result.tables.setdefault(dataset.id, []).append(table)
        result.used.append(one)
    if not result.used:
        raise nothing_of(folder, result.left_out)
    return result


def nothing_of(folder: Path, left_out: list[LeftOut]) -> NothingBuiltError:
    """The error for a folder of which no file gave a value."""
    some = [one for one in left_out if one.matters]
    words = (
        f"No published file that we know was found in {folder}. The data page and"
        " “python -m cscdash catalogue” name the files to look for."
    )
    if some:
        words = some[0].words
    if len(some) > 1:
        words = f"None of {len(some)} files in {folder} can be used. {_first_sentence(words)}"
    return NothingBuiltError(words, left_out)


def _first_sentence(words: str) -> str:
    return words.split(". ", 1)[0].rstrip(".") + "."


def _side_by_side(
    job: Callable[[Found, Dataset, list[File]], tuple[str, Table] | LeftOut],
    wanted: list[tuple[Found, Dataset, list[File]]],
) -> Iterator[tuple[str, Table] | LeftOut]:
    """What the job makes of each file, in their order; the libraries leave Python's lock."""
    slow_first = sorted(range(len(wanted)), key=lambda at: wanted[at][0].ending == ".csv")
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {at: pool.submit(job, *wanted[at]) for at in slow_first}
        try:
            for at in range(len(wanted)):
                yield jobs[at].result()
        finally:
            for running in jobs.values():
                running.cancel()


def _known(catalogue: Catalogue) -> dict[tuple[str, str], tuple[Dataset, list[File]]]:
    """File name without years, and ending -> its data set and the vintages of that name."""
    known: dict[tuple[str, str], tuple[Dataset, list[File]]] = {}
    for dataset in catalogue.datasets.values():
        for file in dataset.files:
            key = (file.name, ENDING[dataset.format])
            known.setdefault(key, (dataset, []))[1].append(file)
    return known


def _read(
    content: bytes,
    dataset: Dataset,
    files: list[File],
    needed: set[str],
    series: set[str],
    label: str,
) -> Table:
    match dataset.format:
        case "ees":
            return read_ees(content, dataset, files, needed, label)
        case "lait":
            return read_lait(content, dataset, series, label)
        case "outturn":
            return read_outturn(content, dataset, needed, label)
        case "fingertips":
            return read_fingertips(content, dataset, needed, label)
        case "ofsted":
            return read_ofsted(content, dataset, needed, label)
        case _:
            raise CscdashError(f"{label}: the format ‘{dataset.format}’ cannot be read yet.")
