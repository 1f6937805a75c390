"""Explore Education Statistics CSV files (and others that follow its standard)."""

import numpy as np

from cscdash.catalogue.models import Dataset, File
from cscdash.errors import CscdashError
from cscdash.ingest.published_table import (
    JOINT,
    LETTERS,
    Column,
    Ints,
    Table,
    area_codes,
    latest_year,
    missing_column,
)
from cscdash.places import places
from cscdash.reading import read_header, read_text

_WHO = ("geographic_level", "region_code", "old_la_code")
_WHEN = "time_period"


def read_ees(
    content: bytes, dataset: Dataset, files: list[File], wanted: set[str], label: str
) -> Table:
    """Read a CSV file of Explore Education Statistics.

    Parameters
    ----------
    content : bytes
        The file.
    dataset : Dataset
        Its declaration.
    files : list of File
        The vintages of this name; the first whose columns are all there is used.
    wanted : set of str
        The columns that the catalogue needs, under the catalogue's names.
    label : str
        The file, for messages.

    Returns
    -------
    Table
        One row for each published row of England, a region or an authority; two for a joint
        return of two authorities. Rows of other levels are left out.

    Raises
    ------
    CscdashError
        If the file is damaged, lacks a column, or names an unknown area or period.
    """
    header = read_header(content, label)
    needed = wanted | set(dataset.flags)
    vintage = _vintage(header, files, needed, label)
    back = {new: old for old, new in vintage.columns.items()}
    published = {name: back.get(name, name) for name in needed}
    who = [name for name in _WHO if name in header]
    if "geographic_level" not in who or _WHEN not in header:
        raise missing_column(label, _WHEN if _WHEN not in header else "geographic_level", header)
    text = read_text(content, {*published.values(), *who, _WHEN}, label)
    line = np.arange(2, len(text) + 2, dtype=np.int32)
    area, first, second = _areas({name: Column.from_arrow(text[name]) for name in who}, label)
    rows = np.concatenate([first, second])
    order = np.argsort(rows, kind="stable")
    rows, area = rows[order], area[order]
    columns = {
        name: Column.from_arrow(text[old]).renamed(vintage.values.get(name, {})).take(rows)
        if name in vintage.values
        else Column.from_arrow(text[old]).take(rows)
        for name, old in published.items()
    }
    time = Column.from_arrow(text[_WHEN])
    doubled = np.isin(rows, second)
    flags = np.where(doubled, JOINT, 0).astype(np.int8)
    for name, letters in dataset.flags.items():
        for word, letter in letters.items():
            flags[columns[name].is_one_of(word)] |= LETTERS[letter]
    return Table(
        label=label,
        dataset=dataset.id,
        latest=latest_year(time.words, label),
        area=area,
        time=time.take(rows),
        columns=columns,
        flags=flags,
        line=line[rows],
    )


def _vintage(header: list[str], files: list[File], needed: set[str], label: str) -> File:
    """The first vintage under which the file has every column that is needed."""
    have: set[str] = set()
    for file in files:
        translated = {file.columns.get(name, name) for name in header}
        if set(file.columns) <= set(header) and needed <= translated:
            return file
        have |= translated
    lacking = sorted(needed - {files[0].columns.get(name, name) for name in header})
    raise missing_column(label, lacking[0] if lacking else sorted(needed)[0], header)


def _areas(who: dict[str, Column], label: str) -> tuple[Ints, Ints, Ints]:
    """For each row its area; the rows that are kept, and those that stand for a second area."""
    number = {code: place for place, code in enumerate(area_codes())}
    level = who["geographic_level"]
    total = len(level.codes)
    area = np.full(total, -1, dtype=np.int32)
    partner = np.full(total, -1, dtype=np.int32)
    area[level.is_one_of("National")] = number[places().england.code]
    for name, kind in (("region_code", "Regional"), ("old_la_code", "Local authority")):
        at = level.is_one_of(kind)
        if not at.any():
            continue
        if name not in who:
            raise missing_column(label, name, who)
        column = who[name]
        one = np.full(len(column.words), -1, dtype=np.int32)
        two = np.full(len(column.words), -1, dtype=np.int32)
        for place, word in enumerate(column.words):
            codes = [code.strip() for code in word.split("/")]
            if len(codes) <= 2 and all(code in number for code in codes):
                one[place] = number[codes[0]]
                two[place] = number[codes[1]] if len(codes) == 2 else -1
        area[at], partner[at] = one[column.codes[at]], two[column.codes[at]]
        unknown = np.flatnonzero(at & (area < 0))
        if len(unknown):
            word = column.words[column.codes[unknown[0]]]
            raise CscdashError(
                f"{label}, line {unknown[0] + 2}, column {name}: no area ‘{word}’ is known. If it"
                " is new, the app has to learn of it first."
            )
    first = np.flatnonzero(area >= 0).astype(np.int32)
    second = np.flatnonzero(partner >= 0).astype(np.int32)
    if not len(first):
        raise CscdashError(f"{label} has no row of an area that we know.")
    return np.concatenate([area[first], partner[second]]), first, second
