"""Showing a chart: the picture, ways to share it, and the same numbers as a table."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cscdash.charts.drawing import Drawing
from cscdash.views.loaded import store
from cscdash.views.parts.on_request import on_request
from cscdash.views.parts.share import share
from cscdash.views.parts.source_line import source_line

_MARK = {"text": "Demonstration data", "anchor": "end", "fontSize": 12, "color": "#7A828C"}
_MARK_ROOM = 22  # pixels


def show_chart(
    drawing: Drawing,
    key: str,
    name: str,
    lines: Sequence[str] = (),
    picked: Callable[[], None] | None = None,
    sourced: bool = True,
) -> None:
    """Show a chart, and below it ways to share it and the same numbers as a table.

    Parameters
    ----------
    drawing : Drawing
        What is shown.
    key : str
        Tells this chart from the others of the page.
    name : str
        What the files are called, and the title of the picture.
    lines : sequence of str
        What stands in the picture below the title: the finding, and more.
    picked : callable, optional
        Called when the reader clicks a mark; the chart has a selection for it.
    sourced : bool
        Whether the source stands below the chart; it stands in the opened part in any case.
    """
    spec = {name: part for name, part in drawing.spec.items() if name != "usermeta"}
    spec = _marked(spec) if store().demonstration else spec
    st.vega_lite_chart(
        drawing.rows,
        spec,
        width="stretch",
        theme=None,
        key=f"chart {key}",
        alt=drawing.alt,
        on_select=picked or "ignore",
    )
    if sourced and (source := source_line(drawing.releases)):
        st.caption(source)
    share(drawing, key, name, lines)
    with on_request("The numbers as a table", key, ":material/table_rows:") as wanted:
        if wanted:
            st.caption(source_line(drawing.releases))
            st.table(drawing.table, border="horizontal", hide_index=True)


def _marked(spec: dict[str, Any]) -> dict[str, Any]:
    """The template with the mark of invented data above it, which takes no room from the rows."""
    marked = {**spec, "title": _MARK}
    if isinstance(spec.get("height"), int):
        marked["height"] = spec["height"] + _MARK_ROOM
    return marked
