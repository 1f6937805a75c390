"""Indicator files of the Office for Health Improvement and Disparities' Fingertips."""

import numpy as np

from cscdash.catalogue.models import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.published_table import Column, Table, area_codes, latest_year, missing_column
from cscdash.places import places
from cscdash.reading import read_header, read_text

_AREA, _TIME = "Area Code", "Time period"


def read_fingertips(content: bytes, dataset: Dataset, wanted: set[str], label: str) -> Table:
    """Read a Fingertips indicator file.

    Returns
    -------
    Table
        The rows of England, the nine regions and the authorities; districts, partnerships and
        groups of areas are left out. A blank value is ``x``.

    Raises
    ------
    CscdashError
        If the file is damaged or lacks a column.
    """
    header = read_header(content, label)
    for name in sorted({_AREA, _TIME, *wanted}):
        if name not in header:
            raise missing_column(label, name, header)
    text = read_text(content, {_AREA, _TIME, *wanted}, label)
    codes = Column.from_arrow(text[_AREA])
    number = {code: place for place, code in enumerate(area_codes())}
    known = [places().by_gss(word) for word in codes.words]
    area = np.array([number[a.code] if a else -1 for a in known], dtype=np.int32)[codes.codes]
    rows = np.flatnonzero(area >= 0).astype(np.int32)
    if not len(rows):
        raise CscdashError(f"{label} has no row of an area that we know.")
    time = Column.from_arrow(text[_TIME])
    return Table(
        label=label,
        dataset=dataset.id,
        latest=latest_year(time.words, label),
        area=area[rows],
        time=time.take(rows),
        columns={name: Column.from_arrow(text[name]).take(rows) for name in wanted},
        flags=np.zeros(len(rows), dtype=np.int8),
        line=rows + 2,
    )
