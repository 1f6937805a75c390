"""The catalogue: chapters, indicators and sources, declared in TOML and checked when loaded."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cscdash.catalogue.context import Context, ContextMeasure
from cscdash.catalogue.models import Catalogue, Chapter, Indicator
from cscdash.catalogue.publications import Publication
from cscdash.catalogue.sources import Source
from cscdash.catalogue.unloaded import Unloaded
from cscdash.errors import CscdashError

__all__ = [
    "Catalogue",
    "Chapter",
    "Context",
    "ContextMeasure",
    "Indicator",
    "Publication",
    "Source",
    "Unloaded",
    "catalogue",
    "context",
    "load",
    "load_context",
]

HERE = Path(__file__).parent


def load(folder: Path = HERE) -> Catalogue:
    """Read and check a catalogue.

    Parameters
    ----------
    folder : Path
        Holds ``sources.toml``, ``pandemic.toml`` and ``chapters/*.toml``, one chapter each; where
        there are any, ``shares.toml`` and ``unloaded.toml``.

    Raises
    ------
    CscdashError
        Naming the file, and the field, if anything is missing, misspelt or inconsistent.
    """
    pandemic = _read(folder / "pandemic.toml")
    chapters: list[dict[str, Any]] = []
    for file in sorted((folder / "chapters").glob("*.toml")):
        declared = _read(file)
        chapter = declared.pop("chapter", {})
        indicators = declared.pop("indicator", [])
        if declared:
            raise CscdashError(f"{file.name}: unknown table ‘{next(iter(declared))}’.")
        for indicator in indicators:
            indicator["chapter"] = chapter.get("id", "")
            indicator["disturbed"] = pandemic
        chapters.append({**chapter, "indicators": indicators})
    sources = _tables(folder / "sources.toml", "publication")
    shares = folder / "shares.toml"  # only the demonstration needs it
    unloaded = folder / "unloaded.toml"  # absent where all that is known is loaded
    chapters.sort(key=_order)
    try:
        return Catalogue.model_validate(
            {
                "chapters": chapters,
                "publications": sources,
                "shares": _read(shares) if shares.is_file() else {},
                "unloaded": _tables(unloaded, "file") if unloaded.is_file() else [],
            }
        )
    except ValidationError as error:
        raise CscdashError(
            f"The catalogue does not hold together: {_first(error, chapters)}"
        ) from error


def load_context(folder: Path = HERE) -> Context:
    """Read and check ``context.toml`` of a folder.

    Raises
    ------
    CscdashError
        Naming the measure and the field, if anything is missing, misspelt or declared twice.
    """
    declared = _read(folder / "context.toml")
    declared["measures"] = declared.pop("measure", [])
    try:
        return Context.model_validate(declared)
    except ValidationError as error:
        finding = error.errors()[0]
        where = [*finding["loc"]]
        if where[:1] == ["measures"] and len(where) > 1:
            where[:2] = [str(declared["measures"][int(where[1])].get("id", where[1]))]
        raise CscdashError(
            f"context.toml does not hold together: {' › '.join(map(str, where))}: {finding['msg']}"
        ) from error


def _tables(file: Path, name: str) -> list[dict[str, Any]]:
    """The tables of the one name that a file may hold."""
    found = _read(file)
    if unknown := sorted(set(found) - {name}):
        raise CscdashError(f"{file.name}: unknown table ‘{unknown[0]}’.")
    tables: list[dict[str, Any]] = found.get(name, [])
    return tables


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CscdashError(f"{file.name} cannot be read: {error}.") from error


def _order(chapter: dict[str, Any]) -> int:
    """Where a chapter stands; one without a whole number is refused a moment later."""
    order = chapter.get("order")
    return order if isinstance(order, int) else 0


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


@cache
def context() -> Context:
    """The project's own declaration of context measures, loaded once per process."""
    return load_context()
