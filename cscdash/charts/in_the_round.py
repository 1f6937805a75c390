"""A chapter in the round: one row for each indicator, each on its own scale, all in one chart.

A row holds the name, what changed, the own value, a sparkline and a strip of all authorities
with the own value, the neighbours, the region and England marked. On a narrow screen the parts of
a row stand below each other: the template asks the width of the chart, so that it knows.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Role, Theme
from cscdash.extracts.observation import Observation

ROW = 76  # pixels
EDGE = 10  # pixels above and below all rows together
PICKED = "picked_row"
_BINS = 64
_ON_TOP: tuple[Role, ...] = ("other", "neighbour", "median", "region", "england", "own")
_STACK = 0.072  # of a row, between dots that stand on each other


@dataclass(frozen=True)
class Dot:
    """An area on a strip."""

    role: Role
    name: str
    value: float
    text: str
    made_of: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Row:
    """An indicator in the round.

    Attributes
    ----------
    name, change, value : str
        The texts of the row; `value` is the status in brackets where there is none.
    spark : sequence of float or None
        The own values, oldest first.
    dots : sequence of Dot
        Everyone with a value in the period shown.
    median : float or None
        The neighbours' median.
    low, high : str
        The texts at the ends of the strip.
    told : mapping of str to Printed or str
        Its row of the table: the name of a column -> a number, or words.
    others : callable
        Gives the numbers that are drawn and not told: the line, and everyone on the strip.
    """

    name: str
    change: str
    value: str
    spark: Sequence[float | None]
    dots: Sequence[Dot]
    median: float | None
    low: str
    high: str
    told: Mapping[str, Printed | str] = field(default_factory=dict)
    others: Callable[[], Iterable[Printed]] = tuple

    def cells(self) -> Iterator[Printed]:
        """All its numbers: those of the table, then the others that are drawn."""
        yield from (cell for cell in self.told.values() if not isinstance(cell, str))
        yield from self.others()


def draw(
    rows: Sequence[Row], theme: Theme, alt: str, *, named: bool = True, picked: bool = False
) -> Drawing:
    """The chart with its table; without `named`, no ring says whose it is.

    With `picked`, a row can be clicked: the selection `PICKED` holds its place.
    """
    template = partial(in_the_round_template, rows=len(rows), picked=picked)
    table = [
        {name: cell if isinstance(cell, str) else cell.text for name, cell in row.told.items()}
        for row in rows
    ]

    def cells() -> Iterator[Printed]:
        for row in rows:
            yield from row.cells()

    made = packed(in_the_round_rows(rows), named)
    return drawing(template, theme, made, alt, pd.DataFrame(table).fillna(""), cells)


def in_the_round_rows(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows of the chart, one for each mark.

    Returns
    -------
    DataFrame
        Columns ``mark, row, x, y, text, name, stretch``, the words as categories; x runs from 0 to
        1 along a strip or sparkline, y from 0 to 1 across a row.
    """
    marks: list[_Mark] = []
    for at, row in enumerate(rows):
        for mark, text in (("name", row.name), ("change", row.change), ("value", row.value)):
            marks.append(_Mark(mark, at, text=text))
        marks += _spark(at, row.spark)
        marks += _strip(at, row)
    # Made column by column: far quicker than from a dictionary for every mark.
    return pd.DataFrame(
        {
            column: _KINDS[column]([mark[place] for mark in marks])
            for place, column in enumerate(_Mark._fields)
        }
    )


class _Mark(NamedTuple):
    """A mark of the chart, as one row of its frame."""

    mark: str
    row: int
    x: float = math.nan
    y: float = math.nan
    text: str | None = None
    name: str | None = None
    stretch: str | None = None


_KINDS: dict[str, Callable[[list[Any]], Any]] = {
    "mark": pd.Categorical,
    "row": partial(np.array, dtype="int8"),
    "x": partial(np.array, dtype="float64"),
    "y": partial(np.array, dtype="float64"),
    "text": pd.Categorical,
    "name": pd.Categorical,
    "stretch": pd.Categorical,
}


