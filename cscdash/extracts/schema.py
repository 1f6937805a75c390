"""The observation: this indicator, in this area, in this period, for this group, has this value.

Or it has none, for this reason. One extract holds one indicator.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cscdash.extracts.observation import Flag, Status

WORD = pa.dictionary(pa.int32(), pa.string())

SCHEMA = pa.schema(
    [
        pa.field("area", WORD, nullable=False),
        pa.field("period", WORD, nullable=False),
        pa.field("period_end", pa.date32(), nullable=False),
        pa.field("breakdown", WORD, nullable=False),
        pa.field("category", WORD, nullable=False),
        pa.field("value", pa.float64()),
        pa.field("numerator", pa.float64()),
        pa.field("denominator", pa.float64()),
        pa.field("status", WORD, nullable=False),
        pa.field("flags", WORD, nullable=False),
        pa.field("release", WORD, nullable=False),
    ]
)

MEANING = {
    "area": "Three-digit number of the local authority, or ONS code of a region or England",
    "period": "The period as people say it: 2025, 2024/25",
    "period_end": "Last day of the period",
    "breakdown": "What divides the children counted: total, or age, ethnicity, placement …",
    "category": "The group within the breakdown",
    "value": "The value in the indicator's unit; empty exactly when status is not ok",
    "numerator": "What is counted, where published or derivable",
    "denominator": "Out of how many, where published or derivable",
    "status": "ok, or why there is no value",
    "flags": "Letters: p provisional, r revised, e derived here, j joint return, l local",
    "release": "Which release of which publication the row came from",
}

KEY = ["area", "breakdown", "period", "category"]


def problems(table: pa.Table) -> list[str]:
    """What is wrong with a table of observations, in words; an empty list if nothing is.

    Checks columns and types, that value is empty exactly when status is not ok, that statuses
    and flags are known, that a period has one end, and that no cell stands twice.
    """
    if table.schema.names != SCHEMA.names:
        return [f"columns are {', '.join(table.schema.names)}"]
    wrong = [
        f"column {field.name} is {table.schema.field(field.name).type}, not {field.type}"
        for field in SCHEMA
        if not _same_type(table.schema.field(field.name).type, field.type)
    ]
    if wrong:
        return wrong
    found = [
        f"column {field.name} has empty cells"
        for field in SCHEMA
        if not field.nullable and table[field.name].null_count
    ]
    if found:
        return found
    codes = {name: codes_of(table[name]) for name in [*KEY, "status", "flags"]}
    status, statuses = codes["status"]
    ok = np.array([word == "ok" for word in statuses] or [False])[status]
    if (ok != pc.is_valid(table["value"]).to_numpy()).any():
        found.append("a row has a value and a status other than ok, or neither")
    for column in ("value", "numerator", "denominator"):
        numbers = table[column].drop_null().to_numpy()
        if not np.isfinite(numbers).all():
            found.append(f"{column} holds a number that is not finite")
    unknown = _used(*codes["status"]) - set(Status)
    if unknown:
        found.append(f"unknown status {', '.join(sorted(unknown))}")
    letters = {letter for text in _used(*codes["flags"]) for letter in text}
    if letters - set(Flag):
        found.append(f"unknown flag {', '.join(sorted(letters - set(Flag)))}")
    key = np.zeros(len(table), dtype=np.int64)
    for name in KEY:
        place, words = codes[name]
        key = key * max(len(words), 1) + place.astype(np.int64)
    period, names = codes["period"]
    ends = table["period_end"].combine_chunks().cast(pa.int32()).to_numpy()
    last = np.zeros(len(names), dtype=np.int64)
    last[period] = ends
    if (last[period] != ends).any():
        found.append("a period has two ends")
    in_order = (key[1:] > key[:-1]).all()  # as extracts are, so that sorting is rarely needed
    if not in_order and (np.diff(np.sort(key)) == 0).any():
        found.append("a cell stands twice")
    return found


def codes_of(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.integer], list[str]]:
    """For each row the place of its word among words that are all different."""
    whole = column.combine_chunks()
    words = whole.dictionary.to_pylist()
    codes = whole.indices.to_numpy()
    if len(set(words)) < len(words):
        codes = np.array([words.index(word) for word in words])[codes]
    return codes, words


def _used(codes: npt.NDArray[np.integer], words: list[str]) -> set[str]:
    return {words[place] for place in np.flatnonzero(np.bincount(codes, minlength=len(words)))}


def _same_type(actual: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_dictionary(wanted):
        return bool(pa.types.is_dictionary(actual) and pa.types.is_string(actual.value_type))
    return bool(actual == wanted)
