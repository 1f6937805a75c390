"""Showing a chart: the picture, and the same numbers as a table and as files."""

import io

import pandas as pd
import streamlit as st

from cscdash.charts.drawing import Drawing
from cscdash.views.loaded import store

NOT_FOR_JUDGING = "For learning: no targets, not for judging."


def show(drawing: Drawing, key: str, name: str) -> None:
    """Show a chart with its table and download below it.

    Parameters
    ----------
    drawing : Drawing
        What is shown.
    key : str
        Tells this chart from the others of the page.
    name : str
        What the files are called.
    """
    st.vega_lite_chart(
        drawing.rows, drawing.spec, width="stretch", theme=None, key=f"chart {key}", alt=drawing.alt
    )
    with st.expander("The same numbers as a table", icon=":material/table_rows:"):
        st.table(drawing.table, border="horizontal", hide_index=True)
        st.download_button(
            "Download these numbers (CSV)",
            data=lambda: as_csv(drawing.table, name),
            file_name=file_name(name, "csv"),
            mime="text/csv",
            key=f"csv {key}",
            on_click="ignore",
            icon=":material/download:",
        )


def as_csv(table: pd.DataFrame, name: str) -> bytes:
    """A table as CSV; invented values say so in the first line."""
    text = io.StringIO()
    if store().demonstration:
        text.write("Demonstration data: every value is invented\n")
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
    plain = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
    while "--" in plain:
        plain = plain.replace("--", "-")
    return f"{'demonstration-' if store().demonstration else ''}{plain}.{ending}"
