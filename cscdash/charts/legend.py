"""The legend of a picture that leaves the app: a symbol and a name for each role that is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from cscdash.charts.theme import DASHES, ROLES, Role, Theme

Symbol = Literal["line", "dot", "outline", "rule", "area"]
_HALF = "middle half of all authorities"
_CHANCE = "range that chance alone could give"
_TYPICAL = "typical for places like these"


@dataclass(frozen=True)
class Entry:
    """What a symbol stands for."""

    role: Role
    symbol: Symbol
    name: str


def entries(rows: pd.DataFrame) -> list[Entry]:
    """What the rows of a chart draw, each role once and in the order of the roles.

    Parameters
    ----------
    rows : DataFrame
        As `Drawing` has them.
    """
    if "mark" not in rows:
        return []
    marks = rows["mark"].astype(object)
    drawn = set(marks)
    roles = rows["role"].astype(object) if "role" in rows else marks
    lines, outlines = "stretch" in rows and "row" not in rows, "area" in drawn
    named = marks == "median name"
    medians = rows[named if named.any() else (roles == "median") | (marks == "median")]
    found: list[Entry] = []
    for role in ROLES:
        here = (roles == role) | (marks == role)
        if outlines:
            here = here & (marks == "area")
        if not here.any() or (lines and role == "other") or (outlines and role in _NOT_ON_MAPS):
            continue
        name = _name(role, rows[here], medians)
        found.append(Entry(role, _symbol(role, lines, outlines), name))
    if "band" in drawn or "half" in drawn:
        half = lines or "half" in drawn
        words = _HALF if half else _TYPICAL if "x" in rows else _CHANCE
        found.append(Entry("other", "area", words))
    return found


_NOT_ON_MAPS = ("median", "region", "england", "other")


def _symbol(role: Role, lines: bool, outlines: bool) -> Symbol:
    if outlines:
        return "outline"
    if lines:
        return "line"
    return "rule" if role == "median" else "dot"


def _name(role: Role, here: pd.DataFrame, medians: pd.DataFrame) -> str:
    if role == "england":
        return "England"
    if role == "other":
        return "other authorities"
    names = [] if "name" not in here else [n for n in here["name"].dropna().unique() if n]
    told = (
        [] if "name" not in medians else [str(name) for name in medians["name"].dropna().unique()]
    )
    if role == "median" and len(told) == 1:
        return told[0]
    if role == "neighbour":
        return told[0].removeprefix("median of ") if len(told) == 1 else "comparison group"
    usual = {"own": "chosen area", "median": "median of the group", "region": "region"}[role]
    return str(names[0]).replace("\n", " ") if len(names) == 1 else usual


def symbol(entry: Entry, x: float, y: float, theme: Theme) -> Iterator[str]:
    """The symbol of an entry in SVG, 24 pixels wide, its middle at `y`."""
    colour = theme.colours[entry.role]
    if entry.symbol == "area":
        yield _shape("rect", x=x, y=y - 6, width=24, height=12, fill="#DDE3EA")
        return
    if entry.symbol == "outline":
        stroke = theme.ink if entry.role == "own" else colour
        size = 3.5 if entry.role == "own" else 2.5
        yield _shape("rect", x=x + 4, y=y - 7, width=15, height=14, fill="none",
                     stroke=stroke, stroke_width=size)  # fmt: skip
        return
    if entry.symbol == "rule":
        yield _shape("line", x1=x + 12, x2=x + 12, y1=y - 8, y2=y + 8, stroke=colour,
                     stroke_width=2.5)  # fmt: skip
    if entry.symbol == "line":
        weight = {"own": 4, "neighbour": 1.2}.get(entry.role, 2.2)
        yield _shape("line", x1=x, x2=x + 24, y1=y, y2=y, stroke=colour, stroke_width=weight,
                     stroke_dasharray=" ".join(map(str, DASHES[entry.role])))  # fmt: skip
    if entry.symbol == "dot" or (entry.symbol == "line" and entry.role != "neighbour"):
        yield _dot(entry.role, x + 12, y, colour, theme)


def _dot(role: Role, x: float, y: float, colour: str, theme: Theme) -> str:
    if role == "own":
        return _shape("circle", cx=x, cy=y, r=6, fill=colour)
    if role == "other":
        return _shape("circle", cx=x, cy=y, r=4, fill="none", stroke=colour, stroke_width=1.3)
    if role == "england":
        return _shape("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, fill=colour)
    if role == "region":
        corners = f"{x},{y - 6} {x - 6},{y + 5} {x + 6},{y + 5}"
    else:
        corners = f"{x},{y - 6} {x - 5},{y} {x},{y + 6} {x + 5},{y}"
    return _shape("polygon", points=corners, fill=colour)


def _shape(name: str, **how: Any) -> str:
    said = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in how.items())
    return f"<{name} {said}/>"
