"""Boundaries of authorities as a publisher gives them, made small and safe to draw.

Only `python -m cscdash boundaries` and the update import this module: geopandas takes a second to
load and tens of megabytes, and no page needs it. The shapes end in metres of the British National
Grid, drawn without a projection.
"""

import json
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from cscdash.errors import CscdashError
from cscdash.places.areas import places

LARGEST = 150_000_000  # bytes: full resolution is larger, and nobody sees the difference
_GRID, _DEGREES = 27700, 4326
_ENGLAND = {_DEGREES: (-7.0, 49.5, 2.5, 56.5), _GRID: (0.0, 0.0, 700_000.0, 700_000.0)}
_TOLERANCE = 500.0  # metres; 1,000 loses inlets, 2,000 is visibly angular
_ISLET = 1_000_000.0  # square metres: smaller parts go, unless a place has no larger
_STEP = 100.0  # metres: coordinates are whole multiples
_CODE = re.compile(r"^[EWSN]\d{8}$")
_ASK = "Take ‘Counties and Unitary Authorities’, generalised, from the ONS Open Geography portal."


def boundaries_from(file: Path) -> str:
    """Turn a file of boundaries into TopoJSON that a page can draw.

    Parameters
    ----------
    file : Path
        GeoJSON, TopoJSON, GeoPackage or shapefile, in longitude and latitude or in the British
        National Grid, with a column of ONS codes. Other countries of the United Kingdom are
        left out.

    Returns
    -------
    str
        Object ``la`` holds one shape for each authority of today, with the properties ``code``
        (its number), ``x`` and ``y`` (a point inside it); shells run clockwise, holes against
        it, for drawing libraries fill the other side of a ring that runs the wrong way.

    Raises
    ------
    CscdashError
        In one sentence, if the file is too large, unreadable, in another projection, of an older
        vintage, without some authorities, or holds rings that cannot be mended.
    """
    frame = _by_authority(_read(file), file.name)
    shapes = [_mended(shape, code) for code, shape in frame.items()]
    shapes = list(shapely.coverage_simplify(shapes, _TOLERANCE))
    # Simplifying can turn rings round, and then a county covers the city inside it.
    shapes = list(shapely.orient_polygons([_main_parts(s) for s in shapes], exterior_cw=True))
    return _topojson(list(frame), shapes)


def _read(file: Path) -> gpd.GeoDataFrame:
    try:
        size = file.stat().st_size
    except OSError as problem:
        raise CscdashError(f"{file} cannot be read: {problem.strerror}.") from None
    if size > LARGEST:
        raise CscdashError(
            f"{file.name} is {size / 1e6:,.0f} MB; boundaries of at most"
            f" {LARGEST / 1e6:,.0f} MB are read. {_ASK}"
        )
    try:
        frame = gpd.read_file(file)
    except Exception as problem:  # readers of many formats raise many kinds
        raise CscdashError(f"{file.name} holds no boundaries that can be read. {_ASK}") from problem
    if frame.empty or "geometry" not in frame or frame.geometry.isna().all():
        raise CscdashError(f"{file.name} holds no boundaries. {_ASK}")
    return frame[frame.geometry.notna()]


def _by_authority(frame: gpd.GeoDataFrame, name: str) -> dict[str, Any]:
    """The shape of each authority of today, by its number, in metres of the national grid."""
    column = next(
        (c for c in frame.columns if c != "geometry" and _are_codes(frame[c].astype(str))), None
    )
    if column is None:
        raise CscdashError(f"{name} has no column of ONS codes, such as CTYUA23CD. {_ASK}")
    codes = frame[column].astype(str)
    frame, codes = frame[codes.str.startswith("E")], codes[codes.str.startswith("E")]
    if frame.empty:
        raise CscdashError(f"{name} holds no area of England. {_ASK}")
    frame = _in_metres(frame, name)
    found: dict[str, Any] = {}
    for code, shape in zip(codes, frame.geometry, strict=True):
        area = places().by_gss(code)
        if area is None or area.level != "authority":
            raise CscdashError(
                f"{name} holds {code}, which is no authority for children's services:"
                f" districts and regions have other boundaries. {_ASK}"
            )
        if area.closed is not None:
            raise CscdashError(
                f"{name} is of an older vintage: it holds {area.short}, which was abolished in"
                f" {area.closed.year}. Boundaries from April 2023 on are needed."
            )
        if area.code in found:
            raise CscdashError(f"{name} holds {area.short} twice.")
        found[area.code] = shape
    if missing := [a.short for a in places().authorities if a.code not in found]:
        some = ", ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
        raise CscdashError(f"{name} lacks {len(missing)} of 153 authorities: {some}. {_ASK}")
    return dict(sorted(found.items()))


