"""Tables of local figures as typed rows, whatever their layout.

Long: one row for each figure. Wide: what the figures are of stands in headings, periods mostly,
indicators or areas sometimes. Standard: the columns of Explore Education Statistics.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cscdash.catalogue.models import Indicator
from cscdash.errors import CscdashError
from cscdash.local.answers import ASK, Answers
from cscdash.local.child_level import refuse_child_level
from cscdash.local.row import COLUMNS, Problem, Typed
from cscdash.local.table_columns import MEASURES, TOTAL, DataColumn, IndicatorNames, is_standard
from cscdash.local.table_finder import Table, find_tables, header_at
from cscdash.local.uploaded_tables import Rows, read_tables

_FROM_ABOVE = ("indicator", "area")  # a merged cell is read as one filled cell and empty ones


@dataclass(frozen=True)
class Read:
    """The rows of a file, what of it was left out, and how else it was read, in sentences."""

    rows: list[Typed]
    left_out: tuple[Problem, ...] = ()
    words: tuple[str, ...] = ()


def read_typed(
    content: bytes,
    name: str,
    measures: Mapping[str, Indicator],
    indicator: str = "",
    answers: Answers = ASK,
) -> Read:
    """The rows of a file, as text under our names for the columns.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name.
    measures : mapping of str to Indicator
        What headings and cells may name, by id.
    indicator : str
        What all its rows are of, where the file has no column for it.
    answers : Answers
        What was said where a file can be read in two ways.

    Raises
    ------
    CscdashError
        If the file cannot be read, looks like records of children, or has columns that we
        do not know.
    """
    sheets = read_tables(content, name)
    names = IndicatorNames(measures)
    for _, cells in sheets:  # every sheet: a file that holds records of children is refused whole
        header = max(header_at(cells, names), 0)
        refuse_child_level(cells, header, name)
        _refuse_invented(cells, header, name)
    rows: list[Typed] = []
    left_out: list[Problem] = []
    words: list[str] = []
    for table in find_tables(sheets, name, names, answers.sheet):
        read = _read(table, name, measures, indicator, answers)
        rows += read.rows
        left_out += read.left_out
        words += read.words
    return Read(rows, tuple(left_out), tuple(words))


def _read(
    table: Table, name: str, measures: Mapping[str, Indicator], indicator: str, answers: Answers
) -> Read:
    """The rows of one table."""
    _complete(table, indicator, answers)
    if table.indicator and indicator not in ("", table.indicator):
        raise CscdashError(
            f"{table.at} is of ‘{measures[table.indicator].title}’ by its title, and was said to"
            f" be of ‘{measures[indicator].title}’: which is right?"
        )
    rows, left_out, words = _rows(table)
    typed = _standard(rows, left_out) if is_standard(table.named) else rows
    usual = {"indicator": indicator or table.indicator, "area": answers.area}
    usual |= {"period": table.period} if table.period else {}
    filled = [
        Typed(
            row.at,
            usual
            | {
                column: text
                for column, text in row.cells.items()
                if text or column not in _FROM_ABOVE
            },
        )
        for row in typed
    ]
    if not filled and not left_out:
        raise CscdashError(f"{table.at} holds no rows.")
    if "sheet" in table.at[len(name) :]:
        words.insert(0, f"Read: {table.at[len(name) + 2 :]}.")
    said = [measures[table.indicator].title] if table.indicator else []
    said += [table.period] if table.period else []
    if said:
        words.append(f"All its figures, by its title: {', '.join(said)}.")
    return Read(filled, (*table.left_out, *left_out), tuple(words))


def _refuse_invented(rows: Rows, header: int, name: str) -> None:
    """Refuse a sheet that says of its numbers, in a column or in words, that they are invented."""
    headings = [cell.strip().lower() for cell in rows[header]]
    marks = {at for at, heading in enumerate(headings) if heading == "invented"}
    for at, row in enumerate(rows):
        said = any(cell.strip().lower().startswith("demonstration data") for cell in row)
        marked = at > header and any(
            row[mark].strip().lower() not in ("", "no") for mark in marks if mark < len(row)
        )
        if said or marked:
            raise CscdashError(
                f"{name}, row {at + 1}: these numbers are invented, so they are not local figures."
            )


def _complete(table: Table, indicator: str, answers: Answers) -> None:
    """Refuse a table that does not say of which area or period its figures are."""
    data = table.data.values()
    standard = is_standard(table.named)
    named = set(table.named)
    areas = "area" in named or (bool(data) and all(column.area for column in data))
    if not (standard or areas or answers.area):
        raise CscdashError(
            f"{table.at} has no column ‘area’. Say of which area it is, or add the column."
        )
    when = {"period", "year", "month", "quarter", "time_period"} & named
    if not (when or table.period) and not (data and all(column.period for column in data)):
        raise CscdashError(f"{table.at} has no column ‘period’, and no column for a period.")
    if not data and not named & {*MEASURES, "status"}:
        raise CscdashError(f"{table.at} has no column ‘value’.")
    if any(column.period for column in data) and "period" in named:
        raise CscdashError(f"{table.at} has columns for periods and a column ‘period’.")
    if data and "value" in named:
        raise CscdashError(f"{table.at} has columns of numbers and a column ‘value’.")


def _rows(table: Table) -> tuple[list[Typed], list[Problem], list[str]]:
    """One typed row for each figure; rows and columns of one figure's measures are joined."""
    joined: dict[tuple[str, ...], Typed] = {}
    left_out: list[Problem] = []
    last: dict[str, str] = {}
    down = 0
    by_measure = _has_measures(table)
    for number, row in table.rows:
        where = f"{table.at}, row {number}"
        cells = {
            name: row[place]
            for name, place in table.named.items()
            if place < len(row) and row[place]
        }
        if why := _no_figure(table, row, cells):
            left_out.append(Problem(where, why))
            continue
        for column in _FROM_ABOVE if not is_standard(table.named) else ():
            if column in table.named and column not in cells and column in last:
                cells[column] = last[column]
                down += 1
        last.update({column: cells[column] for column in _FROM_ABOVE if column in cells})
        measure = cells.pop("measure", "").lower() if by_measure else "value"
        if not by_measure and "measure" in cells:
            cells["indicator"] = cells.pop("measure")
        if measure not in MEASURES:
            raise CscdashError(
                f"{where}: ‘{measure[:40]}’ is no measure; write value, numerator or denominator."
            )
        _dated(cells)
        if not table.data:
            joined[where,] = Typed(where, cells)
            continue
        for place, data in table.data.items():
            number_said = row[place] if place < len(row) else ""
            _add(joined, where, cells, data, measure, number_said)
    rows = [row for row in joined.values() if not table.data or any(map(row.cell, MEASURES))]
    empty = len(joined) - len(rows)
    if empty:
        left_out.append(Problem(table.at, f"{empty} empty cells"))
    words = [f"{down} empty cells were read as the one above them (merged cells)."] if down else []
    return rows, left_out, words


