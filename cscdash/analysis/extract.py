"""An extract as pages ask it: one area's line, everyone in one period, the latest period."""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cscdash.analysis.category_order import in_order
from cscdash.analysis.comparison import Middle, Spread, middle, spread
from cscdash.analysis.observations import (
    ENGLAND,
    ByArea,
    CannotSay,
    is_authority,
    joint_owner,
    since_break,
)
from cscdash.analysis.uncertainty import SCALE
from cscdash.analysis.unusual import Distances, Unusual, distances, unusual
from cscdash.analysis.usual_movement import Scatter, UsualMovement, own_scatter, transformed
from cscdash.catalogue.models import Indicator
from cscdash.extracts.columns import Columns
from cscdash.extracts.observation import Flag, Observation, Status
from cscdash.periods import end_year

Numbers = npt.NDArray[np.float64]

_OBSERVATION = 240  # bytes of an observation with its numbers


class Extract:
    """The observations of one indicator, indexed for the questions that pages ask.

    Its main series is the total; without one, the category that the declaration names as its
    headline. Questions that name no group are about the main series.

    Parameters
    ----------
    indicator : Indicator
        Its declaration.
    columns : Columns
        All its observations. Where the declaration names no `noun`, the counts are neither
        people nor events: an observation that is given out has them as `amounts`, so that they
        leave with its value but no chance variation is computed from pounds or sessions.
    until : str, optional
        An area after whose last value nothing more is told of anybody: that of an authority that
        was abolished, beside whom others stand as they were then.
    """

    def __init__(self, indicator: Indicator, columns: Columns, until: str = "") -> None:
        self.indicator = indicator
        self.columns = columns
        self._until = until
        self._made: dict[int, Observation] = {}
        self._lines: dict[str, tuple[Observation, ...]] = {}
        self._at: dict[str, dict[str, Observation]] = {}
        self._distances: dict[str, Distances | CannotSay] = {}
        self._spreads: dict[str, Spread | CannotSay] = {}

    @cached_property
    def main(self) -> tuple[str, str]:
        """Breakdown and category of the main series."""
        columns, total = self.columns, ("total", "total")
        headline = self.indicator.headline
        if len(columns.rows(breakdown="total", category="total")) or headline is None:
            return total
        rows = columns.rows(category=headline)
        return (columns.breakdowns[columns.breakdown[rows[0]]], headline) if len(rows) else total

    @property
    def headline(self) -> str:
        """The category that stands for the whole, where there is no total; empty with a total."""
        return "" if self.main[0] == "total" else self.main[1]

    @cached_property
    def _grid(self) -> npt.NDArray[np.int32]:
        """Of the main series, the row of each area and period that is told of."""
        grid = self.columns.grid(*self.main)
        at = self.columns.area_places.get(self._until)
        known = [] if at is None else np.flatnonzero(self._has(grid[at])).tolist()
        return grid[:, : known[-1] + 1] if known else grid

    def _has(self, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = rows >= 0
        return found & ~np.isnan(self.columns.value[rows]) if len(self.columns) else found

    @property
    def nbytes(self) -> int:
        """What it takes of memory, the observations it has made included."""
        made = _OBSERVATION * len(self._made)
        kept = sum(sys.getsizeof(some) for some in [*self._at.values(), *self._lines.values()])
        return self.columns.nbytes + self._grid.nbytes + made + kept

    @property
    def periods(self) -> tuple[str, ...]:
        """All periods, oldest first."""
        return self.columns.periods[: self._grid.shape[1]]

    @property
    def ends(self) -> dict[str, date]:
        """The last day of each period."""
        return dict(zip(self.periods, self.columns.ends, strict=False))

    @cached_property
    def latest(self) -> str:
        """The latest period in which an area has a value in the main series."""
        (found,) = np.nonzero(self._has(self._grid).any(axis=0))
        at = found[-1] if len(found) else len(self.periods) - 1
        return self.periods[at] if self.periods else ""

    @cached_property
    def releases(self) -> tuple[str, ...]:
        """The releases that its rows came from, the one with the latest periods first."""
        columns = self.columns
        last = np.zeros(len(columns.releases), dtype=np.int64)
        np.maximum.at(last, columns.release, columns.period)
        return tuple(columns.releases[at] for at in np.argsort(-last, kind="stable"))

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdowns it holds, without the total, in the order of their declaration."""
        held = set(self.columns.breakdowns) - {"total"}
        declared = [b.name for source in self.indicator.source for b in source.breakdown]
        return tuple(name for name in dict.fromkeys(declared) if name in held)

    def line(self, area: str) -> tuple[Observation, ...]:
        """One area's main series, oldest first, the periods without a value included."""
        if area not in self._lines:
            at = self.columns.area_places.get(area)
            self._lines[area] = () if at is None else tuple(self._observed(self._grid[at]))
        return self._lines[area]

    def lines(self, areas: Iterable[str]) -> dict[str, tuple[Observation, ...]]:
        """The main series of several areas; an area that is not in the extract has an empty one."""
        return {area: self.line(area) for area in areas}

    def at(self, period: str) -> ByArea:
        """Each area's observation of the main series in a period, by code, sorted."""
        if period not in self._at:
            at = self.columns.period_places.get(period)
            known = at is not None and at < self._grid.shape[1]
            found = self._observed(self._grid[:, at]) if known else []
            self._at[period] = {one.area: one for one in found}
        return self._at[period]

    def groups(self, area: str, breakdown: str) -> dict[str, Observation]:
        """One area's groups of a breakdown in the latest period that has them, in their order."""
        rows = self.columns.rows(area=area, breakdown=breakdown)
        rows = rows[self.columns.period[rows] < self._grid.shape[1]]
        if not len(rows):
            return {}
        of = self.columns.period[rows]
        found = {one.category: one for one in self._observed(rows[of == of.max()])}
        return {name: found[name] for name in in_order(found)}

    def point(self, area: str, period: str) -> Observation | None:
        """One area's observation of the main series in a period; None if there is none."""
        return self.at(period).get(area)

    def absent(self, area: str, period: str) -> Observation:
        """What stands for an observation that is not in the extract: "not available"."""
        end = self.columns.ends[self.columns.period_places[period]]
        return Observation(area, period, end, None, status=Status.NOT_AVAILABLE)

    def england(self) -> tuple[Observation, ...]:
        """England's line."""
        return self.line(ENGLAND)

    def statuses(self, areas: Collection[str]) -> dict[str, Counter[Status]]:
        """How many of some areas have which status in the main series, by period."""
        rows = [at for name, at in self.columns.area_places.items() if name in areas]
        known = list(Status)
        found = {}
        for at, period in enumerate(self.periods):
            cells = self._grid[rows, at]
            codes = self.columns.status[cells[cells >= 0]].tolist()
            found[period] = Counter(known[code] for code in codes)
        return found

    def middle(self, period: str, area: str, group: Sequence[str]) -> Middle | CannotSay:
        """The median of a group in a period, without the area itself (`comparison.middle`)."""
        return middle(self.at(period), area, group)

    def spread(self, period: str) -> Spread | CannotSay:
        """Ends and quartiles of all authorities in a period (`comparison.spread`), kept."""
        if period not in self._spreads:
            self._spreads[period] = spread(self.at(period))
        return self._spreads[period]

    def distances(self, period: str) -> Distances | CannotSay:
        """How far each authority is from the middle in a period (`unusual.distances`), kept."""
        if period not in self._distances:
            self._distances[period] = distances(self.at(period), self.indicator.chance)
        return self._distances[period]

    def unusual(self, period: str, area: str) -> Unusual | CannotSay:
        """How far an authority is from the middle in a period (`unusual.unusual`)."""
        own = self.point(area, period)
        return unusual(area, own, self.distances(period), self.indicator.chance)

    @cached_property
    def usual(self) -> UsualMovement:
        """What the authorities did from year to year since the last declared break."""
        columns = self.columns
        years = np.array([end.year for end in self.ends.values()], dtype=float)
        starts = [end_year(b.period) for b in self.indicator.breaks if not b.breakdown]
        start = max((year for year in starts if year <= max(years, default=0)), default=0)
        since = np.flatnonzero(years >= start)
        own = [at for at, area in enumerate(columns.areas) if is_authority(area)]
        rows = self._grid[own][:, since]
        once = [
            joint_owner(columns.areas[at]) == columns.areas[at]
            or not any(Flag.JOINT in columns.flags(row) for row in line if row >= 0)
            for at, line in zip(own, rows, strict=True)
        ]
        england = [self.point(ENGLAND, columns.periods[at]) for at in since]
        none = np.full(rows.shape, np.nan)
        counts = bool(self.indicator.noun)
        return UsualMovement(
            [columns.areas[at] for at in own],
            _taken(columns.value, rows),
            _taken(columns.numerator, rows) if counts else none,
            _taken(columns.denominator, rows) if counts else none,
            np.array(once, dtype=bool),
            np.array([one.value if one else None for one in england], dtype=float),
            years[since],
            self.indicator.chance,
        )

    def usual_for(self, area: str) -> UsualMovement | None:
        """What authorities usually do, for one of them; None for a region and England."""
        return self.usual if is_authority(area) else None

    def scatter_of(self, area: str) -> Scatter | None:
        """How much the indicator usually moves in an area: as in authorities, or as its own line.

        England and the regions have no others of their kind, so that their own past serves.
        """
        if is_authority(area):
            return self.usual.scatter
        indicator = self.indicator
        line = [
            one
            for one in since_break(self.line(area), indicator.breaks)
            if one.value is not None and one.numerator is not None and one.denominator
        ]
        top = np.array([one.numerator for one in line], dtype=float)
        bottom = np.array([one.denominator for one in line], dtype=float)
        if indicator.chance not in SCALE or not line:
            return None
        if indicator.chance == "percent" and (top > bottom).any():
            return None
        return own_scatter(*transformed(top, bottom, indicator.chance))

    def _observed(self, rows: npt.NDArray[np.integer]) -> list[Observation]:
        """The observations of some rows, each made once; -1 is none."""
        wanted = rows[rows >= 0].tolist()
        new = [row for row in wanted if row not in self._made]
        if new:
            made = self.columns.observations(new, counts=bool(self.indicator.noun))
            self._made.update(zip(new, made, strict=True))
        return [self._made[row] for row in wanted]


def _taken(column: npt.NDArray[np.float64], rows: npt.NDArray[np.integer]) -> Numbers:
    """The numbers of some rows; NaN where the row is -1."""
    return np.where(rows >= 0, column[rows], np.nan)
