"""An extract as pages ask it: one area's line, everyone in one period, the latest period."""

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from cscdash.analysis.comparison import Middle, Spread, middle_of, spread
from cscdash.analysis.observations import ENGLAND, CannotSay, Point, at, periods, point_of
from cscdash.analysis.unusual import Unusual, distances, unusual_of
from cscdash.catalogue.models import Indicator


class Extract:
    """The observations of one indicator, indexed for the questions that pages ask.

    Parameters
    ----------
    indicator : Indicator
        Its declaration.
    frame : DataFrame
        All its observations. Where the declaration names no `noun`, the counts are neither
        people nor events: numerators and denominators are kept for tables, but `line` and
        `at` leave them out, so that no chance variation is computed from pounds or sessions.
    """

    def __init__(self, indicator: Indicator, frame: pd.DataFrame) -> None:
        self.indicator = indicator
        self.frame = frame
        self._distances: dict[str, pd.Series | CannotSay] = {}
        self._points: dict[str, dict[str, Point]] = {}
        self._lines: dict[str, tuple[Point, ...]] = {}
        self._spreads: dict[str, Spread | CannotSay] = {}
        self._at: dict[tuple[str, str, str], pd.DataFrame] = {}

    @cached_property
    def _counted(self) -> pd.DataFrame:
        if self.indicator.noun:
            return self.frame
        return self.frame.assign(numerator=float("nan"), denominator=float("nan"))

    @cached_property
    def _totals(self) -> dict[Hashable, list[Any]]:
        """The rows of the total as columns; a point is made of a row when it is asked for.

        Plain columns weigh far less than a point for every row, and the collector of cyclic
        garbage has nothing in them to walk.
        """
        frame = self._counted
        rows = frame[(frame["breakdown"] == "total") & (frame["category"] == "total")]
        return rows.assign(period_end=rows["period_end"].dt.date).to_dict("list")

    @cached_property
    def _rows_of_area(self) -> dict[str, tuple[int, ...]]:
        return _places(self._totals["area"])

    @cached_property
    def _rows_of_period(self) -> dict[str, tuple[int, ...]]:
        return _places(self._totals["period"])

    def _point(self, row: int) -> Point:
        return point_of({name: column[row] for name, column in self._totals.items()})

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """All periods, oldest first."""
        return periods(self.frame)

    @cached_property
    def latest(self) -> str:
        """The latest period in which an area has a value for the total."""
        totals = self.frame[(self.frame["breakdown"] == "total") & (self.frame["status"] == "ok")]
        found = periods(totals) if len(totals) else self.periods
        return found[-1] if found else ""

    @cached_property
    def releases(self) -> tuple[str, ...]:
        """The releases that its rows came from, the one with the latest periods first."""
        last = self.frame.groupby("release", observed=True)["period_end"].max()
        return tuple(str(name) for name in last.sort_values(ascending=False, kind="stable").index)

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdowns it holds, without the total, in the order of their declaration."""
        held = set(self.frame["breakdown"].astype(str).unique()) - {"total"}
        declared = [b.name for source in self.indicator.source for b in source.breakdown]
        return tuple(name for name in dict.fromkeys(declared) if name in held)

    def line(self, area: str) -> tuple[Point, ...]:
        """One area's total, oldest first, the periods without a value included."""
        if area not in self._lines:
            points = [self._point(row) for row in self._rows_of_area.get(area, ())]
            self._lines[area] = tuple(sorted(points, key=lambda p: p.end))
        return self._lines[area]

    def lines(self, areas: Iterable[str]) -> dict[str, tuple[Point, ...]]:
        """The totals of several areas; an area that is not in the extract has an empty line."""
        return {area: self.line(area) for area in areas}

    def at(self, period: str, breakdown: str = "total", category: str = "total") -> pd.DataFrame:
        """All areas in one period and category, indexed by area."""
        key = (period, breakdown, category)
        if key not in self._at:
            self._at[key] = at(self._counted, period, breakdown, category)
        return self._at[key]

    def distances(self, period: str) -> pd.Series | CannotSay:
        """How far each authority is from the middle in a period (`unusual.distances`), kept."""
        if period not in self._distances:
            self._distances[period] = distances(self.at(period), self.indicator.unit)
        return self._distances[period]

    def points(self, period: str) -> dict[str, Point]:
        """Each area's total in a period, kept."""
        if period not in self._points:
            self._points[period] = {
                str(self._totals["area"][row]): self._point(row)
                for row in self._rows_of_period.get(period, ())
            }
        return self._points[period]

    def middle(self, period: str, area: str, group: Sequence[str]) -> Middle | CannotSay:
        """The median of a group in a period, without the area itself (`comparison.middle`)."""
        return middle_of(self.points(period), area, group)

    def spread(self, period: str) -> Spread | CannotSay:
        """Ends and quartiles of all authorities in a period (`comparison.spread`), kept."""
        if period not in self._spreads:
            self._spreads[period] = spread(self.at(period))
        return self._spreads[period]

    def unusual(self, period: str, area: str) -> Unusual | CannotSay:
        """How far an authority is from the middle in a period (`unusual.unusual`)."""
        unit = self.indicator.unit
        return unusual_of(area, self.points(period).get(area), self.distances(period), unit)

    def point(self, area: str, period: str) -> Point | None:
        """One area's total in one period; None if there is no row."""
        return self.points(period).get(area)

    def england(self) -> tuple[Point, ...]:
        """England's line."""
        return self.line(ENGLAND)


def _places(names: Sequence[Any]) -> dict[str, tuple[int, ...]]:
    """At which rows each name stands."""
    found: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        found.setdefault(str(name), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}
