"""Colours can be told from the ground and from each other, by the formula of WCAG 2.2."""

import tomllib
from pathlib import Path

import pytest

from cscdash.charts.theme import DASHES, ROLES, SHAPES, Theme

ROOT = Path(__file__).resolve().parents[2]
THEMES = [Theme(dark, large) for dark in (False, True) for large in (False, True)]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#12436D", "#12436D") == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_stands_out_from_the_ground(theme: Theme, role: str) -> None:
    assert contrast(theme.colours[role], theme.ground) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["own", "median", "region", "england"])
def test_lines_that_carry_a_label_stand_out_as_text(theme: Theme, role: str) -> None:
    assert contrast(theme.colours[role], theme.ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_the_ground_and_on_a_band(theme: Theme) -> None:
    for text in (theme.ink, theme.quiet):
        assert contrast(text, theme.ground) >= 4.5
        assert contrast(text, theme.band) >= 4.5


def test_own_and_england_differ_in_dark_and_by_more_than_colour_in_light() -> None:
    dark = Theme(dark=True).colours
    assert contrast(dark["own"], dark["england"]) >= 3
    assert SHAPES["own"] != SHAPES["england"]
    assert DASHES["own"] != DASHES["england"]


def test_nothing_is_told_by_colour_alone() -> None:
    marked = [SHAPES[role] for role in ("own", "neighbour", "region", "england")]
    assert len(set(marked)) == len(marked)
    # lines that share a chart without being the thin ones
    assert len({tuple(DASHES[role]) for role in ("median", "england", "own")}) == 3


@pytest.mark.parametrize("theme", THEMES)
def test_a_scale_gives_every_role_its_own_entry(theme: Theme) -> None:
    for what in ("colour", "shape", "dash"):
        domain, values = theme.scale(what)
        assert domain == list(ROLES) and len(values) == len(ROLES)


def test_the_ground_is_that_of_the_page() -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        declared = tomllib.load(file)["theme"]
    for dark, name in ((False, "light"), (True, "dark")):
        theme = Theme(dark)
        assert declared[name]["backgroundColor"].upper() == theme.ground
        assert declared[name]["textColor"].upper() == theme.ink
        assert contrast(declared[name]["linkColor"], theme.ground) >= 4.5


def test_large_type_is_larger() -> None:
    assert Theme(large=True).size > Theme().size
    assert Theme(large=True).config()["text"]["fontSize"] == Theme(large=True).size
