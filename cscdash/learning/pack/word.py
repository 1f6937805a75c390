"""Blocks as a Word document, with native headings, lists and tables, and pictures with words."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Picture, Table
from cscdash.learning.typed_text import clean

_QUIET = RGBColor(0x56, 0x60, 0x6C)
_INK = RGBColor(0x12, 0x43, 0x6D)
_RULE, _HEAD = "C9D0D8", "EEF1F5"
_WIDTH = Cm(17)
_ON_A_PAGE = 30  # rows of a table that is not torn between two pages


def as_docx(blocks: Sequence[Block], title: str) -> bytes:
    """A Word document.

    Returns
    -------
    bytes
        A ``.docx`` file, A4, in British English; no field, macro or link asks anything from
        elsewhere, and texts are only ever texts.
    """
    document = Document()
    _set_up(document, title)
    for block in blocks:
        _add(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Word, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    properties = document.core_properties
    properties.title, properties.language = clean(title)[:250], "en-GB"
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for level in (1, 2, 3):
        style: Any = document.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Calibri", _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)


def _add(document: Word, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(clean(block.text), min(block.level, 3))
        case Para() if block.text:
            _paragraph(document, block)
        case Bullets():
            for item in block.items:
                document.add_paragraph(clean(item), style="List Bullet")
        case Table():
            _table(document, block)
        case Picture():
            _picture(document, block)


def _paragraph(document: Word, block: Para) -> None:
    paragraph = document.add_paragraph()
    if block.lead:
        paragraph.add_run(f"{clean(block.opening)} ").bold = True
    run = paragraph.add_run(clean(block.text))
    if block.quiet:
        run.font.size, run.font.color.rgb = Pt(9), _QUIET


def _table(document: Word, block: Table) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(clean(block.caption)).bold = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = True
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = clean(text)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    _lines(table)
    _describe_table(table, clean(block.caption))
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)
    for place, line in enumerate(table.rows, start=1):
        for cell in line.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = place < len(table.rows) <= _ON_A_PAGE
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(9), place == 1
                    run.font.color.rgb = _INK if place == 1 else None
    document.add_paragraph()


def _lines(table: Any) -> None:
    """Thin lines between the rows alone, and a pale ground below the headings, as in the app."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        across = side in ("top", "bottom", "insideH")
        for name, value in (("val", "single" if across else "nil"), ("sz", "4"), ("color", _RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _describe_table(table: Any, words: str) -> None:
    """Name the table for screen readers."""
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), words[:250])
    table._tbl.tblPr.append(title)


def _picture(document: Word, block: Picture) -> None:
    shape: Any = document.add_picture(io.BytesIO(block.png), width=_WIDTH)
    described = shape._inline.docPr
    described.set("descr", clean(block.alt)[:1000])
    described.set("title", "")
