"""Files that would fill a memory or never end, small when handed over; made when asked for."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.local_files import xlsx

LAST = "XFD1048576"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Made = tuple[str, Callable[[], bytes]]


def _rows(body: str) -> Callable[[], bytes]:
    return lambda: xlsx([], sheet=body)


def _cell(reference: str) -> str:
    return f"<row r='1'><c r='A1'><v>1</v></c></row><row r='9'><c r={reference}><v>1</v></c></row>"


def _part(name: str, content: Callable[[], str | bytes]) -> Callable[[], bytes]:
    """A small workbook with one part in place of, or beside, its own."""

    def make() -> bytes:
        old, new = zipfile.ZipFile(io.BytesIO(xlsx([["a", "b"], [1, 2]]))), io.BytesIO()
        with old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in old.namelist():
                if member != name:
                    archive.writestr(member, old.read(member))
            archive.writestr(name, content())
        return new.getvalue()

    return make


def _sheet(body: str, before: str = "") -> str:
    head = f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">'
    return f"{head}<sheetData>{body}</sheetData></worksheet>"


def _strings(texts: str) -> str:
    return f'<sst xmlns="{MAIN}">{texts}</sst>'


def _pointing(cells: int, text: int) -> bytes:
    """Many cells that point to one long text."""
    row = "<row>" + "<c t='s'><v>0</v></c>" * 100 + "</row>"
    content = io.BytesIO(_part("xl/sharedStrings.xml", lambda: _strings(
        f"<si><t>{'x' * text}</t></si>"))())  # fmt: skip
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    old, new = zipfile.ZipFile(content), io.BytesIO()
    with old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in old.namelist():
            body = old.read(member)
            if member == "xl/worksheets/sheet1.xml":
                body = _sheet(row * (cells // 100)).encode()
            if member == "xl/_rels/workbook.xml.rels":
                more = f'<Relationship Id="rId9" Type="{relation}" Target="sharedStrings.xml"/>'
                body = body.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            archive.writestr(member, body)
    return new.getvalue()


def _nested() -> bytes:
    inner = b"0" * 50_000_000
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for at in range(4):
                archive.writestr(f"{at}.zip", inner)
        inner = out.getvalue()
    return inner


def _many_members() -> bytes:
    out = io.BytesIO(xlsx([["a"], [1]]))
    with zipfile.ZipFile(out, "a") as archive:
        for at in range(20_000):
            archive.writestr(f"xl/media/{at}.png", b"")
    return out.getvalue()


def parquet(rows: int, array: Callable[[int], Any], columns: int = 1, **how: Any) -> bytes:
    sink = pa.BufferOutputStream()
    made = array(rows)
    pq.write_table(pa.table({f"c{at}": made for at in range(columns)}), sink, **how)
    return bytes(sink.getvalue().to_pybytes())


def repeated(word: str) -> Callable[[int], Any]:
    """A column of one word, which Parquet writes once."""
    return lambda rows: pa.DictionaryArray.from_arrays(
        pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(bytes(4 * rows))]),
        pa.array([word]),
    )


def _zeros(rows: int) -> Any:
    return pa.Array.from_buffers(pa.int64(), rows, [None, pa.py_buffer(bytes(8 * rows))])


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
TEXT = "<row><c t='inlineStr'><is><t>{}</t></is></c></row>"

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "double quotes": _rows(_cell(f'"{LAST}"')),
    "single quotes": _rows(_cell(f"'{LAST}'")),
    "lower case": _rows(_cell(f"'{LAST.lower()}'")),
    "mixed case": _rows(_cell("'xFd1048576'")),
    "spaces inside": _rows(_cell(f"' {LAST} '")),
    "spaces around the sign": _rows(f"<row><c r = '{LAST}'><v>1</v></c></row>"),
    "a line between": _rows(f"<row><c\n r='{LAST}'\n><v>1</v></c></row>"),
    "a character by number": _rows("<row><c r='&#88;FD1048576'><v>1</v></c></row>"),
    "dollars": _rows(_cell("'$XFD$1048576'")),
    "beyond the last column": _rows(_cell("'ZZZ999'")),
    "beyond any column": _rows(_cell("'ZZZZZZZ9'")),
    "beyond the last row": _rows(_cell("'A9999999'")),
    "beyond any row": _rows(_cell("'A99999999999999999999'")),
    "no row": _rows(_cell("'XFD'")),
    "no column": _rows(_cell("'1048576'")),
    "a minus": _rows(_cell("'A-1'")),
    "nothing as reference": _rows(_cell("''")),
    "a reference in another order": _rows(_cell("'1048576XFD'")),
    "full-width letters": _rows(_cell("'\uff38\uff26\uff241048576'")),
    "a far row without references": _rows(
        "<row r='1048576'>" + "<c><v>1</v></c>" * 5000 + "</row>"),
    "a far row alone": _rows("<row r='1048576'><c><v>1</v></c></row>"),
    "a row of a huge number": _rows("<row r='99999999999'><c><v>1</v></c></row>"),
    "a wide row without references": _rows("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"),
    "many empty rows": _rows("<row/>" * 3_000_000 + "<row><c><v>1</v></c></row>"),
    "many cells": _rows(("<row>" + "<c><v>1</v></c>" * 250 + "</row>") * 6_000),
    "many rows": _rows("<row><c><v>1</v></c></row>" * 400_000),
    "a second prefix": _part("xl/worksheets/sheet1.xml", lambda: (
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row><x:c r='{LAST}'><x:v>1</x:v></x:c>"
        "</x:row></x:sheetData></x:worksheet>")),
    "UTF-16": _part("xl/worksheets/sheet1.xml", lambda: _sheet(_cell(f"'{LAST}'")).replace(
        '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")),
    "a long text": _rows(TEXT.format("x" * 60_000_000)),
    "one text for every cell": lambda: _pointing(100_000, 30_000),
    "a text of megabytes for every cell": lambda: _pointing(40_000, 5_000_000),
    "many shared texts": _part("xl/sharedStrings.xml", lambda: _strings(
        "<si><t>x</t></si>" * 4_000_000)),
    "entities that multiply": _part("xl/worksheets/sheet1.xml", lambda: _sheet(
        TEXT.format("&j;"), ENTITIES)),
    "entities among the shared texts": _part("xl/sharedStrings.xml", lambda: ENTITIES + _strings(
        "<si><t>&j;</t></si>")),
    "entities in the list of sheets": _part("xl/workbook.xml", lambda: f"{ENTITIES}<w>&j;</w>"),
    "entities in the styles": _part("xl/styles.xml", lambda: f"{ENTITIES}<s>&j;</s>"),
    "a file of the machine": _part("xl/worksheets/sheet1.xml", lambda: _sheet(
        TEXT.format("&a;"), FILE)),
    "deep mark-up": _part("xl/worksheets/sheet1.xml", lambda: _sheet("<a>" * 2_000_000)),
    "many attributes": _part("xl/worksheets/sheet1.xml", lambda: _sheet(
        "<row " + " ".join(f"a{at}='1'" for at in range(600_000)) + "/>")),
    "mark-up that does not end": _part("xl/worksheets/sheet1.xml", lambda: "<worksheet>"),
    "a member of gigabytes": _part("xl/media/a.bin", lambda: bytes(150_000_000)),
    "many members": _many_members,
    "a zip in a zip in a zip": _nested,
    "styles without end": _part("xl/styles.xml", lambda: (
        f"<styleSheet xmlns='{MAIN}'><cellXfs>" + "<xf numFmtId='9'/>" * 1_500_000
        + "</cellXfs></styleSheet>")),
}  # fmt: skip

PARQUET: dict[str, Callable[[], bytes]] = {
    "noughts": lambda: parquet(60_000_000, _zeros),
    "one short word": lambda: parquet(20_000_000, repeated("a")),
    "one long word": lambda: parquet(2_000_000, repeated("x" * 100_000)),
    "a long word, few rows": lambda: parquet(40_000, repeated("x" * 1_000_000)),
    "long words in columns": lambda: parquet(40_000, repeated("x" * 30_000), columns=250),
    "columns without end": lambda: parquet(10, _zeros, columns=3_000),
    "lists": lambda: parquet(1_000, lambda n: pa.array([[0] * 20_000] * n)),
    "nulls": lambda: parquet(50_000_000, lambda n: pa.nulls(n, pa.string())),
    "a text that repeats its start": lambda: parquet(
        40_000,
        lambda n: pa.array([f"{'x' * 20_000}{at}" for at in range(n)]),
        use_dictionary=False,
        column_encoding={"c0": "DELTA_BYTE_ARRAY"},
    ),
}

FILES: dict[str, Made] = {
    **{f"xlsx: {name}": ("a.xlsx", make) for name, make in WORKBOOKS.items()},
    **{f"parquet: {name}": ("a.parquet", make) for name, make in PARQUET.items()},
    "csv: one line": ("a.csv", lambda: b"a,b\n" + b"1," * 9_000_000),
    "csv: one cell": ("a.csv", lambda: b'a,b\n"' + b"x" * 19_000_000 + b'",1\n'),
    "csv: many rows": ("a.csv", lambda: b"a,b\n" + b"1,2\n" * 4_000_000),
    "csv: empty lines": ("a.csv", lambda: b"a,b\n" + b"\n" * 19_000_000),
}
