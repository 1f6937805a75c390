"""Numbers of a table, each known or not, and the sums in which they stand."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Of = Literal["numerator", "denominator", "remainder"]


@dataclass(frozen=True)
class Figure:
    """A figure that may be shown or hidden.

    Attributes
    ----------
    indicator, area, breakdown, category : str
        What it is of.
    start, end : date
        The first and last day of its period.
    numerator, denominator : float or None
        What was counted, and among how many; None where that is not known. A mean has only a
        denominator.
    status : str
        ``ok``; ``c`` for what is hidden already; any other letter for what is not there.
    """

    indicator: str
    area: str
    start: date
    end: date
    breakdown: str
    category: str
    numerator: float | None
    denominator: float | None
    status: str = "ok"


@dataclass(frozen=True)
class Key:
    """What a number is: the numerator, the denominator or what remains, of a figure."""

    indicator: str
    area: str
    start: date
    end: date
    breakdown: str
    category: str
    of: Of

    def at(self, **changes: object) -> "Key":
        """The same with other fields."""
        return Key(**{**self.__dict__, **changes})


@dataclass
class Number:
    """A number, and what is known of it.

    Attributes
    ----------
    value : float or None
        What it is, where that was given.
    least : float
        What everybody knows it to be at least.
    figure : int or None
        The figure that shows it; None for a number that nobody gave.
    published : bool
        Whether it is published, so that everybody knows it.
    withheld : bool
        Whether its publisher hides it, so that no local figure may tell it.
    absent : bool
        Whether it was given as not there, so that it is in no sum that somebody knows.
    of : str
        Which number of its figure it is.
    """

    value: float | None
    least: float
    figure: int | None = None
    published: bool = False
    withheld: bool = False
    absent: bool = False
    of: Of = "numerator"


@dataclass(frozen=True)
class Whole:
    """A number all of whose parts were given, so that somebody may know it though it is unseen."""

    whole: int
    parts: tuple[int, ...]


@dataclass
class Table:
    """Linked numbers: each row of `rows` maps numbers to coefficients, and adds up to nothing."""

    numbers: list[Number] = field(default_factory=list)
    rows: list[dict[int, float]] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)
    _seen: set[Hashable] = field(default_factory=set)

    def add(self, key: Key | None, number: Number) -> int:
        """Add a number; one that has the key of another is set equal to it."""
        if key is not None:
            number.of = key.of
        self.numbers.append(number)
        at = len(self.numbers) - 1
        if key is not None:
            first = self.places.setdefault(key, at)
            if first != at:
                self.equate({first: 1.0, at: -1.0})
        return at

    def get(self, key: Key) -> int:
        """The place of a number; one that nobody gave is added."""
        return self.places[key] if key in self.places else self.add(key, Number(None, 0.0))

    def equate(self, row: Mapping[int, float]) -> None:
        """Add a row, once."""
        mark = frozenset(row.items())
        if len(row) > 1 and mark not in self._seen:
            self._seen.add(mark)
            self.rows.append(dict(row))

    def add_up(self, whole: int, parts: Iterable[int], complete: bool = True) -> None:
        """Say that parts add up to a whole, with a number that nobody gave if not all are there."""
        parts = tuple(dict.fromkeys(parts))
        mark = ("sum", whole, parts)
        if mark in self._seen or whole in parts:
            return
        self._seen.add(mark)
        row = {whole: -1.0} | dict.fromkeys(parts, 1.0)
        if not complete:
            row[self.add(None, Number(None, 0.0))] = 1.0
        elif len(parts) > 1:
            self.wholes.append(Whole(whole, parts))
        self.rows.append(row)
