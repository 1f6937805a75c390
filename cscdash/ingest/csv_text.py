"""Reading a published CSV file: what is wrong with it, if anything, and its columns as text."""

import csv
import io
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.csv as pacsv

from cscdash.errors import CscdashError

_WORD = pa.dictionary(pa.int32(), pa.string())


def read_header(content: bytes, label: str) -> list[str]:
    """The column names of a CSV file, after making sure that it is one.

    Raises
    ------
    CscdashError
        If it is empty, a web page, wrongly encoded, wrongly delimited, cut off, or names a
        column twice.
    """
    if not content.strip():
        raise CscdashError(f"{label} is empty. Download it again.")
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise CscdashError(f"{label} is a web page, not a table. Download the file itself again.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4000]:
        raise CscdashError(f"{label} is not in UTF-8. Save it as “CSV UTF-8” or download it again.")
    first = content.split(b"\n", 1)[0]
    try:
        line = first.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise CscdashError(f"{label}, line 1, is not in UTF-8. Download it again.") from error
    try:
        header = next(csv.reader(io.StringIO(line), strict=True), [])
    except csv.Error as error:
        raise CscdashError(f"{label}, line 1, is no list of column names: {error}.") from error
    if len(header) == 1 and any(mark in line for mark in ";\t|"):
        raise CscdashError(f"{label} is not separated by commas. Save it as CSV with commas.")
    if not content.endswith(b"\n"):
        raise CscdashError(
            f"{label} ends in the middle of a line, so it was cut off. Download it again."
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise CscdashError(f"{label} has two columns named ‘{twice[0]}’.")
    return header


def read_text(content: bytes, columns: Iterable[str], label: str) -> pa.Table:
    """These columns of a CSV file, every cell as text, each word kept once.

    Raises
    ------
    CscdashError
        If a line has too few or too many cells, or is not in UTF-8.
    """
    wanted = list(columns)
    try:
        return pacsv.read_csv(
            pa.BufferReader(content),
            convert_options=pacsv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, _WORD),
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowException, ValueError) as error:
        what = str(error).splitlines()[0][:200]
        raise CscdashError(f"{label} is damaged: {what}. Download it again.") from error