def _add(
    joined: dict[tuple[str, ...], Typed],
    where: str,
    cells: dict[str, str],
    column: DataColumn,
    measure: str,
    number: str,
) -> None:
    said = {"indicator": column.indicator, "area": column.area, "period": column.period}
    same = {name: text for name, text in cells.items() if name not in MEASURES}
    same |= {name: text for name, text in said.items() if text}
    what = column.measure if column.measure != "value" else measure
    key = tuple(same.get(name, "") for name in COLUMNS[:5])
    at = f"{where}, column {column.heading[:40]}"
    before = joined.setdefault(key, Typed(at, {**same, **_beside(cells)}))
    if what in before.cells and what not in cells:
        raise CscdashError(f"{at}: the {what} stands twice.")
    before.cells[what] = number


def _beside(cells: dict[str, str]) -> dict[str, str]:
    """A numerator or denominator that has a column of its own beside columns of values."""
    return {name: text for name, text in cells.items() if name in ("numerator", "denominator")}


def _has_measures(table: Table) -> bool:
    """Whether the column ``measure`` says value, numerator or denominator, and no indicator."""
    if "measure" not in table.named:
        return False
    place = table.named["measure"]
    said = {row[place].lower() for _, row in table.rows if place < len(row) and row[place]}
    return "indicator" in table.named or bool(said & {*MEASURES})


def _no_figure(table: Table, row: list[str], cells: dict[str, str]) -> str:
    """Why a row holds no figure: a total, a line of text, the headings again; empty if it does."""
    if row == table.header:
        return "the headings stand again"
    place = cells.get("area", "")
    first = next((cell for cell in row if cell), "")
    for text in (place, cells.get("indicator", ""), "" if "area" in cells else first):
        if text and TOTAL.search(text) and len(text) < 60:
            return "a total follows from the figures"
    filled = [cell for cell in row if cell]
    if len(filled) == 1 and not re.fullmatch(r"[\d.,%£<*-]+", filled[0]):
        return "a line of text"
    return ""


def _dated(cells: dict[str, str]) -> None:
    """A period from columns for its year and its quarter or month."""
    part = cells.pop("quarter", "") or cells.pop("month", "")
    year = cells.pop("year", "")
    if cells.get("period") or not (part or year):
        return
    if re.fullmatch(r"[1-4]", part):
        part = f"Q{part}"
    cells["period"] = f"{part} {year}".strip()


_YEARS = {
    "financial year": ("Apr", "Mar"),
    "calendar year": ("Jan", "Dec"),
    "academic year": ("Sep", "Aug"),
}


def _standard(rows: list[Typed], left_out: list[Problem]) -> list[Typed]:
    """Rows of the publishers' standard, in our columns; our own comparisons and others left out."""
    found = []
    for row in rows:
        cells = dict(row.cells)
        if cells.get("figure", "value") != "value":
            left_out.append(Problem(row.at, "it compares figures and is none"))
            continue
        if cells.get("release"):
            left_out.append(Problem(row.at, f"it is published: {cells['release'][:60]}"))
            continue
        level = cells.get("geographic_level", "").lower()
        codes = {"local authority": ("old_la_code", "new_la_code", "la_name"),
                 "regional": ("region_code", "region_name"),
                 "national": ("country_code", "country_name")}  # fmt: skip
        if level not in codes:
            left_out.append(Problem(row.at, f"its level is {level[:40] or 'not said'}"))
            continue
        cells["area"] = next((cells[code] for code in codes[level] if cells.get(code)), "")
        cells["period"] = cells.get("period") or _period(cells)
        found.append(Typed(row.at, {n: text for n, text in cells.items() if n in COLUMNS}))
    return found


def _period(cells: dict[str, str]) -> str:
    """A period from ``time_period`` and ``time_identifier``, its months written out for a year."""
    when, kind = cells.get("time_period", ""), cells.get("time_identifier", "").lower()
    if kind in _YEARS and re.fullmatch(r"\d{4}(?:\d\d)?", when):
        first, last = _YEARS[kind]
        begin = int(when[:4])
        return f"{first} {begin} to {last} {begin + (len(when) == 6)}"
    return when if kind in ("", "reporting year") else f"{kind} {when}"
