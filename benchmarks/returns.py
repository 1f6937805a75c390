"""An invented authority's returns of four years: from files to figures, beside merely reading."""

import resource
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.csv

from benchmarks.timing import median, milliseconds
from cscdash.returns.figures import count_all
from cscdash.returns.files import read_folder
from cscdash.returns.invented import draw, write
from cscdash.returns.look import INVENTED
from cscdash.returns.pooled import Pooled

DAY = date(2025, 3, 31)
TIMES = 5


def measure(_: Path) -> Iterator[tuple[str, str, str, str]]:
    """Time the whole way, its parts, and the floor: the same bytes merely read."""
    with TemporaryDirectory() as folder:
        here = Path(folder) / "returns"
        write(draw(18), here, INVENTED)
        size = sum(file.stat().st_size for file in here.rglob("*.*")) / 1e6

        def floor() -> None:
            for file in here.rglob("*.csv"):
                pyarrow.csv.read_csv(file)
            for file in here.rglob("*.xml"):
                ElementTree.parse(file)

        def whole() -> None:
            with Pooled(read_folder(here)) as pooled:
                count_all(pooled, DAY)

        read = read_folder(here)
        least = median(milliseconds(floor, TIMES))
        all = median(milliseconds(whole, TIMES))
        alone = median(milliseconds(lambda: read_folder(here), TIMES))
        note = f"{size:.0f} MB; DuckDB and pyarrow read no XML, so ElementTree reads the census"
        yield "files to figures", f"{all:,.0f} ms", f"{3 * least:,.0f} ms", f"{all / least:.1f}x"
        yield "merely reading", f"{least:,.0f} ms", "", note
        yield "reading, in the child with limits", f"{alone:,.0f} ms", "", ""
        with Pooled(read) as pooled:
            one = median(milliseconds(lambda: count_all(pooled, DAY), TIMES))
        yield "another day, all measures", f"{one:,.0f} ms", "", ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "memory at most", f"{peak:,.0f} MB", "2,000 MB", "one authority"
