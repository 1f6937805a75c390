"""The hex map: one hexagon of the same size for each authority, near where it lies.

Equal area lets London's 33 authorities be read. Hexagons touch along their edges in an
offset lattice: rows run south to north, and odd rows stand half a hexagon further east.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from cscdash.errors import CscdashError
from cscdash.places.areas import places
from cscdash.places.reference import REFERENCE, read_table

Cell = tuple[int, int]

# Half the width of a hexagon and a quarter of its height, in whole units: 97 / 56 is within
# 0.01 % of the square root of 3, so hexagons are regular and every corner is a whole number.
_HALF, _QUARTER = 97, 56
_GAP = 6  # hexagons between the two maps of a pair
SIDES = ("left", "right")


def load_hexes(folder: Path = REFERENCE) -> dict[str, Cell]:
    """Read ``hex.csv`` of a folder.

    Returns
    -------
    dict
        Column and row of each authority's hexagon, by its number.

    Raises
    ------
    CscdashError
        If the table is missing, an authority is missing or stands twice, or two share a cell.
    """
    rows = read_table(folder / "hex.csv", ("area", "column", "row"))
    try:
        cells = {row["area"]: (int(row["column"]), int(row["row"])) for row in rows}
    except ValueError as problem:
        raise CscdashError(f"hex.csv: {problem}.") from None
    if len(rows) != len(cells) or set(cells) != {area.code for area in places().authorities}:
        raise CscdashError("hex.csv must have one row for each authority of today.")
    if len(set(cells.values())) != len(cells):
        raise CscdashError("hex.csv: two authorities share a cell.")
    return cells


def beside(cell: Cell) -> tuple[Cell, ...]:
    """The six cells that touch a cell."""
    column, row = cell
    east = row % 2
    slant = [(column - 1 + east, row + up) for up in (1, -1)]
    slant += [(column + east, row + up) for up in (1, -1)]
    return (*slant, (column - 1, row), (column + 1, row))


def centre(cell: Cell) -> tuple[int, int]:
    """The middle of a hexagon, in the units of the map."""
    column, row = cell
    return (2 * column + row % 2) * _HALF, 3 * row * _QUARTER


def topojson(cells: dict[str, Cell]) -> str:
    """The hexagons as TopoJSON.

    Returns
    -------
    str
        Object ``la`` holds one polygon for each authority with the properties ``code``, ``x``
        and ``y`` (its middle); object ``pair`` holds every polygon twice, for two maps side by
        side, with the property ``place``: ``left 301``, ``right 301``.
    """
    columns = [centre(cell)[0] for cell in cells.values()]
    across = max(columns) - min(columns) + 2 * _HALF * _GAP
    arcs: list[list[list[int]]] = []
    single, pair = [], []
    for side, name in enumerate(SIDES):
        for code, cell in sorted(cells.items()):
            x, y = centre(cell)
            arcs.append(_ring(x + side * across, y))
            shape: dict[str, Any] = {"type": "Polygon", "arcs": [[len(arcs) - 1]]}
            pair.append({**shape, "properties": {"place": f"{name} {code}"}})
            if side == 0:
                single.append({**shape, "properties": {"code": code, "x": x, "y": y}})
    return json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "objects": {
                "la": {"type": "GeometryCollection", "geometries": single},
                "pair": {"type": "GeometryCollection", "geometries": pair},
            },
            "arcs": arcs,
        },
        separators=(",", ":"),
    )


def _ring(x: int, y: int) -> list[list[int]]:
    """A hexagon as a first point and the steps from it, clockwise with north up."""
    h, q = _HALF, _QUARTER
    return [[x, y + 2 * q], [h, -q], [0, -2 * q], [-h, -q], [-h, q], [0, 2 * q], [h, q]]


@cache
def hexes() -> dict[str, Cell]:
    """The project's own layout, read once."""
    return load_hexes()


@cache
def hex_file() -> tuple[str, str]:
    """Name and content of the static file; the name changes with the content."""
    content = topojson(hexes())
    return f"hexes-{hashlib.sha256(content.encode()).hexdigest()[:8]}.json", content


def write_hexes(static: Path) -> Path:
    """Write the static file to a folder, remove older ones, and return its path."""
    name, content = hex_file()
    for old in static.glob("hexes-*.json"):
        if old.name != name:
            old.unlink()
    file = static / name
    file.write_text(content, encoding="utf-8")
    return file
