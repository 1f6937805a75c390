"""Every picture, on a page or leaving it: nothing lies over anything, nothing is cut."""

import json
import random

import pytest
import vl_convert as vlc

from cscdash.charts.drawing import Drawing
from cscdash.charts.export import alone, drawn
from cscdash.extracts import Store
from cscdash.views.indicator.registry import VIEWS
from cscdash.views.loaded import extract
from tests.app.measured import findings, measure
from tests.app.walk import drawings
from tests.trials.sampling import cases

# a rate, shares, pounds, a count, months, a score, one of few places
INDICATORS = (
    "looked_after_rate", "foster_care", "repeat_referrals", "children_services_spend",
    "section_47_number", "adoption_entry_to_placed", "sdq_score", "uasc_rate",
)  # fmt: skip
CHARTED = [code for code, view in VIEWS.items() if view.draw and code != "table"]
AREAS = ("857", "926", "839", "E12000005", "E92000001")
MEDIA = {"1280": 820, "390": 358, "picture": 0, "square": 0, "slide": 0}
SOURCE = "Source: Department for Education, Children looked after in England, 2025 (published 20"
SOURCE += " November 2025), 2024 and 2023."


def svg(drawing: Drawing, medium: str) -> str:
    """A chart as it stands on a page of this width, or in a picture that leaves the app."""
    assert drawing.paper is not None
    if MEDIA[medium]:
        height = drawing.paper["height"]
        spec = alone(drawing.paper, drawing.rows, MEDIA[medium], height)
        return str(vlc.vegalite_to_svg(spec))
    if medium == "slide":
        return drawn(drawing.paper, drawing.rows, shape="slide")
    shape = "square" if medium == "square" else "wide"
    return drawn(drawing.paper, drawing.rows, drawing.alt, [drawing.alt * 2], shape, [SOURCE])


def undrawn(drawing: Drawing) -> set[str]:
    """Marks that rows of a chart name and no layer of its template asks for."""
    named = set(drawing.rows["mark"].unique()) if "mark" in drawing.rows else set()
    layers = json.dumps(drawing.paper)
    return {mark for mark in named if f"'{mark}'" not in layers and f'"{mark}"' not in layers}


def chosen(store: Store, seed: int) -> tuple[str, str, str, str]:
    """The seeds count through all combinations, in one shuffled order, before one comes again."""
    ids = sorted(set(INDICATORS) & set(store.indicators))
    ids += sorted(set(store.indicators) - set(ids)) if seed >= 1000 else []
    every = [(i, a, v, m) for i in ids for a in AREAS for v in CHARTED for m in MEDIA]
    random.Random(20).shuffle(every)
    return every[seed % len(every)]


@pytest.mark.parametrize("seed", cases(24))
def test_a_picture(built: Store, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setenv("CSCDASH_DATA", str(built.folder))
    indicator, area, view, medium = chosen(built, seed)
    held = extract(indicator)
    assert held is not None
    for _, drawing in drawings(held, area, {view}):
        wrong = list(findings(measure(svg(drawing, medium))))
        assert wrong == [], f"{indicator}, {area}, {view}, {medium}"
        assert undrawn(drawing) == set(), f"{indicator}, {area}, {view}"
