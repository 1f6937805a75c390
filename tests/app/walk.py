"""One walk through the views of an indicator, outside Streamlit: what each of them draws."""

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from typing import Any
from unittest.mock import patch

from cscdash import views
from cscdash.analysis.extract import Extract
from cscdash.charts.drawing import Drawing
from cscdash.charts.theme import Theme
from cscdash.views.frame.chosen_area import choose_area
from cscdash.views.indicator.registry import VIEWS

SHOWN_IN = [
    module
    for found in pkgutil.walk_packages(views.__path__, "cscdash.views.")
    if hasattr(module := importlib.import_module(found.name), "show_chart")
]


def drawings(
    held: Extract, area: str, views: Collection[str] = tuple(VIEWS)
) -> Iterator[tuple[str, Drawing]]:
    """The charts of views of an indicator for an area, with the name of the view."""
    drawn: list[Drawing] = []

    def keep(drawing: Drawing, *_: Any, **__: Any) -> None:
        drawn.append(drawing)

    for code, view in VIEWS.items():
        if code not in views or view.draw is None:
            continue
        drawn.clear()
        with patch.multiple("streamlit", info=lambda *_, **__: None):
            patches = [patch.object(module, "show_chart", keep) for module in SHOWN_IN]
            for one in patches:
                one.start()
            try:
                view.draw(held, choose_area(area, (), Theme()), held.indicator.chapter)
            finally:
                for one in patches:
                    one.stop()
        yield from ((code, drawing) for drawing in list(drawn))
