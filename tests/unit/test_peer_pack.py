"""The pack of a peer challenge: each area on each indicator, and room for what they ask."""

import io
from dataclasses import replace
from datetime import date

import docx
import pptx

from cscdash.learning.pack import draw
from cscdash.learning.pack.blocks import Table
from cscdash.learning.pack.peer_pack import PeerPack, peer_pack_file
from tests.unit.recorded import EXHIBITS
from tests.wording import unwanted

AREAS = ("Hackney", "Islington")
TWO = tuple(
    replace(one, area=area, code=code)
    for one in EXHIBITS
    for area, code in zip(AREAS, ("204", "206"), strict=True)
)
VALUES = Table("The latest value of each area", ("Indicator", *AREAS), [("a", "19.9%", "[c]")])
PACK = PeerPack(AREAS, date(2026, 3, 9), TWO, draw(TWO), (VALUES,), False)


def test_the_document_has_every_area_and_tables_to_fill_in() -> None:
    document = docx.Document(io.BytesIO(peer_pack_file(PACK, "docx")))
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "Peer challenge: Hackney and Islington"
    assert texts.count("Hackney") == texts.count("Islington") == len(EXHIBITS)
    assert len(document.inline_shapes) == len(TWO)
    cells = [[cell.text for cell in table.columns[0].cells] for table in document.tables]
    assert cells[0] == ["Indicator", "a"]
    assert cells[1:] == [["Area", *AREAS]] * (len(EXHIBITS) + 1)
    assert [c.text for c in document.tables[0].rows[1].cells] == ["a", "19.9%", "[c]"]
    assert not unwanted("\n".join(texts))


def test_the_slides_have_every_area_in_the_order_chosen() -> None:
    deck = pptx.Presentation(io.BytesIO(peer_pack_file(PACK, "pptx")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:2] == ["Peer challenge: Hackney and Islington", "Side by side"]
    shown = [title for title in titles if title.startswith(EXHIBITS[0].title + ": ")]
    assert shown[:2] == [f"{EXHIBITS[0].title}: {area}" for area in AREAS]
    assert titles[-1] == "After we met"
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
