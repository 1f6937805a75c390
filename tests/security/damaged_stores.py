"""Kinds of damage that a store can come to: a disk, a copy, an editor, a stranger."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

EXTRACT = "looked_after_rate"  # of outcome_1 to enabler_3, the one that most pages read
Damage = Callable[[Path], None]


def _bytes(change: Callable[[bytes], bytes]) -> Damage:
    def damage(build: Path) -> None:
        file = build / f"{EXTRACT}.parquet"
        file.write_bytes(change(file.read_bytes()))

    return damage


def _table(change: Callable[[pa.Table], pa.Table]) -> Damage:
    def damage(build: Path) -> None:
        file = build / f"{EXTRACT}.parquet"
        pq.write_table(change(pq.read_table(file)), file)

    return damage


def _package(change: Callable[[dict[str, Any]], Any]) -> Damage:
    def damage(build: Path) -> None:
        file = build / "datapackage.json"
        file.write_text(json.dumps(change(json.loads(file.read_text()))))

    return damage


def _text(text: str | bytes) -> Damage:
    def damage(build: Path) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        (build / "datapackage.json").write_bytes(content)

    return damage


def _with(name: str, value: Callable[[pa.Table], Any]) -> Damage:
    return _table(lambda t: t.set_column(t.schema.get_field_index(name), name, value(t)))


def _all(word: str | None) -> Callable[[pa.Table], Any]:
    return lambda table: pa.array([word] * len(table), pa.string()).dictionary_encode()


def _missing(build: Path) -> None:
    (build / f"{EXTRACT}.parquet").unlink()


def _a_folder(build: Path) -> None:
    _missing(build)
    (build / f"{EXTRACT}.parquet").mkdir()


def _another(build: Path) -> None:
    shutil.copy(build / "datapackage.json", build / f"{EXTRACT}.parquet")


def _beside(build: Path) -> Path:
    return build / "worth_a_conversation.parquet"


def _of_each(key: str, value: Any) -> Damage:
    return _package(lambda p: {**p, "resources": [{**one, key: value} for one in p["resources"]]})


# Only one extract is harmed: the rest of a page is drawn.
OF_ONE: dict[str, Damage] = {
    "missing": _missing,
    "empty": _bytes(lambda _: b""),
    "half": _bytes(lambda content: content[: len(content) // 2]),
    "without its end": _bytes(lambda content: content[:-9]),
    "without its start": _bytes(lambda content: content[40:]),
    "noise in the middle": _bytes(lambda c: c[:60] + bytes(200) + c[260:]),
    "another kind of file": _another,
    "a folder": _a_folder,
    "no rows": _table(lambda table: table.slice(0, 0)),
    "a column too few": _table(lambda table: table.drop_columns(["value"])),
    "a column too many": _table(lambda table: table.append_column("more", table["value"])),
    "columns in another order": _table(lambda table: table.select(table.column_names[::-1])),
    "another name": _table(lambda t: t.rename_columns(["place", *t.column_names[1:]])),
    "numbers as text": _with("value", lambda t: t["value"].cast(pa.string())),
    "words as numbers": _with("area", lambda t: pa.array(range(len(t)))),
    "a day as text": _with("period_end", lambda t: t["period_end"].cast(pa.string())),
    "an empty area": _with("area", _all(None)),
    "an empty status": _with("status", _all(None)),
    "an unknown status": _with("status", _all("q")),
    "an unknown flag": _with("flags", _all("?")),
    "a period that is none": _with("period", _all("soon")),
    "values without end": _with("value", lambda t: pa.array([float("inf")] * len(t))),
    "every cell twice": _table(lambda table: pa.concat_tables([table, table])),
    "areas that nobody knows": _with("area", _all("ZZZ")),
    "the table of tests cut off": lambda build: _beside(build).write_bytes(b"PAR1"),
    "the table of tests missing": lambda build: _beside(build).unlink(),
    "the table of tests odd": lambda build: pq.write_table(pa.table({"a": [1]}), _beside(build)),
    "nested": _with("value", lambda t: pa.array([[1.0]] * len(t))),
}

# The store as a whole is harmed: one sentence.
OF_ALL: dict[str, Damage] = {
    "no build": shutil.rmtree,
    "no package": lambda build: (build / "datapackage.json").unlink(),
    "package cut off": _text('{"resources": ['),
    "package a list": _text("[]"),
    "package no UTF-8": _text(b'{"resources": [], "name": "\xff"}'),
    "package nested": _text("[" * 100_000),
    "resources no list": _package(lambda p: {**p, "resources": {}}),
    "a resource without a name": _package(lambda p: {**p, "resources": [{"path": "a"}]}),
    "names no text": _of_each("name", 7),
    "paths no text": _of_each("path", None),
    "releases a list": _package(lambda p: {**p, "releases": ["x"]}),
    "a release a number": _package(lambda p: {**p, "releases": dict.fromkeys(p["releases"], 1)}),
    "changes no list": _package(lambda p: {**p, "changes": 4}),
    "inspections a list": _package(lambda p: {**p, "inspections": [1]}),
    "created a number": _package(lambda p: {**p, "created": 20261127}),
    "pointer elsewhere": lambda build: _point(build, "../../elsewhere"),
    "pointer no text": lambda build: _point(build, b"\xff\xfe"),
}
KINDS = {**OF_ONE, **OF_ALL}


def _point(build: Path, to: str | bytes) -> None:
    content = to if isinstance(to, bytes) else to.encode()
    (build.parents[1] / "current").write_bytes(content)
