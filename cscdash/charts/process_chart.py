"""A local series with its mean and the limits between which it usually moves."""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.process_chart import Usual
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.over_time import Series, table
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import tick, tick_words, year_words

HEIGHT = 260


def draw(measure: Indicator, one: Series, found: Usual, theme: Theme, alt: str) -> Drawing:
    """The chart of a local series with its table."""
    template = partial(xmr_template, double_year=measure.double_year, tick=tick(measure.unit))
    rows = xmr_rows(one, found)
    return drawing(template, theme, rows, alt, table([one]), partial(one.cells, measure))


def xmr_rows(one: Series, found: Usual) -> pd.DataFrame:
    """The rows of the chart: limits, mean, and points; those outside the limits are filled.

    Returns
    -------
    DataFrame
        Columns ``mark, period, t, value, high, stretch, text``.
    """
    first, last = one.ends[0], one.ends[-1]
    rows: list[dict[str, Any]] = [
        {"mark": "band", "t": t, "value": found.low, "high": found.high} for t in (first, last)
    ]
    rows += [{"mark": "mean", "t": t, "value": found.mean} for t in (first, last)]
    stretch, before = 0, None
    for at, value in enumerate(one.values):
        if value is None or (before is not None and one.ends[at] - before > one.reach):
            stretch += 1
        before = one.ends[at]
        if value is None:
            continue
        same = {"t": one.ends[at], "value": value, "period": one.periods[at]}
        rows.append({"mark": "line", "stretch": f"part {stretch}", **same})
        mark = "outside" if at in found.outside else "inside"
        rows.append({"mark": mark, "text": one.texts[at], **same})
    return pd.DataFrame(rows, columns=["mark", "period", "t", "value", "high", "stretch", "text"])


@cache
def xmr_template(theme: Theme, double_year: bool, tick: str) -> dict[str, Any]:
    """The chart without data.

    Parameters
    ----------
    theme, double_year, tick
        As for `over_time_template`.
    """
    base = alt.Chart()
    x = (
        alt.X("t:Q")
        .scale(nice=False, zero=False, padding=14)
        .axis(title=None, grid=False, tickMinStep=1, labelExpr=year_words(double_year))
    )
    y = (
        alt.Y("value:Q")
        .scale(zero=False, nice=True)
        .axis(title=None, ticks=False, domain=False, tickCount=5, labelExpr=tick_words(tick))
    )
    own = theme.colours["own"]

    def rows(mark: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark === '{mark}'")

    tooltip = [alt.Tooltip("period:N", title="Period"), alt.Tooltip("text:N", title="Value")]
    points: Sequence[tuple[str, str, int]] = (
        ("inside", theme.ground, 60),
        ("outside", own, 130),
    )
    layers = [
        rows("band").mark_area(color=theme.band, line=False).encode(x=x, y=y, y2="high:Q"),
        rows("mean").mark_line(color=theme.quiet, strokeDash=[6, 4]).encode(x=x, y=y),
        rows("line")
        .mark_line(color=own, strokeDash=[1, 4], strokeCap="round", strokeWidth=2.4)
        .encode(x=x, y=y, detail="stretch:N"),
        *(
            rows(mark)
            .mark_point(filled=True, fill=fill, stroke=own, strokeWidth=2, size=size, opacity=1)
            .encode(x=x, y=y, tooltip=tooltip)
            for mark, fill, size in points
        ),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT), theme)
