"""What tests share: the published files, a store built from them, and small made-up tables."""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
import pytest
from hypothesis import settings

from cscdash import reading
from cscdash.catalogue import Catalogue, catalogue
from cscdash.catalogue.publications import Dataset
from cscdash.extracts import Store
from cscdash.extracts.lock import NAME as LOCK
from cscdash.extracts.lock import locked
from cscdash.extracts.store import current
from cscdash.ingest import build
from cscdash.ingest.build import each_extract
from cscdash.ingest.demonstration import demonstrate
from cscdash.ingest.formats import FORMATS
from cscdash.ingest.read_folder import Read
from cscdash.ingest.required_columns import Needs, needs
from cscdash.reading import one_child

# A busy machine is not a fault; CI tries the same examples each time, everybody else new ones.
settings.register_profile("cscdash", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("cscdash")


PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "published"
ENGLAND = "E92000001"


@pytest.fixture(scope="session", autouse=True)
def _one_child() -> Iterator[None]:
    """Thousands of small files are read in one child; `tests/security` has each in its own."""
    with one_child(reading.PUBLISHED), one_child(reading.VISITOR):
        yield


@pytest.fixture(scope="session")
def published() -> Path:
    if not PUBLISHED.is_dir():
        pytest.skip("the published files are not here: ../shared/published")
    return PUBLISHED


@pytest.fixture(scope="session")
def built(
    published: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Store]:
    """The store of all published files: built once, whichever process of the tests comes first."""
    yield from _shared("built", tmp_path_factory, worker_id,
                       lambda folder: build(published, folder, catalogue()).store)  # fmt: skip


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Store]:
    """The demonstration of the whole catalogue, drawn once in the same way."""
    yield from _shared("invented", tmp_path_factory, worker_id,
                       lambda folder: demonstrate(folder, catalogue()))  # fmt: skip


def _shared(
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    make: Callable[[Path], Store],
) -> Iterator[Store]:
    """A store that all processes of the tests read, and none changes."""
    here = tmp_path_factory.getbasetemp()
    # The processes of one run have their folders side by side. The store's own lock is the build's.
    shared = (here if worker_id == "master" else here.parent) / "shared"
    folder = shared / name
    with locked(shared, wait=600, say=lambda _: None):
        store = Store.open(folder) if current(folder) is not None else make(folder)
    before = _state(folder)
    yield store
    assert _state(folder) == before, "a test changed the store that all tests read"


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of a folder was changed last, and how large it is."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != LOCK]
    return {str(f): (f.stat().st_mtime_ns, f.stat().st_size) for f in files}


