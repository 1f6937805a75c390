"""Tables of local figures as typed rows: the long layout, and the wide one that people keep.

Long: one row for each figure. Wide: one row for each area (and group, and measure), one column
for each period.
"""

import difflib
import re
from collections.abc import Sequence

from cscdash.errors import CscdashError
from cscdash.local.child_level import refuse_child_level
from cscdash.local.row import COLUMNS, Typed
from cscdash.local.uploaded_tables import Rows, read_table

_NAMES = {
    "indicator_id": "indicator",
    "la": "area",
    "local_authority": "area",
    "authority": "area",
    "area_code": "area",
    "la_code": "area",
    "quarter": "period",
    "month": "period",
    "year": "period",
    "group": "category",
    "notes": "note",
    "comment": "note",
}
_MEASURES = ("value", "numerator", "denominator")
_PERIOD = re.compile(
    r"\d{4}|\d{4}[/-]\d{2,4}|.*q[1-4].*\d{4}.*|.*\d{4}.*q[1-4]|\d{4}-\d{2}-\d{2}.*"
    r"|[a-z]{3,9}[ _-]\d{4}|\d{1,2}[/. _][\w]+[/. _]\d{4}"
)


def read_typed(content: bytes, name: str, indicator: str = "") -> list[Typed]:
    """The rows of a file, as text under our names for the columns.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name.
    indicator : str
        What all its rows are of, where the file has no column for it.

    Raises
    ------
    CscdashError
        If the file cannot be read, looks like records of children, or has columns that we
        do not know.
    """
    rows = read_table(content, name)
    refuse_child_level(rows, name)
    header = [_column(cell) for cell in rows[0]]
    while header and not header[-1] and not any(row[len(header) - 1 :] for row in rows[1:]):
        header.pop()
    for at, row in enumerate(rows[1:], 2):
        if any(row[len(header) :]):
            raise CscdashError(
                f"{name}, row {at} has more cells than there are column names; a text with a comma"
                " needs quotes around it."
            )
    twice = next((column for column in header if column and header.count(column) > 1), None)
    if twice:
        raise CscdashError(f"{name} has two columns named ‘{twice[:40]}’.")
    wide = [at for at, cell in enumerate(header) if cell not in COLUMNS and _PERIOD.fullmatch(cell)]
    _known(header, wide, name)
    typed = (_wide if wide else _long)(rows, header, wide, name)
    if indicator:
        typed = [Typed(row.at, {"indicator": indicator} | _filled(row.cells)) for row in typed]
    if not typed:
        raise CscdashError(f"{name} holds no rows.")
    return typed


def _column(cell: str) -> str:
    plain = cell.strip().lower()
    name = re.sub(r"[ -]+", "_", plain)
    name = _NAMES.get(name, name)
    return name if name in (*COLUMNS, "measure") else plain


def _known(header: Sequence[str], wide: Sequence[int], name: str) -> None:
    """Every column is one of ours, or a period; those that we need are there."""
    allowed = [*COLUMNS, "measure"] if wide else [*COLUMNS]
    for at, cell in enumerate(header):
        if at in wide or cell in allowed:
            continue
        near = difflib.get_close_matches(cell, allowed, n=1, cutoff=0.6)
        hint = f"; did you mean ‘{near[0]}’?" if near else "."
        what = f"‘{cell[:40]}’" if cell else f"without a name (column {at + 1})"
        raise CscdashError(
            f"{name} has a column {what}, which we do not know{hint} We know"
            f" {', '.join(allowed)}, or one column for each period."
        )
    if "area" not in header:
        raise CscdashError(f"{name} has no column ‘area’.")
    if not wide and "period" not in header:
        raise CscdashError(f"{name} has no column ‘period’, and no column for a period.")
    if not wide and not set(header) & {*_MEASURES, "status"}:
        raise CscdashError(f"{name} has no column ‘value’.")
    if wide and set(header) & {"period", *_MEASURES}:
        raise CscdashError(f"{name} has columns for periods and a column ‘period’ or ‘value’.")


def _long(rows: Rows, header: list[str], wide: list[int], name: str) -> list[Typed]:
    return [
        Typed(f"{name}, row {at}", _cells(header, row))
        for at, row in enumerate(rows[1:], 2)
        if any(row)
    ]


def _cells(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(header, row, strict=False) if column in COLUMNS}


def _wide(rows: Rows, header: list[str], wide: list[int], name: str) -> list[Typed]:
    """One typed row for each area, group and period; rows of one measure each are joined."""
    at_measure = header.index("measure") if "measure" in header else None
    joined: dict[tuple[str, ...], Typed] = {}
    for at, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        measure = row[at_measure].lower() if at_measure is not None else "value"
        if measure not in _MEASURES:
            raise CscdashError(
                f"{name}, row {at}: ‘{measure[:40]}’ is no measure; write value, numerator or"
                " denominator."
            )
        same = _cells(header, row)
        for place in wide:
            number = row[place] if place < len(row) else ""
            key = (*(same.get(c, "") for c in COLUMNS[:5]), header[place])
            where = f"{name}, row {at}, column {rows[0][place][:40]}"
            before = joined.setdefault(key, Typed(where, {**same, "period": header[place]}))
            if measure in before.cells:
                raise CscdashError(f"{where}: the {measure} stands twice.")
            before.cells[measure] = number
    return [row for row in joined.values() if any(row.cells.get(m) for m in _MEASURES)]


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in cells.items() if column != "indicator" or text}
