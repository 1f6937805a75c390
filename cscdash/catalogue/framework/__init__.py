"""The framework's texts in our own words: declared in CSV and TOML, checked when loaded."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cscdash.catalogue.framework.models import (
    CHAPTERS,
    Choice,
    Entry,
    Expectation,
    Framework,
    Plain,
    Statement,
    Term,
)
from cscdash.errors import CscdashError

__all__ = [
    "CHAPTERS",
    "Choice",
    "Entry",
    "Expectation",
    "Framework",
    "Plain",
    "Statement",
    "Term",
    "framework",
    "load_framework",
]

HERE = Path(__file__).parent
_WHOLE = (
    "purpose", "document", "status", "principle", "service", "long_term", "use", "credit",
    "numbering",
)  # fmt: skip
_CHOICES = ("part", "me", "topic", "group", "agency", "need", "holder")


def load_framework(folder: Path = HERE) -> Framework:
    """Read and check the framework's texts.

    Parameters
    ----------
    folder : Path
        Holds ``expectations.csv``, ``glossary.csv``, ``synonyms.csv``, ``promises.csv``,
        ``register.csv``, ``framework.toml``, ``choices.toml``, ``guidance.toml`` and
        ``plain.toml``.

    Raises
    ------
    CscdashError
        Naming the field, if anything is missing, misspelt or inconsistent.
    """
    whole = _toml(folder, "framework.toml", _WHOLE)
    choices = _toml(folder, "choices.toml", _CHOICES)
    try:
        return Framework.model_validate(
            {
                "purpose": whole["purpose"],
                "documents": whole["document"],
                "status": whole["status"],
                "numbering": whole["numbering"],
                "principles": whole["principle"],
                "services": whole["service"],
                "long_term": whole["long_term"],
                "uses": whole["use"],
                "credits": whole["credit"],
                "expectations": _csv(folder, "expectations.csv"),
                "terms": _csv(folder, "glossary.csv"),
                "synonyms": _csv(folder, "synonyms.csv"),
                "promises": _csv(folder, "promises.csv"),
                "register_": _csv(folder, "register.csv"),
                "guidance": _toml(folder, "guidance.toml", ("guidance",))["guidance"],
                "plain": _toml(folder, "plain.toml", ("page",))["page"],
                "parts": choices["part"],
                "roles": choices["me"],
                "topics": choices["topic"],
                "groups": choices["group"],
                "agencies": choices["agency"],
                "needs": choices["need"],
                "holders": choices["holder"],
            }
        )
    except KeyError as error:
        raise CscdashError(f"The framework's texts lack the table ‘{error.args[0]}’.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " › ".join(map(str, first["loc"]))
        raise CscdashError(
            f"The framework's texts do not hold together: {where} {first['msg']}"
        ) from error


@cache
def framework() -> Framework:
    """The project's own texts, loaded once per process."""
    return load_framework()


def _toml(folder: Path, name: str, tables: tuple[str, ...]) -> dict[str, Any]:
    try:
        with (folder / name).open("rb") as stream:
            found = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CscdashError(f"{name} cannot be read: {error}.") from error
    for table in found:
        if table not in tables:
            raise CscdashError(f"{name}: unknown table ‘{table}’.")
    return found


def _csv(folder: Path, name: str) -> list[dict[str, str]]:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CscdashError(f"{name} cannot be read: {error}.") from error
