"""Pictures that leave the app: always light, with title, finding, legend, source and purpose.

The chart is drawn alone, at the size that the texts around it leave, and set in a frame: no text
outside a chart can take room from its plot.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from cscdash.charts import legend
from cscdash.charts.text_width import width as text_width
from cscdash.charts.text_width import wrapped
from cscdash.charts.theme import PAPER
from cscdash.settings import site

STATIC = site() / "static"
_FONT = "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"
_EDGE = 20  # pixels around everything
_ENTRY = 34  # from the start of an entry of the legend to its words
_LARGEST = 1.5  # how much a canvas may grow before a picture becomes taller

Shape = Literal["wide", "square", "slide"]
_SIZES: dict[Shape, tuple[int, int]] = {
    "wide": (960, 540),
    "square": (860, 860),
    "slide": (960, 418),
}


@dataclass(frozen=True)
class _Line:
    text: str
    size: int
    colour: str
    bold: bool = False


def picture(
    spec: dict[str, Any],
    rows: pd.DataFrame,
    title: str = "",
    lines: Sequence[str] = (),
    kind: Literal["png", "svg"] = "png",
    shape: Shape = "wide",
    foot: Sequence[str] = (),
) -> bytes:
    """Draw a chart as a picture that can be read on its own.

    Parameters
    ----------
    spec : dict
        A light template, as the page uses it.
    rows : DataFrame
        What it draws.
    title : str
        What it shows: indicator, area, period. A picture for a slide has none: the slide has it.
    lines : sequence of str
        What stands below the title: the finding.
    kind : {'png', 'svg'}
        PNG comes at twice the width in pixels; the text of an SVG is text.
    shape : {'wide', 'square', 'slide'}
        16:9, 1:1, or the room below the heading of a slide. A chart of many rows is taller.
    foot : sequence of str
        What stands below the chart: the source, and what it is not for.

    Returns
    -------
    bytes
        The picture.
    """
    import vl_convert as vlc  # a large library that only an export needs

    svg = drawn(spec, rows, title, lines, shape, foot)
    if kind == "svg":
        return svg.encode()
    png: bytes = vlc.svg_to_png(svg, scale=2)
    return png


def drawn(
    spec: dict[str, Any],
    rows: pd.DataFrame,
    title: str = "",
    lines: Sequence[str] = (),
    shape: Shape = "wide",
    foot: Sequence[str] = (),
) -> str:
    """The picture as SVG; parameters as `picture` has them."""
    import vl_convert as vlc

    known = legend.entries(rows)
    least = spec.get("usermeta", {}).get("least", 240)
    width, height = _SIZES[shape]
    across = width / height
    while True:
        room = width - 2 * _EDGE
        head = [*_wrap(title, 20, PAPER.ink, room, True)]
        for line in lines:
            head += _wrap(line, 14, PAPER.quiet, room)
        key = _placed(known, room)
        feet = [part for line in foot for part in _wrap(line, 12, PAPER.quiet, room)]
        around = _EDGE * (2 if head or feet else 1) + sum(map(_high, [*head, *feet]))
        around += 22 * (max((y for _, _, y in key), default=-1) + 1) + 8 * bool(key)
        around += 10 * (bool(head) + bool(feet))
        if height - around >= least or width >= _SIZES[shape][0] * _LARGEST:
            break
        width = int(width * 1.06)
        height = int(width / across)
    high = max(height - around, least)
    height = high + around
    most = spec.get("usermeta", {}).get("most", high)
    chart = vlc.vegalite_to_svg(alone(spec, rows, room, min(high, most)))
    return _framed(width, height, head, key, feet, chart, high)


def alone(spec: dict[str, Any], rows: pd.DataFrame, width: int, height: int) -> dict[str, Any]:
    """A template with its rows inside, of this size and on white: a whole specification."""
    spec = json.loads(json.dumps(with_shapes(spec)).replace("containerSize()[0]", str(width)))
    return {
        **spec,
        "width": width,
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {**spec["config"], "background": PAPER.ground},
        "data": {"values": json.loads(rows.to_json(orient="records"))},
    }


def _wrap(text: str, size: int, colour: str, room: float, bold: bool = False) -> list[_Line]:
    parts = wrapped(text, size, room, bold)
    return [_Line(part, size, colour, bold) for part in parts]


def _high(line: _Line) -> int:
    return round(line.size * 1.35)


def _placed(known: Iterable[legend.Entry], room: float) -> list[tuple[legend.Entry, float, int]]:
    """Each entry with its place: pixels along, and in which line."""
    placed: list[tuple[legend.Entry, float, int]] = []
    x, line = 0.0, 0
    for entry in known:
        wide = _ENTRY + text_width(entry.name, 13) + 22
        if x and x + wide - 22 > room:
            x, line = 0.0, line + 1
        placed.append((entry, x, line))
        x += wide
    return placed


def _framed(
    width: int,
    height: int,
    head: Sequence[_Line],
    key: Sequence[tuple[legend.Entry, float, int]],
    feet: Sequence[_Line],
    chart: str,
    high: int,
) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{_FONT}">',
        f'<rect width="{width}" height="{height}" fill="{PAPER.ground}"/>',
    ]
    y = float(_EDGE if head or feet else _EDGE / 2)
    y = _write(parts, head, y) + 10 * bool(head)
    for entry, x, line in key:
        middle = y + 11 + 22 * line
        parts += legend.symbol(entry, _EDGE + x, middle, PAPER)
        parts += _texts([_Line(entry.name, 13, PAPER.ink)], _EDGE + x + _ENTRY, middle - 9)
    y += 22 * (max((line for _, _, line in key), default=-1) + 1) + 8 * bool(key)
    inner = chart[chart.index("<svg") :].replace("<svg ", f'<svg x="{_EDGE}" y="{y:g}" ', 1)
    parts.append(inner)
    _write(parts, feet, y + high + 10)
    parts.append("</svg>")
    return "\n".join(parts)


def _write(parts: list[str], lines: Sequence[_Line], y: float) -> float:
    """Add lines of text below each other from `y`, and say where the next would start."""
    for line in lines:
        parts += _texts([line], _EDGE, y)
        y += _high(line)
    return y


def _texts(lines: Sequence[_Line], x: float, y: float) -> list[str]:
    return [
        f'<text x="{x:g}" y="{y + line.size:g}" font-size="{line.size}px" fill="{line.colour}"'
        f"{' font-weight=' + chr(34) + 'bold' + chr(34) if line.bold else ''}>"
        f"{escape(line.text)}</text>"
        for line in lines
    ]


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
