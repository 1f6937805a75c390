"""An indicator over time: own line bold, region, England, neighbours' median, neighbours behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Literal

import altair as alt
import pandas as pd

from cscdash.analysis.number_format import round_half_up
from cscdash.analysis.printed import Named, Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, dodge, drawing, finished
from cscdash.charts.local_figures import local_layers
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import tick, tick_words, year_words
from cscdash.extracts.observation import Observation
from cscdash.periods import end_year

HEIGHT = 380
_SHORT = {"median": "median", "region": "region"}
_WEIGHTS: tuple[tuple[str, Literal["bold", "normal"]], ...] = (
    ("true", "bold"),
    ("false", "normal"),
)


@dataclass(frozen=True)
class Series:
    """A line: for each period a value, or None and the status that says why.

    `ends` places the periods on the axis: the year in which each ends, as a number.
    """

    role: Role
    name: str
    periods: Sequence[str]
    ends: Sequence[float]
    values: Sequence[float | None]
    statuses: Sequence[str]
    provisional: Sequence[bool]
    texts: Sequence[str]
    local: bool = False  # not published: hollow points on a dotted line
    reach: float = 1.01  # years between neighbours that a line may join
    made_of: Sequence[tuple[Observation, ...]] = ()  # what each value comes from
    figure: str = "value"

    def cells(self, measure: Named) -> Iterator[Printed]:
        """Its numbers as they are printed; of local figures only what is shown leaves."""
        made_of = self.made_of or [()] * len(self.values)
        for period, value, text, made in zip(
            self.periods, self.values, self.texts, made_of, strict=True
        ):
            if self.local and value is not None:
                value = float(round_half_up(value, measure.decimals))
            yield Printed(measure, self.name, period, value, text, made, figure=self.figure)


@dataclass(frozen=True)
class Rule:
    """A break in the series: where, and why in a few words."""

    end: float
    text: str


@dataclass(frozen=True)
class Band:
    """The middle half of all authorities, by period."""

    ends: Sequence[float] = field(default_factory=list)
    low: Sequence[float] = field(default_factory=list)
    high: Sequence[float] = field(default_factory=list)
    cells: Sequence[Printed] = ()


def draw(
    measure: Indicator,
    series: Sequence[Series],
    theme: Theme,
    alt: str,
    *,
    rules: Sequence[Rule] = (),
    band: Band | None = None,
    zero: bool = True,
    small: bool = False,
    sign: bool = True,
    nameless: bool = False,
) -> Drawing:
    """The chart with its table.

    Parameters
    ----------
    measure : Indicator
        What is drawn.
    series, rules, band, zero, small
        As `over_time_rows` takes them.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    sign : bool
        Whether the axis bears the sign of the unit.
    nameless : bool
        Whether the neighbours bear no names: then the table leaves them out.
    """
    band = band or Band()
    template = partial(
        over_time_template,
        double_year=measure.double_year,
        tick=tick(measure.unit) if sign else "",
        small=small,
        local=any(one.local for one in series),
    )
    told = [one for one in series if not (nameless and one.role == "neighbour")]

    def made() -> Iterator[Printed]:
        for one in series:
            yield from one.cells(measure)
        yield from band.cells

    rows = over_time_rows(series, rules, band, zero, small)
    return drawing(template, theme, rows, alt, table(told), made)


def table(series: Sequence[Series]) -> pd.DataFrame:
    """The numbers of the chart: a row for each area or median, a column for each period."""
    published = [one for one in series if not one.local]
    periods = sorted({period for one in published for period in one.periods}, key=end_year)
    periods += [p for one in series if one.local for p in one.periods if p not in periods]
    rows = []
    for one in series:
        said = dict(zip(one.periods, one.texts, strict=True))
        rows.append({"Area": one.name} | {p: said.get(p, "") for p in dict.fromkeys(periods)})
    return pd.DataFrame(rows)


def over_time_rows(
    series: Sequence[Series],
    rules: Sequence[Rule],
    band: Band,
    zero: bool,
    small: bool = False,
) -> pd.DataFrame:
    """The rows of the chart, one for each mark.

    Parameters
    ----------
    series : sequence of Series
        Own first; lines never bridge a period without a value.
    rules : sequence of Rule
        Breaks: no line crosses them.
    band : Band
        Drawn behind, if it has periods.
    zero : bool
        Whether the axis starts at zero.
    small : bool
        For the small template: labels are short and stand further apart.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, stretch, period, t, value, low, high, y, text``.
    """
    rows: list[dict[str, Any]] = []
    shown = [v for s in series for v in s.values if v is not None]
    shown += [*band.low, *band.high]
    bottom = min([0.0, *shown]) if zero else min(shown, default=0.0)
    top = max(shown, default=1.0)
    if top == bottom:
        top = bottom + 1.0
    first = min((s.ends[0] for s in series if s.ends), default=0.0)
    last = max((s.ends[-1] for s in series if s.ends), default=1.0)
    for t, value in ((first, bottom), (last, top)):
        rows.append({"mark": "frame", "t": t, "value": value})
    for t, low, high in zip(band.ends, band.low, band.high, strict=True):
        rows.append({"mark": "band", "t": t, "low": low, "high": high})
    for one in series:
        rows += _line(one, rules, bottom)
    for rule in rules:
        rows.append({"mark": "rule", "t": rule.end, "y": top, "text": rule.text})
    rows += _labels(series, bottom, top, small)
    columns = [
        "mark",
        "role",
        "name",
        "stretch",
        "period",
        "t",
        "value",
        "low",
        "high",
        "y",
        "text",
    ]
    return pd.DataFrame(rows, columns=columns)


def _line(one: Series, rules: Sequence[Rule], bottom: float) -> list[dict[str, Any]]:
    """A series as points in unbroken stretches, and a letter where a value is missing."""
    rows: list[dict[str, Any]] = []
    stretch, before = 0, None
    for at, value in enumerate(one.values):
        t = one.ends[at]
        crossed = before is not None and any(before < rule.end <= t for rule in rules)
        if value is None or crossed or (before is not None and t - before > one.reach):
            stretch += 1
        same: dict[str, Any] = {
            "role": one.role,
            "name": one.name,
            "period": one.periods[at],
            "t": t,
            "text": one.texts[at],
        }
        if value is not None:
            mark = "line" if one.role != "neighbour" else "thin"
            hollow = "hollow" if one.provisional[at] else "point"
            if one.local:
                mark, hollow = "local line", "local"
            rows.append(same | {"mark": mark, "stretch": f"{one.name} {stretch}", "value": value})
            if one.role != "neighbour":
                rows.append(same | {"mark": hollow, "value": value})
        elif one.role == "own" and not (one.local and at and one.values[at - 1] is None):
            rows.append(same | {"mark": "gap", "y": bottom, "text": f"[{one.statuses[at]}]"})
        before = t
    return rows


def _labels(
    series: Sequence[Series], bottom: float, top: float, small: bool
) -> list[dict[str, Any]]:
    """A label at the end of each bold line, moved apart where they would touch."""
    ends = []
    for one in series:
        known = [at for at, value in enumerate(one.values) if value is not None]
        if known and one.role != "neighbour":
            ends.append((one, known[-1]))
    last = max((one.ends[at] for one, at in ends), default=0.0)
    wanted = [float(one.values[at] or 0.0) for one, at in ends]
    gap = (top - bottom) * 20 / ((HEIGHT // 2 if small else HEIGHT) - 60)
    return [
        {
            "mark": "label",
            "role": one.role,
            "name": one.name,
            "t": last,
            "y": y,
            "text": f"{one.texts[at]}  {_SHORT.get(one.role, one.name) if small else one.name}"
            + ("" if one.ends[at] == last else f" ({one.periods[at]})"),
        }
        for (one, at), y in zip(ends, dodge(wanted, gap), strict=True)
    ]


@cache
def over_time_template(
    theme: Theme, double_year: bool, tick: str, small: bool = False, local: bool = False
) -> dict[str, Any]:
    """The chart without data.

    Parameters
    ----------
    theme : Theme
        Colours and type.
    double_year : bool
        Whether periods are called ``2024/25``.
    tick : str
        What stands behind the numbers of the axis, ``%`` or nothing, or ``£`` before them.
    small : bool
        For several charts beside each other.
    local : bool
        Whether there are local figures to draw.

    Returns
    -------
    dict
        A Vega-Lite specification, made and validated once.
    """
    narrow, wide = (120, 300) if theme.large else (84, 240)  # pixels for a label
    base = alt.Chart()
    domain, colours = theme.scale("colour")
    _, shapes = theme.scale("shape")
    _, dashes = theme.scale("dash")
    colour = alt.Color("role:N").scale(domain=domain, range=colours).legend(None)
    x = (
        alt.X("t:Q")
        .scale(nice=False, zero=False, padding=14)
        .axis(
            title=None,
            grid=False,
            tickMinStep=1,
            labelExpr=year_words(double_year),
            labelOverlap="parity",
            labelSeparation=8,
        )
    )
    y = (
        alt.Y("value:Q")
        .scale(zero=False, nice=True)
        .axis(
            title=None,
            ticks=False,
            domain=False,
            tickCount=5,
            labelExpr=tick_words(tick),
        )
    )
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("text:N", title="Value"),
    ]

    def rows(mark: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark === '{mark}'")

    strong = alt.condition("datum.role === 'own'", alt.value(4), alt.value(2.2))
    layers = [
        rows("frame").mark_point(opacity=0, size=0, aria=False).encode(x=x, y=y),
        rows("band").mark_area(color=theme.band, line=False).encode(x=x, y="low:Q", y2="high:Q"),
        rows("rule").mark_rule(color=theme.quiet, strokeDash=[2, 2]).encode(x=x),
        rows("rule")
        .mark_text(
            align="right",
            baseline="top",
            dx=-6,
            color=theme.quiet,
            fontSize=theme.size - 2,
            limit=260,
        )
        .encode(x=x, y="y:Q", text="text:N"),
        rows("thin")
        .mark_line(strokeWidth=1.2, opacity=0.38)
        .encode(x=x, y=y, color=colour, detail="stretch:N", tooltip=tooltip),
        rows("line")
        .mark_line()
        .encode(
            x=x,
            y=y,
            color=colour,
            detail="stretch:N",
            strokeWidth=strong,
            strokeDash=alt.StrokeDash("role:N").scale(domain=domain, range=dashes).legend(None),
        ),
        rows("point")
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None),
            size=alt.condition("datum.role === 'own'", alt.value(80), alt.value(34)),
            tooltip=tooltip,
        ),
        rows("hollow")
        .mark_point(filled=True, fill=theme.ground, strokeWidth=2, opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("role:N").scale(domain=domain, range=colours).legend(None),
            shape=alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None),
            size=alt.condition("datum.role === 'own'", alt.value(80), alt.value(34)),
            tooltip=tooltip,
        ),
        *(local_layers(rows, x, y, theme, tooltip) if local else ()),
        rows("gap")
        .mark_text(baseline="bottom", dy=-4, color=theme.quiet, fontSize=theme.size - 1)
        .encode(x=x, y="y:Q", text="text:N"),
        *(
            rows("label")
            .transform_filter(f"(datum.role === 'own') === {own}")
            .mark_text(
                align="left",
                dx=14,
                fontSize=theme.size,
                fontWeight=weight,
                limit=alt.ExprRef(f"containerSize()[0] < 560 ? {narrow} : {wide}"),
            )
            .encode(x=x, y="y:Q", text="text:N", color=colour)
            for own, weight in _WEIGHTS
        ),
    ]
    chart = alt.layer(*layers).properties(height=HEIGHT // 2 if small else HEIGHT)
    return finished(chart, theme)
