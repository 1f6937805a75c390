"""Reconciling: what the returns give for a 31 March beside what is published for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cscdash.analysis.number_format import say
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.returns.measures import MEASURES

_LATE = "records entered, mended or closed after the return was sent"
_POINTS = 0.5
_SHARE = 0.005
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Reconciled:
    """An own figure beside the published one of the same date.

    Attributes
    ----------
    indicator : str
        Its id.
    own, published : str
        Both in words.
    difference : str
        In children or events where both are known so, otherwise in points.
    agrees : bool or None
        Whether they are near enough; None if one of them is hidden.
    why : str
        Likely reasons where they do not agree.
    """

    indicator: str
    own: str
    published: str
    difference: str
    agrees: bool | None
    why: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside an own figure; no value where it is hidden."""

    value: float | None
    numerator: float | None = None


def reconcile(
    shown: Sequence[Figure],
    figures: Sequence[Figure],
    day: date,
    known: Known,
    beside: Callable[[Figure], Beside | None],
) -> tuple[Reconciled, ...]:
    """The totals of a 31 March beside what is published for it.

    Parameters
    ----------
    shown, figures : sequence of Figure
        The same figures, as they may be shown and with what they rest on.
    day : date
        The 31 March.
    known : Known
        What figures are of.
    beside : callable
        What stands beside a figure; None if nothing does.

    Returns
    -------
    tuple of Reconciled
        Those that agree last. Where one of the two is hidden, no number of either is there.
    """
    found = []
    for one, whole in zip(shown, figures, strict=True):
        if one.when.end != day or one.breakdown != "total":
            continue
        theirs = beside(one)
        if theirs is None:
            continue
        if one.value is None or whole.value is None or theirs.value is None:
            found.append(Reconciled(one.indicator, "hidden", "", "", None))
            continue
        measure = known.measures[one.indicator]
        count = measure.unit == "count"
        own = whole.value if count else whole.numerator
        other = theirs.value if count else theirs.numerator
        points = measure.unit in ("percent", "score") and (
            abs(whole.value - theirs.value) <= _POINTS + _ROUNDING
        )
        if measure.unit == "score" or own is None or other is None:
            apart = whole.value - theirs.value
            agrees, word = points, f"{apart:+.1f}"
        else:
            apart = own - other
            agrees = points or abs(apart) <= max(1.0, _SHARE * other)
            word = f"{apart:+,.0f} counted"
        found.append(
            Reconciled(
                one.indicator,
                say(one.value, measure.unit, measure.decimals),
                say(theirs.value, measure.unit, measure.decimals),
                "none" if word.lstrip("+-").partition(" ")[0] in ("0", "0.0") else word,
                agrees,
                "" if agrees else _why(one.indicator),
            )
        )
    return tuple(sorted(found, key=lambda one: {False: 0, None: 1, True: 2}[one.agrees]))


def published_beside(published: Published) -> Callable[[Figure], Beside | None]:
    """What is published for the day of a figure; nothing where the published ones are invented."""

    def beside(figure: Figure) -> Beside | None:
        store = published.store
        if store is None or published.invented or figure.indicator not in store.indicators:
            return None
        table = store.read(figure.indicator)
        rows = table[
            (table["area"].astype(str) == figure.area)
            & (table["breakdown"].astype(str) == "total")
            & (table["period_end"].dt.date == figure.when.end)
        ]
        if not len(rows):
            return None
        row = rows.iloc[0]
        if row["status"] != "ok":
            return Beside(None)
        above = row["numerator"]
        return Beside(float(row["value"]), None if pd.isna(above) else float(above))

    return beside


def _why(id: str) -> str:
    other = next((one.otherwise for one in MEASURES if one.id == id), "")
    return f"{_LATE}; {other}" if other else _LATE
