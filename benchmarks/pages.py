"""The script run of each page for a change of area, beside an otherwise empty page."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.timing import milliseconds, say
from cscdash.catalogue import load
from cscdash.ingest import build
from cscdash.views.indicator.registry import VIEWS

ROOT = Path(__file__).resolve().parents[1]
AREAS = ("383", "204", "857", "926", "330", "E12000003", "E92000001", "815", "201", "314")


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Median and largest of ten changes, and the charts' payload."""
    with tempfile.TemporaryDirectory() as folder:
        build(published, Path(folder), load())
        os.environ["CSCDASH_DATA"] = folder
        empty = AppTest.from_string("import streamlit as st\nst.selectbox('Area', [1, 2])")
        empty.run()
        floor = milliseconds(empty.run, 15)
        yield "empty page", say(floor), "", "the floor"
        for page in (
            "pages/home.py",
            "pages/outcome_1.py",
            "pages/outcome_4.py",
        ):
            yield change(page, "")
        for view in VIEWS:
            yield change("pages/outcome_1.py", view)


def change(page: str, view: str) -> tuple[str, str, str, str]:
    """Ten changes of area on a page and view, the first run of each area left out."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page(page)
    if view:
        app.query_params["view"] = view
    taken = []
    for turn in range(2):
        for area in AREAS:
            app.query_params["area"] = area
            once = milliseconds(app.run, 1)
            assert not app.exception, app.exception
            taken += once if turn else []
    charts = app.get("vega_lite_chart")
    sizes = [len(chart.proto.SerializeToString()) for chart in charts]
    name = page.rsplit("/", 1)[-1].removesuffix(".py") + (f", {view}" if view else "")
    note = f"{len(charts)} charts, {sum(sizes) / 1000:.0f} kB, each at most {max(sizes) / 1000:.0f}"
    return name, say(taken), "100 ms at the median, 200 at most", note
