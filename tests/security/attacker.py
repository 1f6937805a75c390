"""An outsider who writes down every sum there is and solves for each hidden count.

Independent of the code under test: it has its own list of sums, cell by cell, and its own
programme. It takes every sum of given parts as known, as the publisher may print it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from cscdash.catalogue import catalogue
from cscdash.places import places

Cell = tuple[str, str, date, date, str, str]  # indicator, area, first and last day, group
Span = tuple[date, date]
DAY = timedelta(days=1)


@dataclass
class Attack:
    """What is seen and what was hidden, and the sums among them.

    Attributes
    ----------
    truth : dict
        Every count that was given, by cell, those that were handed in without their number too.
    shown : set
        The cells that are shown.
    public : dict
        Counts that everybody knows.
    withheld : dict
        What their publisher hides.
    sums : list of (whole, parts, all there)
        In cells; a whole that nobody gave is a cell all the same.
    """

    truth: Mapping[Cell, int]
    shown: set[Cell]
    public: Mapping[Cell, int]
    groups: Callable[[str, str], frozenset[str]]
    withheld: Mapping[Cell, int] = field(default_factory=dict)
    sums: list[tuple[Cell, tuple[Cell, ...], bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.truth = {**self.truth, **self.withheld}
        self.hidden = set(self.truth) - self.shown - set(self.public)
        cells = set(self.truth) | set(self.public)
        for _ in range(3):
            found = [*self._repeated(cells), *self._grouped(cells), *self._placed(cells)]
            found += self._timed(cells)
            self.sums = list(dict.fromkeys(found))
            cells |= {cell for whole, parts, _ in self.sums for cell in (whole, *parts)}

    def _repeated(self, cells: set[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...], bool]]:
        for whole, parts in _declared():
            for id, area, first, last, *group in list(cells):
                if (id, *group) in (whole, *parts):
                    at = [(n[0], area, first, last, n[1], n[2]) for n in (whole, *parts)]
                    yield at[0], tuple(at[1:]), True

    def _grouped(self, cells: set[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...], bool]]:
        held: dict[tuple[str, str, date, date, str], set[str]] = defaultdict(set)
        for id, area, first, last, breakdown, category in cells:
            if breakdown != "total":
                held[id, area, first, last, breakdown].add(category)
        for (id, area, first, last, breakdown), categories in held.items():
            if catalogue().indicator(id).adds_up_to(breakdown) != "numerator":
                continue
            inside = _nested(id, breakdown)
            top = sorted(categories - inside)
            parts = tuple((id, area, first, last, breakdown, one) for one in top)
            whole = (id, area, first, last, "total", "total")
            named = self.groups(id, breakdown)
            yield whole, parts, bool(named) and set(top) >= named - inside

    def _placed(self, cells: set[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...], bool]]:
        held: dict[tuple[str, date, date, str, str], set[str]] = defaultdict(set)
        for id, area, first, last, *group in cells:
            held[id, first, last, group[0], group[1]].add(area)
        for (id, first, last, *group), areas in held.items():
            for parent, children in _parents(last).items():
                inside = sorted(areas & set(children))
                if inside and (parent in areas or len(inside) == len(children)):
                    cell = [(id, a, first, last, group[0], group[1]) for a in (parent, *inside)]
                    yield cell[0], tuple(cell[1:]), len(inside) == len(children)

    def _timed(self, cells: set[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...], bool]]:
        held: dict[tuple[str, ...], set[Span]] = defaultdict(set)
        for id, area, first, last, breakdown, category in cells:
            if catalogue().indicator(id).measures == "flow":
                held[id, area, breakdown, category].add((first, last))
        for (id, area, breakdown, category), spans in held.items():
            for first, last in spans | _years(spans):
                inside = [s for s in spans if first <= s[0] and s[1] <= last and s != (first, last)]
                for tiles, whole in _coverings(first, last, inside):
                    if whole or (first, last) in spans:
                        cell = [(id, area, *span, breakdown, category)
                                for span in ((first, last), *tiles)]  # fmt: skip
                        yield cell[0], tuple(cell[1:]), whole

    def widths(self, besides: Iterable[Cell] = ()) -> dict[Cell, tuple[int, int]]:
        """The least and greatest value of every hidden cell, and of others, that sums bear on."""
        known = {cell: self.truth[cell] for cell in self.shown} | dict(self.public)
        for whole, parts, all_there in self.sums:
            seen = any(known.get(part, 0) > 0 and part in self.shown for part in parts)
            given = [self.truth.get(part, known.get(part)) for part in parts]
            unseen = whole not in self.truth and len(parts) > 1 and all_there
            if unseen and seen and None not in given:
                added = sum(number or 0 for number in given)
                known |= {whole: known.get(whole, added)} if added > 5 else {}
        unknown: dict[Cell | int, int] = {}  # by cell, or by the sum whose rest it is
        rows: list[dict[int, float]] = []
        right: list[float] = []
        for number, (whole, parts, all_there) in enumerate(self.sums):
            row: dict[int, float] = defaultdict(float)
            constant = 0.0
            for cell, by in [(whole, -1.0), *((part, 1.0) for part in parts)]:
                if cell in known:
                    constant -= by * known[cell]
                else:
                    row[unknown.setdefault(cell, len(unknown))] += by
            if not all_there:
                row[unknown.setdefault(number, len(unknown))] += 1.0
            if row:
                rows.append(row)
                right.append(constant)
        found = {}
        for cell in sorted(one for one in self.hidden | set(besides) if one in unknown):
            counted = {one for one in self.hidden if self.truth[one] > 0}  # noughts are shown
            found[cell] = _range(unknown[cell], unknown, rows, right, counted)
        return found


def _range(
    at: int, unknown: Mapping[Cell | int, int], rows: Sequence[Mapping[int, float]],
    right: Sequence[float], hidden: set[Cell],
) -> tuple[int, int]:  # fmt: skip
    """The least and the greatest value of one unknown, by two integer programmes."""
    near, size = {at}, 0
    while size != len(near):
        size = len(near)
        for row in rows:
            if near & set(row):
                near |= set(row)
    place = {one: column for column, one in enumerate(sorted(near))}
    kept = [(row, value) for row, value in zip(rows, right, strict=True) if near & set(row)]
    least = np.zeros(len(place))
    for name, number in unknown.items():
        if number in place and name in hidden:
            least[place[number]] = 1.0
    if not kept:
        return 1, 999
    matrix = np.zeros((len(kept), len(place)))
    for number, (row, _) in enumerate(kept):
        for one, by in row.items():
            matrix[number, place[one]] = by
    values = [value for _, value in kept]
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(place))
        cost[place[at]] = sign
        done = milp(cost, constraints=LinearConstraint(matrix, values, values),
                    bounds=Bounds(least, 1e4), integrality=np.ones(len(place)))  # fmt: skip
        assert done.x is not None, "the truth itself is one solution"
        ends.append(round(done.x[place[at]]))
    return ends[0], ends[1]


@cache
def _declared() -> tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
    def split(text: str) -> tuple[str, ...]:
        names = text.split(" / ", 2)
        return tuple(names) if len(names) == 3 else (names[0], "total", "total")

    return tuple(
        (split(f"{one.id} / {said.category}" if said.category else one.id),
         tuple(split(part) for part in said.parts))
        for one in catalogue().indicators for said in one.sums if said.of == "numerator"
    )  # fmt: skip


@cache
def _nested(id: str, breakdown: str) -> frozenset[str]:
    return frozenset(
        part[2] for whole, parts in _declared() if whole[:2] == (id, breakdown) and len(parts) > 1
        for part in parts if part[:2] == (id, breakdown)
    )  # fmt: skip


@cache
def _parents(day: date) -> dict[str, tuple[str, ...]]:
    known = places()
    london = {half.code: half.region for half in known.subregions}
    children: dict[str, list[str]] = defaultdict(list)
    for area in (*known.authorities, *known.abolished):
        if known.existed(area.code, day):
            children[area.subregion or area.region].append(area.code)
    for half, region in london.items():
        children[region].append(half)
    children[known.england.code] = [region.code for region in known.regions]
    return {parent: tuple(inside) for parent, inside in children.items()}


def _years(spans: set[Span]) -> set[Span]:
    """Years to 31 March and calendar quarters that the spans lie in."""
    found = set()
    for _, last in spans:
        year = last.year + (last.month > 3)
        found.add((date(year - 1, 4, 1), date(year, 3, 31)))
        month = (last.month - 1) // 3 * 3 + 1
        after = date(last.year + (month == 10), (month + 3) % 12 or 12, 1)
        found.add((date(last.year, month, 1), after - DAY))
    return found


def _coverings(
    first: date, last: date, inside: Sequence[Span]
) -> Iterator[tuple[list[Span], bool]]:
    """Spans that follow each other within a time, long ones or short, and if they fill it.

    Also long ones up to a day and short ones from there, and the other way about.
    """
    for change in (first, *sorted({span[0] for span in inside})):
        for early, late in ((max, min), (min, max)):
            tiles: list[Span] = []
            at = first
            for start in sorted({span[0] for span in inside}):
                if start >= at:
                    pick = early if start < change else late
                    tiles.append(pick(span for span in inside if span[0] == start))
                    at = tiles[-1][1] + DAY
            if tiles:
                days = sum((end - start).days + 1 for start, end in tiles)
                yield tiles, days == (last - first).days + 1
