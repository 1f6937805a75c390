"""All authorities as a swarm of dots: never a sorted bar, so that nobody stands first or last."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.in_the_round import Dot, swarm
from cscdash.charts.narrow import NARROW, legend, slots
from cscdash.charts.text_width import width as text_width
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import brief, tick, tick_words, unit_words

HEIGHT = 360


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
        median,
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
        partial(everyone_template, tick=tick(measure.unit), unit=unit_words(measure.unit)),
        theme,
        rows,
        alt,
        pd.DataFrame([{"Area": dot.name, period: dot.text} for dot in by_name]),
        cells,
    )


def everyone_rows(
    dots: Sequence[Dot], median: Printed | None, half: tuple[float, float] | None, found: str
) -> pd.DataFrame:
    """The rows of the chart.

    Parameters
    ----------
    dots : sequence of Dot
        Everyone with a value.
    median : Printed or None
        The neighbours' median.
    half : pair of float or None
        The quartiles of all authorities.
    found : str
        The name of an area to be labelled beside the chosen one.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, value, high, y, text, brief, slot, side``; y runs from -1 to 1,
        the swarm from `_SWARM` below to `_SWARM` above the middle; `side` says which way a label
        goes, `slot` where it stands in the legend of a narrow chart.
    """
    values = np.array([dot.value for dot in dots])
    span = (values.max() - values.min()) or 1.0
    x = (values - values.min()) / span
    offsets = swarm(x, [dot.role for dot in dots], bins=_BINS, step=_STEP, room=2 * _SWARM)
    marks: list[dict[str, Any]] = []
    if half:
        marks.append({"mark": "half", "value": half[0], "high": half[1]})
    if median is not None and median.value is not None:
        marks.append({"mark": "median", "value": median.value, "name": median.name})
        marks.append(
            {"mark": "label", "role": "median", "name": median.name, "value": median.value}
            | {"brief": brief(median.text, median.value)}
        )
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
            marks.append(same | {"mark": "label", "brief": brief(dot.text, dot.value)})
    labels = [mark for mark in marks if mark["mark"] == "label"]
    for label, slot in zip(labels, slots([label["name"] for label in labels]), strict=True):
        label |= {"slot": slot, "text": f"{label['name']} {label['brief']}"}
    columns = ["mark", "role", "name", "value", "high", "y", "text", "brief", "slot", "side"]
    _labels_apart(marks, float(values.min()), span)
    return pd.DataFrame(marks, columns=columns)


_BINS, _STEP = 80, 0.11  # of the swarm: columns, and the most between two dots of one column
_SWARM = 0.6  # how far the swarm may reach from the middle
_LANES = (0.7, -0.7, 0.83, -0.83, 0.96, -0.96)  # of labels, the inner ones first
_NARROWEST = 320, 620  # pixels of a plot in which labels must not touch: telephone, page

Spans = tuple[tuple[float, float], ...]  # of a label, in each of these plots, in shares of it


def _labels_apart(marks: list[dict[str, Any]], low: float, span: float) -> None:
    """Put each label beside its line, above or below the swarm: no text meets text or a line."""
    taken: dict[float, list[Spans]] = {lane: [] for lane in _LANES}
    leaders: dict[float, list[float]] = {lane: [] for lane in _LANES}
    order = {"own": 0, "england": 1, "region": 2, "median": 3}
    labels = [mark for mark in marks if mark["mark"] == "label"]
    for label in sorted(labels, key=lambda label: order.get(label["role"], 4)):
        x = (label["value"] - low) / span
        wide = [
            (text_width(label[words], 14, bold=True) + 12) / room
            for words, room in zip(("brief", "text"), _NARROWEST, strict=True)
        ]
        lane, side, led = _free(x, wide, taken, leaders)
        taken[lane].append(_spans(x, wide, side))
        label |= {"y": lane, "side": side}
        end = lane if led else _SWARM
        leaders[lane] += [x] if led else []
        for mark in marks:
            leads = mark["mark"] == "leader" and mark["name"] == label["name"]
            if leads or (mark["mark"] == label["role"] == "median"):
                mark["y"] = end if led or label["role"] == "median" else 0.0


def _spans(x: float, wide: Sequence[float], side: str) -> Spans:
    return tuple((x - w, x) if side == "left" else (x, x + w) for w in wide)


def _free(
    x: float,
    wide: Sequence[float],
    taken: dict[float, list[Spans]],
    leaders: dict[float, list[float]],
) -> tuple[float, str, bool]:
    """The first lane and side on which a label at `x` meets nothing, and whether it has a leader.

    Where there is none, the label stands free, without a line that would cross another.
    """
    loose: list[tuple[float, str, bool]] = []
    for within in (True, False):
        for lane in _LANES:
            inner = [one for one in _LANES if one * lane > 0 and abs(one) < abs(lane)]
            outer = [one for one in _LANES if one * lane > 0 and abs(one) > abs(lane)]
            crossed = any(a < x < b for one in inner for other in taken[one] for a, b in other)
            for side in ("right", "left"):
                here = _spans(x, wide, side)
                meets = any(
                    start < b and a < end
                    for other in taken[lane]
                    for (start, end), (a, b) in zip(here, other, strict=True)
                )
                struck = any(
                    start < other < end
                    for one in outer
                    for other in leaders[one]
                    for start, end in here
                )
                inside = all(start >= -0.04 and end <= 1.04 for start, end in here)
                if meets or struck or not (inside or not within):
                    continue
                if not crossed:
                    return lane, side, True
                loose.append((lane, side, False))
    return loose[0] if loose else (_LANES[-1], "right" if x < 0.5 else "left", False)


@cache
def everyone_template(theme: Theme, tick: str, unit: str = "") -> dict[str, Any]:
    """The chart without data, made and validated once."""
    domain, colours = theme.scale("colour")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    x = (
        alt.X("value:Q")
        .scale(zero=False, nice=True, padding=10)
        .axis(
            title=unit or None,
            titleAnchor="end",
            titleAlign="right",
            grid=False,
            tickCount=6,
            labelOverlap="parity",
            labelSeparation=8,
            labelExpr=tick_words(tick),
        )
    )
    y = alt.Y("y:Q").scale(domain=[-1.06, 1.06], nice=False).axis(None)
    tooltip = [alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Value")]

    def marks(mark: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.mark === '{mark}'")

    def point(mark: str, **how: Any) -> alt.Chart:
        found: alt.Chart = marks(mark).mark_point(opacity=1, **how)
        return found.encode(x=x, y=y, tooltip=tooltip)

    fill = theme.colours
    layers = [
        marks("half")
        .transform_calculate(bottom=f"-{_SWARM + 0.05}", top=f"{_SWARM + 0.05}")
        .mark_rect(color=theme.band)
        .encode(x=x, x2="high:Q", y=alt.Y("bottom:Q").axis(None), y2="top:Q"),
        marks("median")
        .transform_calculate(far=f"datum.y > 0 ? -{_SWARM} : {_SWARM}")
        .mark_rule(color=fill["median"], strokeWidth=2, strokeDash=[7, 4])
        .encode(x=x, y=y, y2="far:Q"),
        marks("leader")
        .mark_rule(strokeWidth=1, strokeDash=[1, 3])
        .transform_calculate(zero="0")
        .encode(x=x, y=y, y2="zero:Q", color=colour),
        point("other", filled=False, color=fill["other"], size=46, strokeWidth=1.2),
        point("neighbour", filled=True, shape="diamond", color=fill["neighbour"], size=95),
        point("region", filled=True, shape="triangle-up", color=fill["region"], size=150),
        point("england", filled=True, shape="square", color=fill["england"], size=130),
        point("own", filled=True, shape="circle", color=fill["own"], size=260),
        *(
            marks("label")
            .transform_filter(f"datum.side === '{side}'")
            .mark_text(
                fontSize=theme.size,
                fontWeight=700,
                align=align,
                dx=6 * way,
                text=alt.ExprRef(f"{NARROW} ? datum.brief : datum.text"),
            )
            .encode(x=x, y=y, color=colour)
            for side, align, way in _ALIGNED
        ),
        *legend(marks("label"), theme, colour),
    ]
    height = HEIGHT + 40 * theme.large
    return finished(alt.layer(*layers).properties(height=height), theme, least=250)


# a label to the right of its line starts there
_ALIGNED: tuple[tuple[str, Literal["left", "right"], int], ...] = (
    ("right", "left", 1),
    ("left", "right", -1),
)
