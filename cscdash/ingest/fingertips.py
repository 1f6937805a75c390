"""Indicator files of the Office for Health Improvement and Disparities' Fingertips."""

import numpy as np

from cscdash.catalogue.publications import Dataset
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.old_names import published_columns
from cscdash.ingest.published_table import Column, Table, area_codes, latest_year, missing_column
from cscdash.ingest.required_columns import Needs
from cscdash.ingest.tidy_csv import tidy
from cscdash.places import places
from cscdash.reading import read_header, read_text

_AREA, _TIME = "Area Code", "Time period"


def read_fingertips(content: bytes, dataset: Dataset, needs: Needs, label: str) -> Table:
    """Read a Fingertips indicator file.

    Returns
    -------
    Table
        The rows of England, the nine regions and the authorities; districts, partnerships and
        groups of areas are left out. A blank value is ``x``.

    Raises
    ------
    UnusableError
        If the file is damaged or lacks a column.
    """
    csv = tidy(content, (_AREA, _TIME), label)
    read_header(csv.content, label)
    real = dict(zip(csv.header, csv.published, strict=True))
    asked = {_AREA: _AREA, _TIME: _TIME, **published_columns(csv.header, needs.columns, dataset)}
    for name in (_AREA, _TIME, *sorted(needs.columns)):
        if asked.get(name) not in real:
            raise missing_column(label, name, csv.header)
    text = read_text(csv.content, {real[name] for name in asked.values()}, label)
    read = {name: Column.from_arrow(text[real[old]]) for name, old in asked.items()}
    codes = read[_AREA]
    number = {code: place for place, code in enumerate(area_codes())}
    known = [places().by_gss(word.strip()) for word in codes.words]
    area = np.array([number[a.code] if a else -1 for a in known], dtype=np.int32)[codes.codes]
    rows = np.flatnonzero(area >= 0).astype(np.int32)
    if not len(rows):
        raise UnusableError(f"{label} has no row of an area that we know.", [label])
    return Table(
        label=label,
        dataset=dataset.id,
        latest=latest_year(read[_TIME].words, label),
        area=area[rows],
        time=read[_TIME].take(rows),
        columns={name: read[name].take(rows) for name in needs.columns},
        flags=np.zeros(len(rows), dtype=np.int8),
        line=rows + 2 + csv.above,
        header=tuple(csv.header),
    )
