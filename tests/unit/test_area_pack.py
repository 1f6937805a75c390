"""A pack about an area: each indicator once, its limits said, nothing outside a slide."""

import io
from datetime import date

import docx
import pptx

from cscdash.learning.pack.area_pack import AreaPack, area_pack_file, member_tables
from tests.unit.recorded import EXHIBITS, SENTENCE, SOURCE, pack

ROWS = [["Hackney", *"123456"], ["Islington", *"654321"]]
MEMBERS = member_tables("Authority", ["a", "b", "c", "d", "e", "f"], ROWS)
PACK = AreaPack("Hackney", date(2026, 3, 9), EXHIBITS, pack().pictures, MEMBERS, False)


def test_a_table_by_authority_has_few_columns_and_each_value_once() -> None:
    assert [table.head for table in MEMBERS] == [("Authority", *"abcde"), ("Authority", "f")]
    assert MEMBERS[0].rows == [("Hackney", *"12345"), ("Islington", *"65432")]
    assert MEMBERS[1].rows == [("Hackney", "6"), ("Islington", "1")]


def test_the_document_holds_each_indicator_with_its_picture_source_and_limit() -> None:
    document = docx.Document(io.BytesIO(area_pack_file(PACK, "docx")))
    text = "\n".join(p.text for p in document.paragraphs)
    for one in EXHIBITS:
        assert text.count(f"\n{one.title}\n") == 1
    assert text.count(SENTENCE) == text.count(SOURCE) == 2
    assert "It counts referrals, not families." in text
    assert [s._inline.docPr.get("descr") for s in document.inline_shapes] == [EXHIBITS[0].alt] * 2
    assert len(document.tables) == 2


def test_slides_have_a_picture_each_its_limits_in_the_notes_and_all_within() -> None:
    deck = pptx.Presentation(io.BytesIO(area_pack_file(PACK, "pptx")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[1:3] == ["Repeat referrals: Hackney", "Children looked after: Hackney"]
    assert len(titles) == 5  # a title, two charts, two tables
    for slide in list(deck.slides)[1:3]:
        assert "It counts referrals" in slide.notes_slide.notes_text_frame.text
        (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert picture.width * picture.height >= 0.7 * deck.slide_width * deck.slide_height
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_the_page_asks_nothing_from_elsewhere_and_says_what_is_invented() -> None:
    invented = AreaPack("Here", date(2026, 3, 9), EXHIBITS, {}, (), True)
    page = area_pack_file(invented, "html").decode()
    assert "invented demonstration data" in page and "<script" not in page
