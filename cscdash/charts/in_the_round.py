"""A chapter in the round: one row for each indicator, each on its own scale, all in one chart.

A row holds the name, what changed, the own value, a sparkline and a strip of all authorities
with the own value, the neighbours, the region and England marked. On a narrow screen the parts of
a row stand below each other: the template asks the width of the chart, so that it knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from cscdash.charts.drawing import finished
from cscdash.charts.theme import Role, Theme

ROW = 76  # pixels
_BINS = 64
_STACK = 0.072  # of a row, between dots that stand on each other


@dataclass(frozen=True)
class Dot:
    """An area on a strip."""

    role: Role
    name: str
    value: float
    text: str


@dataclass(frozen=True)
class Row:
    """An indicator in the round.

    Attributes
    ----------
    name, change, value : str
        The texts of the row; `value` is the status in brackets where there is none.
    spark : sequence of float or None
        The own values, oldest first.
    dots : sequence of Dot
        Everyone with a value in the period shown.
    median : float or None
        The neighbours' median.
    low, high : str
        The texts at the ends of the strip.
    """

    name: str
    change: str
    value: str
    spark: Sequence[float | None]
    dots: Sequence[Dot]
    median: float | None
    low: str
    high: str


def in_the_round_rows(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows of the chart, one for each mark.

    Returns
    -------
    DataFrame
        Columns ``mark, row, role, x, y, text, name, stretch``; x runs from 0 to 1 along a strip
        or sparkline, y from 0 to 1 across a row.
    """
    marks: list[dict[str, Any]] = []
    for at, row in enumerate(rows):
        for mark, text in (("name", row.name), ("change", row.change), ("value", row.value)):
            marks.append({"mark": mark, "row": at, "text": text})
        marks += _spark(at, row.spark)
        marks += _strip(at, row)
    columns = ["mark", "row", "role", "x", "y", "text", "name", "stretch"]
    frame = pd.DataFrame(marks, columns=columns)
    frame["row"] = frame["row"].astype("int8")
    return frame


def _spark(at: int, values: Sequence[float | None]) -> list[dict[str, Any]]:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return []
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    marks: list[dict[str, Any]] = []
    stretch, last = 0, 0
    for place, value in enumerate(values):
        if value is None:
            stretch += 1
            continue
        last = len(marks)
        y = 0.5 if high == low else 1 - (value - low) / span
        marks.append(
            {
                "mark": "spark",
                "row": at,
                "x": place / (len(values) - 1),
                "y": y,
                "stretch": f"{at}.{stretch}",
            }
        )
    return [*marks, marks[last] | {"mark": "spark end"}]


def _strip(at: int, row: Row) -> list[dict[str, Any]]:
    if not row.dots:
        return []
    values = np.array([dot.value for dot in row.dots])
    low, high = float(values.min()), float(values.max())
    span = (high - low) or 1.0
    x = (values - low) / span if high > low else np.full(len(values), 0.5)
    marks: list[dict[str, Any]] = [
        {"mark": "axis", "row": at, "x": 0.0, "text": row.low},
        {"mark": "axis end", "row": at, "x": 1.0, "text": row.high},
    ]
    for dot, place, offset in zip(row.dots, x, swarm(x, [d.role for d in row.dots]), strict=True):
        marks.append(
            {
                "mark": dot.role,
                "row": at,
                "role": dot.role,
                "x": float(place),
                "y": float(offset),
                "text": dot.text,
                "name": dot.name,
            }
        )
    if row.median is not None:
        middle = (row.median - low) / span if high > low else 0.5
        marks.append({"mark": "median", "row": at, "x": middle, "role": "median"})
    return marks


def swarm(
    x: np.ndarray, roles: Sequence[Role], bins: int = _BINS, step: float = _STACK
) -> np.ndarray:
    """How far each dot stands above or below the line, so that equal values can be counted.

    Own, region and England stay on the line. Dots of one bin stack symmetrically; a bin of many
    is pressed together to keep within its row.
    """
    offsets = np.zeros(len(x))
    free = np.array([role in ("neighbour", "other") for role in roles])
    place = np.minimum((x * bins).astype(int), bins - 1)
    for here in np.unique(place[free]):
        members = np.flatnonzero(free & (place == here))
        gap = min(step, 0.62 / max(len(members) - 1, 1))
        offsets[members] = (np.arange(len(members)) - (len(members) - 1) / 2) * gap
    return offsets


