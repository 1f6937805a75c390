"""How far a hidden number may lie from what it is, given everything that is shown.

Two integer programmes for each number, its least and its greatest value, as statistical offices
audit linked tables (Hundepool and others, *Handbook on Statistical Disclosure Control*, chapter 4).
They are solved around a point at which every sum holds, so that all sums are homogeneous.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

from cscdash.disclosure.numbers import Table

SMALL = 5  # a count from 1 to this is hidden
WIDE = 4  # from the least to the greatest value: five values at least
_MOST_NODES = 5_000  # of a programme's search: a bound that is the same on every machine
_NEAREST = 60  # numbers among which a value is stretched first
REACH = 40.0  # how far from the point values are tried; those further off only add uncertainty

Floats = npt.NDArray[np.float64]
Row = Mapping[int, float]


class UndecidedError(Exception):
    """The solver did not finish within its bound: whoever asked hides more."""


@dataclass(frozen=True)
class Interval:
    """The least and the greatest value that a number may have."""

    least: float
    greatest: float

    def protects(self, value: float | None) -> bool:
        """Whether it says too little: as many values as from 1 to 5, and of a small count up to 5.

        It need not begin at 1: a hidden total of two hidden groups is 2 at least, as noughts are
        shown, whatever else is hidden. A number that was not kept (None) may be small.
        """
        large = value is not None and not 1 <= value <= SMALL
        return (large or self.greatest >= SMALL) and self.greatest - self.least >= WIDE

    def tells(self, limit: float = SMALL) -> bool:
        """Whether it tells that a number which nobody gave is from 1 to `limit`, or nearly so."""
        narrow = self.greatest - self.least < WIDE
        return narrow and self.greatest >= 1 and self.least <= limit


def point(
    table: Table, floors: Sequence[tuple[Sequence[int], float]] = (), small: Iterable[int] = ()
) -> tuple[Floats, Sequence[Row]]:
    """Values at which every sum holds, the given ones kept; and the sums that do so.

    What is not known takes the smallest values that the sums allow. A sum of given numbers that
    do not agree (children counted once in a year and in two of its quarters) is shifted by what
    is missing: an outsider might know even that.

    Parameters
    ----------
    table : Table
        The numbers and their sums.
    floors : sequence of (numbers, least)
        Numbers whose sum is no less than so much, where the sums allow it.
    small : iterable of int
        Numbers that take the smallest values before all others do.

    Returns
    -------
    array
        A value for each number.
    list of mapping
        The sums, number -> coefficient.
    """
    values = np.array([np.nan if n.value is None else n.value for n in table.numbers])
    free = [at for at, number in enumerate(table.numbers) if number.value is None]
    if not free:
        return values, table.rows
    column = {at: place for place, at in enumerate(free)}
    rows = [row for row in table.rows if any(at in column for at in row)]
    count, size = len(rows), len(free)
    width = size + 2 * count + len(floors)  # a sum that does not hold and a floor pay by the unit
    matrix = lil_array((count, width))
    right = np.zeros(count)
    for place, row in enumerate(rows):
        for at, by in row.items():
            if at in column:
                matrix[place, column[at]] = by
            else:
                right[place] -= by * values[at]
        matrix[place, size + 2 * place], matrix[place, size + 2 * place + 1] = 1.0, -1.0
    floor = lil_array((len(floors), width))
    for place, (numbers, _) in enumerate(floors):
        for at in numbers:
            floor[place, column[at]] = 1.0
        floor[place, size + 2 * count + place] = 1.0
    above = [number for _, number in floors]
    limits = [LinearConstraint(csr_array(matrix), right, right)]
    limits += [LinearConstraint(csr_array(floor), above, np.inf)] if floors else []
    cost = np.array([1e-4] * size + [1.0] * (2 * count) + [0.1] * len(floors))
    cost[[column[at] for at in small if at in column]] = 1e-2
    least = np.zeros(width)
    least[:size] = [table.numbers[at].least for at in free]
    found = milp(
        cost,
        constraints=limits,
        bounds=Bounds(least, np.inf),
        integrality=np.ones(width),
        options={"time_limit": 60.0, "node_limit": _MOST_NODES},
    )
    if found.x is None:
        raise UndecidedError
    values[free] = np.round(found.x[:size])
    return values, table.rows


class Attack:
    """What an outsider can work out who knows every number that is not `open`.

    Parameters
    ----------
    rows : sequence of mapping
        The sums.
    values, least : array
        A point at which they hold, and the smallest value of each number.
    unknown : iterable of int
        The numbers that are not known.
    before : dict, optional
        Parts of earlier attacks on the same numbers: what did not change is not solved again.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        values: Floats,
        least: Floats,
        unknown: Iterable[int],
        before: "dict[frozenset[int], Part] | None" = None,
    ) -> None:
        self._values, self._least = values, least
        self._parts: dict[int, Part] = {}
        kept = {} if before is None else before
        for members, inside in components(rows, set(unknown)):
            mark = frozenset(members)
            part = kept.setdefault(mark, Part(sorted(members), inside))
            for at in members:
                self._parts[at] = part

    def interval(self, at: int, enough: Callable[[Interval], bool]) -> Interval:
        """The values that a number may have; the search ends once they are enough."""
        part = self._parts[at]
        column = part.members.index(at)
        value = self._values[at]
        large = len(part.members) > 2 * _NEAREST
        for near in (True, False) if large else (False,):  # the nearest alone are often enough
            for up in (True, False):
                found = Interval(value + part.low[column], value + part.high[column])
                if enough(found):
                    return found
                if (column, up, near) not in part.solved:
                    self._stretch(part, column, up, near)
                    part.solved.add((column, up, near))
        return Interval(value + part.low[column], value + part.high[column])

    def sums_of(self, at: int) -> Sequence[Row]:
        """The sums that bear on a number, directly or through others."""
        return self._parts[at].rows

    def _stretch(self, part: "Part", column: int, up: bool, near: bool) -> None:
        """Solve for the greatest (or least) value, and note what the solution says of others.

        With the numbers beyond the nearest left as they are, it may lie less far, never farther.
        """
        values = self._values[part.members]
        low = np.maximum(np.minimum(self._least[part.members] - values, 0.0), -REACH)
        if not part.rows:
            part.low, part.high = low, np.full(len(values), REACH)
            return
        columns, matrix = part.near(column) if near else (np.arange(len(values)), part.matrix)
        cost = np.where(columns == column, -1.0 if up else 1.0, 0.0)
        step = _best(cost, matrix, low[columns])
        part.low[columns] = np.minimum(part.low[columns], step)
        part.high[columns] = np.maximum(part.high[columns], step)