def _spark(at: int, values: Sequence[float | None]) -> list[_Mark]:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return []
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    marks: list[_Mark] = []
    stretch = 0
    for place, value in enumerate(values):
        if value is None:
            stretch += 1
            continue
        y = 0.5 if high == low else 1 - (value - low) / span
        marks.append(_Mark("spark", at, place / (len(values) - 1), y, stretch=f"{at}.{stretch}"))
    return [*marks, marks[-1]._replace(mark="spark end")]


def _strip(at: int, row: Row) -> list[_Mark]:
    if not row.dots:
        return []
    values = np.array([dot.value for dot in row.dots])
    low, high = float(values.min()), float(values.max())
    span = (high - low) or 1.0
    x = (values - low) / span if high > low else np.full(len(values), 0.5)
    y = swarm(x, [dot.role for dot in row.dots])
    marks = [
        _Mark("axis", at, 0.0, text=row.low),
        _Mark("axis end", at, 1.0, text=row.high),
    ]
    placed = zip(row.dots, x.tolist(), y.tolist(), strict=True)
    for dot, place, offset in sorted(placed, key=lambda one: _ON_TOP.index(one[0].role)):
        marks.append(_Mark(dot.role, at, place, offset, dot.text, dot.name))
    if row.median is not None:
        middle = (row.median - low) / span if high > low else 0.5
        marks.append(_Mark("median", at, middle))
    return marks


def swarm(
    x: np.ndarray,
    roles: Sequence[Role],
    bins: int = _BINS,
    step: float = _STACK,
    room: float = 0.62,
) -> np.ndarray:
    """How far each dot stands above or below the line, so that equal values can be counted.

    Own, region and England stay on the line. Dots of one bin stack symmetrically; a bin of many
    is pressed together to keep within `room`.
    """
    offsets = np.zeros(len(x))
    free = np.array([role in ("neighbour", "other") for role in roles])
    place = np.minimum((x * bins).astype(int), bins - 1)
    for here in np.unique(place[free]):
        members = np.flatnonzero(free & (place == here))
        gap = min(step, room / max(len(members) - 1, 1))
        offsets[members] = (np.arange(len(members)) - (len(members) - 1) / 2) * gap
    return offsets


X_STEPS, Y_STEPS = 10_000, 100


def packed(rows: pd.DataFrame, named: bool = True) -> pd.DataFrame:
    """The same rows in a third of the bytes: places as small whole numbers.

    Without `named`, the rings of all other authorities bear neither name nor value: half of what
    an overview of all chapters would send.

    Returns
    -------
    DataFrame
        The same columns; x counts ten-thousandths of a strip and y
        hundredths of a row, which is finer than a screen shows.
    """
    shown = rows if named else _without_names(rows)
    return shown.assign(
        x=(shown["x"].fillna(0) * X_STEPS).round().astype("uint16"),
        y=(shown["y"].fillna(0) * Y_STEPS).round().astype("int8"),
    )


