"""A filled example of a local file for an indicator: change the numbers, and add it."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from cscdash.catalogue.models import Indicator
from cscdash.local.named_periods import quarter_of
from cscdash.local.row import COLUMNS, EXAMPLE, is_mean

_EXAMPLE = {
    "percent": (30.0, 42, 140),
    "rate per 10,000": (60.0, 180, 30_000),
    "ratio": (15.0, 900, 60),
}
_PLAIN = {"count": 84, "score": 12.5, "pounds": 1_250, "months": 7}


def template(
    indicator: Indicator,
    area: str,
    today: date,
    groups: Mapping[str, frozenset[str]] | None = None,
    wide: bool = False,
) -> str:
    """A CSV file with four quarters of made-up numbers, each marked as an example.

    Parameters
    ----------
    indicator : Indicator
        What it is for.
    area : str
        The code of the area.
    today : date
        The quarters are the last four whole ones before it.
    groups : mapping, optional
        Breakdown -> categories: the long layout shows one row of each category of the first.
    wide : bool
        One row for each measure and one column for each quarter.

    Returns
    -------
    str
        CSV with a header.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    quarters = last_quarters(indicator, today, 4)
    if wide:
        writer.writerow(["indicator", "area", "measure", *quarters, "source", "owner"])
        for measure, number in _numbers(indicator).items():
            cells = [number] * len(quarters)
            writer.writerow([indicator.id, area, measure, *cells, EXAMPLE, "who answers for it"])
        return text.getvalue()
    writer.writerow(COLUMNS)
    rows = [(quarter, "total", "total") for quarter in quarters]
    for name in sorted(groups or {})[:1]:
        rows += [(quarters[-1], name, category) for category in sorted((groups or {})[name])]
    numbers = _numbers(indicator)
    for quarter, breakdown, category in rows:
        filled = [numbers.get(name, "") for name in ("value", "numerator", "denominator")]
        writer.writerow(
            [
                indicator.id,
                area,
                quarter,
                breakdown,
                category,
                *filled,
                "",
                EXAMPLE,
                "where it is recorded",
                "who answers for it",
            ]
        )
    return text.getvalue()


def last_quarters(indicator: Indicator, today: date, number: int) -> list[str]:
    """The last whole quarters before a day, oldest first, as its years name them, with months."""
    whole = today.year * 4 + (today.month - 1) // 3
    return [
        quarter_of(
            date(at // 4, 3 * (at % 4) + 1, 1), indicator.time_identifier, indicator.period_means
        ).text
        for at in range(whole - number, whole)
    ]


def _numbers(indicator: Indicator) -> dict[str, str]:
    if indicator.unit in _EXAMPLE:
        value, above, below = _EXAMPLE[indicator.unit]
        return {"value": f"{value:g}", "numerator": str(above), "denominator": str(below)}
    plain = {"value": f"{_PLAIN[indicator.unit]:g}"}
    return plain | {"denominator": "48"} if is_mean(indicator) else plain
