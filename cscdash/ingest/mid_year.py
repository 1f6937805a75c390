"""The workbook of mid-year estimates of the Office for National Statistics: ages one by one."""

import re
from typing import Any

import numpy as np

from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.cut_off import refuse_cut_off
from cscdash.ingest.published_table import Column, Table, area_codes, missing_column
from cscdash.ingest.required_columns import POPULATION_COLUMN, Needs
from cscdash.places import places
from cscdash.reading import read_workbook

_SHEET = "MYE2 - Persons"
_YEAR = re.compile(r"\bmid-(\d{4})\b", re.IGNORECASE)
_AGES = [str(age) for age in range(18)]


def read_mid_year(content: bytes, dataset: Dataset, needs: Needs, label: str) -> Table:
    """Add up the children aged 0 to 17 of every area.

    Parameters
    ----------
    content : bytes
        The workbook.
    dataset : Dataset
        Its declaration.
    needs : Needs
        The columns that the catalogue needs: the one below.
    label : str
        The file, for messages.

    Returns
    -------
    Table
        Column ``population_estimate``; one row for England, each region (Inner and Outer London
        are the sums of their boroughs) and each authority with children's services. The period
        is the year in the sheet's title.

    Raises
    ------
    CscdashError
        If the file is damaged, or lacks the sheet, its year, an age or many authorities.
    """
    rows = read_workbook(content, label, re.escape(_SHEET) + "$").get(_SHEET)
    if not rows:
        raise CscdashError(
            f"{label} has no sheet ‘{_SHEET}’. Download the workbook of mid-year estimates."
        )
    year = _YEAR.search(" ".join(str(cell) for row in rows[:3] for cell in row))
    if year is None:
        raise CscdashError(f"{label}, sheet {_SHEET}, does not say in its title of which year.")
    at, titles = _header(rows, label)
    ages = [titles.index(age) for age in _AGES]
    code = titles.index("Code")
    found: dict[str, tuple[int, int]] = {}  # area -> children, line
    for line, row in enumerate(rows[at + 1 :], start=at + 2):
        area = places().by_gss(str(row[code]).strip())
        if area is not None:
            found[area.code] = (_children(row, ages, f"{label}, sheet {_SHEET}, row {line}"), line)
    for part in places().subregions:
        boroughs = [found[a.code] for a in places().authorities
                    if a.subregion == part.code and a.code in found]  # fmt: skip
        if boroughs:
            found[part.code] = (sum(number for number, _ in boroughs), boroughs[0][1])
    place = {area: at for at, area in enumerate(area_codes())}
    table = Table(
        label=label,
        dataset=dataset.id,
        latest=int(year.group(1)),
        area=np.array([place[area] for area in found], dtype=np.int32),
        time=Column.of(year.group(1) for _ in found),
        columns={POPULATION_COLUMN: Column.of(str(number) for number, _ in found.values())},
        flags=np.zeros(len(found), dtype=np.int8),
        line=np.array([line for _, line in found.values()], dtype=np.int32),
    )
    refuse_cut_off(table)
    return table


def _header(rows: list[list[Any]], label: str) -> tuple[int, list[str]]:
    """The row of column titles and its place."""
    for at, row in enumerate(rows[:40]):
        titles = [_title(cell) for cell in row]
        if "Code" in titles:
            for age in _AGES:
                if age not in titles:
                    raise missing_column(f"{label}, sheet {_SHEET},", age, titles)
            return at, titles
    raise missing_column(f"{label}, sheet {_SHEET},", "Code", ())


def _title(cell: Any) -> str:
    """A column title; an age may be a number."""
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def _children(row: list[Any], ages: list[int], where: str) -> int:
    cells = [row[at] for at in ages]
    if not all(isinstance(cell, int | float) for cell in cells):
        raise CscdashError(f"{where}: an age has no number.")
    return int(sum(cells))
