"""Statements in a folder: the newest first, and what is wrong with the others by name."""

from datetime import date
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.local.statements import LONGEST, of_chapter, parse, read_statements


def text(**changes: str) -> str:
    front = {
        "area": "383", "indicator": "repeat_referrals", "period": "2024/25", "role": "Director",
        "date": "2026-03-31", **changes,
    }  # fmt: skip
    words = front.pop("words", "We counted twice.")
    head = "\n".join(f"{name}: {said}" for name, said in front.items() if said)
    return f"---\n{head}\n---\n\n{words}\n"


def test_a_folder_is_read_newest_first_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(text(date="2026-01-31", words="Older."))
    (tmp_path / "b.md").write_text(text(words="Newer."))
    (tmp_path / "c.md").write_text("# no front matter")
    (tmp_path / "d.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "e.md").write_text("x" * 2_000_000)
    (tmp_path / ".hidden.md").write_text(text())
    (tmp_path / "note.txt").write_text(text())
    found, unread = read_statements(tmp_path, catalogue())
    assert [one.text for one in found] == ["Newer.", "Older."]
    assert [one.split(":")[0].split(" cannot")[0] for one in unread] == ["c.md", "d.md", "e.md"]
    assert "does not start with front matter" in unread[0]
    assert "is larger than" in unread[2]
    assert read_statements(tmp_path / "none", catalogue()) == ([], [])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (text(indicator="repeat_referral"), "`indicator` or `chapter` is missing"),
        (text(area="999"), "`area` is missing"),
        (text(date="31 March 2026"), "`date` is missing"),
        (text(role=""), "`role` is missing"),
        (text(words=" "), "it holds no words"),
        (text(words="x" * (LONGEST + 1)), "it is longer than"),
        (text().replace("\n---\n\n", "\n\n"), "between two lines of ---"),
    ],
)
def test_what_is_missing_is_said(content: str, says: str) -> None:
    with pytest.raises(CscdashError, match=says):
        parse(content, catalogue())


def test_a_whole_statement() -> None:
    found = parse(text(words="x" * LONGEST).replace("\n", "\r\n"), catalogue())
    assert (found.area, found.about, found.period, found.role, found.date) == (
        "383", "repeat_referrals", "2024/25", "Director", date(2026, 3, 31),
    )  # fmt: skip
    assert len(found.text) == LONGEST


def test_a_chapter_has_its_own_statements_and_those_of_its_indicators() -> None:
    known = catalogue()
    chapter = known.indicator("repeat_referrals").chapter
    elsewhere = next(i for i in known.indicators if i.chapter != chapter)
    of_it, of_another, of_chapter_, of_area = (
        parse(content, known)
        for content in (
            text(), text(indicator=elsewhere.id), text(indicator="", chapter=chapter),
            text(area="330"),
        )
    )  # fmt: skip
    every = [of_it, of_another, of_chapter_, of_area]
    assert of_chapter(every, chapter, "383", known) == [of_it, of_chapter_]
