"""The one form in which numbers leave as CSV.

The header is the first line. Areas, periods and levels are named as Explore Education
Statistics names them; ``value`` is a number or empty, its status beside it; the words of the
page stand in a column of their own, and so does that the data are invented.
"""

import csv
import io
from collections.abc import Iterable

import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.catalogue.models import Indicator
from cscdash.extracts.observation import Observation
from cscdash.places import places

COLUMNS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
    "indicator", "breakdown", "category", "figure", "name", "period", "value", "unit",
    "numerator", "denominator", "status", "flags", "release", "words", "invented",
)  # fmt: skip
_LEVELS = {"authority": "Local authority", "country": "National"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def numbers_csv(cells: Iterable[Printed], invented: bool) -> bytes:
    """Printed numbers as CSV, a row for each.

    Parameters
    ----------
    cells : iterable of Printed
        In the order of the file. A number made of several observations names all their
        releases, and has no area, counts or flags.
    invented : bool
        Whether they are demonstration data.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, so that Excel reads it; no text is taken for a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    said = "yes" if invented else "no"
    writer.writerows([*map(harmless, _row(cell)), said] for cell in cells)
    return text.getvalue().encode("utf-8-sig")


def table_csv(table: pd.DataFrame, invented: bool) -> bytes:
    """A table of other things than observations, with the same column ``invented``."""
    safe = table.map(harmless) if len(table) else table
    text = safe.assign(invented="yes" if invented else "no").to_csv(index=False)
    return text.encode("utf-8-sig")


def harmless(cell: object) -> object:
    """A text that a spreadsheet will not take for a formula; numbers as they are."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def _row(cell: Printed) -> list[object]:
    measure = cell.measure
    identifier = measure.time_identifier if isinstance(measure, Indicator) else ""
    one = cell.made_of[0] if cell.figure == "value" and len(cell.made_of) == 1 else None
    area = one.area if one else cell.area
    made = sorted({point.release for point in cell.made_of})
    return [
        cell.period.replace("/", ""),
        identifier,
        *_place(area),
        measure.id,
        *((one.breakdown, one.category) if one else ("", "")),
        cell.figure,
        cell.name,
        cell.period,
        cell.value,
        cell.unit or measure.unit,
        *_counts(one),
        "; ".join(made),
        cell.text,
    ]


def _counts(one: Observation | None) -> list[object]:
    """Numerator, denominator, status and flags."""
    if one is None:
        return ["", "", "", ""]
    numbers = one.amounts or (one.numerator, one.denominator)
    return [*numbers, one.status.value, one.flags]


def _place(code: str) -> list[str]:
    """Level, country, region and authority, by code and name; empty for no area."""
    known = places().areas.get(code)
    if known is None:
        return [""] * 8
    level = _LEVELS.get(known.level, "Regional")
    region = known if level == "Regional" else None
    if known.level == "authority":
        region = places().region_of(code)
    return [
        level,
        places().england.code,
        "England",
        region.code if region else "",
        region.name if region else "",
        *((code, known.gss, known.name) if known.level == "authority" else ("", "", "")),
    ]
