"""What local figures have to know of the published ones: their groups, and what is hidden."""

from datetime import date, timedelta
from functools import cache

import pandas as pd

from cscdash.analysis.number_format import round_half_up
from cscdash.catalogue import catalogue
from cscdash.disclosure.numbers import Figure as Number
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.local.row import Figure

_Cell = tuple[str, str, str]


def _year_before(day: date) -> date:
    """The same day a year before; 28 February for the 29th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


class Published:
    """The published figures beside which local ones are kept.

    Parameters
    ----------
    store : Store, optional
        Where they are; without one nothing is known, and local figures have totals alone.
    """

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        self.categories = cache(self._categories)
        self._spans = cache(self._read_spans)
        self._rows = cache(self._read_rows)
        self._values = cache(self._read_values)

    @property
    def invented(self) -> bool:
        """Whether they are demonstration data."""
        return self.store is not None and self.store.demonstration

    def hidden(self, figure: Figure) -> bool:
        """Whether the published figure of the year in which a local one ends is hidden."""
        if self.invented:
            return False
        spans = self._spans(figure.indicator).get((figure.area, figure.breakdown, figure.category))
        return any(first < figure.when.end <= last for first, last in spans or ())

    def repeats(self, figure: Figure, decimals: int) -> bool:
        """Whether a local figure is the published one of that year, rounded as it is printed."""
        if self.invented or figure.value is None or figure.when.kind not in ("year", "date"):
            return False
        cell = (figure.area, figure.breakdown, figure.category, figure.when.end)
        published = self._values(figure.indicator).get(cell)
        return published is not None and (
            round_half_up(published, decimals) == round_half_up(figure.value, decimals)
        )

    def between(self, indicator: str, area: str, first: date, last: date) -> list[Number]:
        """The published figures of an area in years that lie between two days, or across them.

        What is hidden there is among them, with status ``c`` and no numbers.
        """
        if self.invented:
            return []
        held = self._rows(indicator).get(area, ())
        return [one for one in held if one.start <= last and one.end >= first]

    def _read_values(self, indicator: str) -> dict[tuple[str | date, ...], float]:
        table = self._frame(indicator)
        if table is None:
            return {}
        cell = ("area", "breakdown", "category")
        return {
            (*(str(row[column]) for column in cell), row["period_end"].date()): float(row["value"])
            for row in table[table["status"] == "ok"].to_dict("records")
        }

    def _read_rows(self, indicator: str) -> dict[str, list[Number]]:
        table = self._frame(indicator)
        found: dict[str, list[Number]] = {}
        if table is None:
            return found
        counted = catalogue().indicator(indicator).unit != "count"
        for row in table[table["status"].isin(["ok", "c"])].to_dict("records"):
            last = row["period_end"].date()
            shown = row["status"] == "ok"
            above = row["numerator"] if counted else row["value"]
            below = row["denominator"]
            found.setdefault(str(row["area"]), []).append(
                Number(
                    indicator,
                    str(row["area"]),
                    _year_before(last) + timedelta(days=1),
                    last,
                    str(row["breakdown"]),
                    str(row["category"]),
                    float(above) if shown and not pd.isna(above) else None,
                    float(below) if shown and not pd.isna(below) else None,
                    row["status"],
                )
            )
        return found

    def _categories(self, indicator: str) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        table = self._frame(indicator)
        if table is not None:
            for name, part in table.groupby("breakdown", observed=True):
                if name != "total":
                    found[str(name)] = frozenset(map(str, part["category"].unique()))
        return found

    def _read_spans(self, indicator: str) -> dict[_Cell, list[tuple[date, date]]]:
        table = self._frame(indicator)
        found: dict[_Cell, list[tuple[date, date]]] = {}
        if table is None:
            return found
        for row in table[table["status"].isin(["c", "k"])].to_dict("records"):
            last = row["period_end"].date()
            cell = (str(row["area"]), str(row["breakdown"]), str(row["category"]))
            found.setdefault(cell, []).append((_year_before(last), last))
        return found

    def _frame(self, indicator: str) -> pd.DataFrame | None:
        if self.store is None or indicator not in self.store.indicators:
            return None
        try:
            return self.store.read(indicator)
        except CscdashError:
            return None
