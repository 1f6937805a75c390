"""The catalogue: chapters, indicators and sources, declared in TOML and checked when loaded."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cscdash.catalogue.models import Catalogue, Chapter, Indicator, Publication, Source
from cscdash.errors import CscdashError

__all__ = ["Catalogue", "Chapter", "Indicator", "Publication", "Source", "catalogue", "load"]

HERE = Path(__file__).parent


def load(folder: Path = HERE) -> Catalogue:
    """Read and check a catalogue.

    Parameters
    ----------
    folder : Path
        Holds ``sources.toml`` and ``chapters/*.toml``, one chapter each.

    Raises
    ------
    CscdashError
        Naming the file, and the field, if anything is missing, misspelt or inconsistent.
    """
    chapters: list[dict[str, Any]] = []
    for file in sorted((folder / "chapters").glob("*.toml")):
        declared = _read(file)
        chapter = declared.pop("chapter", {})
        indicators = declared.pop("indicator", [])
        if declared:
            raise CscdashError(f"{file.name}: unknown table ‘{next(iter(declared))}’.")
        for indicator in indicators:
            indicator["chapter"] = chapter.get("id", "")
        chapters.append({**chapter, "indicators": indicators})
    sources = _read(folder / "sources.toml")
    chapters.sort(key=lambda chapter: chapter.get("order", 0))
    try:
        return Catalogue.model_validate(
            {"chapters": chapters, "publications": sources.get("publication", [])}
        )
    except ValidationError as error:
        raise CscdashError(
            f"The catalogue does not hold together: {_first(error, chapters)}"
        ) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CscdashError(f"{file.name} cannot be read: {error}.") from error


def _first(error: ValidationError, chapters: list[dict[str, Any]]) -> str:
    """The first finding in words, with ids in place of positions."""
    finding = error.errors()[0]
    where = list(finding["loc"])
    if where[:1] == ["chapters"] and len(where) > 1:
        chapter = chapters[int(where[1])]
        names = [str(chapter.get("id", where[1]))]
        rest = where[2:]
        if rest[:1] == ["indicators"] and len(rest) > 1:
            names.append(str(chapter["indicators"][int(rest[1])].get("id", rest[1])))
            rest = rest[2:]
        where = [*names, *rest]
    return f"{' › '.join(map(str, where))}: {finding['msg']}"


@cache
def catalogue() -> Catalogue:
    """The project's own catalogue, loaded once per process."""
    return load()
