"""All authorities as a swarm of dots: never a sorted bar, so that nobody stands first or last."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.in_the_round import Dot, swarm
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import tick, tick_words

HEIGHT = 300


def draw(
    measure: Indicator,
    period: str,
    dots: Sequence[Dot],
    theme: Theme,
    alt: str,
    *,
    median: Printed | None,
    half: Sequence[Printed],
    found: str,
) -> Drawing:
    """The chart with its table.

    Parameters
    ----------
    measure, period
        What is drawn, and of when.
    dots : sequence of Dot
        Everyone with a value.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    median : Printed or None
        The neighbours' median.
    half : sequence of Printed
        The quartiles of all authorities; empty where there are none.
    found : str
        The name of an area to be labelled beside the chosen one.
    """
    ends = [end.value for end in half if end.value is not None]
    rows = everyone_rows(
        dots,
        median.value if median else None,
        (ends[0], ends[1]) if len(ends) == 2 else None,
        found,
    )
    by_name = sorted(dots, key=lambda dot: dot.name)

    def cells() -> Iterator[Printed]:
        for dot in by_name:
            yield Printed(measure, dot.name, period, dot.value, dot.text, dot.made_of)
        yield from [median] if median else []
        yield from half

    return drawing(
        partial(everyone_template, tick=tick(measure.unit)),
        theme,
        rows,
        alt,
        pd.DataFrame([{"Area": dot.name, period: dot.text} for dot in by_name]),
        cells,
    )


def everyone_rows(
    dots: Sequence[Dot], median: float | None, half: tuple[float, float] | None, found: str
) -> pd.DataFrame:
    """The rows of the chart.

    Parameters
    ----------
    dots : sequence of Dot
        Everyone with a value.
    median : float or None
        The neighbours' median.
    half : pair of float or None
        The quartiles of all authorities.
    found : str
        The name of an area to be labelled beside the chosen one.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, value, high, y, text``.
    """
    values = np.array([dot.value for dot in dots])
    span = (values.max() - values.min()) or 1.0
    x = (values - values.min()) / span
    offsets = swarm(x, [dot.role for dot in dots], bins=90, step=0.05)
    marks: list[dict[str, Any]] = []
    if half:
        marks.append({"mark": "half", "value": half[0], "high": half[1], "text": "middle half"})
    if median is not None:
        marks.append({"mark": "median", "value": median})
    for dot, y in zip(dots, offsets, strict=True):
        same = {
            "role": dot.role,
            "name": dot.name,
            "value": dot.value,
            "y": float(y),
            "text": dot.text,
        }
        marks.append(same | {"mark": dot.role})
        if dot.role in ("own", "region", "england") or dot.name == found:
            marks.append(same | {"mark": "leader", "high": dot.value})
            marks.append(same | {"mark": "label", "text": f"{dot.name} {dot.text}"})
    return _labels_apart(
        pd.DataFrame(marks, columns=["mark", "role", "name", "value", "high", "y", "text"])
    )


def _labels_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """Put each label on a line of its own above or below the swarm: none covers another."""
    lines = [0.47, -0.47, 0.4, -0.4]
    for mark in ("label", "leader"):
        for place, at in enumerate(frame.index[frame["mark"] == mark]):
            frame.loc[at, "y"] = lines[place % len(lines)]
    return frame


@cache
def everyone_template(theme: Theme, tick: str) -> dict[str, Any]:
    """The chart without data, made and validated once."""
    domain, colours = theme.scale("colour")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    x = (
        alt.X("value:Q")
        .scale(zero=False, nice=True)
        .axis(
            title=None,
            grid=False,
            tickCount=6,
            labelExpr=tick_words(tick),
        )
    )
    y = alt.Y("y:Q").scale(domain=[-0.5, 0.5], nice=False).axis(None)
    tooltip = [alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Value")]

    def marks(mark: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.mark === '{mark}'")

    def point(mark: str, **how: Any) -> alt.Chart:
        found: alt.Chart = marks(mark).mark_point(opacity=1, **how)
        return found.encode(x=x, y=y, tooltip=tooltip)

    fill = theme.colours
    layers = [
        marks("half").mark_rect(color=theme.band).encode(x=x, x2="high:Q"),
        marks("median")
        .mark_rule(color=fill["median"], strokeWidth=2, strokeDash=[7, 4])
        .encode(x=x),
        marks("leader")
        .mark_rule(strokeWidth=1, strokeDash=[1, 3])
        .transform_calculate(zero="0")
        .encode(x=x, y=y, y2="zero:Q", color=colour),
        point("other", filled=False, color=fill["other"], size=46, strokeWidth=1.2),
        point("neighbour", filled=True, shape="diamond", color=fill["neighbour"], size=95),
        point("region", filled=True, shape="triangle-up", color=fill["region"], size=150),
        point("england", filled=True, shape="square", color=fill["england"], size=130),
        point("own", filled=True, shape="circle", color=fill["own"], size=260),
        marks("label")
        .mark_text(fontSize=theme.size, fontWeight=700, limit=260)
        .encode(x=x, y=y, text="text:N", color=colour),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT + 40 * theme.large), theme)
