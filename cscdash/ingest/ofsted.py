"""Ofsted's workbook of inspection outcomes: counts of judgements, and each latest inspection.

An authority keeps a judgement until its next inspection, so that for every 31 March the
history of inspections tells how many authorities held which. Only counts become observations.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.published_table import DERIVED, Column, Table, area_codes, missing_column
from cscdash.ingest.required_columns import Needs
from cscdash.places import Area, places
from cscdash.reading import read_workbook

JUDGEMENTS = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
TOTAL = "Total"
# before, some authorities had their latest judgement from a framework the history leaves out
_FIRST = 2023
_HISTORY = "ILACS_inspection_history"
_STANDING = re.compile(r"Inspections_(as_at_)?31_March(_\d{4})?")  # all that is there until 2024
_AS_AT = re.compile(r"as at 31 March (\d{4})\b", re.IGNORECASE)
_CODE, _NAME, _INSPECTED, _PUBLISHED, _KIND = (
    "Local authority area code",
    "Local authority name",
    "Inspection date",
    "Publication date",
    "Inspection type",
)


@dataclass(frozen=True)
class Inspection:
    """One inspection of one authority.

    Attributes
    ----------
    area : Area
        The authority.
    inspected : date
        The first day of the inspection.
    published : date or None
        When its report was published; None where the workbook does not say.
    judgements : mapping of str to str
        Heading -> judgement, as published; a heading that was not judged is left out.
    """

    area: Area
    inspected: date
    published: date | None
    judgements: Mapping[str, str]


@dataclass(frozen=True)
class History:
    """The inspections of a workbook, oldest first, the headings judged, and its 31 March.

    `first` is the first year for whose 31 March they tell how every authority stood.
    """

    inspections: tuple[Inspection, ...]
    headings: tuple[str, ...]
    year: int
    first: int = _FIRST

    def latest(self, year: int) -> dict[str, Inspection]:
        """Area code -> its latest inspection on 31 March, for authorities there on that day."""
        day = date(year, 3, 31)
        return {
            one.area.code: one
            for one in self.inspections
            if one.inspected <= day and places().existed(one.area.code, day)
        }


@dataclass(frozen=True)
class InspectionTable(Table):
    """The counts as a table, with the inspections behind them."""

    history: History = field(kw_only=True, compare=False, repr=False)


def read_ofsted(content: bytes, dataset: Dataset, needs: Needs, label: str) -> InspectionTable:
    """Count the authorities by latest judgement, for England and the regions.

    Parameters
    ----------
    content : bytes
        The ODS file.
    dataset : Dataset
        Its declaration.
    needs : Needs
        The columns that the catalogue needs, of the three below.
    label : str
        The file, for messages.

    Returns
    -------
    InspectionTable
        Columns ``heading`` (what was judged), ``judgement`` (one of four, or ``Total``) and
        ``authorities`` (how many held it), for each 31 March from 2023 to that of the file. No
        authority has a row; a judgement that no authority holds has a nought.

    Raises
    ------
    CscdashError
        If the file is damaged, or lacks the sheet, a column or a date, or names an authority or
        a judgement that we do not know.
    """
    renamed = {old: new for f in dataset.files for old, new in f.values.get("heading", {}).items()}
    history = read_history(content, label, renamed)
    number = {code: place for place, code in enumerate(area_codes())}
    rows = list(_counts(history))
    columns = {
        name: Column.of(row[place] for row in rows)
        for place, name in enumerate(("heading", "judgement", "authorities"), start=2)
    }
    for name in sorted(needs.columns - set(columns)):
        raise missing_column(label, name, columns)
    return InspectionTable(
        label=label,
        dataset=dataset.id,
        latest=history.year,
        area=np.array([number[row[0]] for row in rows], dtype=np.int32),
        time=Column.of(row[1] for row in rows),
        columns=columns,
        flags=np.full(len(rows), DERIVED, dtype=np.int8),
        line=np.arange(1, len(rows) + 1, dtype=np.int32),
        history=history,
    )


def latest_inspections(history: History, headings: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Each authority's latest inspection as plain dated text, for ``datapackage.json``.

    Parameters
    ----------
    history : History
        The inspections of the newest workbook.
    headings : iterable of str
        The headings that some indicator uses.

    Returns
    -------
    dict of str to dict
        Area code -> ``as_at``, ``date`` and, where known, ``published`` (ISO dates) and
        ``judgements`` (heading -> judgement as published).
    """
    return {
        code: {
            "as_at": date(history.year, 3, 31).isoformat(),
            "date": one.inspected.isoformat(),
            **({"published": one.published.isoformat()} if one.published else {}),
            "judgements": {h: one.judgements[h] for h in headings if h in one.judgements},
        }
        for code, one in sorted(history.latest(history.year).items())
    }