def _are_codes(values: Any) -> bool:
    return bool(values.map(lambda value: bool(_CODE.match(str(value)))).all())


def _in_metres(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """The same shapes in the national grid: what the numbers are like says what they are in.

    What a file says of its projection is often missing or, for TopoJSON, invented by readers.
    """
    west, south, east, north = frame.total_bounds
    for known, (left, bottom, right, top) in _ENGLAND.items():
        if left <= west and bottom <= south and east <= right and north <= top:
            return frame.set_crs(known, allow_override=True).to_crs(_GRID)
    raise CscdashError(
        f"{name} is in a projection that is not known here: its coordinates run from"
        f" {west:,.0f}, {south:,.0f} to {east:,.0f}, {north:,.0f}. Longitude and latitude, or the"
        " British National Grid, are read."
    )


def _mended(shape: Any, code: str) -> Any:
    """A shape without crossing rings; one such ring alone can paint a whole map."""
    if shape.is_valid and shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    whole = shapely.make_valid(shape)
    parts = [p for p in shapely.get_parts(whole) if p.geom_type in ("Polygon", "MultiPolygon")]
    mended = shapely.union_all(parts)
    outline = shapely.convex_hull(shape).area
    if mended.is_empty or abs(mended.area - abs(shape.area)) > 0.02 * outline:
        raise CscdashError(
            f"The boundary of {places().area(code).short} crosses itself and cannot be mended."
            f" {_ASK}"
        )
    return mended


def _main_parts(shape: Any) -> Any:
    """A shape without its islets; a place that has nothing larger keeps its largest part."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for part in parts if part.area >= _ISLET] or parts[:1]
    return shapely.MultiPolygon(kept) if len(kept) > 1 else kept[0]


def _topojson(codes: list[str], shapes: list[Any]) -> str:
    """Shapes as TopoJSON: each ring an arc of whole steps from the south-west corner."""
    west, south, _, _ = shapely.total_bounds(np.array(shapes))
    arcs: list[list[list[int]]] = []
    geometries = []
    for code, shape in zip(codes, shapes, strict=True):
        polygons = []
        for part in shapely.get_parts(shape):
            rings = [_steps(ring, west, south) for ring in (part.exterior, *part.interiors)]
            if len(rings[0]) < 4:
                continue  # too small for the steps
            at = [len(arcs) + place for place in range(sum(len(ring) >= 4 for ring in rings))]
            arcs += [ring for ring in rings if len(ring) >= 4]
            polygons.append([[one] for one in at])
        if not polygons:
            raise CscdashError(f"{places().area(code).short} is too small to be drawn.")
        inside = shape.representative_point()
        x, y = (round((v - o) / _STEP) for v, o in ((inside.x, west), (inside.y, south)))
        properties = {"code": code, "x": x, "y": y}
        geometries.append({"type": "MultiPolygon", "arcs": polygons, "properties": properties})
    return json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "objects": {"la": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": arcs,
        },
        separators=(",", ":"),
    )


def _steps(ring: Any, west: float, south: float) -> list[list[int]]:
    """A ring as its first point and the steps from each to the next, none of them empty."""
    points = np.round((np.asarray(ring.coords) - [west, south]) / _STEP).astype(int)
    keep = np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]
    points = points[keep]
    moves = np.diff(points, axis=0)
    return [points[0].tolist(), *moves.tolist()]
