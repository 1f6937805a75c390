"""What local figures may be of: the catalogue's indicators, and measures of one's own.

Own measures are declared in a small TOML beside the local figures, with the catalogue's fields.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from cscdash.catalogue.declared import Slug
from cscdash.catalogue.models import Catalogue, Indicator, Listing, Standing
from cscdash.errors import CscdashError
from cscdash.local.row import Figure
from cscdash.local.table_columns import IndicatorNames

_LARGEST = 200_000  # bytes
_MOST = 100  # measures in a file
Name = Annotated[str, Field(min_length=1, max_length=60)]
Text = Annotated[str, Field(max_length=1_500)]


class OwnIndicator(Indicator):
    """A local, partner or experience measure.

    It has the fields of the catalogue's indicators, without sources. Beside them:

    Attributes
    ----------
    fills : str
        The gap of the catalogue on whose card it is shown, if any.
    breakdowns : dict
        Breakdown -> its categories: other words are taken for slips.
    base, wording : str
        For a survey: who was asked and how many answered, and the question as it was put.
    """

    title: Annotated[str, Field(min_length=1, max_length=160)]
    listed_in: Listing = "companion"
    standing: Standing = "gap"
    kind: Literal["process", "output", "outcome"] = "outcome"
    why: Text
    reading: Text
    limits: Text
    fills: Slug | Literal[""] = ""
    breakdowns: dict[Name, Annotated[list[Name], Field(max_length=40)]] = Field(
        default_factory=dict
    )
    base: Text = ""
    wording: Text = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.source or self.check:
            raise ValueError(f"{self.id}: an own measure has no `source` and no `check`")
        if self.standing != "gap":
            raise ValueError(f"{self.id}: leave out `standing`: an own measure is not published")
        return self


Categories = Mapping[str, frozenset[str]]  # breakdown -> its categories


@dataclass(frozen=True)
class Known:
    """What rows may be about.

    Attributes
    ----------
    measures : dict of str to Indicator
        By id: the catalogue's, and own ones.
    published : callable
        The breakdowns of an indicator, and their categories, as its extract holds them.
    repeats : callable
        Whether a figure is a published one.
    """

    measures: Mapping[str, Indicator]
    published: Callable[[str], Categories]
    repeats: Callable[[Figure], bool] = lambda _: False

    @cached_property
    def names(self) -> IndicatorNames:
        """The measures by every name that stands for one of them."""
        return IndicatorNames(self.measures)

    def categories(self, id: str) -> Categories:
        """The breakdowns of a measure and their categories, the total left out."""
        measure = self.measures[id]
        if isinstance(measure, OwnIndicator):
            return {name: frozenset(group) for name, group in measure.breakdowns.items()}
        return self.published(id)


def read_own(file: Path, catalogue: Catalogue) -> tuple[OwnIndicator, ...]:
    """The own measures that a TOML file declares.

    Raises
    ------
    CscdashError
        Naming the file, the measure and the field, if anything is missing, misspelt, or already
        the name of a published indicator.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise CscdashError(f"{file.name} is larger than 200 kB, so it was not read.")
        declared = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CscdashError(f"{file.name} cannot be read: {str(error)[:200]}.") from error
    tables = declared.pop("indicator", [])
    if declared or not isinstance(tables, list) or len(tables) > _MOST:
        raise CscdashError(f"{file.name} may hold [[indicator]] tables and nothing else.")
    found = tuple(_one(table, file.name) for table in tables)
    known = {indicator.id: indicator for indicator in catalogue.indicators}
    chapters = {chapter.id for chapter in catalogue.chapters}
    for own in found:
        if own.id in known:
            raise CscdashError(
                f"{file.name}: {own.id} is an indicator of the catalogue. Add figures to it"
                " without declaring it, or choose another id."
            )
        if own.chapter not in chapters:
            raise CscdashError(
                f"{file.name}: {own.id} needs a `chapter`: {', '.join(sorted(chapters))}."
            )
        if own.fills and (own.fills not in known or known[own.fills].standing != "gap"):
            raise CscdashError(f"{file.name}: {own.id} fills ‘{own.fills}’, which is no gap.")
    return found


def _one(table: object, name: str) -> OwnIndicator:
    try:
        return OwnIndicator.model_validate(table)
    except ValidationError as error:
        finding = error.errors()[0]
        id = str(table.get("id", "a measure"))[:60] if isinstance(table, dict) else "a measure"
        where = " › ".join(map(str, finding["loc"]))
        raise CscdashError(f"{name}: {id}: {where}: {finding['msg']}") from error
    except RecursionError as error:
        raise CscdashError(f"{name} is nested too deeply.") from error
