"""The observation: this indicator, in this area, in this period, for this group, has this value.

Or it has none, for this reason. One extract holds one indicator.
"""

import pyarrow as pa
import pyarrow.compute as pc

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

STATUSES = {
    "ok": "has a value",
    "c": "confidential: hidden because the number is small",
    "k": "rounds to zero, but is not zero",
    "u": "unreliable",
    "x": "not available",
    "z": "not applicable",
}

FLAGS = {
    "p": "provisional",
    "r": "revised",
    "e": "derived here from published numbers",
    "j": "joint return of two authorities",
    "l": "local, not published",
}

KEY = ["area", "breakdown", "period", "category"]


def problems(table: pa.Table) -> list[str]:
    """What is wrong with a table of observations, in words; an empty list if nothing is.

    Checks columns and types, that value is empty exactly when status is not ok, that statuses
    and flags are known, and that no cell stands twice.
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
    ok = pc.equal(table["status"].cast(pa.string()), "ok")
    if not pc.all(pc.equal(ok, pc.is_valid(table["value"]))).as_py() and len(table):
        found.append("a row has a value and a status other than ok, or neither")
    for column in ("value", "numerator", "denominator"):
        finite = pc.is_finite(table[column])
        if len(table) and pc.any(pc.invert(pc.fill_null(finite, True))).as_py():
            found.append(f"{column} holds a number that is not finite")
    unknown = set(pc.unique(table["status"].cast(pa.string())).to_pylist()) - set(STATUSES)
    if unknown:
        found.append(f"unknown status {', '.join(sorted(unknown))}")
    letters = {x for text in pc.unique(table["flags"].cast(pa.string())).to_pylist() for x in text}
    if letters - set(FLAGS):
        found.append(f"unknown flag {', '.join(sorted(letters - set(FLAGS)))}")
    if len(table.group_by(KEY).aggregate([])) != len(table):
        found.append("a cell stands twice")
    return found


def _same_type(actual: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_dictionary(wanted):
        return bool(pa.types.is_dictionary(actual) and pa.types.is_string(actual.value_type))
    return bool(actual == wanted)
