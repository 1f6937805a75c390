"""Local authorities, regions and England: codes old and new, names, and the days they existed."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from cscdash.errors import CscdashError
from cscdash.places.reference import REFERENCE, read_table

Level = Literal["authority", "subregion", "region", "country"]

_TEXTS = ("code", "gss", "name", "short", "region", "subregion", "kind")
_OTHERS = ("other_gss", "also", "level", "opened", "closed", "successors")
# What the outturn, Fingertips and others put behind a name.
_SUFFIX = re.compile(r" (ua|cc|mbc|region|region statistical)$")


@dataclass(frozen=True)
class Area:
    """One authority, subregion (Inner or Outer London), region, or England.

    ``code`` is the Department's three-digit number for an authority and the ONS code for any
    other area. ``gss`` is the latest ONS code and ``other_gss`` holds those it had before.
    ``also`` holds names under which other publishers print it. ``opened`` and ``closed`` are
    its first and last day, or None where it existed before the earliest, or exists after the
    latest, published figure.
    """

    code: str
    gss: str
    other_gss: tuple[str, ...]
    name: str
    short: str
    also: tuple[str, ...]
    level: Level
    region: str
    subregion: str
    kind: str
    opened: date | None
    closed: date | None
    successors: tuple[str, ...]


class Places:
    """Every area that a published figure may belong to.

    Attributes
    ----------
    areas : dict of str to Area
        By code.
    authorities, abolished : tuple of Area
        Authorities that exist now, and those that were abolished, by name.
    regions, subregions : tuple of Area
        The nine regions by name; Inner and Outer London.
    england : Area
        The country.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        """Index the areas; a code or a short name that two of them share is an error."""
        everyone = sorted(areas, key=lambda area: area.short)
        self.areas = _index((area.code, area) for area in everyone)
        levels = {
            level: tuple(area for area in everyone if area.level == level)
            for level in get_args(Level)
        }
        self.authorities = tuple(a for a in levels["authority"] if a.closed is None)
        self.abolished = tuple(a for a in levels["authority"] if a.closed is not None)
        self.regions = levels["region"]
        self.subregions = levels["subregion"]
        if len(levels["country"]) != 1:
            raise CscdashError("The table of areas must have one country: England.")
        (self.england,) = levels["country"]
        self._by_gss = _index((g, area) for area in everyone for g in (area.gss, *area.other_gss))
        self._by_name = _index(
            (_plain(name), area) for area in everyone for name in (area.short, *area.also)
        )
        # Official names come second: old and new Dorset share theirs, and the new one has it.
        for area in sorted(everyone, key=lambda area: area.closed is not None):
            self._by_name.setdefault(_plain(area.name), area)
        for area in everyone:
            for code in (area.region, area.subregion, *area.successors):
                if code:
                    self.area(code)

    def area(self, code: str) -> Area:
        """Give the area with this code; CscdashError with the nearest known one if none has it."""
        if code in self.areas:
            return self.areas[code]
        known = {**self._by_name, **self._by_gss, **self.areas}
        near = self.find(code)
        for key in difflib.get_close_matches(code, known, n=1):
            near = near or known[key]
        hint = f" Did you mean {near.code} ({near.short})?" if near else ""
        raise CscdashError(f"‘{code}’ is not the code of an area.{hint}")

    def by_gss(self, code: str) -> Area | None:
        """Give the area that has, or once had, this ONS code; None for any other code."""
        return self._by_gss.get(code)

    def find(self, name: str) -> Area | None:
        """Give the area with this name as any publisher writes it, or None if no area has it.

        Case, punctuation, ``&`` for ``and`` and suffixes such as ``UA`` make no difference;
        nothing is guessed. ``Dorset`` is the authority of today: the county before 2019 is
        found by its short name or by code.
        """
        return self._by_name.get(_plain(name))

    def members(self, code: str, day: date | None = None) -> tuple[Area, ...]:
        """List the authorities of a region, of half of London, or of England, by name.

        Today's, or those that existed on a day.

        An authority has no members: asking for them is a CscdashError, as is an unknown code.
        """
        area = self.area(code)
        if area.level == "authority":
            raise CscdashError(f"{area.short} is an authority, so no other is part of it.")
        everyone = self.authorities
        if day is not None:
            both = sorted((*everyone, *self.abolished), key=lambda one: one.short)
            everyone = tuple(one for one in both if self.existed(one.code, day))
        if area.level == "country":
            return everyone
        return tuple(a for a in everyone if code in (a.region, a.subregion))

    def existed(self, code: str, day: date) -> bool:
        """Whether the area existed on that day; always true for regions and England."""
        area = self.area(code)
        return (area.opened or date.min) <= day <= (area.closed or date.max)

    def before(self, code: str) -> tuple[Area, ...]:
        """List the abolished authorities whose area, or a part of it, passed to this one."""
        return tuple(area for area in self.abolished if code in area.successors)

    def region_of(self, code: str) -> Area:
        """Give the region of an authority or of half of London; other areas are their own."""
        area = self.area(code)
        return self.area(area.region) if area.region else area

    def shown_region_of(self, code: str) -> Area:
        """Give the region that is shown beside an authority: in London, its half of London."""
        area = self.area(code)
        return self.area(area.subregion) if area.subregion else self.region_of(code)

    def joint(self, text: str) -> tuple[str, ...]:
        """Split ``314 / 318`` into codes: the way a joint return names two authorities.

        One code gives one. A code that is not known is a CscdashError.
        """
        return tuple(self.area(code.strip()).code for code in text.split("/"))


def _plain(name: str) -> str:
    """Strip a name of case, punctuation, ``&`` and suffixes, for comparison only."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).strip()
    return _SUFFIX.sub("", words)


def _index(pairs: Iterable[tuple[str, Area]]) -> dict[str, Area]:
    """Make a dict of the pairs; two areas under one key are an error."""
    index: dict[str, Area] = {}
    for key, area in pairs:
        if index.setdefault(key, area) is not area:
            raise CscdashError(f"‘{key}’ stands for both {index[key].code} and {area.code}.")
    return index


def load(folder: Path = REFERENCE) -> Places:
    """Read ``areas.csv`` of a folder; CscdashError if it is missing or at odds with itself."""
    return Places(_area(row) for row in read_table(folder / "areas.csv", _TEXTS + _OTHERS))


def _area(row: dict[str, str]) -> Area:
    """Turn one row of the table into an Area."""
    levels: dict[str, Level] = {level: level for level in get_args(Level)}
    if row["level"] not in levels:
        raise CscdashError(f"areas.csv: {row['code']} has the unknown level ‘{row['level']}’.")
    try:
        opened, closed = (
            date.fromisoformat(row[c]) if row[c] else None for c in ("opened", "closed")
        )
    except ValueError as problem:
        raise CscdashError(f"areas.csv: {row['code']}: {problem}.") from None
    return Area(
        **{column: row[column] for column in _TEXTS},
        other_gss=tuple(row["other_gss"].split()),
        also=tuple(name.strip() for name in row["also"].split(";") if name.strip()),
        level=levels[row["level"]],
        opened=opened,
        closed=closed,
        successors=tuple(row["successors"].split()),
    )


@cache
def places() -> Places:
    """Give the areas of the project's own reference table, read once."""
    return load()
