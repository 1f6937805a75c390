"""Dots with names: one row for each area or group, with a band for chance and a median."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from cscdash.charts.drawing import finished
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import tick_words

_STEP = 32
_WIDTH = 34  # characters on a line of a name


@dataclass(frozen=True)
class Named:
    """A row: who, the value if there is one, its band, and the text beside it."""

    role: Role
    name: str
    value: float | None
    low: float | None
    high: float | None
    text: str


def dots_rows(rows: Sequence[Named], median: float | None, zero: bool) -> pd.DataFrame:
    """The rows of the chart, in the order given.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, order, value, low, high, text, edge``.
    """
    marks: list[dict[str, Any]] = []
    shown = [x for row in rows for x in (row.value, row.low, row.high) if x is not None]
    bottom = min([0.0, *shown]) if zero else min(shown, default=0.0)
    for order, row in enumerate(rows):
        name = "\n".join(wrap(row.name, _WIDTH, break_on_hyphens=False))
        same = {"role": row.role, "name": name, "order": order, "text": row.text}
        edge = max((x for x in (row.value, row.high) if x is not None), default=bottom)
        if row.value is not None and row.low is not None and row.high is not None:
            marks.append(same | {"mark": "band", "low": row.low, "high": row.high})
        if row.value is not None:
            marks.append(same | {"mark": "dot", "value": row.value})
        marks.append(same | {"mark": "text", "edge": edge})
    name = "\n".join(wrap(rows[0].name, _WIDTH, break_on_hyphens=False)) if rows else ""
    marks.append({"mark": "frame", "value": bottom, "order": 0, "name": name})
    if median is not None:
        marks.append({"mark": "median", "value": median})
    columns = ["mark", "role", "name", "order", "value", "low", "high", "text", "edge"]
    return pd.DataFrame(marks, columns=columns)


@cache
def dots_template(theme: Theme, rows: int, tick: str) -> dict[str, Any]:
    """The chart of so many rows without data, made and validated once for each number of rows."""
    domain, colours = theme.scale("colour")
    _, shapes = theme.scale("shape")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    shape = alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None)
    axis: dict[str, Any] = {
        "title": None,
        "ticks": False,
        "domain": False,
        "tickCount": 5,
        "labelExpr": tick_words(tick),
    }
    y = (
        alt.Y("name:N")
        .sort(field="order", op="min")
        .axis(
            title=None,
            ticks=False,
            domain=False,
            labelExpr="split(datum.label, '\\n')",
            labelLimit=280,
            labelPadding=10,
            labelColor=theme.ink,
            labelFontSize=theme.size,
        )
    )

    def x(field: str) -> alt.X:
        found: alt.X = alt.X(f"{field}:Q").scale(zero=False, nice=True).axis(**axis)
        return found

    def marks(mark: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.mark === '{mark}'")

    layers = [
        marks("frame").mark_point(opacity=0, size=0, aria=False).encode(x=x("value"), y=y),
        marks("median")
        .mark_rule(color=theme.colours["median"], strokeWidth=2, strokeDash=[7, 4])
        .encode(x=x("value")),
        marks("band")
        .mark_bar(height=9, opacity=0.28, cornerRadius=4)
        .encode(x=x("low"), x2="high:Q", y=y, color=colour),
        marks("dot")
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x("value"),
            y=y,
            color=colour,
            shape=shape,
            size=alt.condition("datum.role === 'own'", alt.value(190), alt.value(95)),
            tooltip=[alt.Tooltip("name:N", title="Who"), alt.Tooltip("text:N", title="Value")],
        ),
        marks("text")
        .mark_text(align="left", dx=12, fontSize=theme.size, color=theme.quiet, limit=240)
        .encode(x=x("edge"), y=y, text="text:N"),
    ]
    step = _STEP + 6 * theme.large
    return finished(alt.layer(*layers).properties(height=step * rows), theme)
