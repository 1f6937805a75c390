"""The template of an indicator over time: lines, points, breaks and the words at their ends."""

from functools import cache
from typing import Any, Literal

import altair as alt

from cscdash.charts.drawing import finished
from cscdash.charts.local_figures import local_layers
from cscdash.charts.narrow import NARROW, legend
from cscdash.charts.theme import Theme
from cscdash.charts.time_axis import tick_words, year_words

HEIGHT = 380
_WEIGHTS: tuple[tuple[str, Literal["bold", "normal"]], ...] = (
    ("true", "bold"),
    ("false", "normal"),
)
TOLD = ("own", "median", "region", "england")
POINTED = ("thin", "point", "hollow", "local")
_TITLES = {
    "own": "Chosen area",
    "median": "Median",
    "region": "Region",
    "england": "England",
}
_CUT = "the axis does not start at zero"


@cache
def over_time_template(
    theme: Theme,
    double_year: bool,
    tick: str,
    small: bool = False,
    local: bool = False,
    unit: str = "",
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
    unit : str
        What stands above the axis.

    Returns
    -------
    dict
        A Vega-Lite specification, made and validated once.
    """
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
            title=unit or None,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=0,
            titleY=-12,
            ticks=False,
            domain=False,
            tickCount=5,
            labelExpr=tick_words(tick),
        )
    )
    tooltip = [
        alt.Tooltip("name:N", title="Here"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("text:N", title="Value"),
        *(alt.Tooltip(f"{role}:N", title=_TITLES[role]) for role in TOLD),
    ]
    # the nearest point answers wherever the pointer is; a click keeps the name of its line
    near = alt.selection_point(name="near", fields=["name"], on="click", nearest=True, empty=False)

    def rows(mark: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark === '{mark}'")

    strong = alt.condition("datum.role === 'own'", alt.value(4), alt.value(2.2))
    layers = [
        rows("frame").mark_point(opacity=0, size=0, aria=False).encode(x=x, y=y),
        rows("band").mark_area(color=theme.band, line=False).encode(x=x, y="low:Q", y2="high:Q"),
        rows("pandemic")
        .mark_rule(color=theme.quiet, strokeWidth=5, opacity=0.45)
        .encode(
            x=x,
            x2="low:Q",
            y=alt.value("height"),
            tooltip=[alt.Tooltip("brief:N", title="Years of the")],
        ),
        rows("pandemic")
        .mark_text(
            align="left", baseline="bottom", dy=-4, color=theme.quiet, fontSize=theme.size - 2
        )
        .encode(x=x, y=alt.value("height"), text="text:N"),
        rows("rule").mark_rule(color=theme.quiet, strokeDash=[2, 2]).encode(x=x),
        rows("rule")
        .mark_text(align="left", baseline="top", dx=4, color=theme.quiet, fontSize=theme.size - 1)
        .encode(x=x, y="y:Q", text="brief:N", tooltip=[alt.Tooltip("text:N", title="Break")]),
        rows("thin")
        .mark_line()
        .encode(
            x=x,
            y=y,
            color=colour,
            detail=["stretch:N", "name:N"],
            strokeWidth=alt.condition(near, alt.value(2.4), alt.value(1.2)),
            opacity=alt.condition(near, alt.value(1), alt.value(0.38)),
        ),
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
        ),
        rows("hollow")
        .mark_point(filled=True, fill=theme.ground, strokeWidth=2, opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("role:N").scale(domain=domain, range=colours).legend(None),
            shape=alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None),
            size=alt.condition("datum.role === 'own'", alt.value(80), alt.value(34)),
        ),
        *(local_layers(rows, x, y, theme, tooltip) if local else ()),
        rows("gap")
        .mark_text(
            baseline="bottom",
            dx=alt.ExprRef(f"datum.slot ? {theme.size} : 0"),
            dy=-4,
            color=theme.quiet,
            fontSize=theme.size - 1,
        )
        .encode(x=x, y="y:Q", text="text:N"),
        *(
            rows("label")
            .transform_filter(f"(datum.role === 'own') === {own}")
            .mark_text(
                align="left",
                fontSize=alt.ExprRef(f"{NARROW} ? {theme.size - 1} : {theme.size}"),
                fontWeight=weight,
                lineBreak="\n",
                lineHeight=theme.size + 2,
                dx=alt.ExprRef(f"{NARROW} ? 6 : 14"),
                text=alt.ExprRef(f"{NARROW} ? datum.brief : datum.text"),
            )
            .encode(x=x, y="y:Q", color=colour)
            for own, weight in _WEIGHTS
        ),
        base.transform_filter(alt.FieldOneOfPredicate("mark", list(POINTED)))
        .mark_point(opacity=0, size=60)
        .encode(x=x, y=y, tooltip=tooltip)
        .add_params(near),
        rows("thin")
        .transform_joinaggregate(last="max(t)", groupby=["name"])
        .transform_filter("datum.t === datum.last")
        .mark_text(align="right", dx=-6, dy=-9, fontSize=theme.size - 1, color=theme.ink)
        .encode(
            x=x,
            y=y,
            text="name:N",
            opacity=alt.condition(near, alt.value(1), alt.value(0)),
        ),
        rows("cut")
        .mark_point(
            shape="M-1.6,-0.5L-0.8,0.5L0,-0.5L0.8,0.5L1.6,-0.5",
            size=60,
            filled=False,
            stroke=theme.quiet,
            strokeWidth=1.6,
            opacity=1,
        )
        .encode(x=alt.value(0), y=alt.value("height")),
        rows("cut")
        .mark_text(align="right", color=theme.quiet, fontSize=theme.size - 2, text=_CUT)
        .encode(x=alt.value("width"), y=alt.value(-12)),
        *legend(rows("label"), theme, colour),
    ]
    chart = alt.layer(*layers).properties(height=HEIGHT // 2 if small else HEIGHT)
    return finished(chart, theme, least=120 if small else 270)
