"""Chart templates: made once, small, without data or geometry, and drawable."""

import importlib
import io
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert as vlc
from PIL import Image

from cscdash import charts
from cscdash.analysis.printed import Printed
from cscdash.catalogue import catalogue
from cscdash.charts.all_authorities import everyone_rows, everyone_template
from cscdash.charts.area_map import Geometry, area_map_template
from cscdash.charts.coverage import coverage_template
from cscdash.charts.deprivation import scatter_template
from cscdash.charts.dot_rows import Named, dots_rows, dots_template
from cscdash.charts.drawing import lean
from cscdash.charts.guess_strip import strip_template
from cscdash.charts.in_the_round import Dot, Row, in_the_round_rows, in_the_round_template
from cscdash.charts.over_time import Band, Rule, Series, over_time_rows
from cscdash.charts.over_time_template import over_time_template
from cscdash.charts.process_chart import process_template
from cscdash.charts.theme import Theme
from cscdash.charts.two_maps import pair_map_template

THEMES = [Theme(dark, large) for dark in (False, True) for large in (False, True)]
DOTS = [Dot("own", "Here", 3.0, "3%"), Dot("england", "England", 4.0, "4%")]
DOTS += [Dot("neighbour", f"Near {at}", float(at), f"{at}%") for at in range(5)]
DOTS += [Dot("other", f"Far {at}", at / 2, f"{at / 2}%") for at in range(30)]
ROW = Row("Measure, %", "2025", "3%", [1.0, None, 2.0, 3.0], DOTS, 2.5, "0%", "14.5%")
LINE = Series(
    "own",
    "Here",
    ["2023", "2024", "2025"],
    [2023.0, 2024.0, 2025.0],
    [1.0, None, 3.0],
    ["ok", "c", "ok"],
    [False, False, True],
    ["1%", "[c]", "3%"],
)

MEDIAN = Printed(catalogue().indicator("foster_care"), "median of neighbours", "2025", 2.5, "2.5%")

Made = tuple[Callable[[Theme], dict[str, Any]], Callable[[], pd.DataFrame]]
KINDS: dict[str, Made] = {
    "over time": (
        lambda theme: over_time_template(theme, False, "%"),
        lambda: over_time_rows([LINE], [Rule(2025.0, "anew")], Band(), True),
    ),
    "dots": (
        lambda theme: dots_template(theme, 2, "%"),
        lambda: dots_rows(
            [Named("own", "Here", 2.0, 1.0, 4.0, "2%"), Named("region", "Far", 3, None, None, "3")],
            MEDIAN,
            zero=True,
        ),
    ),
    "everyone": (
        lambda theme: everyone_template(theme, "£"),
        lambda: everyone_rows(DOTS, MEDIAN, (1.0, 9.0), "Far 3"),
    ),
    "in the round": (
        lambda theme: in_the_round_template(theme, 3),
        lambda: in_the_round_rows([ROW] * 3),
    ),
}


SHAPES = Geometry("app/static/shapes.json")
OTHERS: dict[str, Callable[[Theme], dict[str, Any]]] = {
    "map": lambda theme: area_map_template(SHAPES, theme),
    "two maps": lambda theme: pair_map_template(SHAPES, theme),
    "deprivation": lambda theme: scatter_template(theme, "%", "£"),
    "coverage": lambda theme: coverage_template(theme, 12, 2),
    "process chart": lambda theme: process_template(theme, True, "%"),
    "guess": lambda theme: strip_template(theme, "%"),
}  # their rows are tried where they are made
TEMPLATES = {kind: template for kind, (template, _) in KINDS.items()} | OTHERS


def test_every_template_is_walked() -> None:
    modules = [
        importlib.import_module(f"cscdash.charts.{one.name}")
        for one in pkgutil.iter_modules(charts.__path__)
    ]
    made = {
        name for one in modules for name in vars(one) if re.fullmatch(r"[a-z]\w*_template", name)
    }
    walked = {name for template in TEMPLATES.values() for name in template.__code__.co_names}
    assert made <= walked
    assert len(made) == len(TEMPLATES)


def keys_of(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set(part).union(*(keys_of(value) for value in part.values()))
    return set().union(*map(keys_of, part)) if isinstance(part, list) else set()


def data_of(part: Any) -> Iterator[dict[str, Any]]:
    """What is declared as data anywhere in a template."""
    if isinstance(part, dict):
        if isinstance(part.get("data"), dict):
            yield part["data"]
        part = list(part.values())
    for one in part if isinstance(part, list) else []:
        yield from data_of(one)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_made_once(kind: str, theme: Theme) -> None:
    template = TEMPLATES[kind]
    assert template(theme) is template(Theme(theme.dark, theme.large))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_small_and_holds_neither_data_nor_geometry(kind: str, theme: Theme) -> None:
    spec = TEMPLATES[kind](theme)
    geometry = {"datasets", "values", "coordinates", "features", "geojson", "arcs"}
    assert not keys_of(spec) & geometry
    assert {one["url"] for one in data_of(spec)} <= {SHAPES.url}
    assert len(json.dumps(spec)) < 16_000


@pytest.mark.parametrize("kind", KINDS)
def test_sending_a_template_does_not_change_it(kind: str) -> None:
    spec = KINDS[kind][0](Theme())
    before = json.dumps(spec, sort_keys=True)
    drawn(spec, KINDS[kind][1]())
    assert json.dumps(spec, sort_keys=True) == before


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_with_its_rows_is_a_picture(kind: str, dark: bool) -> None:
    template, rows = KINDS[kind]
    full = drawn(template(Theme(dark)), rows())
    assert full.shape[0] > 60 and full.shape[1] > 400
    ink = len({tuple(pixel) for pixel in full[::3, ::3].reshape(-1, full.shape[2])})
    assert ink > 15, "the picture is nearly of one colour"


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_that_rows_name_is_drawn_by_a_layer(kind: str) -> None:
    template, rows = KINDS[kind]
    filters = json.dumps(template(Theme()))
    for mark in rows()["mark"].unique():
        asked = (f"datum.mark === '{mark}'", f'"{mark}"')
        assert any(one in filters for one in asked), f"nothing draws {mark}"


def drawn(spec: dict[str, Any], rows: pd.DataFrame) -> Any:
    """The picture as an array of pixels, made without a browser."""
    values = json.loads(lean(rows).to_json(orient="records"))
    whole = {**spec, "data": {"values": values}, "width": 900, "background": "white"}
    png = vlc.vegalite_to_png(whole, scale=1)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
