"""Boundaries: what is refused, in one sentence, and what a picture of the rest shows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cscdash.errors import CscdashError
from cscdash.extracts.boundaries import keep_boundaries, kept_boundaries
from cscdash.places import boundaries as module
from cscdash.places import places
from tests.unit.drawn import FILLED, PALE, box, picture, pieces, where

LEICESTER, LEICESTERSHIRE = "856", "855"
SIDE = 20_000
Features = list[dict[str, Any]]


def square(x: float, y: float, side: float) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def made() -> Features:
    """153 squares in the national grid; Leicester is a small one inside Leicestershire."""
    features = []
    for at, area in enumerate(places().authorities):
        x, y = 100_000 + SIDE * (at % 14), 50_000 + SIDE * (at // 14)
        rings = [square(x, y, SIDE)]
        if area.code == LEICESTERSHIRE:
            inside = (x + 5_000, y + 5_000, 10_000)
            rings.append(square(*inside)[::-1])
        features.append(feature(area.gss, rings))
    codes = [area.gss for area in places().authorities]
    features[codes.index(places().area(LEICESTER).gss)] = feature(
        places().area(LEICESTER).gss, [square(*inside)]
    )
    return features


def feature(code: str, rings: list[list[list[float]]]) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "properties": {"CTYUA23CD": code}, "geometry": shape}


def file_of(tmp_path: Path, features: Features) -> Path:
    file = tmp_path / "boundaries.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def put(tmp_path: Path, topojson: str) -> str:
    (tmp_path / "map.json").write_text(topojson)
    return "app/static/map.json"


def test_a_city_is_seen_inside_its_county(tmp_path: Path) -> None:
    url = put(tmp_path, module.boundaries_from(file_of(tmp_path, made())))
    image = picture({LEICESTER}, {LEICESTERSHIRE}, url, tmp_path)
    inner, outer = box(where(image, FILLED)), box(where(image, PALE))
    assert outer[0] < inner[0] and inner[1] < outer[1]
    assert outer[2] < inner[2] and inner[3] < outer[3]


def test_the_picture_test_would_notice_rings_that_run_the_wrong_way(tmp_path: Path) -> None:
    shapes = json.loads(module.boundaries_from(file_of(tmp_path, made())))
    county = next(
        g
        for g in shapes["objects"]["la"]["geometries"]
        if g["properties"]["code"] == LEICESTERSHIRE
    )
    ((_, (hole,)),) = county["arcs"]
    points = np.cumsum(shapes["arcs"][hole], axis=0)[::-1]
    turned = [points[0].tolist(), *np.diff(points, axis=0).tolist()]
    shapes["arcs"][hole] = turned
    # the county lies on top of the city, as it does when both are drawn in the order of a file
    url = put(tmp_path, json.dumps(shapes))
    whole = where(picture(set(), {LEICESTERSHIRE}, url, tmp_path), PALE)
    top, bottom, left, right = box(whole)
    assert whole[(top + bottom) // 2, (left + right) // 2]


def test_shells_run_clockwise_and_holes_against(tmp_path: Path) -> None:
    shapes = json.loads(module.boundaries_from(file_of(tmp_path, made())))
    for geometry in shapes["objects"]["la"]["geometries"]:
        for rings in geometry["arcs"]:
            for at, (arc,) in enumerate(rings):
                points = np.cumsum(shapes["arcs"][arc], axis=0)
                x, y = points.T
                area = (x[:-1] * y[1:] - x[1:] * y[:-1]).sum()
                assert area < 0 if at == 0 else area > 0
                assert (points[0] == points[-1]).all()


def test_all_153_are_drawn_and_one_crossing_ring_does_not_paint_the_map(tmp_path: Path) -> None:
    features = made()
    ring = features[0]["geometry"]["coordinates"][0]
    # a small loop at one corner, outside on two sides: crossing, but nearly the same shape
    x, y = ring[2]
    features[0]["geometry"]["coordinates"][0] = [
        *ring[:2], [x, y - 400], [x - 400, y - 200], [x, y], *ring[3:]
    ]  # fmt: skip
    features[0]["geometry"]["coordinates"][0].insert(4, [x - 300, y - 600])
    url = put(tmp_path, module.boundaries_from(file_of(tmp_path, features)))
    everyone = {a.code for a in places().authorities}
    image = picture(everyone, set(), url, tmp_path)
    filled = where(image, FILLED)
    assert pieces(filled) == 153
    assert (image[:4] == 255).all() and (image[:, :4] == 255).all()


def bow_tie(features: Features) -> None:
    ring = features[3]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]


def mercator(features: Features) -> None:
    for one in features:
        for ring in one["geometry"]["coordinates"]:
            for point in ring:
                point[:] = [point[0] - 600_000, point[1] + 6_500_000]


def drop_two(features: Features) -> None:
    del features[:2]


def older(features: Features) -> None:
    features.append(feature("E10000006", [square(10_000, 10_000, 5_000)]))


def district(features: Features) -> None:
    features.append(feature("E07000008", [square(10_000, 10_000, 5_000)]))


def twice(features: Features) -> None:
    features.append(features[0])


def nameless(features: Features) -> None:
    for one in features:
        one["properties"] = {"name": "somewhere"}


def abroad(features: Features) -> None:
    for at, one in enumerate(features):
        one["properties"]["CTYUA23CD"] = f"W060000{at:02d}"[:9]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (bow_tie, "crosses itself"),
        (mercator, "projection"),
        (drop_two, "lacks 2 of 153 authorities"),
        (older, "older vintage: it holds Cumbria, which was abolished in 2023"),
        (district, "E07000008, which is no authority"),
        (twice, "twice"),
        (nameless, "no column of ONS codes"),
        (abroad, "no area of England"),
        (list.clear, "holds no boundaries"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, spoil: Callable[[Features], None], says: str
) -> None:
    features = made()
    spoil(features)
    with pytest.raises(CscdashError, match=says):
        module.boundaries_from(file_of(tmp_path, features))


def test_a_giant_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "full.geojson"
    with file.open("wb") as stream:
        stream.truncate(1_000_000_000)
    with pytest.raises(CscdashError, match="1,000 MB"):
        module.boundaries_from(file)


def test_nonsense_and_nothing_are_said_so(tmp_path: Path) -> None:
    file = tmp_path / "page.geojson"
    file.write_text("<html>")
    with pytest.raises(CscdashError, match="no boundaries"):
        module.boundaries_from(file)
    with pytest.raises(CscdashError, match="cannot be read"):
        module.boundaries_from(tmp_path / "nothing.geojson")


def test_other_countries_are_left_out_and_codes_of_any_year_are_read(tmp_path: Path) -> None:
    features = made()
    features.append(feature("W06000001", [square(10_000, 10_000, 5_000)]))
    barnsley = next(f for f in features if f["properties"]["CTYUA23CD"] == places().area("370").gss)
    barnsley["properties"]["CTYUA23CD"] = "E08000016"
    shapes = json.loads(module.boundaries_from(file_of(tmp_path, features)))
    assert len(shapes["objects"]["la"]["geometries"]) == 153


def test_a_store_keeps_one_version(tmp_path: Path) -> None:
    assert kept_boundaries(tmp_path) is None
    first = keep_boundaries(tmp_path, "{}")
    second = keep_boundaries(tmp_path, "[]")
    assert first.name != second.name
    assert kept_boundaries(tmp_path) == second
    assert [file.name for file in second.parent.iterdir()] == [second.name]
