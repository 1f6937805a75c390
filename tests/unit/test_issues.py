"""Which of two issues is the older: what is asked, in which order."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cscdash.ingest.issues import name_date, older_of
from cscdash.ingest.published_files import Found, find_files


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("lait/2024-11/bds_long_0.parquet", date(2024, 11, 1)),
        ("lait_2025-07-14.parquet", date(2025, 7, 14)),
        ("LAIT November 2024/bds_long_0.parquet", date(2024, 11, 1)),
        ("bds_3rd_Dec_2024.parquet", date(2024, 12, 3)),
        ("release 20250714.zip › bds_long_0.parquet", date(2025, 7, 14)),
        ("RO3_2023-24_data_by_LA.ods", None),
        ("RO3_2011-12_data_by_LA.ods", None),
        ("b1_children_in_need_2013_to_2025.csv", None),
        ("absence_2025-31.csv", None),
    ],
)
def test_the_date_in_a_name(label: str, day: date | None) -> None:
    assert name_date(label) == day


def older(folder: Path, prefer: tuple[str, ...] = (), **issued: Any) -> tuple[str, str]:
    files = {one.label: one for one in find_files(folder)[0]}
    tables: Any = {label: _Table(issued.get(Path(label).stem)) for label in files}
    return older_of(sorted(files), tables, files, prefer)


class _Table:
    def __init__(self, issued: date | None) -> None:
        self.issued = issued


def written(file: Path, at: int, content: bytes = b"") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (at, at))


def test_what_decides_and_in_which_order(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", 2_000)
    written(tmp_path / "b.csv", 1_000)
    left, how = older(tmp_path)
    assert (left, "--prefer" in how) == ("b.csv", True)
    assert older(tmp_path, ("b.c",)) == ("a.csv", "as another is preferred")
    assert older(tmp_path, ("csv",))[0] == "b.csv"  # both are preferred: the next sign decides
    left, how = older(tmp_path, a=date(2025, 9, 4), b=date(2025, 12, 4))
    assert (left, how) == ("a.csv", "the older by the date in it")


def test_names_and_versions(tmp_path: Path) -> None:
    written(tmp_path / "2024-11" / "bds.csv", 2_000)
    written(tmp_path / "2025-02" / "bds.csv", 1_000)
    assert older(tmp_path) == ("2024-11/bds.csv", "the older by the date in its name")
    written(tmp_path / "more" / "ks4.csv", 2_000)
    written(tmp_path / "more" / "ks4_v2.csv", 1_000)
    assert older(tmp_path / "more") == ("ks4.csv", "the older by its name")


def test_properties_of_a_workbook_and_dates_in_a_zip(tmp_path: Path) -> None:
    for name, day, at in (("a", "2025-09-04", 2_000), ("b", "2025-12-04", 1_000)):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(
                "docProps/core.xml", f"<dcterms:modified xsi:type='x'>{day}T09:30:00Z<"
            )
        written(tmp_path / "books" / f"{name}.xlsx", at, stream.getvalue())
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            year, month, dated = (int(part) for part in day.split("-"))
            archive.writestr(zipfile.ZipInfo("ks4.csv", (year, month, dated, 9, 30, 0)), "")
    assert older(tmp_path / "books") == ("a.xlsx", "the older by the workbook's own properties")
    (tmp_path / "books" / "a.xlsx").unlink()
    (tmp_path / "books" / "b.xlsx").unlink()
    assert older(tmp_path) == ("a.zip › ks4.csv", "the older by its date in the zip")


def test_a_zip_within_a_zip_and_no_deeper(tmp_path: Path, make: Any) -> None:
    deepest = make.zip({"c.csv": b"3"})
    inside = make.zip({"b.csv": b"2", "deep.zip": deepest, "__MACOSX/._b.csv": b"x"})
    (tmp_path / "all.zip").write_bytes(make.zip({"data/inside.zip": inside, "a.csv": b"1"}))
    found, left_out = find_files(tmp_path)
    assert left_out == []
    assert {one.label: one.content() for one in found} == {
        "all.zip › a.csv": b"1",
        "all.zip › data/inside.zip › b.csv": b"2",
    }
    assert {isinstance(one, Found) for one in found} == {True}
    climbing = make.zip({"../b.csv": b"2"})
    (tmp_path / "all.zip").write_bytes(make.zip({"inside.zip": climbing}))
    found, (refused,) = find_files(tmp_path)
    assert found == []
    assert "leads outside it" in refused.words
