"""Written statements: an authority's own words beside its figures, from ``data/statements/*.md``.

A file starts with front matter between two lines of three hyphens (area, chapter or indicator,
period, role of the author, date), and the words follow. They are shown as they were typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.local.folder_files import files_in
from cscdash.local.uploaded_tables import tidy
from cscdash.places import places
from cscdash.settings import settings

LONGEST = 3_000  # characters of a statement
_LARGEST = 40_000  # bytes of a file


@dataclass(frozen=True)
class Statement:
    """A statement.

    Attributes
    ----------
    area : str
        The code of the area whose words they are.
    about : str
        The id of a chapter or of an indicator.
    period, role : str
        What time it is about, and the role of the author (no name).
    date : date
        When it was written.
    text : str
        The words; paragraphs are kept.
    """

    area: str
    about: str
    period: str
    role: str
    date: date
    text: str


def folder() -> Path:
    """The folder of statements: ``CSCDASH_STATEMENTS``, or ``data/statements``."""
    return settings().statements


def read_statements(folder: Path, catalogue: Catalogue) -> tuple[list[Statement], list[str]]:
    """All statements of a folder, newest first, and why others could not be used."""
    found, unread = [], []
    for file in files_in(folder, ".md"):
        try:
            if file.stat().st_size > _LARGEST:
                raise CscdashError(f"it is larger than {_LARGEST // 1000} kB")
            found.append(parse(file.read_text(encoding="utf-8-sig"), catalogue))
        except (OSError, ValueError) as error:
            unread.append(f"{file.name} cannot be read: {str(error)[:120]}.")
        except CscdashError as error:
            unread.append(f"{file.name}: {error}.")
    return sorted(found, key=lambda one: one.date, reverse=True), unread


def parse(content: str, catalogue: Catalogue) -> Statement:
    """A statement from the content of its file.

    Raises
    ------
    CscdashError
        Naming the field that is missing or wrong, without full stop.
    """
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:20]]:
        raise CscdashError("it does not start with front matter between two lines of ---")
    end = [line.strip() for line in lines].index("---", 1)
    said: dict[str, str] = {}
    for line in lines[1:end]:
        name, mark, text = line.partition(":")
        if mark:
            said[tidy(name).lower()] = tidy(text)[:120]
    about = said.get("about") or said.get("indicator") or said.get("chapter") or ""
    known = {chapter.id for chapter in catalogue.chapters}
    known |= {indicator.id for indicator in catalogue.indicators}
    if about not in known:
        raise CscdashError("`indicator` or `chapter` is missing, or not one we know")
    if said.get("area", "") not in places().areas:
        raise CscdashError("`area` is missing, or not the code of an area")
    try:
        day = date.fromisoformat(said.get("date", ""))
    except ValueError:
        raise CscdashError("`date` is missing, or not written as 2026-03-31") from None
    if not said.get("role"):
        raise CscdashError("`role` is missing: the role of the author, such as Director")
    text = "\n".join(tidy(line) for line in lines[end + 1 :]).strip()
    if not text:
        raise CscdashError("it holds no words")
    if len(text) > LONGEST:
        raise CscdashError(f"it is longer than {LONGEST:,} characters: please shorten it")
    return Statement(said["area"], about, said.get("period", ""), said["role"], day, text)


def written(statement: Statement, catalogue: Catalogue) -> str:
    """The file of a statement, checked as one that is read.

    Raises
    ------
    CscdashError
        If it could not be read again.
    """
    chapters = {chapter.id for chapter in catalogue.chapters}
    what = "chapter" if statement.about in chapters else "indicator"
    front = {
        "area": statement.area,
        what: statement.about,
        "period": statement.period,
        "role": statement.role,
        "date": statement.date.isoformat(),
    }
    head = "\n".join(f"{name}: {tidy(text)}" for name, text in front.items())
    text = f"---\n{head}\n---\n\n{statement.text.strip()}\n"
    parse(text, catalogue)
    return text


def of_chapter(
    statements: Iterable[Statement], chapter: str, area: str, catalogue: Catalogue
) -> list[Statement]:
    """The statements of an area about a chapter or one of its indicators."""
    about = {chapter, *(indicator.id for indicator in catalogue.chapter(chapter).indicators)}
    return [one for one in statements if one.area == area and one.about in about]
