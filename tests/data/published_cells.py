"""The published files of the spine, read by other means than the app reads them."""

import csv
import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from cscdash.extracts import Store

ENGLAND = "E92000001"
SYMBOLS = {"c": "c", "k": "k", "low": "k", "u": "u", "x": "x", "z": "z", "-": "x", "[x]": "x"}

# The last year to 31 March of an abolished authority, and the first of a new one.
LAST = {"835": 2019, "836": 2019, "837": 2019, "928": 2021, "909": 2023}
FIRST = {"838": 2020, "839": 2020, "940": 2022, "941": 2022, "942": 2024, "943": 2024}

# status, value, numerator, denominator
Cell = tuple[str, float | None, float | None, float | None]
Cells = dict[tuple[str, str, str, str], Cell]  # by area, period, breakdown, category
Row = dict[str, str]


def lived(area: str, year: int) -> bool:
    """Whether an authority was there on 31 March of a year."""
    return FIRST.get(area, 0) <= year <= LAST.get(area, 9999)


def lived_in_autumn(area: str, year: int) -> bool:
    return lived(area, year + 1)


def rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def areas(row: Row) -> list[str]:
    """England, a region, an authority, or the two authorities of a joint return."""
    if row["geographic_level"] == "National":
        return [ENGLAND]
    if row["geographic_level"] == "Regional":
        return [row["region_code"]]
    return [code.strip() for code in row["old_la_code"].split("/")]


def number(text: str) -> float | None:
    return None if text in SYMBOLS else float(text)


def status(text: str) -> str:
    return SYMBOLS.get(text, "ok")


def published_cells(
    some: Iterable[Row],
    value: str,
    numerator: str | None = None,
    denominator: str | None = None,
    alive: Callable[[str, int], bool] = lived,
    period: Callable[[str], str] = str,
    category: Callable[[Row], tuple[str, str]] = lambda _: ("total", "total"),
) -> Cells:
    """Values as published, with what stands beside them."""
    found: Cells = {}
    for row in some:
        for area in areas(row):
            year = int(row["time_period"][:4]) + (len(row["time_period"]) == 6)
            if not alive(area, year):
                continue
            key = (area, period(row["time_period"]), *category(row))
            assert key not in found
            found[key] = (
                status(row[value]),
                number(row[value]),
                number(row[numerator]) if numerator else None,
                number(row[denominator]) if denominator else None,
            )
    return found


def no_number(x: float | None) -> float | None:
    return None if x is None or math.isnan(x) else x


def built_cells(store: Store, id: str, breakdowns: set[str] | None = None) -> Cells:
    frame = store.read(id)
    found: Cells = {}
    columns = ["area", "period", "breakdown", "category", "status", "value", "numerator",
               "denominator"]  # fmt: skip
    for area, period, breakdown, category, state, *numbers in zip(
        *(frame[name].tolist() for name in columns), strict=True
    ):
        if breakdowns is None or breakdown in breakdowns:
            value, top, bottom = map(no_number, numbers)
            found[area, period, breakdown, category] = (state, value, top, bottom)
    return found


def assert_same(built: Cells, expected: Cells) -> None:
    """Every cell, with its status, and its numbers to the last digit but one."""
    assert len(expected) > 150
    assert built.keys() - expected.keys() == set()
    assert expected.keys() - built.keys() == set()
    differ = {
        key: (built[key], cell) for key, cell in expected.items() if not same(built[key], cell)
    }
    assert differ == {}


def same(left: Cell, right: Cell) -> bool:
    return left[0] == right[0] and all(
        (a is None) == (b is None) and (a is None or b is None or math.isclose(a, b, rel_tol=1e-12))
        for a, b in zip(left[1:], right[1:], strict=True)
    )


@cache
def people(folder: Path) -> dict[tuple[str, int], str]:
    """Children aged 0 to 17 by area and year."""
    (file,) = (folder / "population").glob("ons_mid-year_*.csv")
    return {(areas(r)[0], int(r["time_period"])): r["population_estimate"] for r in rows(file)}


def rates(counts: Cells, folder: Path) -> Cells:
    """Counts over the population of the year before, per 10,000."""
    found: Cells = {}
    for key, (state, count, *_) in counts.items():
        text = people(folder).get((key[0], int(key[1]) - 1), "x")
        children = number(text)
        if state == "ok":
            state = status(text)
        shown = state == "ok"
        assert not shown or children
        rate = count / children * 10_000 if shown and count is not None and children else None
        found[key] = (state, rate, count, children)
    return found


def file_of(published: Path, release: str, name: str) -> Path:
    (file,) = (published / "ees" / release / "data").glob(name)
    return file


CIN, CLA, OLD_CLA = (
    "children-in-need_2025",
    "children-looked-after_2025",
    "children-looked-after_2022",
)


ACTIVITIES = {
    "Higher education i.e. studies beyond A level": "Higher education",
    "In training or employment (excl. apprenticeship)":
        "Training or employment other than an apprenticeship",
    "In training or employment": "Training or employment, apprenticeships included",
    "Not in education, training or employment, owing to illness or disability":
        "Not in education or work: illness or disability",
    "Not in education, training or employment, owing to other reasons":
        "Not in education or work: other reasons",
    "Not in education, training or employment, owing to pregnancy or parenting":
        "Not in education or work: pregnancy or parenting",
    "Total information not known": "Not known",
}  # fmt: skip
SUMS = {"Total", "Total in education, employment or training",
        "Total not in education, employment or training"}  # fmt: skip
