"""What the app asks of the child process: each function hands over a file and gets data back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from cscdash.errors import CscdashError
from cscdash.reading.limits import PUBLISHED, VISITOR, Limits
from cscdash.reading.process import ask

if TYPE_CHECKING:
    import pyarrow as pa

Cell = str | int | float | bool | date | datetime | time | None
Rows = list[list[Cell]]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or the one table of another file.

    Attributes
    ----------
    name : str
        What it is called; empty where the file has one table.
    rows : list of list
        Its cells, from the first line and column on; rows may differ in length.
    formats : mapping of (int, int) to str
        Row and column, from 0 -> the number format of a cell (``0.0%``, ``mmm-yy``) where it has
        one.
    """

    name: str
    rows: Rows
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_sheets(content: bytes, name: str, limits: Limits = VISITOR) -> list[Sheet]:
    """A file that a visitor brings: CSV, an Excel or OpenDocument workbook, or Parquet.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called: its ending says what it is, and messages name it.

    Returns
    -------
    list of Sheet
        The sheets of a workbook that have a filled cell; one table of CSV or Parquet, the names
        of the columns of Parquet being its first row.

    Raises
    ------
    CscdashError
        If it is too large, damaged, locked, of another kind, or holds macros.
    """
    ending = PurePath(name).suffix.lower()
    readers = {
        ".csv": "csv rows",
        ".txt": "csv rows",
        ".xlsx": "workbook cells",
        ".ods": "ods cells",
        ".parquet": "parquet rows",
    }
    if ending in (".xls", ".xlsm", ".xlsb"):
        raise CscdashError(f"{name}: save it as .xlsx, which holds no macros, or as CSV.")
    if ending not in readers:
        raise CscdashError(f"{name} is no CSV, Excel (.xlsx), OpenDocument (.ods) or Parquet file.")
    return _sheets(ask(readers[ending], content, name, limits)[1])


def read_workbook(
    content: bytes, label: str, wanted: str = "", limits: Limits = PUBLISHED
) -> dict[str, Rows]:
    """The sheets of a published workbook whose names match a pattern; all without one.

    Raises
    ------
    CscdashError
        If the file is damaged, or too large when unpacked.
    """
    _, body = ask("workbook sheets", content, label, limits, wanted=wanted)
    return {sheet.name: sheet.rows for sheet in _sheets(body)}


def read_header(content: bytes, label: str, limits: Limits = PUBLISHED) -> list[str]:
    """The column names of a published CSV file, after making sure that it is one.

    Raises
    ------
    CscdashError
        If it is empty, a web page, wrongly encoded, wrongly delimited, cut off, or names a
        column twice.
    """
    head, _ = ask("csv header", content, label, limits)
    return [str(name) for name in head["columns"]]


def read_text(
    content: bytes, columns: Iterable[str], label: str, limits: Limits = PUBLISHED
) -> "pa.Table":
    """These columns of a published CSV file, every cell as text, each word kept once.

    Raises
    ------
    CscdashError
        If a line has too few or too many cells, or is not in UTF-8.
    """
    return _table(ask("csv columns", content, label, limits, names=sorted(columns))[1], label)


def read_parquet(
    content: bytes, columns: Iterable[str], label: str, limits: Limits = PUBLISHED
) -> "pa.Table":
    """These columns of a published Parquet file, texts as dictionaries; those it lacks left out.

    Raises
    ------
    CscdashError
        If it is damaged, nests, or would take too much memory.
    """
    return _table(ask("parquet columns", content, label, limits, names=list(columns))[1], label)


def parquet_header(content: bytes, label: str, limits: Limits = PUBLISHED) -> tuple[list[str], int]:
    """The names of a Parquet file's columns, and how many rows it says that it has.

    Raises
    ------
    CscdashError
        If it is no whole Parquet file.
    """
    head, _ = ask("parquet header", content, label, limits)
    return [str(name) for name in head["columns"]], int(head["rows"])


def read_json(content: bytes, label: str, limits: Limits = VISITOR) -> bytes:
    """JSON, known to be whole and neither deep nor large; as plain JSON in ASCII.

    Raises
    ------
    CscdashError
        If it is not.
    """
    return ask("json", content, label, limits)[1]


def read_records(
    content: bytes, wanted: Mapping[str, Iterable[str]], label: str, limits: Limits = VISITOR
) -> tuple[str, dict[str, list[list[Any]]]]:
    """The records of an XML file, each with its fields and the record around it.

    Parameters
    ----------
    wanted : mapping of str to iterable of str
        Name of the element of a record -> the names of the fields that are read.

    Returns
    -------
    tuple of str and dict
        The name of the root; element -> rows of the record's number, the number of the record
        around it, and its fields as text, empty where it has none.

    Raises
    ------
    CscdashError
        If it is cut off or no XML, declares entities, or is too large.
    """
    head, body = ask("xml records", content, label, limits, wanted=dict(wanted))
    return str(head["root"]), json.loads(body)


def check_container(content: bytes, label: str, limits: Limits = PUBLISHED) -> None:
    """Refuse a workbook (a zip inside) that is damaged or unpacks to too much."""
    ask("container", content, label, limits)


def zip_members(archive: bytes | Path, label: str, limits: Limits = PUBLISHED) -> list[str]:
    """The names of the files in a zip.

    Raises
    ------
    CscdashError
        If it is damaged, or would unpack to too much.
    """
    head, _ = ask("zip members", archive, label, limits)
    return [str(name) for name in head["members"]]


def zip_dates(
    archive: bytes | Path, label: str, limits: Limits = PUBLISHED
) -> dict[str, tuple[int, ...]]:
    """When each file in a zip was last changed: year, month, day, hour, minute, second.

    Raises
    ------
    CscdashError
        As `zip_members`.
    """
    head, _ = ask("zip members", archive, label, limits)
    return {
        str(name): tuple(int(part) for part in day)
        for name, day in zip(head["members"], head["changed"], strict=True)
    }


def read_member(archive: bytes | Path, name: str, label: str, limits: Limits = PUBLISHED) -> bytes:
    """A file in a zip.

    Raises
    ------
    CscdashError
        If it cannot be unpacked, or is too large.
    """
    return ask("zip member", archive, label, limits, name=name)[1]


def _table(body: bytes, label: str) -> "pa.Table":
    import pyarrow as pa

    try:
        return pa.ipc.open_stream(pa.BufferReader(body)).read_all()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CscdashError(f"{label} could not be read. Try again.") from error


def _sheets(body: bytes) -> list[Sheet]:
    return [
        Sheet(
            sheet["name"],
            sheet["rows"],
            {(row, column): shown for row, column, shown in sheet.get("formats", [])},
        )
        for sheet in json.loads(body, object_hook=_dated)
    ]


def _dated(found: dict[str, Any]) -> Any:
    if "moment" in found:
        return datetime.fromisoformat(found["moment"])
    if "day" in found:
        return date.fromisoformat(found["day"])
    return time.fromisoformat(found["time"]) if "time" in found else found
