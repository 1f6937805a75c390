"""The Local authority interactive tool's one long table of series."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cscdash.catalogue.publications import Dataset
from cscdash.errors import CscdashError
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.published_table import Column, Table, area_codes, missing_column
from cscdash.ingest.required_columns import Needs
from cscdash.reading import parquet_header, read_parquet

_COLUMNS = {"series": "Short Desc", "time": "Years", "area": "LA Number", "value": "Values"}
_AGGREGATES = {
    970: "E92000001",
    980: "E12000001",
    981: "E12000002",
    982: "E12000003",
    983: "E12000004",
    984: "E12000005",
    985: "E12000006",
    986: "E12000007",
    987: "E13000001",
    988: "E13000002",
    989: "E12000008",
    990: "E12000009",
}


def read_lait(content: bytes, dataset: Dataset, needs: Needs, label: str) -> Table:
    """Read LAIT's Parquet file.

    Parameters
    ----------
    content : bytes
        The file.
    dataset : Dataset
        Its declaration.
    needs : Needs
        The series that the catalogue uses; others are left out.
    label : str
        The file, for messages.

    Returns
    -------
    Table
        Columns ``series`` and ``value``; LAIT's ``-`` stands for every reason alike. A series
        that this issue does not have is missed only by the indicators that are made of it.

    Raises
    ------
    CscdashError
        If the file is damaged, lacks a column, or has an unknown area.
    """
    has, _ = parquet_header(content, label)
    for name in _COLUMNS.values():
        if name not in has:
            raise missing_column(label, name, has)
    table = read_parquet(content, _COLUMNS.values(), label)
    series = needs.words.get("series", frozenset())
    try:
        words = table[_COLUMNS["series"]].cast(pa.string())
        chosen = pc.is_in(words, value_set=pa.array(sorted(series), pa.string()))
        table = table.append_column("line", pa.array(np.arange(1, len(table) + 1, dtype=np.int32)))
        table = table.filter(chosen)
        text = {
            name: Column.from_arrow(
                pc.fill_null(table[published].cast(pa.string()), "").dictionary_encode()
            )
            for name, published in _COLUMNS.items()
            if name != "area"
        }
        number = pc.fill_null(table[_COLUMNS["area"]].cast(pa.float64()), -1).to_numpy()
    except (pa.ArrowException, ValueError) as error:
        raise CscdashError(f"{label} does not hold what LAIT's file holds: {error}.") from error
    if series and not series & set(text["series"].words):
        raise UnusableError(
            f"{label} has no series ‘{min(series)}’, nor any other that we know.", [label]
        )
    place = {code: at for at, code in enumerate(area_codes())}
    line = table["line"].to_numpy()
    numbers, inverse = np.unique(number, return_inverse=True)
    known = [place.get(_AGGREGATES.get(n, f"{n:g}"), -1) for n in numbers]
    area = np.array(known, dtype=np.int32)[inverse]
    if (area < 0).any():
        at = int(np.flatnonzero(area < 0)[0])
        raise CscdashError(f"{label}, row {line[at]}: no area has the number {number[at]:g}.")
    time = Column(text["time"].codes, [word or "" for word in text["time"].words])
    keep = np.flatnonzero(~time.is_one_of(["0", ""])).astype(np.int32)  # stray empty rows
    return Table(
        label=label,
        dataset=dataset.id,
        latest=max((int(word[:4]) for word in time.words if word[:4].isdecimal()), default=0),
        area=area[keep],
        time=time.take(keep),
        columns={name: text[name].take(keep) for name in ("series", "value")},
        flags=np.zeros(len(keep), dtype=np.int8),
        line=line[keep],
    )
