"""What a publisher hides stays hidden: no local figure inside it is shown, none tells it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import pandas as pd
import pytest

from cscdash.disclosure import numbers
from cscdash.extracts import Store
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.local.suppression import hide
from tests.unit.local_files import figure, measure

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
