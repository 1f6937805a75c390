"""The share bar of a chart: link, picture, slide, numbers, a session on it, a place in a pack."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing
from cscdash.charts.export import Shape, picture
from cscdash.learning.pack.slides import chart_slide
from cscdash.views.frame.links import copy_link
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import store
from cscdash.views.parts.chart_files import INVENTED, NOT_FOR_JUDGING, as_csv, file_name
from cscdash.views.parts.pack_choice import add_to_pack, chosen_for_pack
from cscdash.views.parts.source_line import source_line

_MOST = 8  # indicators of a session
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PICTURES: tuple[tuple[str, Literal["png", "svg"], Shape], ...] = (
    ("Picture, 16:9 (PNG)", "png", "wide"),
    ("Picture, square (PNG)", "png", "square"),
    ("Picture to edit (SVG)", "svg", "wide"),
)


def share(
    drawing: Drawing,
    key: str,
    name: str,
    lines: Sequence[str],
) -> None:
    """Offer a chart in every form in which it can leave; nothing is made before it is asked for.

    Parameters
    ----------
    drawing, key, name, lines
        As `chart_with_table.show_chart` takes them.
    """
    part = st.popover("Share", icon=":material/share:", key=f"share {key}", on_change="rerun")
    with part:
        if not part.open:
            return
        copy_link()
        source = source_line(drawing.releases)
        foot = [
            *([INVENTED] if store().demonstration else []),
            *filter(None, [source]),
            NOT_FOR_JUDGING,
        ]
        if drawing.paper is not None:
            _offer(
                "Slide (PowerPoint)",
                partial(_slide, drawing, name, lines, foot),
                file_name(name, "pptx"),
                _PPTX,
                f"slide {key}",
                ":material/slideshow:",
            )
            for label, kind, shape in _PICTURES:
                _offer(
                    label,
                    partial(picture, drawing.paper, drawing.rows, name, lines, kind, shape, foot),
                    file_name(f"{name} square" if shape == "square" else name, kind),
                    "image/png" if kind == "png" else "image/svg+xml",
                    f"{kind} {shape} {key}",
                    ":material/image:",
                )
        _offer(
            "Numbers (CSV)",
            partial(as_csv, drawing),
            file_name(name, "csv"),
            "text/csv",
            f"csv {key}",
            ":material/table_rows:",
        )
        about = {cell.measure.id for cell in drawing.cells if isinstance(cell.measure, Indicator)}
        if 0 < len(about) <= _MOST:
            _session(sorted(about))
            st.button(
                "Add to pack",
                key=f"pack+ {key}",
                icon=":material/library_add:",
                on_click=partial(add_to_pack, sorted(about)),
                width="stretch",
            )
            if about <= set(chosen_for_pack()):
                st.page_link("pages/pack.py", label="Open the pack", icon=":material/inventory_2:")


def _offer(
    label: str, make: Callable[[], bytes], file: str, mime: str, key: str, icon: str
) -> None:
    st.download_button(
        label,
        data=while_permitted(make),
        file_name=file,
        mime=mime,
        key=key,
        on_click="ignore",
        icon=icon,
        width="stretch",
    )


def _session(indicators: Sequence[str]) -> None:
    """The way to a learning session on what the chart shows."""
    st.page_link(
        "pages/session.py",
        label="Start a session on this",
        icon=":material/groups:",
        query_params=the_chosen_area().query | {"indicators": ".".join(indicators)},
    )


def _slide(drawing: Drawing, name: str, lines: Sequence[str], foot: Sequence[str]) -> bytes:
    """The chart on a slide; how to read it and what it cannot tell are in the speaker's notes."""
    png = picture(drawing.paper or {}, drawing.rows, shape="slide")
    measures = {cell.measure.id: cell.measure for cell in drawing.cells}
    told = [m for m in measures.values() if isinstance(m, Indicator)]
    notes = [text for m in told for text in (m.title, m.reading, m.limits) if text]
    return chart_slide(name, " ".join(lines), png, drawing.alt, " ".join(foot), notes)
