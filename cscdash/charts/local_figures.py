"""How figures that nobody has published are drawn."""

from collections.abc import Callable

import altair as alt

from cscdash.charts.theme import Theme


def local_layers(
    rows: Callable[[str], alt.Chart], x: alt.X, y: alt.Y, theme: Theme, tooltip: list[alt.Tooltip]
) -> tuple[alt.Chart, alt.Chart]:
    """Figures that nobody has published: a dotted line with hollow points."""
    own = theme.colours["own"]
    return (
        rows("local line")
        .mark_line(color=own, strokeDash=[1, 4], strokeCap="round", strokeWidth=2.4)
        .encode(x=x, y=y, detail="stretch:N"),
        rows("local")
        .mark_point(filled=True, fill=theme.ground, stroke=own, strokeWidth=2, opacity=1, size=60)
        .encode(x=x, y=y, tooltip=tooltip),
    )