def _best(cost: Floats, matrix: csr_array, low: Floats) -> Floats:
    """The whole-numbered step of least cost; without that condition first, as it mostly holds."""
    for whole in (0, 1):
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, 0.0, 0.0),
            bounds=Bounds(low, REACH),
            integrality=np.full(len(cost), whole),
            options={"time_limit": 60.0, "node_limit": _MOST_NODES},
        )
        if found.x is None:
            raise UndecidedError
        step: Floats = np.round(found.x)
        if np.abs(found.x - step).max() < 1e-6:
            return step
    return step


class Part:
    """Unknown numbers that hang together, their sums, and the steps found so far."""

    def __init__(self, members: list[int], rows: Sequence[Row]) -> None:
        self.members, self.rows = members, rows
        place = {at: column for column, at in enumerate(members)}
        matrix = lil_array((len(rows), len(members)))
        for number, row in enumerate(rows):
            for at, by in row.items():
                if at in place:
                    matrix[number, place[at]] = by
        self.matrix = csr_array(matrix)
        self.low = np.zeros(len(members))
        self.high = np.zeros(len(members))
        self.solved: set[tuple[int, bool, bool]] = set()
        self._by_column = self.matrix.tocsc()

    def near(self, column: int) -> tuple[npt.NDArray[np.int64], csr_array]:
        """The columns nearest to one, through shared sums, and the sums that bear on them."""
        found, rows = [column], dict[int, None]()
        for at in found:  # grows meanwhile
            start, end = self._by_column.indptr[at : at + 2]
            for row in self._by_column.indices[start:end]:
                if row in rows:
                    continue
                rows[row] = None
                if len(found) < _NEAREST:
                    start, end = self.matrix.indptr[row : row + 2]
                    found += [one for one in self.matrix.indices[start:end] if one not in found]
        columns = np.array(found)
        return columns, self.matrix[list(rows)][:, columns]


def components(rows: Sequence[Row], unknown: set[int]) -> Iterator[tuple[set[int], list[Row]]]:
    """Unknown numbers that share sums, directly or through others, with those sums."""
    of: dict[int, list[int]] = defaultdict(list)
    inside = [{at for at in row if at in unknown} for row in rows]
    for number, members in enumerate(inside):
        for at in members:
            of[at].append(number)
    left = set(unknown)
    while left:
        start = left.pop()
        members, queue, numbers = {start}, [start], set()
        while queue:
            for number in of[queue.pop()]:
                if number not in numbers:
                    numbers.add(number)
                    queue += inside[number] - members
                    members |= inside[number]
        left -= members
        yield members, [rows[number] for number in sorted(numbers)]
