"""A series with its mean, the limits between which it usually moves, and letters of the rules."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.analysis.process_chart import Phase, Usual
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.over_time import Series, table
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import tick, tick_words, year_words

HEIGHT = 260


def draw(
    measure: Indicator, one: Series, parts: Sequence[Phase], theme: Theme, alt: str
) -> Drawing:
    """The chart of a series with its table.

    Parameters
    ----------
    measure : Indicator
    one : Series
        Evenly spaced: a place for every period, those without a value too.
    parts : sequence of Phase
        Each with limits of its own.
    theme : Theme
    alt : str
        One sentence for those who do not see it.
    """
    template = partial(
        process_template,
        double_year=measure.double_year,
        tick=tick(measure.unit),
        local=one.local,
    )
    numbers = table([one]).drop(columns="", errors="ignore")  # periods that were left out

    def cells() -> Iterator[Printed]:
        return (cell for cell in one.cells(measure) if cell.period)

    return drawing(template, theme, process_rows(one, parts), alt, numbers, cells)


def process_rows(one: Series, parts: Sequence[Phase]) -> pd.DataFrame:
    """The rows of the chart: limits, mean and points; those that a rule marks bear its letters.

    Returns
    -------
    DataFrame
        Columns ``mark, period, t, value, high, stretch, text``.
    """
    rows: list[dict[str, Any]] = []
    marks: dict[int, str] = {}
    for number, part in enumerate(parts):
        found, places = part.found, range(part.first, part.last)
        if number:
            rows.append({"mark": "anew", "t": one.ends[part.first], "text": "new baseline"})
        if not isinstance(found, Usual):
            continue
        marks |= {at: found.letters(at - part.first) for at in places}
        for at in places:
            low, high = found.lows[at - part.first], found.highs[at - part.first]
            same = {"t": one.ends[at], "stretch": f"baseline {number}"}
            if one.values[at] is not None:
                rows.append({"mark": "band", "value": low, "high": high, **same})
            rows.append({"mark": "mean", "value": found.mean, **same})
    stretch, before = 0, None
    for at, value in enumerate(one.values):
        if value is None or (before is not None and one.ends[at] - before > one.reach):
            stretch += 1
        if any(at == part.first for part in parts):
            stretch += 1  # no line crosses a new baseline
        before = one.ends[at]
        if value is None:
            continue
        same = {"t": one.ends[at], "value": value, "period": one.periods[at]}
        rows.append({"mark": "line", "stretch": f"part {stretch}", **same})
        letters = marks.get(at, "")
        mark = "outside" if "L" in letters else "inside"
        rows.append({"mark": mark, "text": one.texts[at], **same})
        if letters:
            rows.append({"mark": "rule", "text": letters, **same})
    return pd.DataFrame(rows, columns=["mark", "period", "t", "value", "high", "stretch", "text"])


@cache
def process_template(
    theme: Theme, double_year: bool, tick: str, local: bool = True
) -> dict[str, Any]:
    """The chart without data.

    Parameters
    ----------
    theme, double_year, tick
        As for `over_time_template`.
    local : bool
        Whether the values are not published: hollow points on a dotted line.
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
    points: Sequence[tuple[str, str, str, int]] = (
        ("inside", "circle", theme.ground if local else own, 60),
        ("outside", "diamond", own, 190),
    )
    line: dict[str, Any] = {"strokeDash": [1, 4], "strokeCap": "round"} if local else {}
    layers = [
        rows("band")
        .mark_area(color=theme.band, line=False)
        .encode(x=x, y=y, y2="high:Q", detail="stretch:N"),
        rows("mean")
        .mark_line(color=theme.quiet, strokeDash=[6, 4])
        .encode(x=x, y=y, detail="stretch:N"),
        rows("anew").mark_rule(color=theme.quiet, strokeDash=[2, 2]).encode(x=x),
        rows("anew")
        .mark_text(align="left", baseline="top", dx=4, color=theme.quiet, fontSize=theme.size - 2)
        .encode(x=x, y=alt.value(0), text="text:N"),
        rows("line")
        .mark_line(color=own, strokeWidth=2.4, **line)
        .encode(x=x, y=y, detail="stretch:N"),
        *(
            rows(mark)
            .mark_point(
                filled=True, shape=shape, fill=fill, stroke=own, strokeWidth=2, size=size, opacity=1
            )
            .encode(x=x, y=y, tooltip=tooltip)
            for mark, shape, fill, size in points
        ),
        rows("rule")
        .mark_text(baseline="bottom", dy=-10, color=theme.ink, fontSize=theme.size - 2)
        .encode(x=x, y=y, text="text:N"),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT), theme)
