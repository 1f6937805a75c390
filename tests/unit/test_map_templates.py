"""Templates of maps and of the scatter: small, without geometry, and legible."""

import itertools
import json

import pytest

from cscdash.charts.area_map import (
    _DARK,
    _LIGHT,
    NONE,
    Geometry,
    Shaded,
    area_map_rows,
    area_map_template,
    key_rows,
)
from cscdash.charts.deprivation import Line, Place, scatter_rows, scatter_template
from cscdash.charts.theme import Theme
from cscdash.charts.two_maps import pair_map_template

THEMES = [Theme(dark, large) for dark in (False, True) for large in (False, True)]
SHAPES = Geometry("app/static/shapes.json")


def light(colour: str) -> float:
    """Relative luminance, as the accessibility guidelines define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
def test_templates_carry_an_address_and_no_shapes(theme: Theme) -> None:
    for spec in (
        area_map_template(SHAPES, theme),
        area_map_template(SHAPES, theme, 330, fine=True),
        pair_map_template(SHAPES, theme),
        scatter_template(theme, "%", "£"),
    ):
        text = json.dumps(spec)
        assert len(text) < 10_000
        assert "coordinates" not in text and "arcs" not in text
    assert '"url": "app/static/shapes.json"' in json.dumps(area_map_template(SHAPES, theme))
    assert area_map_template(SHAPES, theme) is area_map_template(SHAPES, theme)


@pytest.mark.parametrize("shades", [_LIGHT, _DARK])
def test_each_shade_is_a_step_further_from_the_page(shades: tuple[str, ...]) -> None:
    steps = [light(colour) for colour in shades]
    assert steps == sorted(steps, reverse=shades is _LIGHT)
    for one, two in itertools.pairwise(steps):
        assert (max(one, two) + 0.05) / (min(one, two) + 0.05) > 1.35


def test_shades_are_blue_never_red_or_green() -> None:
    for colour in (*_LIGHT, *_DARK):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue > green > red


def test_own_and_neighbours_are_drawn_last_and_gaps_before_them() -> None:
    areas = [
        Shaded("1", "own", "A", "1", ""),
        Shaded("2", "neighbour", "B", "2", ""),
        Shaded("3", "other", "C", NONE, ""),
        Shaded("4", "other", "D", "5", ""),
    ]
    rows = area_map_rows(areas, ["low", "high"], "A measure, 2025")
    drawn = rows[rows["mark"] == "area"]
    assert drawn["code"].tolist() == ["4", "3", "2", "1"]
    key = rows[rows["mark"] == "key"]
    assert key["text"].tolist() == ["low", "high", "× no value"]


def test_a_long_title_takes_more_lines_and_moves_the_key_down() -> None:
    rows = key_rows(["a"], "A measure with a rather long name, 2024/25", gaps=False)
    assert "\n" in rows[0]["text"]
    assert rows[1]["slot"] == rows[0]["text"].count("\n") + 1


def test_a_line_is_drawn_only_where_there_is_one() -> None:
    dot = Place("own", "Here", 1.0, 2.0, "2; 1")
    without = scatter_rows([dot], None, ("x", "y"))
    assert not set(without["mark"]) & {"line", "band"}
    line = Line((0, 1), (0, 1), (-1, 0), (1, 2))
    assert (scatter_rows([dot], line, ("x", "y"))["mark"] == "line").sum() == 2
