"""The store: whatever happens while a build is written, the old build or the new one is whole."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import SCHEMA, Store, problems, write
from cscdash.extracts import build_writer as module
from tests.trials.sampling import cases


def table(*values: float | None, **columns: list[Any]) -> pa.Table:
    """One row for each value: Birmingham, one year after the other."""
    count = len(values)
    made: dict[str, list[Any]] = {
        "area": ["330"] * count,
        "period": [str(2000 + at) for at in range(count)],
        "period_end": [date(2000 + at, 3, 31) for at in range(count)],
        "breakdown": ["total"] * count,
        "category": ["total"] * count,
        "value": list(values),
        "numerator": [None] * count,
        "denominator": [None] * count,
        "status": ["c" if value is None else "ok" for value in values],
        "flags": [""] * count,
        "release": ["office 2025"] * count,
        **columns,
    }
    return pa.table(made).cast(SCHEMA)


def put(folder: Path, *values: float | None, build: str | None = None) -> Store:
    extracts = {"one": table(*values), "two": table(*values, 7.0)}
    return write(folder, extracts, lambda id: {"title": id}, {"name": "made"}, build)


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    store = put(tmp_path / "new" / "store", 1.5, None, 0.0)
    assert store == Store.open(tmp_path / "new" / "store")
    assert (store.folder / "current").read_text().strip() == store.build
    assert store.indicators == ["one", "two"]
    assert store.table("one") == table(1.5, None, 0.0)
    frame = store.read("one")
    assert frame["value"].tolist()[::2] == [1.5, 0.0]
    assert frame["value"].isna().tolist() == [False, True, False]
    assert frame["status"].tolist() == ["ok", "c", "ok"]
    assert str(frame["status"].dtype) == "category"
    assert str(frame["period_end"].dtype).startswith("datetime64")
    assert store.check() == []
    assert store.demonstration is False


def test_a_data_package_describes_the_files(tmp_path: Path) -> None:
    store = put(tmp_path, 1.0)
    package = json.loads((store.path / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == ["one.parquet", "two.parquet"]
    assert {resource["schema"] for resource in package["resources"]} == {"observation.json"}
    schema = json.loads((store.path / "observation.json").read_text(encoding="utf-8"))
    assert [field["name"] for field in schema["fields"]] == SCHEMA.names
    assert {p.name for p in store.path.iterdir()} == {
        "datapackage.json", "observation.json", "one.parquet", "two.parquet",
    }  # fmt: skip


def test_readers_of_the_old_build_are_not_disturbed(tmp_path: Path) -> None:
    old = put(tmp_path, 1.0)
    new = put(tmp_path, 2.0)
    assert old.build != new.build
    assert old.read("one")["value"].tolist() == [1.0]
    assert Store.open(tmp_path).read("one")["value"].tolist() == [2.0]


def test_three_builds_are_kept(tmp_path: Path) -> None:
    builds = [put(tmp_path, float(at), build=f"b{at}").build for at in range(5)]
    assert builds == ["b0", "b1", "b2", "b3", "b4"]
    assert {p.name for p in (tmp_path / "builds").iterdir()} == {"b2", "b3", "b4"}


def test_pointing_back_restores(tmp_path: Path) -> None:
    old = put(tmp_path, 1.0)
    put(tmp_path, 2.0)
    (tmp_path / "current").write_text(f"{old.build}\n")
    assert Store.open(tmp_path).read("one")["value"].tolist() == [1.0]
    put(tmp_path, 3.0)
    assert Store.open(tmp_path).read("one")["value"].tolist() == [3.0]
    assert old.check() == []


def test_the_same_build_again_touches_nothing(tmp_path: Path) -> None:
    put(tmp_path, 1.0, build="same")
    before = everything(tmp_path)
    at = (tmp_path / "builds" / "same" / "one.parquet").stat().st_mtime_ns
    assert put(tmp_path, 1.0, build="same").build == "same"
    assert everything(tmp_path) == before
    assert (tmp_path / "builds" / "same" / "one.parquet").stat().st_mtime_ns == at


def test_another_build_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    old = put(tmp_path, 1.0, build="same")
    new = put(tmp_path, 2.0, build="same")
    assert new.build == "same-2"
    assert (old.check(), new.check()) == ([], [])
    assert Store.open(tmp_path).read("one")["value"].tolist() == [2.0]


@pytest.mark.parametrize("at", ["second table", "package", "rename", "pointer", "interrupt"])
def test_a_failure_leaves_the_old_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    put(tmp_path, 1.0)
    before = everything(tmp_path)
    error: type[BaseException] = KeyboardInterrupt if at == "interrupt" else OSError
    real = module._durable

    def fail(*_: Any, **__: Any) -> None:
        raise error(28, "No space left on device")

    def fail_at(name: str) -> Any:
        return lambda file, content: fail() if file.name == name else real(file, content)

    if at in ("second table", "interrupt"):
        monkeypatch.setattr(module, "_durable", fail_at("two.parquet"))
    elif at == "package":
        monkeypatch.setattr(module, "_durable", fail_at(module.PACKAGE))
    elif at == "rename":
        monkeypatch.setattr(Path, "rename", fail)
    else:
        monkeypatch.setattr(module.os, "replace", fail)
    with pytest.raises(KeyboardInterrupt if at == "interrupt" else CscdashError):
        put(tmp_path, 2.0)
    monkeypatch.undo()
    assert Store.open(tmp_path).read("one")["value"].tolist() == [1.0]
    left = set(everything(tmp_path)) - set(before)
    assert not [name for name in left if "unfinished" in name]
    if at != "pointer":  # the finished build may stay, unused
        assert everything(tmp_path) == before
    assert put(tmp_path, 3.0).read("one")["value"].tolist() == [3.0]


def test_a_table_that_is_not_as_it_should_be_is_not_written(tmp_path: Path) -> None:
    put(tmp_path, 1.0)
    before = everything(tmp_path)
    with pytest.raises(CscdashError, match="The extract one was not written: a row has a value"):
        write(tmp_path, {"one": table(1.0, status=["c"])}, lambda _: {}, {})
    assert everything(tmp_path) == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(CscdashError, match="cannot be written"):
        put(tmp_path / "file" / "store", 1.0)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"status": ["c", "ok"]}, "a row has a value and a status other than ok"),
        ({"status": ["ok", "ok"], "value": [1.0, None]}, "a row has a value and a status"),
        ({"value": [1.0, float("inf")]}, "value holds a number that is not finite"),
        ({"numerator": [float("nan"), None]}, "numerator holds a number that is not finite"),
        ({"status": ["?", "ok"], "value": [None, 1.0]}, "unknown status ?"),
        ({"flags": ["ex", ""]}, "unknown flag x"),
        ({"period": ["2000"] * 2, "period_end": [date(2000, 3, 31)] * 2}, "a cell stands twice"),
        ({"period": ["2000"] * 2, "area": ["330", "331"]}, "a period has two ends"),
    ],
)
def test_problems_are_named(columns: dict[str, list[Any]], said: str) -> None:
    (found,) = problems(table(1.0, 2.0, **columns))
    assert said in found


def test_problems_of_columns() -> None:
    assert problems(table(1.0)) == []
    assert "columns are" in problems(table(1.0).drop_columns(["flags"]))[0]
    plain = table(1.0)
    plain = plain.set_column(0, "area", plain["area"].cast(pa.string()))
    assert problems(plain) == ["column area is string, not dictionary<values=string, "
                               "indices=int32, ordered=0>"]  # fmt: skip
    nothing = table(1.0)
    flags = pa.array([None], SCHEMA.field("flags").type)
    nothing = nothing.set_column(9, pa.field("flags", flags.type), flags)
    assert problems(nothing) == ["column flags has empty cells"]
    assert problems(table()) == []


def test_check_finds_damage(tmp_path: Path) -> None:
    store = put(tmp_path, 1.0)
    file = store.path / "one.parquet"
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert Store.open(tmp_path).check() == ["one.parquet has changed since it was built"]
    file.write_bytes(content[: len(content) // 2])
    assert Store.open(tmp_path).check() == ["one.parquet has changed since it was built"]
    with pytest.raises(CscdashError, match=r"The extract one\.parquet cannot be read"):
        Store.open(tmp_path).read("one")
    file.unlink()
    assert Store.open(tmp_path).check() == ["one.parquet is missing"]
    with pytest.raises(CscdashError, match=r"The extract one\.parquet cannot be read"):
        Store.open(tmp_path).read("one")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": 1}', '{"resources": [{}]}'])
def test_a_damaged_package(tmp_path: Path, text: str) -> None:
    store = put(tmp_path, 1.0)
    (store.path / "datapackage.json").write_text(text)
    with pytest.raises(CscdashError, match=r"datapackage\.json"):
        Store.open(tmp_path).check()


@pytest.mark.parametrize("text", [b"", b"\n", b"..", b"../..", b".hidden", b"a/b", b"\xff\xfe"])
def test_a_damaged_pointer(tmp_path: Path, text: bytes) -> None:
    put(tmp_path, 1.0)
    (tmp_path / "current").write_bytes(text)
    with pytest.raises(CscdashError, match="holds no extracts"):
        Store.open(tmp_path)


def test_no_store_and_half_a_store(tmp_path: Path) -> None:
    with pytest.raises(CscdashError, match="holds no extracts"):
        Store.open(tmp_path / "nowhere")
    store = put(tmp_path, 1.0)
    shutil.rmtree(store.path)
    with pytest.raises(CscdashError, match="is incomplete"):
        Store.open(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_read_a_build(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert put(tmp_path, 1.0).path.stat().st_mode & 0o777 == 0o755
    finally:
        os.umask(before)


ENDLESS = """
import sys
from pathlib import Path
import pyarrow.parquet as pq
from cscdash.extracts import write
even, odd = (pq.read_table(file) for file in sys.argv[2:])
for at in range(1, 1_000_000):
    some = odd if at % 2 else even
    write(Path(sys.argv[1]), {"one": some, "two": some}, lambda id: {}, {"at": at}, f"b{at}")
    print(at, flush=True)
"""


def test_killing_a_build_leaves_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    files = []
    for name, value in (("even", 2.0), ("odd", 1.0)):
        files.append(tmp_path / f"{name}.parquet")
        module.pq.write_table(table(*[value] * 200), files[-1])
    for turn in cases(5, first=20250331):  # more: python -m tests.trials builds
        folder = tmp_path / f"store {turn}"
        command = [sys.executable, "-c", ENDLESS, str(folder), *map(str, files)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()  # the first build is current
            time.sleep(random.Random(turn).uniform(0, 0.08))
            process.kill()
            said = [1, *(int(line) for line in process.stdout.read().split())]
        store = Store.open(folder)
        assert store.check() == []
        at = store.package["at"]
        assert at in (said[-1], said[-1] + 1)
        assert store.build == f"b{at}"
        for id in ("one", "two"):
            assert store.read(id)["value"].tolist() == [1.0 if at % 2 else 2.0] * 200
        after = put(folder, 9.0)
        assert after.check() == []
        assert not list((folder / "builds").glob(".unfinished-*"))
