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
from cscdash.ingest.ofsted import read_ofsted
from cscdash.ingest.outturn import read_outturn
from cscdash.ingest.published_files import Found, find_files
from cscdash.ingest.published_table import Table
from cscdash.ingest.required_columns import columns_needed, series_needed

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
    """What was read: tables by data set, and the files that were not used, with why."""

    tables: dict[str, list[Table]] = field(default_factory=dict)
    used: list[Found] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)


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

    Raises
    ------
    CscdashError
        If a known file cannot be read, or there is none.
    """
    known = _known(catalogue)
    needed, series = columns_needed(catalogue), series_needed(catalogue)
    result = Read()
    seen: dict[tuple[str, str], str] = {}

    def job(one: Found, dataset: Dataset, files: list[File]) -> tuple[str, Table]:
        content = one.content()
        table = _read(content, dataset, files, needed[dataset.id], series, one.label)
        return hashlib.sha256(content).hexdigest(), table

    wanted: list[tuple[Found, Dataset, list[File]]] = []
    for one in find_files(folder):
        dataset, files = known.get((one.name, one.ending), (None, []))
        if dataset is None:
            result.unused.append((one.label, "not a file that the catalogue knows"))
        elif dataset.id not in needed:
            result.unused.append((one.label, "no indicator uses it"))
        else:
            wanted.append((one, dataset, files))
    tables = _side_by_side(job, wanted)
    for at, (one, dataset, _) in enumerate(wanted):
        if progress:
            progress(one.label, at, len(wanted))
        checksum, table = next(tables)
        copy = (dataset.id, checksum)
        if copy in seen:
            result.unused.append((one.label, f"the same file as {seen[copy]}"))
            continue
        seen[copy] = one.label
        result.tables.setdefault(dataset.id, []).append(table)
        result.used.append(one)
    if not result.used:
        raise CscdashError(
            f"No published file that we know was found in {folder}. The data page and"
            " “python -m cscdash catalogue” name the files to look for."
        )
    return result


def _side_by_side(
    job: Callable[[Found, Dataset, list[File]], tuple[str, Table]],
    wanted: list[tuple[Found, Dataset, list[File]]],
) -> Iterator[tuple[str, Table]]:
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
