"""Local figures beside published ones.

What a publisher hides stays hidden: no local figure inside it is shown, none tells it. What is
published is not local, and neither is what says that it is invented.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pandas as pd
import pytest

from cscdash.disclosure import numbers
from cscdash.extracts import Store
from cscdash.local import Local
from cscdash.local.kept_figures import look
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.local.suppression import hide
from tests.unit.local_files import TODAY, figure, known, looked, measure, problem

COUNT = {"made": measure()}
AGES = {"age": frozenset({"0 to 4", "5 to 9", "10 to 17"})}


class Stored:
    """A store of one indicator, as `Published` uses it."""

    demonstration = False
    indicators = ("made",)

    def __init__(self, rows: Sequence[tuple[str, str, str, str, float | None]]) -> None:
        self._rows = rows

    def read(self, _: str) -> pd.DataFrame:
        columns = ["period_end", "breakdown", "category", "status", "value"]
        found = pd.DataFrame(self._rows, columns=columns).assign(
            area="383", numerator=None, denominator=None
        )
        return found.assign(period_end=pd.to_datetime(found["period_end"]))


@pytest.mark.parametrize("status", ["c", "k"])
@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("2025", False),  # the published year to 31 March 2025 itself
        ("2024/25 Q4", False),  # January to March 2025: its last quarter
        ("2024/25 Q1", False),  # April to June 2024: its first
        ("April 2024", False),
        ("2024", True),  # ends on 31 March 2024, the day before it begins
        ("2023/24 Q4", True),  # January to March 2024
        ("2025/26 Q1", True),
        ("2026", True),
    ],
)
def test_nothing_inside_a_hidden_published_year_is_shown(
    status: str, period: str, shown: bool
) -> None:
    stored = Stored([("2025-03-31", "total", "total", status, None)])
    published = Published(cast(Store, stored))
    (found,) = hide([figure(40, period=period)], COUNT, published.hidden)
    assert (found.value is not None) == shown


def published(*held: tuple[str, str, float | None]) -> Any:
    """Published figures of the year to 31 March 2026; without a number they are hidden."""
    start, end = date(2025, 4, 1), date(2026, 3, 31)
    found = [
        numbers.Figure("made", "383", start, end, breakdown, category, number, None,
                       "c" if number is None else "ok")
        for breakdown, category, number in held
    ]  # fmt: skip
    return lambda *_: found


def shown(figures: Sequence[Figure], *held: tuple[str, str, float | None]) -> list[float | None]:
    found = hide(figures, COUNT, categories=lambda _: AGES, published=published(*held))
    return [one.value for one in found]


def test_a_group_that_is_hidden_is_not_what_local_groups_leave_over() -> None:
    # 90 - 20 - 40 = 30 aged 5 to 9, whom the publisher hides: one of the three goes.
    whole = figure(90, period="2026")
    groups = [figure(v, period="2026", breakdown="age", category=c)
              for v, c in ((20, "0 to 4"), (40, "10 to 17"))]  # fmt: skip
    assert shown([whole, *groups]) == [90, 20, 40], "30 is not small"
    assert shown([whole, *groups], ("age", "5 to 9", None)).count(None) == 1


def test_a_published_number_is_known_whatever_is_hidden_here() -> None:
    # The year of 40 is published, so hiding it here does not keep 4 = 40 - 12 - 16 - 8.
    quarters = [figure(v, period=f"2025/26 Q{q}") for q, v in enumerate((12, 4, 16, 8), 1)]
    held = ("total", "total", 40.0)
    for year in (figure(40, period="2026"), figure(None, period="2026")):
        assert shown([year, *quarters], held)[1:] == [12, None, 16, None]


def test_what_published_figures_tell_by_themselves_hides_nothing_here() -> None:
    # Published: 53 in all, of whom 20 and 30, and 5 to 9 hidden: 3, whatever is shown here.
    held = (("total", "total", 53.0), ("age", "0 to 4", 20.0), ("age", "10 to 17", 30.0))
    quarter = figure(12, period="2025/26 Q1")
    assert shown([quarter], *held, ("age", "5 to 9", None)) == [12]


HEAD = "indicator,area,period,value"


@pytest.mark.parametrize(
    ("period", "value", "left_out"),
    [("2025", 140, True), ("2025", 141, False), ("2024", 140, False), ("2024/25 Q4", 140, False)],
)
def test_a_row_that_is_published_is_read_named_and_not_kept(
    period: str, value: int, left_out: bool
) -> None:
    stored = cast(Store, Stored([("2025-03-31", "total", "total", "ok", 140.0)]))
    allowed = replace(known(measure()), repeats=lambda one: Published(stored).repeats(one, 0))
    file = f"{HEAD}\nmade,383,{period},{value}\nmade,383,2026,150\n"
    found = look({"a.csv": file.encode()}, allowed, TODAY, Local())
    assert [one.at for one in found.left_out] == (["a.csv, row 2"] if left_out else [])
    assert len(found.figures) == 2 - left_out and not found.problems


@pytest.mark.parametrize(
    "file",
    [
        f"{HEAD},invented\nmade,383,2026,150,no\nmade,383,2025,140,yes\n",
        f"Demonstration data: every value is invented.,,,\n{HEAD}\nmade,383,2026,150\n",
        f"{HEAD},note\nmade,383,2026,150,Demonstration data\n",
        f"{HEAD}\nmade,383,2026,150\nDemonstration data: every value is invented.,,,\n",
    ],
)
def test_what_says_that_it_is_invented_is_refused(file: str) -> None:
    assert "are invented" in problem(file)


def test_a_column_that_says_it_is_not_invented() -> None:
    found = looked(f"{HEAD},invented\nmade,383,2026,150,no\n")
    assert len(found.figures) == 1 and not found.problems


def test_windows_of_a_year_are_sums_of_months_that_nobody_sees() -> None:
    # Published windows: 44 to March 2026 and 37 to June 2026. They share nine months, so April to
    # June 2026 counts 37 - 44 + 10 = 3, whether or not anybody gave it: the 10 of a year before
    # goes with it. With a window of 60 it counts 26, and nothing is told.
    def windows(second: float) -> list[numbers.Figure]:
        ends = (
            (date(2025, 4, 1), date(2026, 3, 31), 44.0),
            (date(2025, 7, 1), date(2026, 6, 30), second),
        )
        return [
            numbers.Figure("made", "383", start, end, "total", "total", number, None)
            for start, end, number in ends
        ]

    before, after = figure(10, period="2025/26 Q1"), figure(3, period="2026/27 Q1")
    for given in ([before, after], [before]):
        found = hide(given, COUNT, published=lambda *_: windows(37.0))
        assert [one.value for one in found] == [None] * len(given)
    (found,) = hide([before], COUNT, published=lambda *_: windows(60.0))
    assert found.value == 10
