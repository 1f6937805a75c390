"""Boundaries and hexes on the command line, where pages find them, and in pictures."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cscdash.charts.area_map import Geometry, Shaded, area_map_rows, area_map_template
from cscdash.charts.export import PAPER, picture, with_shapes
from cscdash.commands import maps
from cscdash.commands.command_line import app
from cscdash.errors import CscdashError
from cscdash.places import places
from cscdash.places.hexes import hex_file
from cscdash.views.parts import map_shapes as shapes
from tests.unit.test_boundaries import file_of, made

RUN = CliRunner()


def test_boundaries_are_kept_with_the_store(tmp_path: Path) -> None:
    done = RUN.invoke(
        app,
        ["boundaries", str(file_of(tmp_path, made())), "--to", str(tmp_path / "s")],
    )
    assert done.exit_code == 0
    assert "153 authorities" in done.output
    (kept,) = (tmp_path / "s" / "boundaries").iterdir()
    assert json.loads(kept.read_text())["type"] == "Topology"


def test_a_file_that_cannot_be_used_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    done = RUN.invoke(
        app,
        ["boundaries", str(file_of(tmp_path, made()[:5])), "--to", str(tmp_path / "s")],
    )
    assert isinstance(done.exception, CscdashError)
    assert not (tmp_path / "s").exists()


def test_the_hex_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(maps, "site", lambda: tmp_path)
    assert RUN.invoke(app, ["hexes"]).exit_code == 0
    assert (tmp_path / "static" / hex_file()[0]).is_file()


def test_boundaries_are_copied_to_where_a_browser_can_fetch_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(shapes, "STATIC", tmp_path / "static")
    kept = tmp_path / "boundaries-1.json"
    kept.write_text("{}")
    assert shapes._boundaries.__wrapped__(str(kept)) == Geometry("app/static/boundaries-1.json")
    assert [file.name for file in (tmp_path / "static").iterdir()] == ["boundaries-1.json"]


def test_where_static_cannot_be_written_the_hex_map_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "STATIC", tmp_path / "nowhere")
    kept = tmp_path / "boundaries-1.json"
    kept.write_text("{}")
    assert shapes._boundaries.__wrapped__(str(kept)) is None
    with pytest.raises(CscdashError, match="hex map cannot be drawn"):
        shapes._hexagons.__wrapped__("hexes-0.json")


def test_a_picture_of_a_map_has_its_shapes_inside() -> None:
    spec = area_map_template(Geometry(f"app/static/{hex_file()[0]}"), PAPER)
    assert "app/static" not in json.dumps(with_shapes(spec))
    areas = [Shaded(a.code, "other", a.short, "3", "") for a in places().authorities]
    made = picture(spec, area_map_rows(areas, ["a"], "A measure"), "A map", ["a line"])
    assert made[:4] == b"\x89PNG"
    assert len(made) > 30_000
