"""Forty hostile files: each ends in values or in one clear message, and soon."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cscdash.learning.pack.markdown import escaped
from tests.unit.local_files import looked, xlsx

COUNT = "section_47_number"
HEAD = ["indicator", "area", "period", "value"]
NOTED = "indicator,area,period,value,note\n"
ROW = [COUNT, "383", "Jan-Mar 2025", 12]
CSV = ",".join(HEAD) + "\n"
LINE = f"{COUNT},383,Jan-Mar 2025,12\n"


def parquet(**columns: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes())


def bomb() -> bytes:
    return xlsx([HEAD, ROW], {"xl/media/zeros.bin": bytes(150_000_000)})


def lying() -> bytes:
    """A workbook whose member says that it is smaller than it is."""
    content = bytearray(xlsx([HEAD, ROW], {"xl/media/x.bin": bytes(3_000_000)}))
    real = (3_000_000).to_bytes(4, "little")
    return bytes(content.replace(real, (10).to_bytes(4, "little")))


def overlapping() -> bytes:
    content = io.BytesIO(xlsx([HEAD, ROW]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("../../../etc/passwd", b"x")
    return content.getvalue()


def encrypted() -> bytes:
    content = bytearray(xlsx([HEAD, ROW]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefg", "bcdefgh", strict=True))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row><c t="inlineStr"><is><t>&h;</t></is></c></row></sheetData></worksheet>'
)

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("a.csv", lambda: b""),
    "white space": ("a.csv", lambda: b" \n\n "),
    "a header alone": ("a.csv", lambda: CSV.encode()),
    "noughts": ("a.csv", lambda: bytes(5_000)),
    "bytes without meaning": ("a.csv", lambda: bytes(range(256)) * 20),
    "another encoding": ("a.csv", lambda: CSV.encode() + "Brändö,1,2,3".encode("latin-1")),
    "UTF-16 without its mark": ("a.csv", lambda: (CSV + LINE).encode("utf-16-le")),
    "half of UTF-16": ("a.csv", lambda: (CSV + LINE).encode("utf-16")[:-1]),
    "a web page": ("a.csv", lambda: b"<!doctype html><html><body>Sign in</body></html>\n<p>\n"),
    "a quote that never ends": ("a.csv", lambda: (CSV + '"' + LINE * 3).encode()),
    "a cell without end": ("a.csv", lambda: (CSV + "x" * 200_000 + "\n").encode()),
    "too many columns": ("a.csv", lambda: ("a," * 400 + "\n" + "1," * 400).encode()),
    "too many rows": ("a.csv", lambda: (CSV + LINE * 60_000).encode()),
    "a large file": ("a.csv", lambda: (CSV + LINE).encode() + b" " * 21_000_000),
    "a column twice": ("a.csv", lambda: (CSV.strip() + ",value\n" + LINE).encode()),
    "cells without a heading": ("a.csv", lambda: (CSV + LINE.strip() + ",secret\n").encode()),
    "a formula as a value": ("a.csv", lambda: f"{CSV}{COUNT},383,Jan-Mar 2025,=1+11\n".encode()),
    "a formula as an area": ("a.csv", lambda: f"{CSV}{COUNT},=383,Jan-Mar 2025,12\n".encode()),
    "a formula as an indicator": ("a.csv", lambda: f"{CSV}=cmd|'/C x'!A0,383,2025,1\n".encode()),
    "not a number": ("a.csv", lambda: f"{CSV}{COUNT},383,Jan-Mar 2025,nan\n".encode()),
    "infinity": ("a.csv", lambda: f"{CSV}{COUNT},383,Jan-Mar 2025,inf\n".encode()),
    "digits of another script": ("a.csv", lambda: f"{CSV}{COUNT},383,Jan-Mar 2025,١٢\n".encode()),
    "a date that is none": ("a.csv", lambda: f"{CSV}{COUNT},383,31/02/2025,12\n".encode()),
    "an American date": ("a.csv", lambda: f"{CSV}{COUNT},383,03/31/2025,12\n".encode()),
    "a workbook called CSV": ("a.csv", lambda: xlsx([HEAD, ROW])),
    "CSV called a workbook": ("a.xlsx", lambda: (CSV + LINE).encode()),
    "half a workbook": ("a.xlsx", lambda: xlsx([HEAD, ROW])[:600]),
    "an empty zip": ("a.xlsx", lambda: b"PK\x05\x06" + bytes(18)),
    "a zip bomb": ("a.xlsx", bomb),
    "a member that lies about its size": ("a.xlsx", lying),
    "a cell at the end of the sheet": ("a.xlsx", lambda: xlsx([], sheet=FAR)),
    "macros": ("a.xlsx", lambda: xlsx([HEAD, ROW], {"xl/vbaProject.bin": b"x"})),
    "a workbook for macros": ("a.xlsm", lambda: xlsx([HEAD, ROW])),
    "a password": ("a.xlsx", encrypted),
    "no filled sheet": ("a.xlsx", lambda: xlsx([])),
    "half of Parquet": ("a.parquet", lambda: parquet(area=["383"])[:-9]),
    "nested Parquet": ("a.parquet", lambda: parquet(area=[{"a": 1}], period=[[1]], value=[b"x"])),
    "another ending": ("a.exe", lambda: (CSV + LINE).encode()),
    "a name that climbs": ("../../a", lambda: (CSV + LINE).encode()),
}

READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "UTF-16": ("a.csv", lambda: (CSV + LINE).encode("utf-16")),
    "right-to-left marks": ("a.csv", lambda: f"{CSV}\u202e{COUNT},\u200f383,2025-03,12\n".encode()),
    "unseen spaces": ("a.csv", lambda: f"{CSV}{COUNT},383\u200b,2024/25\u00a0Q4,12\n".encode()),
    "a month as text": ("a.csv", lambda: f"{CSV}{COUNT},383,2025-03,12\n".encode()),
    "numbers as text": ("a.xlsx", lambda: xlsx([HEAD, [COUNT, "383", "Jan-Mar 2025", "12"]])),
    "empty rows between": ("a.xlsx", lambda: xlsx([HEAD, [None] * 4, ROW])),
    "a path that climbs in a zip": ("a.xlsx", overlapping),
    "mark-up in a note": (
        "a.csv",
        lambda: f"{NOTED}{COUNT},383,2025-03,12,<script>x</script> [x](javascript:y)\n".encode(),
    ),
    "a formula in a note": ("a.csv", lambda: f"{NOTED}{COUNT},383,2025-03,12,=1+1\n".encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_ends_in_a_clear_message(name: str) -> None:
    file, make = REFUSED[name]
    content = make()
    found = looked(content, file)
    assert found.problems, name
    for problem in found.problems:
        assert 10 < len(problem.what) < 500, problem
        assert "Traceback" not in problem.what and "Error" not in problem.what
        assert file.rsplit("/", 1)[-1] in problem.at + problem.what


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_ends_in_a_value(name: str) -> None:
    file, make = READ[name]
    found = looked(make(), file)
    assert not found.problems, found.problems
    (figure,) = found.figures
    assert (figure.indicator, figure.area, figure.value) == (COUNT, "383", 12.0)
    assert not re.search(r"(?<!\\)[<>\[\]]", escaped(figure.note))


def test_entities_do_not_multiply() -> None:
    content = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(xlsx([HEAD, ROW])))
    with old, zipfile.ZipFile(content, "w") as new:
        for member in old.infolist():
            sheet = member.filename == "xl/worksheets/sheet1.xml"
            new.writestr(member.filename, ENTITIES if sheet else old.read(member))
    assert looked(content.getvalue(), "a.xlsx").problems


def test_there_are_forty_and_more() -> None:
    assert len(REFUSED) + len(READ) >= 40
