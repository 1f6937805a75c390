"""Reconciling: what the returns give for a 31 March beside what is published for it."""

from collections.abc import Sequence
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


def reconcile(
    shown: Sequence[Figure],
    figures: Sequence[Figure],
    day: date,
    known: Known,
    published: Published,
) -> tuple[Reconciled, ...]:
    """The totals of a 31 March beside what is published for it.

    Parameters
    ----------
    shown, figures : sequence of Figure
        The same figures, as they may be shown and with what they rest on.
    day : date
        The 31 March.
    known, published
        As for `look`.

    Returns
    -------
    tuple of Reconciled
        Those that agree last. Where one of the two is hidden, no number of either is there.
    """
    found = []
    for one, whole in zip(shown, figures, strict=True):
        if one.when.end != day or one.breakdown != "total":
            continue
        beside = _published(published, one, day)
        if beside is None:
            continue
        measure = known.measures[one.indicator]
        if one.value is None or whole.value is None or beside["status"] != "ok":
            found.append(Reconciled(one.indicator, "hidden", "", "", None))
            continue
        value = float(str(beside["value"]))
        own = whole.value if measure.unit == "count" else whole.numerator
        theirs = value if measure.unit == "count" else beside["numerator"]
        counted = measure.unit != "score" and own is not None and not pd.isna(theirs)
        apart = own - float(str(theirs)) if counted and own is not None else whole.value - value
        near = counted and abs(apart) <= max(1.0, _SHARE * float(str(theirs)))
        agrees = near or (
            measure.unit in ("percent", "score") and abs(whole.value - value) <= _POINTS
        )
        word = f"{apart:+,.0f} counted" if counted else f"{apart:+.1f}"
        found.append(
            Reconciled(
                one.indicator,
                say(one.value, measure.unit, measure.decimals),
                say(value, measure.unit, measure.decimals),
                "none" if apart == 0 else word,
                agrees,
                "" if agrees else _why(one.indicator),
            )
        )
    return tuple(sorted(found, key=lambda one: {False: 0, None: 1, True: 2}[one.agrees]))


def _published(published: Published, figure: Figure, day: date) -> pd.Series | None:
    """The published row of the same date; None if there is none, or the figures are invented."""
    store = published.store
    if store is None or published.invented or figure.indicator not in store.indicators:
        return None
    table = store.read(figure.indicator)
    rows = table[
        (table["area"].astype(str) == figure.area)
        & (table["breakdown"].astype(str) == "total")
        & (table["period_end"].dt.date == day)
    ]
    return rows.iloc[0] if len(rows) else None


def _why(id: str) -> str:
    other = next((one.otherwise for one in MEASURES if one.id == id), "")
    return f"{_LATE}; {other}" if other else _LATE
