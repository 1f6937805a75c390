"""Showing a chart: the picture, and the same numbers as a table and as files."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from cscdash.analysis.numbers_csv import numbers_csv, table_csv
from cscdash.charts.drawing import Drawing
from cscdash.charts.export import picture
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import store
from cscdash.views.parts.on_request import on_request
from cscdash.views.parts.source_line import source_line

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
    sourced: bool = True,
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
        What stands in the picture below the title, with the source: the finding, and more.
    picked : callable, optional
        Called when the reader clicks a mark; the chart has a selection for it.
    sourced : bool
        Whether the source stands below the chart; it stands in the opened part in any case.
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
    source = source_line(drawing.releases) if sourced else ""
    if source:
        st.caption(source)
    with on_request(
        "The same numbers, as a table and to take away", key, ":material/table_rows:"
    ) as wanted:
        if wanted:
            _numbers(drawing, key, name, [*lines, source or source_line(drawing.releases)])


def _marked(spec: dict[str, Any]) -> dict[str, Any]:
    """The template with the mark of invented data above it, which takes no room from the rows."""
    marked = {**spec, "title": _MARK}
    if isinstance(spec.get("height"), int):
        marked["height"] = spec["height"] + _MARK_ROOM
    return marked


def _numbers(drawing: Drawing, key: str, name: str, lines: Sequence[str]) -> None:
    """The numbers of a chart as a table and as files, and its picture."""
    st.caption(lines[-1])  # the source
    st.table(drawing.table, border="horizontal", hide_index=True)
    with st.container(horizontal=True):
        st.download_button(
            "Numbers (CSV)",
            data=while_permitted(lambda: as_csv(drawing)),
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
        data=while_permitted(
            lambda: picture(drawing.paper or {}, drawing.rows, name, said(lines), kind)
        ),
        file_name=file_name(name, kind),
        mime=mime,
        key=f"{kind} {key}",
        on_click="ignore",
        icon=":material/image:",
    )


def as_csv(drawing: Drawing) -> bytes:
    """The numbers of a chart as a file; of one that shows no observations, its table."""
    invented = store().demonstration
    if drawing.cells:
        return numbers_csv(drawing.cells, invented)
    return table_csv(drawing.table, invented)


def said(lines: Sequence[str]) -> list[str]:
    """What every picture says below its title: these lines, and what it is not for."""
    return [*([INVENTED] if store().demonstration else []), *lines, NOT_FOR_JUDGING]


def file_name(name: str, ending: str) -> str:
    """A file name that says what it holds, and that it is invented if it is."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return f"{'demonstration-' if store().demonstration else ''}{'-'.join(words)}.{ending}"