class Make:
    """Small files in the publishers' formats, small catalogues, and what comes of them."""

    @staticmethod
    def csv(rows: list[dict[str, str]]) -> bytes:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode()

    @staticmethod
    def row(area: str, period: str, **cells: str) -> dict[str, str]:
        """A row as in Explore Education Statistics: three digits, a region's code, or England."""
        country, region = area == ENGLAND, area.startswith("E1")
        level = "National" if country else "Regional" if region else "Local authority"
        return {
            "time_period": period,
            "time_identifier": "Reporting year",
            "geographic_level": level,
            "country_code": ENGLAND,
            "region_code": area if region else "",
            "old_la_code": "" if country or region else area,
            **cells,
        }

    @classmethod
    def ees(cls, *rows: tuple[str, str, dict[str, str]]) -> bytes:
        return cls.csv([cls.row(area, period, **cells) for area, period, cells in rows])

    @staticmethod
    def indicator(**changes: Any) -> dict[str, Any]:
        return {
            "id": "measure",
            "title": "A measure",
            "short": "Measure",
            "listed_in": "companion",
            "unit": "percent",
            "decimals": 1,
            "time_identifier": "Reporting year",
            "period_means": "year to 31 March",
            "kind": "process",
            "measures": "flow",
            "standing": "published",
            "why": "because",
            "reading": "so",
            "limits": "these",
            "check": [{"period": "2025", "value": 1.0, "cite": "a table"}],
            **changes,
        }

    @classmethod
    def catalogue(
        cls, *indicators: dict[str, Any], datasets: list[dict[str, Any]] | None = None
    ) -> Catalogue:
        """A catalogue of these indicators over the data sets ``made`` and ``population``."""
        names = [("made", "ees"), ("population", "ees"), ("series", "lait"), ("outturn", "outturn")]
        shape = {"first": "2018", "every": 1, "counts": "people", "size": 80_000}
        plain = [{"id": id, "title": id, "format": kind, "files": [{"name": id}],
                  "demonstration": shape} for id, kind in names]  # fmt: skip
        publication = {
            "id": "office",
            "title": "Office",
            "publisher": "Office",
            "page": "https://example.org",
            "attribution": "Office",
            "cadence": "yearly",
            "dataset": datasets or plain,
        }
        chapter = {
            "id": "first",
            "number": "Outcome 1",
            "title": "First",
            "short": "First",
            "aim": "aim",
            "hangs_together": "so",
            "order": 1,
            "indicators": list(indicators),
        }
        return Catalogue.model_validate({"chapters": [chapter], "publications": [publication]})

    @classmethod
    def observe(
        cls,
        source: dict[str, Any] | list[dict[str, Any]],
        *files: bytes,
        datasets: list[dict[str, Any]] | None = None,
        population: bytes | None = None,
        **changes: Any,
    ) -> pd.DataFrame:
        """The observations that sources make of files of the data set ``made`` (in that order).

        Files are named ``file 1``, ``file 2`` …
        """
        sources = source if isinstance(source, list) else [source]
        declared = [{"dataset": "made", **one} for one in sources]
        some = cls.catalogue(cls.indicator(source=declared, **changes), datasets=datasets)
        needed = needs(some)
        read = Read()
        made = some.datasets["made"]
        for at, content in enumerate(files, 1):
            table = FORMATS[made.format].read(content, made, needed["made"], f"file {at}")
            read.tables.setdefault("made", []).append(table)
        if population is not None and "population" in needed:
            people = some.datasets["population"]
            read.tables["population"] = [
                FORMATS["ees"].read(population, people, needed["population"], "people")
            ]
        extracts = {id: table for id, table, _ in each_extract(read, some)}
        return cls.frame(extracts["measure"]) if extracts else pd.DataFrame()

    @staticmethod
    def frame(table: Any) -> pd.DataFrame:
        """An extract with plain words in place of categories."""
        frame: pd.DataFrame = table.to_pandas()
        words = ["area", "period", "breakdown", "category", "status", "flags", "release"]
        return frame.astype(dict.fromkeys(words, object))

    @staticmethod
    def needs(columns: Iterable[str] = (), **words: Iterable[str]) -> Needs:
        """What is needed of a file: columns, and for some of them the words looked for."""
        looked_for = {column: frozenset(some) for column, some in words.items()}
        return Needs(frozenset({*columns, *words}), looked_for, looked_for)

    @staticmethod
    def dataset(format: str = "ees", **changes: Any) -> Dataset:
        files = [{"name": "made"}]
        return Dataset.model_validate(
            {"id": "made", "title": "made", "format": format, "files": files, **changes}
        )

    @staticmethod
    def zip(members: dict[str, bytes]) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return content.getvalue()

    @classmethod
    def ods(cls, sheet: str, rows: list[list[str | float]]) -> bytes:
        """A spreadsheet of one sheet, written by hand."""
        kinds = "".join(
            f"<table:table-row>{''.join(cls._ods_cell(cell) for cell in row)}</table:table-row>"
            for row in rows
        )
        names = {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        }
        spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
        mime = "application/vnd.oasis.opendocument.spreadsheet"
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}'
            ' office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="{escape(sheet)}">{kinds}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        manifest = (
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
            '<manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>'
        )
        return cls.zip(
            {
                "mimetype": mime.encode(),
                "content.xml": body.encode(),
                "META-INF/manifest.xml": manifest.encode(),
            }
        )

    @staticmethod
    def _ods_cell(cell: str | float) -> str:
        if isinstance(cell, str):
            text = f"<text:p>{escape(cell)}</text:p>" if cell else ""
            kind = ' office:value-type="string"' if cell else ""
            return f"<table:table-cell{kind}>{text}</table:table-cell>"
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell!r}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make
