"""Pictures that leave the app: always light, with title, finding, source and what it is not for."""

import json
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

import pandas as pd

from cscdash.charts.theme import FONT, PAPER
from cscdash.settings import site

_WIDTH = 920
_CHARACTERS = 125
STATIC = site() / "static"


def picture(
    spec: dict[str, Any],
    rows: pd.DataFrame,
    title: str,
    lines: Sequence[str],
    kind: Literal["png", "svg"] = "png",
    width: int = _WIDTH,
) -> bytes:
    """Draw a chart as a picture that can be read on its own.

    Parameters
    ----------
    spec : dict
        A light template, as the page uses it.
    rows : DataFrame
        What it draws.
    title : str
        What it shows: indicator, area, period.
    lines : sequence of str
        The finding, the source, what it is not for; each is wrapped.
    kind : {'png', 'svg'}
        PNG comes at twice the width in pixels.
    width : int
        Width in pixels, or points for SVG.

    Returns
    -------
    bytes
        The picture.
    """
    import vl_convert as vlc  # a large library that only an export needs

    whole = standing_alone(spec, rows, title, lines, width)
    if kind == "svg":
        return vlc.vegalite_to_svg(whole).encode()
    png: bytes = vlc.vegalite_to_png(whole, scale=2)
    return png


def standing_alone(
    spec: dict[str, Any], rows: pd.DataFrame, title: str, lines: Sequence[str], width: int = _WIDTH
) -> dict[str, Any]:
    """A template with its rows, title and lines inside: a whole Vega-Lite specification."""
    spec = with_shapes(spec)
    letters = int(_CHARACTERS * width / _WIDTH)
    said = [part for line in lines if line for part in wrap(line, letters)]
    return {
        **spec,
        "width": width,
        "padding": 16,
        "config": {**spec["config"], "background": PAPER.ground},
        "title": {
            "text": wrap(title, int(letters * 0.72)),
            "subtitle": said,
            "anchor": "start",
            "frame": "group",
            "font": FONT,
            "subtitleFont": FONT,
            "fontSize": 20,
            "subtitleFontSize": 13,
            "subtitleLineHeight": 18,
            "subtitlePadding": 6,
            "color": PAPER.ink,
            "subtitleColor": PAPER.quiet,
            "offset": 18,
        },
        "data": {"values": json.loads(rows.to_json(orient="records"))},
    }


def with_shapes(part: Any, static: Path = STATIC) -> Any:
    """A template with its map shapes inside: outside the browser nothing can be fetched.

    Parameters
    ----------
    part : Any
        A template, or part of one.
    static : Path
        The folder that ``app/static`` stands for.
    """
    if isinstance(part, list):
        return [with_shapes(value, static) for value in part]
    if not isinstance(part, dict):
        return part
    url = part.get("url")
    if isinstance(url, str) and url.startswith("app/static/"):
        shapes = json.loads((static / Path(url).name).read_text(encoding="utf-8"))
        return {"values": shapes, **{k: v for k, v in part.items() if k != "url"}}
    return {key: with_shapes(value, static) for key, value in part.items()}
