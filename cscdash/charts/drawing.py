"""What a chart function gives: a template, the rows it draws, and the same in words and numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

from cscdash.analysis.printed import Printed, releases
from cscdash.charts.theme import PAPER, Theme


@dataclass(frozen=True)
class Drawing:
    """A chart, ready to be shown.

    Attributes
    ----------
    spec : dict
        A Vega-Lite template without data; the same object for every selection.
    rows : DataFrame
        What it draws; a column ``mark`` says what each row is drawn as.
    alt : str
        One sentence for those who do not see it.
    table : DataFrame
        The numbers that can be read off the chart, and no others.
    paper : dict, optional
        The light template for pictures that leave the app; none is offered without it.
    made : callable
        Gives `cells`: the page itself needs them only for its files and its source.
    """

    spec: dict[str, Any]
    rows: pd.DataFrame
    alt: str
    table: pd.DataFrame
    paper: dict[str, Any] | None = None
    made: Callable[[], Iterable[Printed]] = tuple

    @cached_property
    def cells(self) -> tuple[Printed, ...]:
        """The numbers that are drawn or told, with the observations that they come from."""
        return tuple(self.made())

    @cached_property
    def releases(self) -> tuple[str, ...]:
        """The releases that its numbers come from, and no others; the latest first."""
        return releases(self.cells)


def drawing(
    template: Callable[[Theme], dict[str, Any]],
    theme: Theme,
    rows: pd.DataFrame,
    alt: str,
    table: pd.DataFrame,
    made: Callable[[], Iterable[Printed]] = tuple,
) -> Drawing:
    """A chart for the page and for paper, from one template and one set of rows.

    Parameters
    ----------
    template : callable
        Gives the template of a theme.
    theme : Theme
        That of the page; pictures that leave the app are light.
    rows, alt, table, made
        As `Drawing` has them.
    """
    spec, paper = template(theme), template(PAPER)
    return Drawing(spec, lean(rows), alt, table, paper, made)


def lean(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, smaller to send: words as categories, numbers in single precision."""
    small: dict[Any, Any] = {}
    for name, column in rows.items():
        if pd.api.types.is_float_dtype(column):
            small[name] = column.astype("float32")
        elif isinstance(column.dtype, pd.CategoricalDtype) or pd.api.types.is_integer_dtype(column):
            small[name] = column
        else:
            small[name] = column.astype("category")
    return pd.DataFrame(small)


def dodge(wanted: list[float], gap: float) -> list[float]:
    """Places for labels near where they want to be, in the same order, at least `gap` apart.

    Returns
    -------
    list of float
        One place for each wanted one; clusters are spread around their middle.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    clusters: list[list[int]] = []
    places: list[tuple[float, float]] = []  # middle and half width of each cluster
    for at in order:
        clusters.append([at])
        places.append((wanted[at], 0.0))
        while (
            len(places) > 1 and places[-1][0] - places[-1][1] < places[-2][0] + places[-2][1] + gap
        ):
            merged = clusters[-2] + clusters[-1]
            middle = sum(wanted[i] for i in merged) / len(merged)
            clusters[-2:] = [merged]
            places[-2:] = [(middle, gap * (len(merged) - 1) / 2)]
    found = [0.0] * len(wanted)
    for members, (middle, half) in zip(clusters, places, strict=True):
        for step, at in enumerate(members):
            found[at] = middle - half + gap * step
    return found


def finished(
    chart: alt.LayerChart | alt.FacetChart | alt.Chart,
    theme: Theme,
    least: int = 240,
    most: int | None = None,
) -> dict[str, Any]:
    """A chart as a specification with the look of the theme, without data.

    Altair validates it here, once; the page sends it with new rows each time.

    Parameters
    ----------
    least, most : int
        Between which heights in pixels a picture of it can be read.
    """
    spec: dict[str, Any] = _without_data(chart.to_dict())
    spec.pop("datasets", None)
    _share_encodings(spec)
    spec["config"] = theme.config()
    spec["usermeta"] = {"least": least} | ({"most": most} if most else {})
    spec["autosize"] = {"type": "fit", "contains": "padding", "resize": True}
    return spec


def _share_encodings(spec: dict[str, Any]) -> None:
    """Say once what all layers say: the specification travels with every change of selection."""
    layers = spec.get("layer", [])
    if len(layers) < 2:
        return
    first, *others = (layer.get("encoding", {}) for layer in layers)
    common = {k: v for k, v in first.items() if all(o.get(k) == v for o in others)}
    if common:
        spec["encoding"] = common
        for layer in layers:
            layer["encoding"] = {k: v for k, v in layer["encoding"].items() if k not in common}


def _without_data(part: Any) -> Any:
    """The same specification without Altair's stand-ins for data."""
    if isinstance(part, dict):
        return {
            key: _without_data(value)
            for key, value in part.items()
            if key != "data" or "url" in value  # a map fetches its shapes
        }
    if isinstance(part, list):
        return [_without_data(value) for value in part]
    return part
