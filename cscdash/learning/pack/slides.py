"""The record as slides: a chart, a table and the notes of each indicator, and all actions."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Cm, Pt

from cscdash.analysis.wording import listed
from cscdash.learning.agenda import PRINCIPLES
from cscdash.learning.pack.blocks import Table
from cscdash.learning.pack.contents import Exhibit, Pack
from cscdash.learning.pack.document import ENTRY_HEAD, entry_row
from cscdash.learning.session import Entry, Looked
from cscdash.learning.statement import INVENTED, NOT_FOR_JUDGING
from cscdash.learning.typed_text import clean, shortened
from cscdash.periods import say_date


def _colour(six: str) -> Any:
    make: Any = RGBColor.from_string
    return make(six)


_TITLE_ONLY = 5  # the layout of the library's own template
_WIDTH, _HEIGHT = Cm(33.867), Cm(19.05)
_LEFT, _TOP, _WIDE = Cm(1.0), Cm(3.1), Cm(31.8)
_HEADING = Cm(0.6), Cm(2.3)  # top and height of a title
_PICTURE = Cm(0.6), Cm(3.1), Cm(32.6), Cm(14.3)  # left, top, width, height: 72% of the slide
_INK = _colour("12436D")
_QUIET = _colour("56606C")
_TEXT = _colour("1B2430")
_HEAD, _GROUND = _colour("EEF1F5"), _colour("FFFFFF")
_NOTE = 600  # characters of a note on a slide; the Word document holds the whole
_CELL = 160
_ONE_LINE = 62  # characters of a title in large type
_ON_A_LINE = 190  # characters of the source, which stands on one line
_ROWS = 7  # of a table of entries on a slide
_MORE = "(the Word document holds the rest)"


def as_pptx(pack: Pack) -> bytes:
    """Slides, 16:9: title, principles, last time, three for each indicator, all actions.

    Returns
    -------
    bytes
        A ``.pptx`` file. Every slide has a title, every picture its words, tables are native;
        long notes are cut, and say so.
    """
    deck = _deck(pack.title)
    _title(deck, pack)
    _earlier(deck, pack)
    for id in pack.session.discussed:
        for one in pack.of(id):
            _chart(deck, pack, one)
            _numbers(deck, one)
        _notes(deck, pack, id)
    _actions(deck, pack)
    return _bytes(deck)


def chart_slide(
    title: str, finding: str, png: bytes, alt: str, source: str, notes: Sequence[str]
) -> bytes:
    """One chart as a file with one slide.

    Parameters
    ----------
    title, finding : str
        What stands above the picture, as text that can be edited.
    png : bytes
        A picture without title and finding.
    alt : str
        The picture in words.
    source : str
        One line below it.
    notes : sequence of str
        The speaker's notes: how to read it, and what it cannot tell.

    Returns
    -------
    bytes
        A ``.pptx`` file, 16:9.
    """
    return deck(title, [Slide(title, finding, png, alt, source, notes)])


@dataclass(frozen=True)
class Slide:
    """A slide: a title, and lines of text, a table, or a picture with its finding.

    Attributes
    ----------
    title, finding, source, alt, notes
        As `chart_slide` takes them.
    png : bytes, optional
        A picture without title and finding.
    text : sequence of pairs of str
        Lines, each with what stands before it in bold.
    table : Table, optional
        As many slides as its rows need.
    """

    title: str
    finding: str = ""
    png: bytes | None = None
    alt: str = ""
    source: str = ""
    notes: Sequence[str] = ()
    text: Sequence[tuple[str, str]] = ()
    table: Table | None = None


def deck(title: str, slides: Sequence[Slide]) -> bytes:
    """Slides in one file.

    Returns
    -------
    bytes
        A ``.pptx`` file, 16:9.
    """
    made = _deck(title)
    for one in slides:
        if one.table is not None:
            _tables(made, one.title, one.table.head, one.table.rows, 14)
        elif one.text:
            _text(_slide(made, one.title), one.text)
        else:
            _picture_slide(made, one.title, one.finding, one.png, one.alt, one.source, one.notes)
    return _bytes(made)


def _deck(title: str) -> Any:
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    properties = deck.core_properties
    properties.title, properties.language = clean(title)[:250], "en-GB"
    properties.author = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    return deck


def _bytes(deck: Any) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide(deck: Any, title: str, place: tuple[Any, Any] = _HEADING) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    box = slide.shapes.title
    box.left, box.width = _LEFT, _WIDE
    box.top, box.height = place
    box.text_frame.word_wrap = True
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    box.text_frame.text = shortened(" ".join(clean(title).split()), 110)
    for paragraph in box.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(24), True
        paragraph.font.color.rgb = _INK
    return slide


def _text(slide: Any, lines: Sequence[tuple[str, str]], top: Any = _TOP, size: int = 18) -> None:
    """Lines of text below each other, each with an optional lead in bold."""
    box = slide.shapes.add_textbox(_LEFT, top, _WIDE, _HEIGHT - top - Cm(1))
    frame = box.text_frame
    frame.word_wrap = True
    for at, (lead, text) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        if lead:
            run = paragraph.add_run()
            run.text, run.font.bold, run.font.size = f"{clean(lead)}: ", True, Pt(size)
        run = paragraph.add_run()
        run.text, run.font.size = clean(text), Pt(size)


def _title(deck: Any, pack: Pack) -> None:
    slide = _slide(deck, pack.title)
    lines = [("", f"{listed(pack.areas)}, {say_date(pack.session.held)}")]
    if pack.session.people:
        lines.append(("Who took part", shortened(", ".join(pack.session.people), _NOTE)))
    if pack.invented:
        lines.append(("Demonstration data", INVENTED))
    lines += list(PRINCIPLES)
    _text(slide, [*lines, ("", NOT_FOR_JUDGING)])


def _earlier(deck: Any, pack: Pack) -> None:
    rows = [
        (one.entry.text, one.entry.owner, one.entry.by_when, one.state, one.said)
        for one in pack.session.earlier
    ]
    _tables(deck, "From last time", ("What", "Who", "By when", "Now", "Said"), rows)


def _chart(deck: Any, pack: Pack, one: Exhibit) -> None:
    source = one.source or (INVENTED if pack.invented else "")
    title = f"{one.title}: {one.area}"
    png = pack.pictures.get(one.key)
    _picture_slide(deck, title, one.sentence, png, one.alt, source, one.caveats)


def _picture_slide(
    deck: Any,
    title: str,
    finding: str,
    png: bytes | None,
    alt: str,
    source: str,
    notes: Sequence[str],
) -> None:
    slide = _slide(deck, title, (Cm(0.3), Cm(1.5)))
    if len(title) > _ONE_LINE:
        slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(15)
    said = shortened(finding, 300)
    _text(slide, [("", said)], Cm(1.7), 16 if len(said) < 150 else 13)
    if png is not None:
        left, top, wide, room = _PICTURE
        picture = slide.shapes.add_picture(io.BytesIO(png), left, top)
        scale = min(wide / picture.width, room / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        picture.left = int((_WIDTH - picture.width) / 2)
        picture._element._nvXxPr.cNvPr.set("descr", clean(alt)[:1000])
    _footer(slide, source)
    told = [*notes, source] if len(source) > _ON_A_LINE else notes
    if told:
        slide.notes_slide.notes_text_frame.text = "\n".join(map(clean, told))


def _footer(slide: Any, text: str) -> None:
    box = slide.shapes.add_textbox(_LEFT, _HEIGHT - Cm(1.4), _WIDE, Cm(0.9))
    box.text_frame.word_wrap = True
    box.text_frame.text = shortened(clean(text), _ON_A_LINE)
    font = box.text_frame.paragraphs[0].font
    font.size, font.color.rgb = Pt(10 if len(text) < 150 else 8), _QUIET


def _numbers(deck: Any, one: Exhibit) -> None:
    if len(one.table):
        rows = [[str(cell) for cell in row] for row in one.table.itertuples(index=False)]
        slide = _slide(deck, f"{one.title}: the numbers")
        _table(slide, [str(name) for name in one.table.columns], rows[-14:], f"{one.area}")


def _notes(deck: Any, pack: Pack, id: str) -> None:
    looked = pack.session.looked.get(id, Looked())
    exhibits = pack.of(id)
    name = exhibits[0].title if exhibits else id
    causes = f" ({listed(list(looked.causes))})" if looked.causes else ""
    lines = [
        (lead, shortened(text, _NOTE, _MORE))
        for lead, text in (
            ("What we noticed", looked.notice),
            ("What we wonder", looked.wonder),
            (f"Could it be{causes}", looked.could_be),
            ("Read alongside", looked.alongside),
            ("What children, families and staff tell us", looked.voices),
        )
        if text
    ]
    lines += [
        (f"Guess of {guess.name or 'somebody'}", one.say(guess.value))
        for one in exhibits
        for guess in looked.guesses[:12]
        if guess.area == one.code
    ]
    for start in range(0, len(lines), 6):
        part = lines[start : start + 6]
        letters = sum(len(text) for _, text in part)
        _text(_slide(deck, f"{name}: what we said"), part, size=18 if letters < 900 else 12)
    _tables(deck, f"{name}: now what", ENTRY_HEAD, [entry_row(entry) for entry in looked.said])


def _actions(deck: Any, pack: Pack) -> None:
    entries: list[tuple[str, Entry]] = [
        (id, entry)
        for id in pack.session.discussed
        for entry in pack.session.looked.get(id, Looked()).said
        if entry.kind in ("action", "question")
    ]
    titles = {one.indicator: one.title for one in pack.exhibits}
    rows = [(titles.get(id, id), *entry_row(entry)[:4]) for id, entry in entries]
    _tables(deck, "Actions and questions, together", ("Indicator", *ENTRY_HEAD[:4]), rows)


def _tables(
    deck: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], most: int = _ROWS
) -> None:
    """As many slides as the rows need."""
    for start in range(0, len(rows), most):
        _table(_slide(deck, title), head, rows[start : start + most], title)


def _table(slide: Any, head: Sequence[str], rows: Sequence[Sequence[str]], words: str) -> None:
    shape = slide.shapes.add_table(
        len(rows) + 1, len(head), _LEFT, _TOP, _WIDE, Cm(0.8) * (len(rows) + 1)
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(words)[:500])
    shape.table.horz_banding = False
    for at, line in enumerate([head, *rows]):
        for column, text in enumerate(line):
            cell = shape.table.cell(at, column)
            cell.text = shortened(clean(text), _CELL, "")
            cell.fill.solid()
            cell.fill.fore_color.rgb = _GROUND if at else _HEAD
            cell.margin_top = cell.margin_bottom = Cm(0.1)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = Pt(12), not at
                paragraph.font.color.rgb = _TEXT if at else _INK
