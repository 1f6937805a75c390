"""A file as rows of text, whatever it is: CSV, an Excel workbook, or Parquet."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePath

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.ingest.published_files import DAMAGE, check_container
from cscdash.ingest.workbook import each_sheet

Rows = list[list[str]]

LARGEST = 20_000_000  # bytes of a file; a table of aggregates is far smaller
UNPACKED = 100_000_000  # bytes that a workbook or a Parquet file may unpack to
MOST_ROWS = 50_000
MOST_COLUMNS = 300
_MOST_CELLS = 3_000_000
_LONGEST = 2_000  # characters of a cell that is neither text nor number
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def read_table(content: bytes, name: str) -> Rows:
    """Read a file into rows of text, the header first, without empty rows at its end.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called: its ending says what it is, and messages name it.

    Raises
    ------
    CscdashError
        If it is too large, damaged, locked, of another kind, or holds macros.
    """
    ending = PurePath(name).suffix.lower()
    readers = {".csv": _csv, ".txt": _csv, ".xlsx": _workbook, ".parquet": _parquet}
    if ending in (".xls", ".xlsm", ".xlsb"):
        raise CscdashError(f"{name}: save it as .xlsx, which holds no macros, or as CSV.")
    if ending not in readers:
        raise CscdashError(f"{name} is no CSV, Excel (.xlsx) or Parquet file.")
    if len(content) > LARGEST:
        raise CscdashError(f"{name} is larger than 20 MB: a table of totals is far smaller.")
    if not content.strip():
        raise CscdashError(f"{name} is empty.")
    rows = readers[ending](content, name)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise CscdashError(f"{name} needs a line of column names and at least one row below it.")
    return rows


def tidy(text: str) -> str:
    """A cell on one line, without characters that cannot be seen."""
    return " ".join(_UNSEEN.sub("", text).split())


def _csv(content: bytes, name: str) -> Rows:
    encoding = next((what for mark, what in _BOMS if content.startswith(mark)), "utf-8")
    if content.startswith(b"PK"):
        raise CscdashError(f"{name} is a workbook or a zip, not CSV: give it its own ending.")
    try:
        text = content.decode(encoding)
    except UnicodeError:
        raise CscdashError(f"{name} is not in UTF-8. Save it as “CSV UTF-8”.") from None
    if "\0" in text[:10_000]:
        raise CscdashError(f"{name} is no text. Save it as “CSV UTF-8”.")
    header = text.split("\n", 1)[0]
    mark = max(",;\t", key=header.count)
    found: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            _within(len(found) + 1, len(row), name)
            found.append([tidy(cell) for cell in row])
    except csv.Error as error:
        raise CscdashError(f"{name} is no whole CSV file ({error}). Save it again.") from error
    return found


def _within(rows: int, columns: int, name: str) -> None:
    if rows > MOST_ROWS + 1:
        raise CscdashError(f"{name} has more than {MOST_ROWS:,} rows: are these totals?")
    if columns > MOST_COLUMNS:
        raise CscdashError(f"{name} has more than {MOST_COLUMNS} columns.")


def _workbook(content: bytes, name: str) -> Rows:
    """The first sheet that is not empty; formulas count as what they last gave."""
    _look_into(content, name)
    for _, cells in each_sheet(content, name):
        if any(cell not in ("", None) for row in cells for cell in row):
            _within(len(cells), max(map(len, cells)), name)
            return [[tidy(_said(cell)) for cell in row] for row in cells]
    raise CscdashError(f"{name} holds no filled sheet.")


def _look_into(content: bytes, name: str) -> None:
    """Refuse what would fill the memory, and macros, before a reader is let near it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > UNPACKED:
                raise CscdashError(f"{name} would unpack to more than 100 MB; it was not opened.")
            check_container(content, name)
            for member in members:
                if "vbaproject" in member.filename.lower():
                    raise CscdashError(f"{name} holds macros. Save it as a plain .xlsx or as CSV.")
                if member.filename.startswith("xl/worksheets/") and not member.is_dir():
                    _measure(archive.read(member), name)
    except DAMAGE as error:
        raise CscdashError(
            f"{name} cannot be read as a workbook; is it whole, and without a password?"
        ) from error


def _measure(sheet: bytes, name: str) -> None:
    """Refuse a sheet with a cell so far out that the empty cells before it would fill memory."""
    furthest, lowest = 1, 1
    for letters, number in _REFERENCE.findall(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        furthest, lowest = max(furthest, column), max(lowest, int(number))
    if furthest * lowest > _MOST_CELLS:
        raise CscdashError(
            f"{name} has a filled cell very far from the others (row {lowest:,}, column"
            f" {furthest:,}). Copy the table alone into a new sheet."
        )


def _parquet(content: bytes, name: str) -> Rows:
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        about = file.metadata
        size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
        _within(about.num_rows + 1, about.num_columns, name)
        if size > UNPACKED:
            raise CscdashError(f"{name} would unpack to more than 100 MB; it was not opened.")
        table = file.read()
        columns: Iterable[list[object]] = (column.to_pylist() for column in table.columns)
        cells = [list(row) for row in zip(*columns, strict=True)]
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise CscdashError(f"{name} cannot be read as Parquet; is it whole?") from error
    return [list(table.column_names), *([tidy(_said(cell)) for cell in row] for row in cells)]


def _said(cell: object) -> str:
    """A cell as a person would type it."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.12g}"
    if isinstance(cell, str | int):
        return str(cell)
    return str(cell)[:_LONGEST]