def _counts(history: History) -> Iterator[tuple[str, str, str, str, str]]:
    """Area, year, heading, judgement and how many authorities: every combination."""
    shown = (places().england, *places().regions, *places().subregions)
    for year in range(history.first, history.year + 1):
        held = history.latest(year).values()
        for area in shown:
            inside = [one for one in held if area.code in _above(one.area)]
            for heading in history.headings:
                judged = [one.judgements[heading] for one in inside if heading in one.judgements]
                for judgement in JUDGEMENTS:
                    yield area.code, str(year), heading, judgement, str(judged.count(judgement))
                yield area.code, str(year), heading, TOTAL, str(len(judged))


def _above(area: Area) -> tuple[str, ...]:
    return places().england.code, area.region, area.subregion


def read_history(content: bytes, label: str, renamed: Mapping[str, str] | None = None) -> History:
    """Read every inspection in the workbook.

    Until 2024 the workbook had no list of all inspections by date: then the last inspection of
    each authority is read, which tells of its own 31 March alone.

    Parameters
    ----------
    content : bytes
        The ODS file.
    label : str
        The file, for messages.
    renamed : mapping of str to str, optional
        Headings of older workbooks -> what they are called now.

    Raises
    ------
    CscdashError
        As `read_ofsted`.
    """
    known = read_workbook(content, label)
    sheet = _HISTORY if _HISTORY in known else next(filter(_STANDING.fullmatch, known), None)
    if sheet is None:
        raise CscdashError(f"{label} has no sheet ‘{_HISTORY}’. Download the workbook of Ofsted.")
    rows = known[sheet]
    where = f"{label}, sheet {sheet}"
    at, header = _header(rows, where, (_KIND, _CODE, _PUBLISHED) if sheet == _HISTORY else ())
    before = (_CODE, _NAME, _INSPECTED, _PUBLISHED, _KIND)
    first = 1 + max(header.index(name) for name in before if name in header)
    place = {name: header.index(name) for name in before if name in header}
    headings = {
        (renamed or {}).get(name, name): header.index(name) for name in header[first:] if name
    }
    inspections = [
        _inspection(row, place, headings, f"{where}, row {line + 1}")
        for line, row in enumerate(rows)
        if line > at
        and any(cell != "" for cell in row)
        and str(row[place[_INSPECTED]]).strip().casefold() != "not yet inspected"
    ]
    year = _year(known, label)
    if year < _FIRST or not inspections:
        raise CscdashError(f"{label} holds no inspections up to 31 March {_FIRST} or later.")
    inspections.sort(key=lambda one: (one.inspected, one.published or one.inspected))
    since = _FIRST if sheet == _HISTORY else year
    return History(tuple(inspections), tuple(headings), year, since)


def _header(rows: list[list[Any]], where: str, needed: Iterable[str]) -> tuple[int, list[str]]:
    """The row of column titles and its place; a title that we need and miss is an error."""
    for at, row in enumerate(rows):
        titles = [str(cell).strip() for cell in row]
        if _CODE in titles or _NAME in titles:
            for name in (_INSPECTED, *needed):
                if name not in titles:
                    raise missing_column(f"{where},", name, titles)
            return at, titles
    titles = [str(cell).strip() for row in rows[:10] for cell in row]
    raise missing_column(f"{where},", _CODE, titles)


def _inspection(
    row: list[Any], place: Mapping[str, int], headings: Mapping[str, int], where: str
) -> Inspection:
    text = str(row[place.get(_CODE, place.get(_NAME, 0))]).strip()
    area = places().by_gss(text) if _CODE in place else places().find(text)
    if area is None or area.level != "authority":
        raise CscdashError(
            f"{where}: ‘{text}’ is no authority that we know. If it is new, the app has to"
            " learn of it first."
        )
    judgements = {}
    for heading, at in headings.items():
        judgement = str(row[at]).strip()
        if judgement and judgement not in JUDGEMENTS:
            raise CscdashError(f"{where}, column {heading}: ‘{judgement}’ is not a judgement.")
        if judgement:
            judgements[heading] = judgement
    inspected = _day(row[place[_INSPECTED]], f"{where}, column {_INSPECTED}")
    published = None
    if _PUBLISHED in place:
        published = _day(row[place[_PUBLISHED]], f"{where}, column {_PUBLISHED}")
    return Inspection(area, inspected, published, judgements)


def _day(cell: Any, where: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    raise CscdashError(f"{where}: ‘{cell}’ is not a date.")


def _year(known: Mapping[str, list[list[Any]]], label: str) -> int:
    """The year of the 31 March in a title inside the workbook; its file name may be anything."""
    years = {
        int(found.group(1))
        for rows in known.values()
        for cell in (rows[0][:1] if rows else [])
        if (found := _AS_AT.search(str(cell)))
    }
    if len(years) != 1:
        raise CscdashError(f"{label} does not say, in its titles, as at which 31 March it stands.")
    return years.pop()
