"""Files that are no good: one message each, with file, column and row, and never a value."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from cscdash.errors import CscdashError
from cscdash.reading import RETURN
from tests.unit.returns_written import EPISODES, census, child, counts, details, episode, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
from cscdash.returns.files import Read, read_folder

GOOD = [EPISODES, episode("A", "05/05/2024"), episode("B", "31/03/2025")]


def said(folder: Path) -> str:
    """What is said of the files that were left out, beside one that is good."""
    (folder / "good.csv").write_text("\n".join(GOOD))
    return " ".join(read_folder(folder).left_out)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("school.xml", "<School><Pupil>MARKER</Pupil></School>", "neither an SSDA903 nor"),
        ("annex_a.csv", "Child Unique ID,Gender\nMARKER,a\n", "none of the tables"),
        (
            "twice.csv",
            "CHILD,DECOM,DECOM,RNE,LS,PLACE,DEC,REC\nMARKER,,,,,,,\n",
            "two columns of one name",
        ),
        ("cut.xml", "<Message><Header>MARKER", "may have been cut off"),
        (
            "bomb.xml",
            '<!DOCTYPE m [<!ENTITY a "MARKER"><!ENTITY b "&a;&a;&a;">]><Message>&b;</Message>',
            "entities or a DOCTYPE",
        ),
        ("outside.xml", '<!DOCTYPE m SYSTEM "file:///etc/passwd"><Message/>', "DOCTYPE"),
        ("deep.xml", "<a>" * 5_000 + "</a>" * 5_000, "deep.xml"),
        (
            "renamed.csv",
            "CHILD,DECOM,RNE,LS,PLACE,ENDED,REC\nMARKER,,,,,,\n",
            "lacks the column DEC",
        ),
        ("list.xml", census("2025-03-31", "").replace("CIN<", "CLA<"), "no reference date"),
    ],
)
def test_a_file_that_is_no_good(tmp_path: Path, name: str, content: str, why: str) -> None:
    (tmp_path / name).write_text(content)
    found = said(tmp_path)
    assert why in found
    assert name in found
    assert "MARKER" not in found


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "large.xml").open("wb") as stream:
        stream.truncate(RETURN.content + 1)  # holes: takes no room on the disk
    assert "large.xml" in said(tmp_path)


def test_a_zip_of_zeros_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("episodes.csv", b"0" * 400_000_000)
    assert "z.zip" in said(tmp_path)


def test_excel_instead_of_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in GOOD:
        sheet.append(line.split(","))
    book.save(tmp_path / "episodes.xlsx")
    assert counts(tmp_path, "2025-03-31")["looked_after_number"][0] == 2


@pytest.mark.parametrize("coding", ["utf-8-sig", "cp1252"])
def test_another_coding(tmp_path: Path, coding: str) -> None:
    write(tmp_path, 2025, [episode("A", "05/05/2024")], {"A": "10/06/2014"})
    for file in (tmp_path / "2025").glob("*.csv"):
        file.write_bytes(file.read_text().encode(coding))
    assert counts(tmp_path, "2025-03-31")["looked_after_number"][0] == 2


def test_dates_that_cannot_be_are_counted_by_column(tmp_path: Path) -> None:
    rows = [*GOOD, episode("C", "31/02/2025"), episode("D", "01/01/1901"), episode("E", "")]
    rows.append(episode("F", "05/05/2024", end="04/05/2024", rec="E4A"))
    (tmp_path / "e.csv").write_text("\n".join(rows))
    read: Read = read_folder(tmp_path)
    assert read.dropped == {
        "episodes: DECOM is no date that can be": 2,
        "episodes: no start": 3,
        "episodes: the end lies before the start": 1,
    }
    assert len(read.care[0].rows) == 2


def test_a_folder_without_returns(tmp_path: Path) -> None:
    with pytest.raises(CscdashError, match="No file of an SSDA903"):
        read_folder(tmp_path)
    with pytest.raises(CscdashError, match="is not there"):
        read_folder(tmp_path / "none")


def test_an_unborn_child_and_a_namespace(tmp_path: Path) -> None:
    text = census("2025-03-31", child("A", details("2024-05-05"), born=""))
    (tmp_path / "c.xml").write_text(text.replace("<Message>", '<Message xmlns="urn:x">'))
    assert counts(tmp_path, "2025-03-31")["cin_rate"][0] == 1
