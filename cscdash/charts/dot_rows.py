"""Dots with names: one row for each area or group, with a band for chance and a median."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.number_format import say_range
from cscdash.analysis.printed import Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import tick, tick_words
from cscdash.extracts.observation import Observation

_STEP = 32
_WIDTH = 34  # characters on a line of a name


@dataclass(frozen=True)
class Named:
    """A row: who, the value if there is one, its band, the text beside it, and its observation."""

    role: Role
    name: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    made_of: tuple[Observation, ...] = ()


def draw(
    measure: Indicator,
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
    template = partial(dots_template, rows=len(rows), tick=tick(measure.unit))

    def cells() -> Iterator[Printed]:
        for row in rows:
            yield Printed(measure, row.name, period, row.value, row.text, row.made_of)
        if median is not None:
            yield median

    table = [{head: r.name, period: r.text} for r in rows]
    if ranges:
        for line, row in zip(table, rows, strict=True):
            line["Range by chance"] = _range(measure, row)
    made = dots_rows(rows, median.value if median else None, zero)
    return drawing(template, theme, made, alt, pd.DataFrame(table), cells)


def _range(measure: Indicator, row: Named) -> str:
    if row.low is None or row.high is None:
        return ""
    return say_range(row.low, row.high, measure.unit, measure.decimals)


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
