"""Which figures are hidden: small ones, and others so that nobody can work them out.

The choice follows Fischetti and Salazar-González (2001): a hidden number is safe when two other
tables, both true to everything that is shown, lie far enough apart there; the cheapest set of
figures that makes room for such a pair is hidden with it. `audit` has the last word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

from cscdash.catalogue.models import Unit
from cscdash.disclosure.audit import (
    SMALL,
    WIDE,
    Attack,
    Interval,
    Part,
    Row,
    UndecidedError,
    point,
)
from cscdash.disclosure.numbers import Figure, Number, Whole
from cscdash.disclosure.relations import Known, table_of

BASE = 10  # a share or mean of fewer is hidden
_MEANS: tuple[Unit, ...] = ("score", "months", "ratio", "pounds")
_MOST_ROUNDS = 400
_MOST_TRIES = 120  # figures that are tried for showing again
_MOST_AUDITED = 60_000  # numbers that are looked at in doing so
_MOST_COLUMNS = 250  # numbers around a told one among which more is hidden
_MOST_NODES = 1_000  # of the search for the cheapest, which is then taken as far as it came
_IMPOSSIBLE = 2  # the solver's word for it
_STEP = 12.0  # how far from what they are numbers are moved to make room
_WHOLE_COST = 1.5  # of hiding a sum, against 1 for a part: other tables print sums


def small(figure: Figure, unit: Unit) -> bool:
    """Whether a figure is hidden for itself.

    A count from 1 to 5, one that a share leaves over (48 of 50), or a share, rate or mean of fewer
    than ten.
    """
    above, below = figure.numerator, figure.denominator
    counts = [above] if unit not in _MEANS else []
    if unit == "percent" and above is not None and below is not None:
        counts.append(below - above)
    if any(count is not None and 0.5 <= count < SMALL + 0.5 for count in counts):
        return True
    return unit != "count" and below is not None and below < BASE - 0.5


def hidden(figures: Sequence[Figure], known: Known) -> set[int]:
    """Which figures to hide, those that are hidden already among them.

    Parameters
    ----------
    figures : sequence of Figure
        All that are or will be shown of these indicators, in all additions.
    known : Known
        What they add up to, and what is published of them.

    Returns
    -------
    set of int
        Places in `figures`. Every hidden number may have at least five values, given all that is
        shown, and a small count may be as large as 5 (`Interval.protects`); where that cannot be
        reached, everything that is linked to it is hidden.
    """
    already = {at for at, figure in enumerate(figures) if figure.status == "c"}
    own = {
        at
        for at, figure in enumerate(figures)
        if figure.status == "ok" and small(figure, known.measures[figure.indicator].unit)
    }
    work = _Work(figures, known, already | own)
    work.protect()
    work.show_again(already | own)
    return work.hidden


@dataclass(frozen=True)
class _Need:
    """A number that is told to those who know the numbers in `fixed` besides what is shown."""

    number: int
    fixed: frozenset[int]
    case: int = -1


@dataclass
class _Work:
    """The state of the search: what is hidden so far, and what has been audited."""

    figures: Sequence[Figure]
    known: Known
    hidden: set[int]
    bare: tuple[set[int], Attack] | None = None

    def __post_init__(self) -> None:
        self.table = table_of(self.figures, self.known)
        self.values, self.rows = point(self.table, self._floors())
        self.least = np.array([number.least for number in self.table.numbers])
        self.cases = {-1: self.values}
        self.in_doubt = self._in_doubt()
        self.solved: dict[int, dict[frozenset[int], Part]] = defaultdict(dict)
        order = sorted(range(len(self.figures)), key=self._size)
        self.ranks = {at: place / len(order) for place, at in enumerate(order)}
        numbers = self.table.numbers
        self.sums = {numbers[one.whole].figure for one in self.table.wholes} - {None}

    def _floors(self) -> list[tuple[list[int], float]]:
        """How much unseen sums of hidden parts are at least, whose numbers are not kept.

        Parts that were audited together before could be told apart by five values then. And the
        publisher prints a sum above 5, so one that may be as large is taken to be.
        """
        numbers = self.table.numbers
        sure = {at for at, number in enumerate(numbers) if number.value is not None}
        size = -1
        while size != len(sure):  # a part may be an unseen sum itself
            size = len(sure)
            sure |= {one.whole for one in self.table.wholes if sure.issuperset(one.parts)}
        unsure = {one.whole: None for one in self.table.wholes if one.whole not in sure}
        found: list[tuple[list[int], float]] = [([at], SMALL + 1.0) for at in unsure]
        for one in self.table.wholes:
            parts = [self.table.numbers[at] for at in one.parts]
            before = all(p.figure is not None and p.figure < self.known.settled for p in parts)
            blank = [at for at in one.parts if self.table.numbers[at].value is None]
            if before and len(blank) > 1 and self.table.numbers[one.whole].value is None:
                least = sum(self.table.numbers[at].least for at in blank)
                found.append((blank, least + WIDE))
        return found

    def _in_doubt(self) -> list[int]:
        """Unseen sums of which a part was hidden before and a part is new, by their place.

        What they add up to is not known any more: each is audited as if it were the least possible.
        """
        found = []
        for place, one in enumerate(self.table.wholes):
            parts = [self.table.numbers[at] for at in one.parts]
            blank = any(part.value is None and part.figure is not None for part in parts)
            unseen = self.table.numbers[one.whole].value is None
            if unseen and blank and any((p.figure or 0) >= self.known.settled for p in parts):
                found.append(place)
        return found

    def _size(self, at: int) -> float:
        figure = self.figures[at]
        number = figure.numerator if figure.numerator is not None else figure.denominator
        return float("inf") if number is None else number

    def protect(self) -> None:
        """Hide more until nothing hidden is told."""
        for _ in range(_MOST_ROUNDS):
            needs = self.needs()
            if not needs:
                return
            before = len(self.hidden)
            for need in needs:
                if self._still(need):
                    self.hidden |= self._more(need)
            if len(self.hidden) == before:
                break  # nothing that may be hidden would help
        self.hidden |= {at for at, one in enumerate(self.figures) if one.status == "ok"}

    def show_again(self, needed: set[int]) -> None:
        """Show what need not be hidden after all, the largest first."""
        spare = sorted(self.hidden - needed, key=self._size, reverse=True)
        audited = 1 + len(self.table.numbers) * len(self.cases)
        for at in spare[: min(_MOST_TRIES, _MOST_AUDITED // audited + 1)]:
            self.hidden.discard(at)
            if self.needs(most=1):
                self.hidden.add(at)

    def needs(self, most: int = 1_000) -> list[_Need]:
        """The numbers that are told: to those who know unseen sums, and to those who do not."""
        unknown, seen = self._unknown(), self._seen()
        found: list[_Need] = []
        given = {at for at in seen if self.table.numbers[at].figure is not None}
        audits = [
            (-1, seen, unknown - seen),
            (-1, seen - given, given),  # hidden sums, to whom the unseen ones are known
            (-1, frozenset[int](), seen - given),
        ]
        for case in self.in_doubt:
            if (one := self.table.wholes[case]).whole in seen:
                audits.append((case, seen, (unknown - seen) & set(one.parts)))
        for case, fixed, watched in audits:
            if watched:
                attack = self._attack(unknown - fixed, case)
                for at in sorted(watched):
                    if self._is_told(attack, at):
                        found.append(_Need(at, fixed, case))
                        if len(found) >= most:
                            return found
        return found

    def _still(self, need: _Need) -> bool:
        unknown = self._unknown()
        return need.number in unknown and self._is_told(
            self._attack(unknown - need.fixed, need.case), need.number
        )

    def _attack(self, unknown: set[int], case: int) -> Attack:
        if case not in self.cases:  # only where somebody may know the sum: it takes long
            parts = self.table.wholes[case].parts
            self.cases[case] = point(self.table, self._floors(), parts)[0]
        return Attack(self.rows, self.cases[case], self.least, unknown, self.solved[case])

    def _unknown(self) -> set[int]:
        """The numbers that are not shown."""
        return {
            at
            for at, number in enumerate(self.table.numbers)
            if not number.published and (number.figure is None or number.figure in self.hidden)
        }

    def _seen(self) -> frozenset[int]:
        """Sums that are not shown here and yet may be known, as publishers print totals.

        They matter where a part of them is shown that is not nought.
        """
        unknown = self._unknown()
        return frozenset(one.whole for one in self.table.wholes if self._may_be_seen(one, unknown))

    def _may_be_seen(self, one: Whole, unknown: set[int]) -> bool:
        if one.whole not in unknown or self.values[one.whole] <= SMALL:
            return False
        parts = [self.table.numbers[at] for at in one.parts]
        shown = any(at not in unknown and self.values[at] > 0 for at in one.parts)
        return shown and not any(part.absent for part in parts)

    def _is_told(self, attack: Attack, at: int) -> bool:
        """Whether too much follows for a number from what is shown, and not without it already."""
        if not self._matters(at) or not self._shown_beside(attack.sums_of(at)):
            return False
        try:
            found = attack.interval(at, lambda found: self._is_enough(at, found))
            if self._is_enough(at, found):
                return False
            bare = self._bare().interval(at, lambda _: False)
        except UndecidedError:
            return True
        return (found.least, found.greatest) != (bare.least, bare.greatest)

    def _is_enough(self, at: int, found: Interval) -> bool:
        """Whether a number may lie anywhere in so wide an interval."""
        number = self.table.numbers[at]
        counted = number.figure is not None and number.of == "numerator"
        given = number.figure is not None and number.value is not None
        if counted or given or number.withheld:
            return found.protects(number.value)
        return not found.tells(self._limit(number))

    def _bare(self) -> Attack:
        """What follows from published figures and noughts, if nothing else were shown.

        What a nought is a share of is not shown with it, so nothing follows from that.
        """
        unknown = {
            at
            for at, number in enumerate(self.table.numbers)
            if not number.published
            and (
                number.figure is None
                or number.of != "numerator"
                or number.figure in self.hidden
                or self._may_hide(number.figure, True)
            )
        }
        if self.bare is None or self.bare[0] != unknown:
            self.bare = (unknown, self._attack(unknown, -1))
        return self.bare[1]

    def _matters(self, at: int) -> bool:
        """Whether a number must not be told: what was counted always, the others if small."""
        number = self.table.numbers[at]
        if number.figure is None or number.of == "numerator" or number.value is None:
            return True
        return 1 <= number.value <= self._limit(number)

    def _limit(self, number: Number) -> float:
        """Up to which value a number is small: a count, or what a figure rests on."""
        base = number.of == "denominator" and number.figure is not None
        return BASE - 1 if base else SMALL

    def _shown_beside(self, rows: Iterable[Row]) -> bool:
        """Whether a figure that is shown, and not nought, stands in one of the sums."""
        numbers = self.table.numbers
        return any(
            (figure := numbers[at].figure) is not None
            and figure not in self.hidden
            and self.values[at] > 0
            for row in rows
            for at in row
        )

    def _more(self, need: _Need) -> set[int]:
        """What to hide for a number's sake: the cheapest figures beside which it is not told.

        Where the bound of the search leaves none, the nearest figure; the audit then looks again.
        """
        return self._cheapest(need, False) or self._cheapest(need, True) or self._nearest(need)

    def _nearest(self, need: _Need) -> set[int]:
        """The smallest of the nearest figures that are linked to a number, noughts last."""
        numbers = self.table.numbers
        seen, ring = {need.number}, {need.number}
        noughts: set[int] = set()
        while ring:
            near = {at for row in self.rows if ring & row.keys() for at in row}
            ring = {at for at in near - seen if not numbers[at].published} - need.fixed
            seen |= ring
            beside = {numbers[at].figure for at in ring} - self.hidden - {None}
            shown = {at for at in beside if at is not None and self.figures[at].status == "ok"}
            if able := [at for at in shown if self._may_hide(at, True)]:
                return {min(able, key=self._size)}
            noughts |= shown
        return noughts

    def _cheapest(self, need: _Need, sums: bool) -> set[int]:
        """Two tables that agree with all that stays shown, and lie apart in one number.

        Parameters
        ----------
        need : _Need
            The number.
        sums : bool
            Whether sums whose parts are all there may be hidden too.
        """
        numbers = self.table.numbers
        unknown = self._unknown() - need.fixed
        open_to = {
            at: number.figure
            for at, number in enumerate(numbers)
            if number.figure is not None
            and number.figure not in self.hidden
            and self._may_hide(number.figure, sums)
        }
        columns, rows = _near(self.rows, need.number, unknown | set(open_to))
        figures = sorted({open_to[at] for at in columns if at in open_to})
        if not figures:
            return set()
        size, place = len(columns), {at: column for column, at in enumerate(columns)}
        switch = {figure: 2 * size + at for at, figure in enumerate(figures)}
        total = 2 * size + len(figures)
        matrix: list[dict[int, float]] = []
        low: list[float] = []
        for side in (0, size):
            for row in rows:
                matrix.append({side + place[at]: by for at, by in row.items() if at in place})
                low.append(0.0)
        high = list(low)
        for column, at in enumerate(columns):
            if at in open_to:
                for side in (0, size):
                    for sign in (1.0, -1.0):
                        matrix.append({side + column: sign, switch[open_to[at]]: -_STEP})
                        low.append(-np.inf)
                        high.append(0.0)
        x = place[need.number]
        value = numbers[need.number].value
        wanted = [({x: 1.0, size + x: -1.0}, float(WIDE), np.inf)]
        if value is not None and 1 <= value <= SMALL:
            wanted.append(({x: 1.0}, SMALL - value, np.inf))
        for row, least, most in wanted:
            matrix.append(row)
            low.append(least)
            high.append(most)
        values = self.cases[need.case][columns]
        floor = np.maximum(np.minimum(self.least[columns] - values, 0.0), -_STEP)
        cost = np.zeros(total)
        for figure, at in switch.items():
            cost[at] = (_WHOLE_COST if figure in self.sums else 1.0) + 0.1 * self.ranks[figure]
        for whole in (1, 0):  # in fractions too, where the search ends without an answer
            found = milp(
                cost,
                constraints=LinearConstraint(_sparse(matrix, total), low, high),
                bounds=Bounds(
                    np.concatenate([floor, floor, np.zeros(len(figures))]),
                    np.concatenate([np.full(2 * size, _STEP), np.ones(len(figures))]),
                ),
                integrality=np.full(total, whole),
                options={"time_limit": 60.0, "node_limit": _MOST_NODES, "mip_rel_gap": 0.01},
            )
            if found.x is not None:
                return {figure for figure, at in switch.items() if found.x[at] > 1e-4}
            if found.status == _IMPOSSIBLE:
                return set()
        return set()

    def _may_hide(self, figure: int, sums: bool) -> bool:
        """Whether a figure may be hidden beside another: noughts are shown."""
        one = self.figures[figure]
        number = one.denominator if one.numerator is None else one.numerator
        return one.status == "ok" and bool(number) and (sums or figure not in self.sums)


def _near(rows: Sequence[Row], start: int, allowed: set[int]) -> tuple[list[int], list[Row]]:
    """The allowed numbers around one, nearest first, with the sums among them.

    A sum in which a number beyond them stands binds them as if that did not move.
    """
    of: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for at in row:
            if at in allowed:
                of[at].append(number)
    found, queue, inside = {start: None}, [start], dict[int, None]()
    while queue and len(found) < _MOST_COLUMNS:
        after: list[int] = []
        for at in queue:
            for number in of[at]:
                inside[number] = None
                for other in rows[number]:
                    if other in allowed and other not in found:
                        found[other] = None
                        after.append(other)
        queue = after
    touched = {number for at in found for number in of[at]}
    return list(found), [rows[number] for number in sorted(touched)]


def _sparse(rows: Sequence[Row], width: int) -> csr_array:
    matrix = lil_array((len(rows), width))
    for number, row in enumerate(rows):
        for at, by in row.items():
            matrix[number, at] = by
    return csr_array(matrix)
