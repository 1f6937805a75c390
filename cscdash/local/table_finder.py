"""Where in a file the table is: past cover sheets and titles, under merged headings."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cscdash.errors import CscdashError
from cscdash.local.row import COLUMNS, Problem
from cscdash.local.table_columns import (
    MEASURES,
    DataColumn,
    IndicatorNames,
    belongs_to_standard,
    column_name,
    data_column,
    is_standard,
    says_period,
    why_beside,
)
from cscdash.local.uploaded_tables import Rows

EVERY = "*"  # all sheets that have a table
_HIGHEST = 60  # rows above a table
_AS_LABELLED = re.compile(
    r"(?:period|reporting period|quarter|month|indicator|measure|metric):", re.IGNORECASE
)
_BY = re.compile(
    r"[, -]+(?:by )?(?:quarter|month|quarterly|monthly|(?:local )?authority)$", re.IGNORECASE
)
_WHEN = {"period", "month", "quarter", "year", "time_period"}


@dataclass(frozen=True)
class Table:
    """A table as it was found on a sheet.

    Attributes
    ----------
    at : str
        The file, and its sheet where it has several.
    named : dict of str to int
        Our name of a column -> its place.
    data : dict of int to DataColumn
        Columns of numbers whose heading says what they are, by place.
    header : list of str
        The headings as they stand.
    rows : list of (int, list of str)
        The number that a person sees beside a row, and its cells.
    left_out : tuple of Problem
        Columns, rows and sheets that are no part of it, and why.
    indicator, period : str
        What all its figures are of, where the sheet's name or a title says so and no column does.
    """

    at: str
    named: dict[str, int]
    data: dict[int, DataColumn]
    header: list[str]
    rows: list[tuple[int, list[str]]]
    left_out: tuple[Problem, ...] = field(default=())
    indicator: str = ""
    period: str = ""


def find_tables(
    sheets: Sequence[tuple[str, Rows]], file: str, names: IndicatorNames, sheet: str
) -> list[Table]:
    """The one table of a file, or that of each of its sheets.

    Parameters
    ----------
    sheets : sequence of (str, Rows)
        Each with its name; empty for the one table of a CSV file.
    file : str
        Its name.
    names : IndicatorNames
        What headings may stand for.
    sheet : str
        The sheet that the person chose, if any; `EVERY` for all that have a table.

    Raises
    ------
    CscdashError
        If no sheet has a table that we know, or several have, naming them; or saying which
        column is not known.
    """
    if sheet not in ("", EVERY) and sheet not in [name for name, _ in sheets]:
        raise CscdashError(f"{file} has no sheet ‘{sheet[:40]}’.")
    wanted = [one for one in sheets if sheet in ("", EVERY, one[0])]
    fitting = [(name, rows, at) for name, rows in wanted if (at := header_at(rows, names)) >= 0]
    if len(fitting) > 1 and sheet != EVERY:
        said = ", ".join(f"‘{name}’" for name, _, _ in fitting)
        raise CscdashError(
            f"{file} has {len(fitting)} sheets with a table: {said}. Say which one, or {EVERY} for"
            " all of them."
        )
    fitting = fitting or [(*wanted[0], 0)]
    several = len(sheets) > 1
    used = {name for name, _, _ in fitting}
    others = tuple(
        Problem(
            f"{file}, sheet {other}",
            "it has no table that we know" if sheet in ("", EVERY) else "not chosen",
        )
        for other, _ in sheets
        if several and other not in used
    )
    found = [
        _titled(rows, at, f"{file}, sheet {name}" if several else file, name, names)
        for name, rows, at in fitting
    ]
    return [replace(found[0], left_out=(*others, *found[0].left_out)), *found[1:]]


def _titled(rows: Rows, at: int, where: str, sheet: str, names: IndicatorNames) -> Table:
    """The table of a sheet, and what its name and the titles above say of all its figures."""
    found = _table(rows, at, where, names)
    titles = [
        (number, row)
        for number, row in enumerate(rows[:at], 1)
        if any(row) and not _continues(rows, number - 1, at)
    ]
    texts = [sheet, *(cell for _, row in titles for cell in row if cell)]
    texts = [_BY.sub("", _AS_LABELLED.sub("", text)).strip() for text in texts]
    ids = {ids[0] for text in texts if len(ids := names.ids(text)) == 1}
    # a year or a day alone may be when it was written, so that only months and quarters count
    periods = {text for text in texts if re.search("[A-Za-z]", text) and says_period(text)}
    data = found.data.values()
    by_column = {"indicator", "measure"} & set(found.named) or any(c.indicator for c in data)
    dated = {"period", *_WHEN} & set(found.named) or any(c.period for c in data)
    above = tuple(
        Problem(f"{where}, row {number}", "it stands above the table") for number, _ in titles
    )
    return replace(
        found,
        left_out=(*above, *found.left_out),
        indicator=ids.pop() if len(ids) == 1 and not by_column else "",
        period=periods.pop() if len(periods) == 1 and not dated else "",
    )


def header_at(rows: Rows, names: IndicatorNames) -> int:
    """The place of the row with most names of columns that we know; -1 if none has any."""
    best, at = 0, -1
    for place, row in enumerate(rows[:_HIGHEST]):
        known = {column_name(cell) for cell in row if cell} - {""}
        said = sum(bool(cell) and not column_name(cell) and _says_data(cell, names) for cell in row)
        below = rows[place + 1] if place + 1 < len(rows) else []
        above = rows[place - 1] if place else []
        more = sum(_says_data(cell, names) for cell in (*below, *above) if cell)
        anchored = known & {"area", "indicator", "measure", *_WHEN}
        whole = known & _WHEN or said or more > 1
        if anchored and whole and 3 * len(known) + min(said, 3) > best:
            best, at = 3 * len(known) + min(said, 3), place
    return at


def _says_data(cell: str, names: IndicatorNames) -> bool:
    return data_column([cell], names) is not None


def _continues(rows: Rows, above: int, at: int) -> bool:
    """Whether a row is the upper line of a heading over two lines.

    One filled cell is a title, unless it is a period over columns without a name of ours.
    """
    filled = [(place, cell) for place, cell in enumerate(rows[above]) if cell]
    below = rows[at]
    over = any(
        says_period(cell) and place < len(below) and not column_name(below[place])
        for place, cell in filled
    )
    return above == at - 1 and (len(filled) > 1 or over)


def _table(rows: Rows, at: int, where: str, names: IndicatorNames) -> Table:
    header = rows[at]
    named: dict[str, int] = {}
    left_out: list[Problem] = []
    body = rows[at + 1 :]
    second = _second_line(header, body, names)
    for place, cell in enumerate(header):
        name = column_name(cell)
        if name and name in named and name != "area":
            raise CscdashError(f"{where} has two columns named ‘{cell[:40]}’.")
        if name:
            named.setdefault(name, place)
    if is_standard(named):
        named = _standard(named, header)
    data: dict[int, DataColumn] = {}
    above = _carried(rows[at - 1], header) if at and _continues(rows, at - 1, at) else []
    own = _carried(header, header) if second else header
    width = max([len(header), *(len(row) for row in body)], default=0)
    for place in range(width):
        cell = header[place] if place < len(header) else ""
        if cell and (column_name(cell) in named or belongs_to_standard(column_name(cell))):
            continue
        parts = [lines[place] for lines in (above, own, second) if place < len(lines)]
        if not any(parts) and not any(row[place] for row in body if place < len(row)):
            continue
        said = data_column(parts, names) or data_column(parts[1:] if above else parts, names)
        if said:
            data[place] = said
        elif why := why_beside(" ".join(parts)):
            left_out.append(
                Problem(f"{where}, column ‘{' '.join(p for p in parts if p)[:40]}’", why)
            )
        elif place < len(header):
            raise _unknown(cell, place, header, where)
        else:
            long = next(n for n, row in enumerate(body, at + 2) if any(row[place : place + 1]))
            raise CscdashError(
                f"{where}, row {long} has more cells than there are column names; a text with a"
                " comma needs quotes around it."
            )
    start = at + 2 + bool(second)
    rest = [(number, row) for number, row in enumerate(rows[start - 1 :], start) if any(row)]
    return Table(where, named, data, header, rest, tuple(left_out))


def _second_line(header: Sequence[str], body: Rows, names: IndicatorNames) -> list[str]:
    """The row below the names, if it goes on with the headings: nothing under any name."""
    if not body:
        return []
    below = body[0]
    filled = [place for place, cell in enumerate(below) if cell]
    under_names = [p for p in filled if p < len(header) and column_name(header[p])]
    says = [below[place].lower() in MEASURES or _says_data(below[place], names) for place in filled]
    return list(below) if filled and not under_names and all(says) and len(filled) > 1 else []


def _carried(row: Sequence[str], header: Sequence[str]) -> list[str]:
    """A line of headings in which a merged cell stands for the empty ones after it."""
    carried: list[str] = []
    last = ""
    for place, cell in enumerate(row):
        beside = place < len(header) and bool(column_name(header[place]))
        last = "" if beside else cell or last
        carried.append(last)
    return carried


def _standard(named: dict[str, int], header: Sequence[str]) -> dict[str, int]:
    """Of the publishers' standard, only its own columns name areas and periods."""
    return {name: place for name, place in named.items() if name not in ("area", "year")}


def _unknown(cell: str, place: int, header: Sequence[str], where: str) -> CscdashError:
    near = difflib.get_close_matches(cell.lower(), [*COLUMNS, "measure"], n=1, cutoff=0.6)
    hint = f"; did you mean ‘{near[0]}’?" if near else "."
    what = f"‘{cell[:40]}’" if cell else f"without a name (column {place + 1})"
    return CscdashError(
        f"{where} has a column {what}, which we do not know{hint} We know {', '.join(COLUMNS)},"
        " the names of indicators, or one column for each period."
    )
