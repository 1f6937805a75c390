"""A strip on which everyone marks a guess, blank until the published values join them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import floor, log10
from typing import Any, Literal

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import tick, tick_words

HEIGHT = 165
_LINES = 3  # of labels above the strip, and below it
_BESIDE: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 14), ("right", -14))
_ALIGN: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")


@dataclass(frozen=True)
class Mark:
    """A guess (`role` other) or a published value on the strip; `text` stands beside it."""

    role: Role
    value: float
    text: str


def draw(
    measure: Indicator,
    guesses: Sequence[Mark],
    published: Sequence[Mark],
    ends: tuple[float, float],
    theme: Theme,
    alt: str,
    table: pd.DataFrame,
    made: Callable[[], Iterable[Printed]],
) -> Drawing:
    """The strip with its table; `table` and `made` as `Drawing` has them."""
    rows = strip_rows(guesses, published, *ends)
    template = partial(strip_template, tick=tick(measure.unit))
    return drawing(template, theme, rows, alt, table, made)


def round_top(value: float) -> float:
    """A round number at or above a positive value: where the strip ends."""
    if value <= 0:
        return 1.0
    size = 10.0 ** floor(log10(value))
    return next(
        (step * size for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * size >= value),
        10 * size,
    )


def strip_rows(
    guesses: Sequence[Mark], published: Sequence[Mark], low: float, high: float
) -> pd.DataFrame:
    """The rows of the chart.

    Parameters
    ----------
    guesses, published : sequence of Mark
        Guesses stand above the strip, published values on it with their labels below.
    low, high : float
        The ends of the strip; marks outside make it longer.

    Returns
    -------
    DataFrame
        Columns ``mark, role, value, y, side, text``; y runs from -1 to 1, `side` says which way
        a label goes so that it stays within the strip.
    """
    values = [mark.value for mark in (*guesses, *published)]
    low, high = min([low, *values]), max([high, *values])
    span = (high - low) or 1.0
    marks: list[dict[str, Any]] = [
        {"mark": "frame", "value": low, "y": 0.0},
        {"mark": "frame", "value": high, "y": 0.0},
    ]
    for line, guess in enumerate(sorted(guesses, key=lambda mark: mark.value)):
        y = 0.3 + 0.28 * (line % _LINES)
        same = {"role": "other", "value": guess.value, "y": y, "text": guess.text}
        side = "right" if (guess.value - low) / span > 0.8 else "left"
        marks += [same | {"mark": "guess"}, same | {"mark": "guess label", "side": side}]
    for line, mark in enumerate(published):
        same = {"role": mark.role, "value": mark.value, "y": 0.0, "text": mark.text}
        third = (mark.value - low) / span
        side = "left" if third < 0.2 else "right" if third > 0.8 else "center"
        y = -0.35 - 0.28 * (line % _LINES)
        marks += [same | {"mark": "value"}, same | {"mark": "label", "y": y, "side": side}]
    return pd.DataFrame(marks, columns=["mark", "role", "value", "y", "side", "text"])


@cache
def strip_template(theme: Theme, tick: str) -> dict[str, Any]:
    """The strip without data, made and validated once."""
    domain, colours = theme.scale("colour")
    _, shapes = theme.scale("shape")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    shape = alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None)
    axis: dict[str, Any] = {
        "title": None,
        "grid": False,
        "tickCount": 6,
        "labelExpr": tick_words(tick),
    }
    y = alt.Y("y:Q").scale(domain=[-1.1, 1.1], nice=False).axis(None)

    def x(field: str) -> alt.X:
        found: alt.X = alt.X(f"{field}:Q").scale(zero=False, nice=False, padding=30).axis(**axis)
        return found

    def marks(mark: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.mark === '{mark}'")

    tooltip = [alt.Tooltip("text:N", title="What")]
    layers = [
        marks("frame").mark_line(color=theme.quiet, strokeWidth=2).encode(x=x("value"), y=y),
        marks("guess")
        .mark_point(filled=False, size=150, strokeWidth=2.5, opacity=1)
        .encode(x=x("value"), y=y, color=alt.value(theme.ink), tooltip=tooltip),
        *(
            marks("guess label")
            .transform_filter(f"datum.side === '{side}'")
            .mark_text(align=side, dx=dx, fontSize=theme.size, color=theme.ink, limit=180)
            .encode(x=x("value"), y=y, text="text:N")
            for side, dx in _BESIDE
        ),
        marks("value")
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x("value"),
            y=y,
            color=colour,
            shape=shape,
            size=alt.condition("datum.role === 'own'", alt.value(420), alt.value(190)),
            tooltip=tooltip,
        ),
        *(
            marks("label")
            .transform_filter(f"datum.side === '{side}'")
            .mark_text(align=side, fontSize=theme.size, fontWeight=600, limit=300)
            .encode(x=x("value"), y=y, text="text:N", color=colour)
            for side in _ALIGN
        ),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT + 25 * theme.large), theme)
