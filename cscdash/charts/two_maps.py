"""Two hex maps side by side for two measures of the same places; a pointer marks both at once."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.charts.area_map import (
    NONE,
    WIDTHS,
    Geometry,
    Shaded,
    fill,
    key_layers,
    key_rows,
    outline,
    usual_width,
)
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Theme

HEIGHT = 500
_LAST = {"own": 3, "neighbour": 2}


def draw(
    geometry: Geometry,
    areas: tuple[Sequence[Shaded], Sequence[Shaded]],
    keys: tuple[Sequence[str], Sequence[str]],
    titles: tuple[str, str],
    theme: Theme,
    alt: str,
    table: pd.DataFrame,
    made: Callable[[], Iterable[Printed]],
) -> Drawing:
    """The two maps with their table; `table` and `made` as `Drawing` has them."""
    rows = pair_map_rows(*areas, keys, titles)
    return drawing(partial(pair_map_template, geometry), theme, rows, alt, table, made)


def pair_map_rows(
    left: Sequence[Shaded],
    right: Sequence[Shaded],
    keys: tuple[Sequence[str], Sequence[str]],
    titles: tuple[str, str],
) -> pd.DataFrame:
    """The rows of the chart: the areas of each map, and its key.

    Returns
    -------
    DataFrame
        Columns ``mark, place, code, role, name, shade, text, second, slot``.
    """
    first = {area.code: area.text for area in left}
    second = {area.code: area.text for area in right}
    marks: list[dict[str, Any]] = []
    for side, areas in (("left", left), ("right", right)):
        marks += [
            {
                "mark": "area",
                "place": f"{side} {area.code}",
                "code": area.code,
                "role": area.role,
                "name": area.name,
                "shade": area.shade,
                "text": first[area.code],
                "second": second[area.code],
            }
            for area in sorted(areas, key=lambda a: _LAST.get(a.role, int(a.shade == NONE)))
        ]
    for name, areas, key, title in zip(("left", "right"), (left, right), keys, titles, strict=True):
        marks += key_rows(key, title, any(area.shade == NONE for area in areas), name)
    columns = ["mark", "place", "code", "role", "name", "shade", "text", "second", "slot"]
    return pd.DataFrame(marks, columns=columns)


@cache
def pair_map_template(geometry: Geometry, theme: Theme) -> dict[str, Any]:
    """The two maps without data, made and validated once for each theme."""
    by, shapes = geometry.lookup("pair", "place", "place")
    here = alt.selection_point(
        name="here", fields=["code"], on="pointerover", clear="pointerout", empty=False
    )
    areas = (
        alt.Chart()
        .transform_filter("datum.mark === 'area'")
        .transform_lookup(lookup=by, from_=shapes)
        .transform_calculate(usual=WIDTHS)
        .mark_geoshape(strokeJoin="round")
        .encode(
            fill=fill(theme),
            stroke=alt.condition(here, alt.value(theme.ink), outline(theme)),
            strokeWidth=alt.condition(here, alt.value(4), usual_width()),
            tooltip=[
                alt.Tooltip("name:N", title="Area"),
                alt.Tooltip("text:N", title="Left"),
                alt.Tooltip("second:N", title="Right"),
            ],
        )
        .add_params(here)
    )
    keys = [
        *key_layers(theme, "left", "6"),
        *key_layers(theme, "right", "width / 2 + 14"),
    ]
    chart = alt.layer(areas, *keys).project("identity", reflectY=True)
    return finished(chart.properties(height=HEIGHT + 40 * theme.large), theme)
