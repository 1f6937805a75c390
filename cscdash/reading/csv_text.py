"""In the child: what is wrong with a published CSV file, if anything; a visitor's, as rows."""

import codecs
import csv
import io
from collections import Counter

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer, Growing, sheets_answer
from cscdash.reading.limits import Limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def header(content: bytes, label: str, limits: Limits) -> Answer:
    """The column names of a published CSV file, after making sure that it is one."""
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
        names = next(csv.reader(io.StringIO(line), strict=True), [])
    except csv.Error as error:
        raise CscdashError(f"{label}, line 1, is no list of column names: {error}.") from error
    if len(names) == 1 and any(mark in line for mark in ";\t|"):
        raise CscdashError(f"{label} is not separated by commas. Save it as CSV with commas.")
    if not content.endswith(b"\n"):
        raise CscdashError(
            f"{label} ends in the middle of a line, so it was cut off. Download it again."
        )
    limits.check_shape(1, len(names), label)
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise CscdashError(f"{label} has two columns named ‘{twice[0]}’.")
    return {"columns": names}, b""


def rows(content: bytes, label: str, limits: Limits) -> Answer:
    """A visitor's CSV file as rows of text, as it stands."""
    if content.startswith(b"PK"):
        raise CscdashError(f"{label} is a workbook or a zip, not CSV: give it its own ending.")
    encoding = next((what for mark, what in _BOMS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and not _is_utf8(content):
        encoding = "cp1252"  # what Excel saves as plain “CSV” on Windows
    found = Growing(limits, label)
    try:
        start = io.TextIOWrapper(io.BytesIO(content), encoding, newline="").read(10_000)
        if "\0" in start:
            raise CscdashError(f"{label} is no text. Save it as “CSV UTF-8”.")
        mark = max(",;\t", key=start.split("\n", 1)[0].count)
        text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
        for row in csv.reader(text, delimiter=mark, strict=True):
            found.add(row)
    except UnicodeError as error:
        raise CscdashError(f"{label} is not in UTF-8. Save it as “CSV UTF-8”.") from error
    except csv.Error as error:
        raise CscdashError(f"{label} is no whole CSV file ({error}). Save it again.") from error
    return sheets_answer([{"name": "", "rows": found.rows}])


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
