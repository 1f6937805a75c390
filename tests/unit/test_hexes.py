"""The hex map: everybody once, regions whole, and a picture that shows it."""

import json
from pathlib import Path

import pytest

from cscdash.charts.export import STATIC
from cscdash.errors import CscdashError
from cscdash.places import REFERENCE, places
from cscdash.places.hexes import beside, centre, hex_file, hexes, load_hexes, topojson, write_hexes
from tests.unit.drawn import FILLED, PALE, box, picture, pieces, where

ISLANDS = {"420", "921"}  # Isles of Scilly, Isle of Wight
LONDON = {a.code for a in places().members("E12000007")}


def test_every_authority_has_one_cell_of_its_own() -> None:
    cells = hexes()
    assert set(cells) == {a.code for a in places().authorities}
    assert len(set(cells.values())) == 153


@pytest.mark.parametrize("region", [r.code for r in places().regions])
def test_a_region_is_in_one_piece_but_for_its_islands(region: str) -> None:
    cells = {a.code: hexes()[a.code] for a in places().members(region) if a.code not in ISLANDS}
    waiting = set(cells.values())
    reached = [waiting.pop()]
    for cell in reached:
        found = waiting & set(beside(cell))
        waiting -= found
        reached += found
    assert not waiting


def test_islands_touch_nobody() -> None:
    taken = set(hexes().values())
    for code in ISLANDS:
        assert not taken & set(beside(hexes()[code]))


def test_touching_is_mutual() -> None:
    for cell in hexes().values():
        assert all(cell in beside(other) for other in beside(cell))
        assert len(set(beside(cell))) == 6


def test_kent_and_medway_are_the_south_east_corner() -> None:
    middles = {code: centre(cell) for code, cell in hexes().items()}
    london = [middles[code] for code in LONDON]
    east = sum(x for x, _ in london) / len(london)
    for code in ("886", "887"):
        x, y = middles[code]
        assert x > east
        assert y <= min(y for _, y in london)
    assert all(middles["887"][0] >= middles[a.code][0] for a in places().members("E12000008"))
    assert hexes()["887"] in beside(hexes()["886"])


def test_northumberland_is_the_tip_and_norfolk_the_eastern_end_of_its_row() -> None:
    cells = hexes()
    assert max(cells, key=lambda code: cells[code][1]) == "929"
    row = [code for code in cells if cells[code][1] == cells["926"][1]]
    assert max(row, key=lambda code: cells[code][0]) == "926"


def test_the_file_in_static_is_the_one_made_from_the_table() -> None:
    name, content = hex_file()
    assert [file.name for file in STATIC.glob("hexes-*.json")] == [name], (
        "run: python -m cscdash hexes"
    )
    assert (STATIC / name).read_text(encoding="utf-8") == content


def test_writing_removes_older_files(tmp_path: Path) -> None:
    (tmp_path / "hexes-0.json").write_text("{}")
    file = write_hexes(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_the_shapes_are_whole_numbers_and_stand_twice_in_the_pair() -> None:
    made = json.loads(topojson(hexes()))
    assert len(made["objects"]["la"]["geometries"]) == 153
    twice = [g["properties"]["place"] for g in made["objects"]["pair"]["geometries"]]
    assert len(set(twice)) == 306
    assert all(isinstance(n, int) for arc in made["arcs"] for point in arc for n in point)


def test_a_picture_shows_153_hexagons_of_which_33_are_london() -> None:
    url = f"app/static/{hex_file()[0]}"
    everyone = {a.code for a in places().authorities}
    image = picture(LONDON, everyone - LONDON, url)
    assert pieces(where(image, FILLED)) == 33
    assert pieces(where(image, PALE)) == 120
    top, bottom, left, right = box(where(image, FILLED))
    tops, bottoms, lefts, rights = box(where(image, PALE))
    assert tops < top and bottom < bottoms
    assert lefts < left and right <= rights + 60


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: lines[:-1], "one row for each"),
        (lambda lines: [*lines[:-1], lines[-2]], "one row for each"),
        (lambda lines: [lines[0], lines[1].rsplit(",", 1)[0] + ",x", *lines[2:]], "hex.csv"),
        (
            lambda lines: [
                *lines[:2], lines[2].split(",")[0] + "," + lines[1].split(",", 1)[1], *lines[3:]
            ],
            "share a cell",
        ),
    ],
)  # fmt: skip
def test_a_damaged_table_is_named(tmp_path: Path, change: object, says: str) -> None:
    lines = (REFERENCE / "hex.csv").read_text().splitlines()
    (tmp_path / "hex.csv").write_text("\n".join(change(lines)) + "\n")
    with pytest.raises(CscdashError, match=says):
        load_hexes(tmp_path)