@cache
def in_the_round_template(theme: Theme, rows: int) -> dict[str, Any]:
    """The chart of so many rows without data, made and validated once for each number of rows."""
    narrow = "width < 620"
    domain, colours = theme.scale("colour")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    x = alt.X("px:Q").scale(domain=[0, 1], nice=False, padding=0).axis(None)
    y = alt.Y("py:Q").scale(domain=[rows, 0], nice=False, padding=0).axis(None)
    big = theme.size + 8

    def at(mark: str, px: str, py: str) -> alt.Chart:
        marks = " || ".join(f"datum.mark === '{name}'" for name in mark.split("|"))
        return (
            alt.Chart().transform_filter(marks).transform_calculate(px=px, py=f"datum.row + ({py})")
        )

    def text(mark: str, px: str, py: str, **how: Any) -> alt.Chart:
        settings: dict[str, Any] = {
            "baseline": "middle",
            "fontSize": theme.size,
            "color": theme.ink,
            **how,
        }
        found: alt.Chart = at(mark, px, py).mark_text(**settings)
        return found.encode(x=x, y=y, text="text:N")

    def strip(mark: str) -> alt.Chart:
        along = f"{narrow} ? 0.4 + 0.5 * datum.x : 0.6 + 0.34 * datum.x"
        return at(
            mark,
            along,
            f"({narrow} ? 0.72 : 0.46) + (isValid(datum.y) ? datum.y * ({narrow} ? 0.7 : 1) : 0)",
        )

    def spark(mark: str) -> alt.Chart:
        along = f"{narrow} ? 0.01 + 0.22 * datum.x : 0.445 + 0.075 * datum.x"
        return at(mark, along, f"{narrow} ? 0.5 + 0.36 * datum.y : 0.28 + 0.36 * datum.y")

    tooltip = [alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Value")]
    own, ground = theme.colours["own"], theme.ground
    limit = alt.ExprRef(f"{narrow} ? width * 0.78 : width * 0.34")
    line: dict[str, Any] = {"color": theme.grid, "strokeWidth": 1.5}
    layers = [
        text("name", "0", f"{narrow} ? 0.14 : 0.34", align="left", fontWeight=700, limit=limit),
        text(
            "change",
            "0",
            f"{narrow} ? 0.34 : 0.62",
            align="left",
            fontSize=theme.size - 2,
            color=theme.quiet,
            limit=limit,
        ),
        text(
            "value",
            f"{narrow} ? 1 : 0.42",
            f"{narrow} ? 0.2 : 0.46",
            align="right",
            fontSize=big,
            fontWeight=700,
            color=own,
        ),
        spark("spark").mark_line(color=own, strokeWidth=2).encode(x=x, y=y, detail="stretch:N"),
        spark("spark end").mark_point(color=own, filled=True, size=36, opacity=1).encode(x=x, y=y),
        strip("axis|axis end").mark_line(**line).encode(x=x, y=y, detail="row:N"),
        text(
            "axis",
            f"{narrow} ? 0.375 : 0.588",
            f"{narrow} ? 0.72 : 0.46",
            align="right",
            fontSize=theme.size - 2,
            color=theme.quiet,
        ),
        text(
            "axis end",
            f"{narrow} ? 0.925 : 0.952",
            f"{narrow} ? 0.72 : 0.46",
            align="left",
            fontSize=theme.size - 2,
            color=theme.quiet,
        ),
        strip("other")
        .mark_point(size=22, strokeWidth=1, opacity=0.85, filled=False)
        .encode(x=x, y=y, color=colour, tooltip=tooltip),
        strip("median")
        .mark_tick(orient="vertical", size=ROW * 0.6, thickness=2.5, opacity=0.9)
        .encode(x=x, y=y, color=colour),
        strip("neighbour")
        .mark_point(
            shape="diamond", filled=True, size=52, opacity=1, stroke=ground, strokeWidth=0.6
        )
        .encode(x=x, y=y, fill=alt.value(theme.colours["neighbour"]), tooltip=tooltip),
        strip("region")
        .mark_point(
            shape="triangle-up", filled=True, size=110, opacity=1, stroke=ground, strokeWidth=1
        )
        .encode(x=x, y=y, fill=alt.value(theme.colours["region"]), tooltip=tooltip),
        strip("england")
        .mark_point(shape="square", filled=True, size=100, opacity=1, strokeWidth=2.5, fill=ground)
        .encode(x=x, y=y, stroke=alt.value(theme.colours["england"]), tooltip=tooltip),
        strip("own")
        .mark_point(
            shape="circle", filled=True, size=210, opacity=1, stroke=ground, strokeWidth=1.5
        )
        .encode(x=x, y=y, fill=alt.value(own), tooltip=tooltip),
    ]
    return finished(alt.layer(*layers).properties(height=ROW * rows), theme)
