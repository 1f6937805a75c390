"""An indicator beside a context measure: a dot for each authority, a line where there is a link."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Named, Printed
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import SHAPES, Role, Theme
from cscdash.charts.time_axis import tick, tick_words

HEIGHT = 420


@dataclass(frozen=True)
class Place:
    """A dot: its role, name, both values, and both as texts."""

    role: Role
    name: str
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line from one end to the other, and the band around it."""

    x: tuple[float, float]
    y: tuple[float, float]
    low: tuple[float, float]
    high: tuple[float, float]


def draw(
    measures: tuple[Named, Named],
    places: Sequence[Place],
    line: Line | None,
    titles: tuple[str, str],
    theme: Theme,
    alt: str,
    table: pd.DataFrame,
    made: Callable[[], Iterable[Printed]],
) -> Drawing:
    """The chart with its table.

    Parameters
    ----------
    measures : pair of Named
        What the horizontal and the vertical axis measure.
    places, line, titles
        As `scatter_rows` takes them.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    table, made
        The numbers, as `Drawing` has them.
    """
    across, up = (tick(measure.unit) for measure in measures)
    template = partial(scatter_template, tick_x=across, tick_y=up)
    return drawing(template, theme, scatter_rows(places, line, titles), alt, table, made)


def scatter_rows(
    places: Sequence[Place], line: Line | None, titles: tuple[str, str]
) -> pd.DataFrame:
    """The rows of the chart.

    Parameters
    ----------
    places : sequence of Place
        Who is drawn.
    line : Line or None
        What is typical; None where the link is too weak to call anything so.
    titles : pair of str
        What the horizontal and the vertical axis show.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, x, y, low, high, text, side``; `side` says
        which way the label goes so that it stays within the chart.
    """
    marks: list[dict[str, Any]] = []
    if line is not None:
        for end in (0, 1):
            x = {"x": line.x[end]}
            marks.append({"mark": "band", "low": line.low[end], "high": line.high[end], **x})
            marks.append({"mark": "line", "y": line.y[end], **x})
    for place in places:
        dot = {"role": place.role, "name": place.name, "x": place.x, "y": place.y}
        marks.append({"mark": place.role, "text": place.text, **dot})
        if place.role == "own":
            side = _side(place.x, [one.x for one in places])
            name = "\n".join(wrap(place.name, 22))
            marks.append({"mark": "label", "text": name, "side": side, **dot})
    marks += [
        {"mark": "title x", "text": titles[0]},
        {"mark": "title y", "text": titles[1]},
    ]
    columns = ["mark", "role", "name", "x", "y", "low", "high", "text", "side"]
    return pd.DataFrame(marks, columns=columns)


@cache
def scatter_template(theme: Theme, tick_x: str, tick_y: str) -> dict[str, Any]:
    """The chart without data, made and validated once."""
    x = _axis(alt.X("x:Q"), tick_x)
    tooltip = [alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Values")]
    fills = theme.colours

    def y(field: str) -> alt.Y:
        found: alt.Y = _axis(alt.Y(f"{field}:Q"), tick_y)
        return found

    def marks(mark: str) -> alt.Chart:
        found: alt.Chart = alt.Chart().transform_filter(f"datum.mark === '{mark}'")
        return found

    def dots(role: Role, size: int, filled: bool = True) -> alt.Chart:
        how: dict[str, Any] = {"shape": SHAPES[role], "color": fills[role], "size": size}
        if filled:
            how |= {"stroke": theme.ground, "strokeWidth": 0.8, "fill": fills[role]}
        found: alt.Chart = marks(role).mark_point(opacity=1, filled=filled, **how)
        return found.encode(x=x, y=y("y"), tooltip=tooltip)

    label: dict[str, Any] = {"fontSize": theme.size, "fontWeight": 700, "lineBreak": "\n"}
    label["dy"] = alt.ExprRef(f"-18 - {theme.size} * (length(split(datum.text, '\\n')) - 1)")
    label["align"] = alt.ExprRef("datum.side")
    title: dict[str, Any] = {"fontSize": theme.size - 1, "color": theme.quiet, "baseline": "top"}
    layers = [
        marks("band").mark_area(color=theme.band, opacity=1).encode(x=x, y=y("low"), y2="high:Q"),
        marks("line").mark_line(color=theme.quiet, strokeWidth=1.6).encode(x=x, y=y("y")),
        dots("other", 42, filled=False),
        dots("region", 70),
        dots("neighbour", 90),
        dots("own", 230),
        marks("label")
        .mark_text(**label, stroke=theme.ground, strokeWidth=4)
        .encode(x=x, y=y("y"), text="text:N"),
        marks("label").mark_text(**label, color=fills["own"]).encode(x=x, y=y("y"), text="text:N"),
        marks("title y")
        .mark_text(align="left", **title)
        .encode(x=alt.value(4), y=alt.value(-22), text="text:N"),
        marks("title x")
        .mark_text(align="right", dy=26, **title)
        .encode(x=alt.value("width"), y=alt.value("height"), text="text:N"),
    ]
    height = HEIGHT + 40 * theme.large
    return finished(alt.layer(*layers).properties(height=height), theme)


def _side(x: float, all_x: Sequence[float]) -> str:
    share = (x - min(all_x)) / ((max(all_x) - min(all_x)) or 1.0)
    return "left" if share < 0.3 else "right" if share > 0.7 else "center"


def _axis(channel: Any, tick: str) -> Any:
    return channel.scale(zero=False, nice=True).axis(
        title=None,
        tickCount=6,
        labelExpr=tick_words(tick),
    )
