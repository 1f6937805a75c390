"""`build` against the time that pyarrow and calamine need merely to read the same bytes.

A build reads in one child process; starting it belongs to what is merely needed.
"""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from benchmarks.timing import median, milliseconds, say
from cscdash.catalogue import load
from cscdash.ingest import build
from cscdash.ingest.published_files import Found
from cscdash.ingest.read_folder import read_folder
from cscdash.reading import PUBLISHED, one_child, read_header

TIMES = 9


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """The build of the whole catalogue, and its ratio to reading alone."""
    catalogue = load()
    used = read_folder(published, catalogue).used
    reading: list[float] = []
    building: list[float] = []
    again: list[float] = []
    for _ in range(TIMES):  # in turn, so that a change of the machine's speed meets both
        reading += milliseconds(lambda: (start_child(), [merely_read(one) for one in used]), 1)
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            building += milliseconds(lambda to=here: build(published, to, catalogue), 1)
            again += milliseconds(lambda to=here: build(published, to, catalogue), 1)
    size = sum(len(one.content()) for one in used) / 1e6
    yield (
        "starting a child, reading the files",
        say(reading),
        "",
        f"{len(used)} files, {size:.0f} MB",
    )
    yield "build", say(building), "at most 2 times reading", f"{len(catalogue.indicators)} declared"
    yield "build over a build", say(again), "", "compares every value with the build before"
    yield "ratio of medians", f"{median(building) / median(reading):.2f}", "2.00", ""


def start_child() -> None:
    """A child process started as for a build, and asked once, so that it has started."""
    with one_child(PUBLISHED):
        read_header(b"a,b\n1,2\n", "a.csv")


def merely_read(found: Found) -> object:
    """The file as its library gives it, every column, and nothing done with it."""
    content = found.content()
    if found.ending == ".csv":
        header = content.split(b"\n", 1)[0].decode("utf-8-sig").strip().split(",")
        columns = {name.strip('"'): pa.string() for name in header}
        options = pacsv.ConvertOptions(column_types=columns, strings_can_be_null=False)
        return pacsv.read_csv(pa.BufferReader(content), convert_options=options)
    if found.ending == ".parquet":
        return pq.read_table(pa.BufferReader(content))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    largest = max(book.sheet_names, key=lambda name: ("Data" in name or "ILACS" in name, len(name)))
    return book.get_sheet_by_name(largest).to_python(skip_empty_area=False)