def _without_names(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without the words of the rings, and without the categories these leave empty."""
    ring = (rows["mark"] == "other").to_numpy()
    words = {}
    for column in ("text", "name"):
        all_words = rows[column].array
        codes = np.where(ring, -1, all_words.codes)
        found = pd.Categorical.from_codes(codes, dtype=all_words.dtype)
        words[column] = found.remove_unused_categories()
    return rows.assign(**words)


# how each role is drawn on a strip: shape, size, fill, stroke and its width
_DOTS: dict[str, tuple[str, int, str, str, float]] = {
    "other": ("circle", 22, "none", "other", 1),
    "neighbour": ("diamond", 52, "neighbour", "ground", 0.6),
    "region": ("triangle-up", 110, "region", "ground", 1),
    "england": ("square", 100, "ground", "england", 2.5),
    "own": ("circle", 210, "own", "ground", 1.5),
}


@cache
def in_the_round_template(theme: Theme, rows: int, picked: bool = False) -> dict[str, Any]:
    """The chart of so many rows without data, made and validated once for each number of rows."""
    x = alt.X("px:Q").scale(domain=[0, 1], nice=False, padding=0).axis(None)
    y = alt.Y("py:Q").scale(domain=[rows, 0], nice=False, padding=0).axis(None)

    def at(mark: str, px: str, py: str) -> alt.Chart:
        return (
            alt.Chart()
            .transform_filter(alt.FieldOneOfPredicate("mark", mark.split("|")))
            .transform_calculate(px=px, py=f"datum.row+({py})")
        )

    def text(mark: str, px: str, py: str, **how: Any) -> alt.Chart:
        settings: dict[str, Any] = {"baseline": "middle", **how}
        found: alt.Chart = at(mark, px, py).mark_text(**settings)
        return found.encode(x=x, y=y, text="text:N")

    def strip(mark: str) -> alt.Chart:
        along = f"n?.4+datum.x/{2 * X_STEPS}:.6+.34*datum.x/{X_STEPS}"
        return at(mark, along, f"(n?.72:.46)+datum.y/{Y_STEPS}*(n?.7:1)")

    def spark(mark: str) -> alt.Chart:
        along = f"n?.01+.22*datum.x/{X_STEPS}:.445+.075*datum.x/{X_STEPS}"
        return at(mark, along, f"(n?.5:.28)+.36*datum.y/{Y_STEPS}")

    own = theme.colours["own"]
    limit = alt.ExprRef("n?width*.78:width*.34")
    quiet: dict[str, Any] = {"fontSize": theme.size - 2, "color": theme.quiet}
    ends = "n?.72:.46"
    layers = [
        text("name", "0", "n?.14:.34", align="left", fontWeight=700, limit=limit),
        text("change", "0", "n?.34:.62", align="left", limit=limit, **quiet),
        text(
            "value",
            "n?1:.42",
            "n?.2:.46",
            align="right",
            fontSize=theme.size + 8,
            fontWeight=700,
            color=own,
        ),
        spark("spark").mark_line(color=own, strokeWidth=2).encode(x=x, y=y, detail="stretch:N"),
        spark("spark end").mark_point(color=own, filled=True, size=36, opacity=1).encode(x=x, y=y),
        strip("axis|axis end")
        .mark_line(color=theme.grid, strokeWidth=1.5)
        .encode(x=x, y=y, detail="row:N"),
        text("axis", "n?.375:.588", ends, align="right", **quiet),
        text("axis end", "n?.925:.952", ends, align="left", **quiet),
        strip("median")
        .mark_tick(
            orient="vertical",
            size=ROW * 0.6,
            thickness=2.5,
            color=theme.colours["median"],
            opacity=0.9,
        )
        .encode(x=x, y=y),
        _dots(theme, strip("|".join(_DOTS)), x, y),
    ]
    if picked:
        click = alt.selection_point(name=PICKED, fields=["row"], on="click", clear=False)
        layers.insert(
            0,
            at("name", "0", "0")
            .transform_calculate(end="1", bottom="datum.row+1")
            .mark_rect(opacity=0, cursor="pointer")
            .encode(x=x, x2="end:Q", y=y, y2="bottom:Q")
            .add_params(click),
        )
    chart = alt.layer(*layers).properties(height=ROW * rows + EDGE)
    chart = chart.add_params(alt.param(name="n", expr="width<620"))
    spec = finished(chart, theme, least=48 * rows, most=100 * rows)
    del spec["config"]["axis"]  # it has none, and a page sends six of these
    return spec


def _dots(theme: Theme, at: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """Every area by its role; the rows come in the order in which they lie on each other."""
    colours = {**theme.colours, "ground": theme.ground, "none": "transparent"}
    roles = list(_DOTS)

    def scale(part: int) -> alt.Scale:
        drawn = [_DOTS[role][part] for role in roles]
        return alt.Scale(
            type="ordinal", domain=roles, range=[colours.get(str(d), d) for d in drawn]
        )

    found: alt.Chart = at.mark_point(opacity=1)
    return found.encode(
        x=x,
        y=y,
        shape=alt.Shape("mark:N", scale=scale(0), legend=None),
        size=alt.Size("mark:N", scale=scale(1), legend=None),
        fill=alt.Fill("mark:N", scale=scale(2), legend=None),
        stroke=alt.Stroke("mark:N", scale=scale(3), legend=None),
        strokeWidth=alt.StrokeWidth("mark:N", scale=scale(4), legend=None),
        tooltip=[alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Value")],
    )
