"""Checklists to work through, in Markdown and Word, with columns to fill in."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from cscdash.framework.items import Folded, Item, place

COLUMNS = ("Evidence", "Reflection", "Next step")
LISTENING_COLUMNS = ("How we do this now", "What children and families say", "Next step")
NOTE = (
    "Own-words summaries of the consultation draft of February 2023 and the response of September"
    " 2023, not of the final guidance. For learning: no targets, not for judging."
)


def as_markdown(
    title: str, folded: Sequence[Folded], columns: Sequence[str] = COLUMNS, about: str = ""
) -> str:
    """A checklist as a Markdown table: item, place, and empty columns."""
    head = ["Item", "Where", *columns]
    lines = [f"# {title}", "", *([about, ""] if about else []), NOTE, ""]
    lines += [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for one in folded:
        cells = [said(one.item), where(one), *("" for _ in columns)]
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def as_word(
    title: str, folded: Sequence[Folded], columns: Sequence[str] = COLUMNS, about: str = ""
) -> bytes:
    """The same as a Word document: a landscape table with its header row repeated on each page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.8))
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.title = title
    document.core_properties.author = "cscdash"
    document.add_heading(title, level=1)
    for text in filter(None, (about, NOTE)):
        document.add_paragraph(text)
    head = ["Item", "Where", *columns]
    widths = [9.0, 3.6, *(13.5 / len(columns) for _ in columns)]
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    _repeat(table.rows[0])
    _fill(table.rows[0], head, widths, bold=True)
    for one in folded:
        _fill(table.add_row(), [said(one.item), where(one), *("" for _ in columns)], widths)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def said(item: Item) -> str:
    """An item's text; for a promise, what was asked for as well."""
    return f"Asked: {item.asked} Promised: {item.text}" if item.asked else item.text


def where(one: Folded) -> str:
    """The ids and places of an item and of those folded into it."""
    return "; ".join(f"{item.id} ({place(item)})" for item in (one.item, *one.also))


def _fill(row: Any, texts: Sequence[str], widths: Sequence[float], bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold


def _repeat(row: Any) -> None:
    """Mark a row as the header of its table, for page breaks and screen readers."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
