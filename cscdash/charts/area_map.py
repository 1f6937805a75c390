"""Authorities on a map, shaded by class; the shapes are fetched by the browser, never sent.

A chart that carried its geometry would cost half a second and 270 kB on every change; this one
names a static file, and its rows hold codes, classes and words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Printed
from cscdash.charts.drawing import Drawing, drawing, finished
from cscdash.charts.theme import Role, Theme

HEIGHT = 560
_LINE = 26  # characters of a line above the key
PICKED = "place"  # the name of the selection that a click makes
NONE = "0"  # the class of an area without a value
BLANK = "blank"  # the class of an area that a map says nothing about

# One hue in even steps of lightness; on a dark page more stands further from the ground too.
_LIGHT = ("#DCE9F5", "#A9CBE8", "#6FA8D8", "#2F75B5", "#12436D")
_DARK = ("#22384F", "#33597F", "#4C80B5", "#84B1DF", "#D5E6F8")
_OUTLINE = {False: "#5B6875", True: "#8A97A5"}


@dataclass(frozen=True)
class Geometry:
    """A static file with shapes.

    Attributes
    ----------
    url : str
        Relative to a page of the app: ``app/static/…``.
    """

    url: str

    def lookup(self, feature: str, key: str, by: str) -> tuple[str, alt.LookupData]:
        """What joins rows with the shapes: the column, and the shapes by their property."""
        data = alt.UrlData(self.url, format=alt.TopoDataFormat(type="topojson", feature=feature))
        fields = ["type", "geometry", "properties"]
        return by, alt.LookupData(data=data, key=f"properties.{key}", fields=fields)


@dataclass(frozen=True)
class Shaded:
    """An area on a map: its code, role, name, class (`NONE` without a value) and its text."""

    code: str
    role: Role
    name: str
    shade: str
    text: str


def draw(
    geometry: Geometry,
    areas: Sequence[Shaded],
    theme: Theme,
    alt: str,
    table: pd.DataFrame,
    made: Callable[[], Iterable[Printed]] = tuple,
    *,
    key: Sequence[str] | Mapping[str, str] = (),
    title: str = "",
    height: int = HEIGHT,
    fine: bool = False,
) -> Drawing:
    """The map with its table.

    Parameters
    ----------
    geometry, height, fine
        As `area_map_template` takes them.
    areas, key, title
        As `area_map_rows` takes them.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    table, made
        The numbers of the areas, as `Drawing` has them.
    """
    template = partial(area_map_template, geometry, height=height, fine=fine)
    return drawing(template, theme, area_map_rows(areas, key, title), alt, table, made)


def area_map_rows(
    areas: Sequence[Shaded], key: Sequence[str] | Mapping[str, str], title: str
) -> pd.DataFrame:
    """The rows of the chart.

    Parameters
    ----------
    areas : sequence of Shaded
        Who is drawn; those with a role are drawn last, so that their outline lies on top.
    key : sequence or mapping of str
        What each class says, the lowest first, or class -> words; no key is drawn if empty.
    title : str
        What stands above the key.

    Returns
    -------
    DataFrame
        Columns ``mark, code, role, name, shade, text, slot``.
    """
    last = {"own": 3, "neighbour": 2}
    marks: list[dict[str, Any]] = [
        {
            "mark": "area",
            "code": area.code,
            "role": area.role,
            "name": area.name,
            "shade": area.shade,
            "text": area.text,
        }
        for area in sorted(areas, key=lambda a: last.get(a.role, int(a.shade == NONE)))
    ]
    marks += [
        {"mark": "own", "code": area.code, "name": area.name}
        for area in areas
        if area.role == "own"
    ]
    if isinstance(key, Mapping):
        marks += [
            {"mark": "key", "shade": shade, "text": text, "slot": slot}
            for slot, (shade, text) in enumerate(key.items())
        ]
    elif key:
        marks += key_rows(key, title, any(area.shade == NONE for area in areas))
    columns = ["mark", "code", "role", "name", "shade", "text", "slot"]
    return pd.DataFrame(marks, columns=columns)


def key_rows(key: Sequence[str], title: str, gaps: bool, mark: str = "key") -> list[dict[str, Any]]:
    """The rows of a key: its title, then a class in each slot, and one for those without."""
    lines = wrap(title, _LINE)
    rows: list[dict[str, Any]] = [{"mark": f"{mark} title", "text": "\n".join(lines), "slot": 0}]
    for number, text in enumerate(key, start=1):
        slot = len(lines) - 1 + number
        rows.append({"mark": mark, "shade": str(number), "text": text, "slot": slot})
    if gaps:
        slot = len(lines) + len(key)
        rows.append({"mark": mark, "shade": NONE, "text": "× no value", "slot": slot})
    return rows


@cache
def area_map_template(
    geometry: Geometry, theme: Theme, height: int = HEIGHT, fine: bool = False
) -> dict[str, Any]:
    """The map without data, made and validated once for each form and theme.

    Parameters
    ----------
    fine : bool
        Thinner outlines, for boundaries: a thick one would cover a small city.
    """
    by, shapes = geometry.lookup("la", "code", "code")
    click = alt.selection_point(name=PICKED, fields=["code"], toggle=False)
    areas = (
        alt.Chart()
        .transform_filter("datum.mark === 'area'")
        .transform_lookup(lookup=by, from_=shapes)
        .transform_calculate(usual=f"({WIDTHS}) * {0.6 if fine else 1}")
        .mark_geoshape(cursor="pointer", strokeJoin="round")
        .encode(
            fill=fill(theme),
            stroke=outline(theme),
            strokeWidth=usual_width(),
            strokeDash=alt.condition(
                f"datum.shade === '{NONE}' && datum.role === 'other'",
                alt.value([2, 2]),
                alt.value([1, 0]),
            ),
            tooltip=[alt.Tooltip("name:N", title="Area"), alt.Tooltip("text:N", title="Value")],
        )
        .add_params(click)
    )
    layers = [areas, _cross(geometry, theme)]
    layers += [_name(geometry, theme, casing=True), _name(geometry, theme, casing=False)]
    layers += key_layers(theme, "key", "10")
    chart = alt.layer(*layers).project("identity", reflectY=True)
    return finished(chart.properties(height=height + 40 * theme.large), theme)


def fill(theme: Theme) -> alt.Fill:
    """The colour of a class."""
    shades = _DARK if theme.dark else _LIGHT
    colours = [theme.ground, theme.ground, *shades]
    domain = [BLANK, NONE, *(str(number) for number in range(1, len(shades) + 1))]
    found: alt.Fill = alt.Fill("shade:N").scale(domain=domain, range=colours).legend(None)
    return found


def outline(theme: Theme) -> alt.Stroke:
    """The colour of an outline: the role's, or one that every class stands out from."""
    colours = {
        "own": theme.ink,
        "neighbour": theme.colours["neighbour"],
        "region": _OUTLINE[theme.dark],
        "other": _OUTLINE[theme.dark],
    }
    domain, shades = list(colours), list(colours.values())
    found: alt.Stroke = alt.Stroke("role:N").scale(domain=domain, range=shades).legend(None)
    return found


