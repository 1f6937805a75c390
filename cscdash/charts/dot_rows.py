"""Dots with names: one row for each area or group, with a band for chance and a median."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import pandas as pd

from cscdash.analysis.number_format import say_range
from cscdash.analysis.printed import Named as Measure
from cscdash.analysis.printed import Printed
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.narrow import NARROW
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import brief, tick, tick_words, unit_words
from cscdash.extracts.observation import Observation

_STEP = 36
_WIDTH = 22  # characters on a line of a name


@dataclass(frozen=True)
class Named:
    """A row: who, the value if there is one, its band, the text beside it, and its observation.

    `figure` says what the value is, where it is not the observation's own.
    """

    role: Role
    name: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    made_of: tuple[Observation, ...] = ()
    figure: str = "value"


def draw(
    measure: Measure,
    period: str,
    rows: Sequence[Named],
    theme: Theme,
    alt: str,
    *,
    head: str,
    median: Printed | None = None,
    zero: bool = False,
    ranges: bool = False,
) -> Drawing:
    """The chart with its table.

    Parameters
    ----------
    measure, period
        What is drawn, and of when.
    rows : sequence of Named
        In the order in which they are listed.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    head : str
        What the table calls the rows.
    median : Printed, optional
        Drawn as a line across.
    zero : bool
        Whether the axis starts at zero.
    ranges : bool
        Whether the table has a column for the bands.
    """
    template = partial(
        dots_template,
        rows=len(rows),
        tick=tick(measure.unit),
        unit=unit_words(measure.unit),
        more=max((_name(row).count("\n") - 1 for row in rows), default=0),
    )

    def cells() -> Iterator[Printed]:
        for row in rows:
            made = row.made_of
            yield Printed(measure, row.name, period, row.value, row.text, made, figure=row.figure)
        if median is not None:
            yield median

    table = [{head: r.name, period: r.text} for r in rows]
    if ranges:
        for line, row in zip(table, rows, strict=True):
            line["Range by chance"] = _range(measure, row)
    marks = dots_rows(rows, median, zero)
    return drawing(template, theme, marks, alt, pd.DataFrame(table), cells)


def _range(measure: Measure, row: Named) -> str:
    if row.low is None or row.high is None:
        return ""
    return say_range(row.low, row.high, measure.unit, measure.decimals)


def dots_rows(rows: Sequence[Named], median: Printed | None, zero: bool) -> pd.DataFrame:
    """The rows of the chart, in the order given.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, order, value, low, high, text, brief, side``; `side` says which
        way the name of the median goes so that it stays within the chart.
    """
    marks: list[dict[str, Any]] = []
    shown = [x for row in rows for x in (row.value, row.low, row.high) if x is not None]
    middle = median.value if median else None
    shown += [] if middle is None else [middle]
    bottom = min([0.0, *shown]) if zero else min(shown, default=0.0)
    for order, row in enumerate(rows):
        same = {"role": row.role, "name": _name(row), "order": order}
        if row.value is not None and row.low is not None and row.high is not None:
            marks.append(same | {"mark": "band", "low": row.low, "high": row.high})
        if middle is not None:
            marks.append(same | {"mark": "median", "role": "median", "value": middle})
        if row.value is not None:
            marks.append(same | {"mark": "dot", "value": row.value, "text": row.text})
        marks.append(same | {"mark": "text", "text": row.text, "brief": brief(row.text, row.value)})
    name = _name(rows[0]) if rows else ""
    marks.append({"mark": "frame", "value": bottom, "order": 0, "name": name})
    if median is not None and middle is not None:
        share = (middle - bottom) / ((max(shown) - bottom) or 1.0)
        side = "left" if share < 0.3 else "right" if share > 0.7 else "center"
        text = f"{median.name} {brief(median.text, middle)}"
        found = {"name": median.name, "value": middle, "text": text, "side": side}
        marks.append({"mark": "median name", "role": "median", **found})
    columns = ["mark", "role", "name", "order", "value", "low", "high", "text", "brief", "side"]
    return pd.DataFrame(marks, columns=columns)


def _name(row: Named) -> str:
    return "\n".join(wrap(row.name, _WIDTH, break_on_hyphens=False))


@cache
def dots_template(
    theme: Theme, rows: int, tick: str, unit: str = "", more: int = 0
) -> dict[str, Any]:
    """The chart of so many rows without data, made and validated once for each number of rows.

    Values stand in a column of their own at the right, names in one at the left; on a telephone
    above the dots. So nothing crosses a word. Rows have room for names of two lines, and `more`.
    """
    domain, colours = theme.scale("colour")
    _, shapes = theme.scale("shape")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    shape = alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None)
    step = _STEP + 8 * theme.large + 14 * max(0, more)
    low = alt.ExprRef(f"{NARROW} ? {step // 4} : 0")  # dots stand below the names
    axis: dict[str, Any] = {
        "title": unit or None,
        "titleAnchor": "end",
        "titleAlign": "right",
        "ticks": False,
        "domain": False,
        "tickCount": 5,
        "labelExpr": tick_words(tick),
        "labelOverlap": "parity",
        "labelSeparation": 8,
    }
    y = (
        alt.Y("name:N")
        .sort(field="order", op="min")
        .axis(
            title=None,
            ticks=False,
            domain=False,
            labels=False,
        )
    )

    def x(field: str) -> alt.X:
        found: alt.X = alt.X(f"{field}:Q").scale(zero=False, nice=True, padding=12).axis(**axis)
        return found

    def marks(mark: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.mark === '{mark}'")

    tooltip = [alt.Tooltip("name:N", title="Who"), alt.Tooltip("text:N", title="Value")]
    median = theme.colours["median"]
    layers = [
        marks("frame").mark_point(opacity=0, size=0, aria=False).encode(x=x("value"), y=y),
        marks("median")
        .mark_tick(
            orient="vertical",
            color=median,
            thickness=2,
            size=alt.ExprRef(f"{NARROW} ? 14 : {step - 6}"),
            yOffset=low,
        )
        .encode(x=x("value"), y=y),
        *(
            marks("median name")
            .transform_filter(f"datum.side === '{side}'")
            .mark_text(align=side, color=median, fontSize=theme.size - 1, fontWeight=700)
            .encode(x=x("value"), y=alt.value(-8), text="text:N")
            for side in _SIDES
        ),
        marks("band")
        .mark_bar(height=9, opacity=0.28, cornerRadius=4, yOffset=low)
        .encode(x=x("low"), x2="high:Q", y=y, color=colour),
        marks("dot")
        .mark_point(filled=True, opacity=1, yOffset=low)
        .encode(
            x=x("value"),
            y=y,
            color=colour,
            shape=shape,
            size=alt.condition("datum.role === 'own'", alt.value(190), alt.value(95)),
            tooltip=tooltip,
        ),
        marks("text")
        .mark_text(align="left", dx=12, fontSize=theme.size, color=theme.ink, yOffset=low)
        .encode(x=alt.value("width"), y=y, text="brief:N", tooltip=tooltip),
        marks("text")
        .mark_text(
            align=alt.ExprRef(f"{NARROW} ? 'left' : 'right'"),
            dx=alt.ExprRef(f"{NARROW} ? 0 : -10"),
            dy=alt.ExprRef(f"{NARROW} ? {1 - step // 4} : {_UP} * {(theme.size + 1) / 2}"),
            color=theme.ink,
            fontSize=alt.ExprRef(f"{NARROW} ? {theme.size - 1} : {theme.size}"),
            lineBreak="\n",
            lineHeight=theme.size + 1,
            text=alt.ExprRef(f"{NARROW} ? replace(datum.name, /\\n/g, ' ') : datum.name"),
        )
        .encode(x=alt.value(0), y=y),
    ]
    around = 4 * theme.size  # the axis, its unit, and the name of the median
    chart = alt.layer(*layers).properties(height=step * rows + around)
    return finished(chart, theme, least=(28 + 14 * max(0, more)) * rows + 40, most=64 * rows + 60)


_UP = "(1 - length(split(datum.name, '\\n')))"  # lines above the first, of a name in the middle
_SIDES: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")
