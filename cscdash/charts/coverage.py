"""Heat maps of what there is: one row for each indicator, darker where there is more.

One hue from pale to dark, and the number or a word in every cell: nothing by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Theme

_LIGHT = ["#EAF1F8", "#9DBEDD", "#12436D"]
_DARK = ["#1C2A38", "#2F618F", "#8CC4F5"]
_STEP = 24
_WIDTH = 11  # characters on a line of a column's name


@dataclass(frozen=True)
class Cell:
    """A cell: its row and column, how much (0 to 1), the text in it and that of its tip."""

    row: str
    column: str
    amount: float
    text: str
    tip: str


def draw(
    cells: Sequence[Cell], theme: Theme, alt: str, table: pd.DataFrame, lines: int = 1
) -> Drawing:
    """The heat map with its table; `lines` is what the names of its columns take."""
    rows = coverage_rows(cells)
    many = rows["row"].nunique()
    return drawing(partial(coverage_template, rows=many, lines=lines), theme, rows, alt, table)


def coverage_rows(cells: Sequence[Cell]) -> pd.DataFrame:
    """The rows of a heat map, in the order given.

    Returns
    -------
    DataFrame
        Columns ``row, column, amount, text, tip, order, dark``; `dark` says whether the cell's
        ground is at the far end of the scale, so that its text takes the other ink.
    """
    rows = list(dict.fromkeys(cell.row for cell in cells))
    order = {row: at for at, row in enumerate(rows)}
    made = [
        {
            "row": cell.row,
            "column": "\n".join(wrap(cell.column, _WIDTH, break_long_words=False)),
            "amount": cell.amount,
            "text": cell.text,
            "tip": cell.tip,
            "order": order[cell.row],
            "dark": cell.amount > 0.6,
        }
        for cell in cells
    ]
    columns = ["row", "column", "amount", "text", "tip", "order", "dark"]
    return pd.DataFrame(made, columns=columns)


@cache
def coverage_template(theme: Theme, rows: int, lines: int) -> dict[str, Any]:
    """A heat map of so many rows without data, its columns' names on so many lines."""
    scale = alt.Scale(domain=[0, 0.5, 1], range=_DARK if theme.dark else _LIGHT)
    axis: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "grid": False}
    y = (
        alt.Y("row:N")
        .sort(field="order", op="min")
        .axis(labelLimit=380, labelColor=theme.ink, labelPadding=8, **axis)
    )
    x = (
        alt.X("column:N")
        .sort(None)
        .axis(
            orient="top",
            labelAngle=0,
            labelExpr="split(datum.label, '\\n')",
            labelLimit=200,
            labelFontSize=theme.size - 1 if lines == 1 else theme.size - 3,
            labelPadding=4 + (theme.size - 1) * (lines - 1),
            **axis,
        )
    )
    tip = [alt.Tooltip("row:N", title="Indicator"), alt.Tooltip("tip:N", title="What there is")]
    amount = alt.Color("amount:Q").scale(scale).legend(None)
    colour = alt.condition("datum.text === ''", alt.value(theme.band), amount)
    layers = [
        alt.Chart()
        .mark_rect(cornerRadius=3, stroke=theme.ground, strokeWidth=2)
        .encode(x=x, y=y, color=colour, tooltip=tip),
        alt.Chart()
        .mark_text(fontSize=theme.size - 3)
        .encode(
            x=x,
            y=y,
            text="text:N",
            color=alt.condition("datum.dark", alt.value(theme.ground), alt.value(theme.ink)),
            tooltip=tip,
        ),
    ]
    step = _STEP + 6 * theme.large
    head = (theme.size + 4) * lines + 12
    return finished(alt.layer(*layers).properties(height=step * rows + head), theme)
