"""Where the reference tables are, and how one is read."""

import csv
from collections.abc import Collection
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.settings import site

REFERENCE = site() / "data" / "reference"


def read_table(path: Path, columns: Collection[str]) -> list[dict[str, str]]:
    """Read a reference table.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 with a header.
    columns : collection of str
        The columns that the table must have.

    Returns
    -------
    list of dict
        One entry for each row, every value as text, an empty cell as ``""``.

    Raises
    ------
    CscdashError
        If the file is missing, lacks a column, or has a row of another length.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines)
    except (OSError, ValueError, csv.Error) as problem:
        raise CscdashError(f"The reference table {path} cannot be read: {problem}.") from None
    if missing := [column for column in columns if column not in header]:
        raise CscdashError(f"{path.name} has no column {', '.join(missing)}.")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise CscdashError(
                f"Row {number} of {path.name} has {len(row)} cells; the header has {len(header)}."
            )
    return [dict(zip(header, row, strict=True)) for row in rows]