# How thick an outline is: own and neighbours stand out without colour too.
WIDTHS = "datum.role === 'own' ? 4 : datum.role === 'neighbour' ? 2.6 : 0.6"


def usual_width() -> alt.StrokeWidth:
    """The thickness that `WIDTHS` computed into the column ``usual``."""
    found: alt.StrokeWidth = alt.StrokeWidth("usual:Q").scale(None).legend(None)
    return found


def _cross(geometry: Geometry, theme: Theme) -> alt.Chart:
    """A cross in each area without a value: a gap is not a light shade."""
    by, shapes = geometry.lookup("la", "code", "code")
    found: alt.Chart = (
        alt.Chart()
        .transform_filter(f"datum.mark === 'area' && datum.shade === '{NONE}'")
        .transform_lookup(lookup=by, from_=shapes)
        .transform_calculate(x="datum.properties.x", y="datum.properties.y", sign="'×'")
        .mark_text(fontSize=theme.size, color=theme.quiet)
        .encode(longitude="x:Q", latitude="y:Q", text="sign:N")
    )
    return found


def _name(geometry: Geometry, theme: Theme, casing: bool) -> alt.Chart:
    """The name of the chosen area above its shape, legible on any shade."""
    by, shapes = geometry.lookup("la", "code", "code")
    how: dict[str, Any] = {"color": theme.ink}
    if casing:
        how = {"stroke": theme.ground, "strokeWidth": 5, "strokeJoin": "round"}
    found: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.mark === 'own'")
        .transform_lookup(lookup=by, from_=shapes)
        .transform_calculate(x="datum.properties.x", y="datum.properties.y")
        .mark_text(fontSize=theme.size, fontWeight=700, dy=-20, **how)
        .encode(longitude="x:Q", latitude="y:Q", text="name:N")
    )
    return found


def key_layers(theme: Theme, mark: str, left: str) -> list[alt.Chart]:
    """Title, swatches and texts of a key; `left` says in pixels, or an expression, where."""
    step = theme.size + 9

    def at(which: str, along: str) -> alt.Chart:
        found: alt.Chart = (
            alt.Chart()
            .transform_filter(f"datum.mark === '{which}'")
            .transform_calculate(
                px=f"{left} + {along}", py=f"10 + (width < 500 ? {step - 5} : {step}) * datum.slot"
            )
        )
        return found

    x = alt.X("px:Q").scale(None).axis(None)
    y = alt.Y("py:Q").scale(None).axis(None)
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": theme.size - 1}
    return [
        at(f"{mark} title", "0")
        .mark_text(color=theme.ink, fontWeight=600, lineBreak="\n", lineHeight=step - 4, **text)
        .encode(x=x, y=y, text="text:N"),
        at(mark, "8")
        .mark_point(shape="square", size=240, opacity=1, filled=True, strokeWidth=0.8)
        .encode(x=x, y=y, fill=fill(theme), stroke=alt.value(_OUTLINE[theme.dark])),
        at(mark, "24").mark_text(color=theme.ink, **text).encode(x=x, y=y, text="text:N"),
    ]
