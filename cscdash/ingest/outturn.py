"""Revenue outturn workbooks (RO3, RSX): one wide sheet of authorities, in £ thousand.

The layout moves between years; the machine codes of the columns (``RO3-csctot-tot-exp``) and the
word ``ONS Code`` above the areas do not, so those are what is looked for.
"""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import numpy as np

from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.published_table import Column, Table, area_codes, missing_column
from cscdash.ingest.required_columns import Needs
from cscdash.places import places
from cscdash.reading import read_workbook

_SHEET = re.compile(r"(RO\d|RSX)[ _]LA[ _]Data[ _](\d{4})[-_]?(\d{2})$", re.IGNORECASE)
_FRONT = "Front_Page"
_UPDATED = re.compile(
    r"(?:published|updated):?(?: on)? *(\d{1,2})(?:st|nd|rd|th)? (\w+) (\d{4})", re.IGNORECASE
)
_NOTE = re.compile(r"\[(note \d+|n)\]$", re.IGNORECASE)
_CODE = re.compile(r"(RO\d|RSX)-[a-z0-9-]+$", re.IGNORECASE)


def read_outturn(content: bytes, dataset: Dataset, needs: Needs, label: str) -> Table:
    """Read a revenue outturn workbook.

    Parameters
    ----------
    content : bytes
        The ODS file.
    dataset : Dataset
        Its declaration.
    needs : Needs
        The machine codes that the catalogue needs.
    label : str
        The file, for messages.

    Returns
    -------
    Table
        One row for each authority with children's services and one for England; the columns
        are the machine codes; the period is the financial year of the sheet's name.

    Raises
    ------
    CscdashError
        If the file is damaged, or lacks the sheet, a machine code or an authority.
    """
    named = read_workbook(content, label, f"(?i:{_SHEET.pattern}|{_FRONT}$)")
    front = named.pop(_FRONT, [])
    if len(named) != 1:
        raise CscdashError(
            f"{label} has no sheet named like ‘RO3_LA_Data_202425’. Download the workbook of"
            " data by local authority."
        )
    ((name, rows),) = named.items()
    years = _SHEET.match(name)
    period = f"{years.group(2)}/{years.group(3)}" if years else ""
    at, machine_codes = _columns(rows, needs.columns, label)
    code_column = _ons_column(rows, label)
    found: list[tuple[int, int]] = []  # area, row
    number = {code: place for place, code in enumerate(area_codes())}
    for line, row in enumerate(rows):
        area = places().by_gss(str(row[code_column]).strip())
        if area and area.level in ("authority", "country"):
            found.append((number[area.code], line))
    if not any(rows[line][code_column] == places().england.gss for _, line in found):
        raise CscdashError(f"{label}, sheet {name}: no row for England. Was the file cut off?")
    return Table(
        label=label,
        dataset=dataset.id,
        latest=int(period[:4]) + 1,
        area=np.array([area for area, _ in found], dtype=np.int32),
        time=Column.of(period for _ in found),
        columns={
            code: Column.of(_text(rows[line][place]) for _, line in found)
            for code, place in at.items()
        },
        flags=np.zeros(len(found), dtype=np.int8),
        line=np.array([line + 1 for _, line in found], dtype=np.int32),
        header=machine_codes,
        issued=_issued([*rows[:10], *front]),
    )


def _issued(rows: list[list[Any]]) -> date | None:
    """The day on which the workbook says that this issue was published."""
    for row in rows:
        if row and (said := _UPDATED.search(str(row[0]))):
            try:
                return datetime.strptime(" ".join(said.groups()), "%d %B %Y").date()
            except ValueError:
                return None
    return None


def _columns(
    rows: list[list[Any]], wanted: Collection[str], label: str
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each wanted machine code stands, if it does; and all that there are."""
    codes: dict[str, int] = {}
    for row in rows:
        if not any(_CODE.match(str(cell)) for cell in row[:12]):  # most rows: numbers only
            continue
        here = {str(cell): place for place, cell in enumerate(row) if _CODE.match(str(cell))}
        if len(here) > len(codes):
            codes = here
    there = {code: codes[code] for code in sorted(wanted) if code in codes}
    if not there:
        raise missing_column(label, min(wanted), codes)
    return there, tuple(codes)


def _ons_column(rows: list[list[Any]], label: str) -> int:
    for row in rows:
        for place, cell in enumerate(row[:10]):
            if str(cell).strip().lower() == "ons code":
                return place
    raise missing_column(label, "ONS Code", (str(cell) for row in rows[:15] for cell in row[:8]))


def _text(cell: Any) -> str:
    """A cell as text; a note in place of a number, or ‘no estimate’, is ‘not available’."""
    text = repr(cell) if isinstance(cell, int | float) else str(cell).strip()
    if _NOTE.match(text):
        return "x"
    return "z" if text.lower() == "[y]" else text
