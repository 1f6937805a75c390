"""Showing a chart: the picture, and the same numbers as a table and as files."""

import io
from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from cscdash.charts.drawing import Drawing
from cscdash.charts.export import picture
from cscdash.views.loaded import store
from cscdash.views.parts.on_request import on_request

NOT_FOR_JUDGING = "For learning: no targets, not for judging."
_MARK = {"text": "Demonstration data", "anchor": "end", "fontSize": 12, "color": "#7A828C"}
_MARK_ROOM = 22  # pixels
INVENTED = "Demonstration data: every value is invented."


def show(
    drawing: Drawing,
    key: str,
    name: str,
    lines: Sequence[str] = (),
    picked: Callable[[], None] | None = None,
) -> None:
    """Show a chart, and below it the same numbers as a table and as files.

    Parameters
    ----------
    drawing : Drawing
        What is shown.
    key : str
        Tells this chart from the others of the page.
    name : str
        What the files are called, and the title of the picture.
    lines : sequence of str
        What stands in the picture below the title: the finding and the source.
    picked : callable, optional
        Called when the reader clicks a mark; the chart has a selection for it.
    """
    spec = drawing.spec if not store().demonstration else _marked(drawing.spec)
    st.vega_lite_chart(
        drawing.rows,
        spec,
        width="stretch",
        theme=None,
        key=f"chart {key}",
        alt=drawing.alt,
        on_select=picked or "ignore",
    )
    with on_request(
        "The same numbers, as a table and to take away", key, ":material/table_rows:"
    ) as wanted:
        if wanted:
            _numbers(drawing, key, name, lines)


def _marked(spec: dict[str, Any]) -> dict[str, Any]:
    """The template with the mark of invented data above it, which takes no room from the rows."""
    marked = {**spec, "title": _MARK}
    if isinstance(spec.get("height"), int):
        marked["height"] = spec["height"] + _MARK_ROOM
    return marked


def _numbers(drawing: Drawing, key: str, name: str, lines: Sequence[str]) -> None:
    """The numbers of a chart as a table and as files, and its picture."""
    st.table(drawing.table, border="horizontal", hide_index=True)
    with st.container(horizontal=True):
        st.download_button(
            "Numbers (CSV)",
            data=lambda: as_csv(drawing.table),
            file_name=file_name(name, "csv"),
            mime="text/csv",
            key=f"csv {key}",
            on_click="ignore",
            icon=":material/download:",
        )
        if drawing.paper is not None:
            _offer_picture(drawing, key, name, lines, "png", "image/png")
            _offer_picture(drawing, key, name, lines, "svg", "image/svg+xml")


def _offer_picture(
    drawing: Drawing,
    key: str,
    name: str,
    lines: Sequence[str],
    kind: Literal["png", "svg"],
    mime: str,
) -> None:
    st.download_button(
        f"Picture ({kind.upper()})",
        data=lambda: picture(drawing.paper or {}, drawing.rows, name, said(lines), kind),
        file_name=file_name(name, kind),
        mime=mime,
        key=f"{kind} {key}",
        on_click="ignore",
        icon=":material/image:",
    )


def said(lines: Sequence[str]) -> list[str]:
    """What every picture says below its title: these lines, and what it is not for."""
    return [*([INVENTED] if store().demonstration else []), *lines, NOT_FOR_JUDGING]


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV; invented values say so in the first line.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, so that Excel reads it; no cell is taken for a formula.
    """
    text = io.StringIO()
    if store().demonstration:
        text.write(f"{INVENTED}\n")
    safe = table.map(_harmless) if len(table) else table
    safe.to_csv(text, index=False)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    """A text that a spreadsheet will not take for a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


def file_name(name: str, ending: str) -> str:
    """A file name that says what it holds, and that it is invented if it is."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return f"{'demonstration-' if store().demonstration else ''}{'-'.join(words)}.{ending}"
