"""Explore Education Statistics CSV files (and others that follow its standard)."""

import numpy as np
import pyarrow as pa

from cscdash.catalogue.publications import Dataset
from cscdash.ingest.cut_off import refuse_cut_off
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.old_names import published_columns, translations
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
from cscdash.ingest.required_columns import Needs
from cscdash.ingest.tidy_csv import tidy
from cscdash.places import places
from cscdash.reading import read_header, read_text

_WHO = ("geographic_level", "region_code", "old_la_code")
_WHEN = "time_period"


def read_ees(content: bytes, dataset: Dataset, needs: Needs, label: str) -> Table:
    """Read a CSV file of Explore Education Statistics.

    Parameters
    ----------
    content : bytes
        The file.
    dataset : Dataset
        Its declaration, with the names that older releases use.
    needs : Needs
        What the catalogue needs of it.
    label : str
        The file, for messages.

    Returns
    -------
    Table
        One row for each published row of England, a region or an authority; two for a joint
        return of two authorities. Rows of other levels are left out. A column that the file does
        not have is missed only when it is asked for.

    Raises
    ------
    UnusableError
        If the file is damaged, has none of the columns, or names an unknown area or period.
    """
    wanted = {*needs.columns, *dataset.flags}
    csv = tidy(content, (_WHEN, _WHO[0]), label)
    read_header(csv.content, label)
    real = dict(zip(csv.header, csv.published, strict=True))
    lower = {name.casefold(): name for name in csv.header}
    who = [name for name in _WHO if name in lower]
    if "geographic_level" not in who or _WHEN not in lower:
        raise missing_column(label, _WHEN if _WHEN not in lower else "geographic_level", csv.header)
    published = published_columns(csv.header, wanted, dataset)
    if not set(published) & needs.columns:
        raise missing_column(label, min(needs.columns), csv.header)
    asked = {**published, **{name: lower[name] for name in (*who, _WHEN)}}
    text = read_text(csv.content, {real[name] for name in asked.values()}, label)
    read = {name: _column(text[real[old]]) for name, old in asked.items()}
    line = np.arange(2, len(text) + 2, dtype=np.int32) + csv.above
    area, first, second = _areas({name: read[name] for name in who}, label, csv.above)
    rows = np.concatenate([first, second])
    order = np.argsort(rows, kind="stable")
    rows, area = rows[order], area[order]
    columns = {}
    for name in published:
        known = needs.known.get(name, frozenset())
        named = known or any(name in file.values for file in dataset.files)
        new = translations(read[name].words, name, known, dataset) if named else {}
        columns[name] = (read[name].renamed(new) if new else read[name]).take(rows)
    doubled = np.isin(rows, second)
    flags = np.where(doubled, JOINT, 0).astype(np.int8)
    for name, letters in dataset.flags.items():
        for word, letter in letters.items():
            if name in columns:
                flags[columns[name].is_one_of(word)] |= LETTERS[letter]
    table = Table(
        label=label,
        dataset=dataset.id,
        latest=latest_year(read[_WHEN].words, label),
        area=area,
        time=read[_WHEN].take(rows),
        columns=columns,
        flags=flags,
        line=line[rows],
        header=tuple(csv.header),
    )
    refuse_cut_off(table)
    return table


def _column(chunks: pa.ChunkedArray) -> Column:
    """A column of text, without spaces round its words."""
    column = Column.from_arrow(chunks)
    padded = {word: word.strip() for word in column.words if word != word.strip()}
    return column.renamed(padded) if padded else column


def _areas(who: dict[str, Column], label: str, above: int) -> tuple[Ints, Ints, Ints]:
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
            raise UnusableError(
                f"{label}, line {unknown[0] + 2 + above}, column {name}: no area ‘{word}’ is"
                " known. If it is new, the app has to learn of it first.",
                [label],
            )
    first = np.flatnonzero(area >= 0).astype(np.int32)
    second = np.flatnonzero(partner >= 0).astype(np.int32)
    if not len(first):
        raise UnusableError(f"{label} has no row of an area that we know.", [label])
    return np.concatenate([area[first], partner[second]]), first, second
