"""The record in five forms, reopened with the libraries that read them."""

import io
import json
import zipfile
from html.parser import HTMLParser

import docx
import pptx
import pytest

from cscdash.learning.pack import Exhibit, as_file, draw, everything
from cscdash.learning.pack.document import compose
from cscdash.learning.pack.word import as_docx
from cscdash.learning.session import read
from cscdash.learning.statement import self_assessment, written_statement
from cscdash.learning.typed_text import shortened
from tests.unit.recorded import EXHIBITS, SENTENCE, SOURCE, exhibit, pack, session
from tests.wording import unwanted

NOTES = (
    "It has stood still for a year.",
    "I wonder who comes back.",
    "Perhaps we close too soon.",
    "Referrals went up.",
    "Parents say nobody rang them.",
    "Ring ten families",
    "Who comes back twice?",
    "Police forms come late in Hackney",
    "They came",
    "Ann",
    "31.5%",
)
FACTS = ("Front door", "9 March 2026", "Hackney", SENTENCE, SOURCE)


def words_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join(said)


def words_of_pptx(content: bytes) -> str:
    said = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                said.append(shape.text_frame.text)
            if shape.has_table:
                said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


class Words(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_every_form_holds_the_notes_the_guesses_and_the_facts() -> None:
    kept = pack()
    html = Words(as_file(kept, "html").decode())
    forms = {
        "docx": words_of_docx(as_file(kept, "docx")),
        "pptx": words_of_pptx(as_file(kept, "pptx")),
        "html": "".join(html.text),
        "md": as_file(kept, "md").decode().replace("\\", ""),
    }
    for form, said in forms.items():
        for words in (*NOTES, *FACTS):
            assert words in said, f"{form}: {words}"
        assert unwanted(said) == [], form
    data = json.loads(as_file(kept, "json"))
    assert read(as_file(kept, "json")) == kept.session
    assert data["looked"]["repeat_referrals"]["guesses"][1]["value"] == 31.5
    for form in ("docx", "html", "md"):
        assert "It counts referrals, not families." in forms[form]
        assert "Written statement" in forms[form]


def test_each_chart_is_drawn_once_and_stands_in_each_form_with_its_words() -> None:
    told: list[tuple[int, int]] = []
    drawn = draw([*EXHIBITS, EXHIBITS[0]], lambda *x: told.append(x))
    assert sorted(drawn) == ["looked_after_rate-204", "repeat_referrals-204"]
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    kept = pack()
    document = docx.Document(io.BytesIO(as_file(kept, "docx")))
    assert [s._inline.docPr.get("descr") for s in document.inline_shapes] == [EXHIBITS[0].alt] * 2
    for slide in (deck := pptx.Presentation(io.BytesIO(as_file(kept, "pptx")))).slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    pictures = [s for slide in deck.slides for s in slide.shapes if s.shape_type == 13]
    assert [p._element._nvXxPr.cNvPr.get("descr") for p in pictures] == [EXHIBITS[0].alt] * 2
    for one in pictures:
        assert one.width * one.height >= 0.7 * deck.slide_width * deck.slide_height
    page = Words(as_file(kept, "html").decode())
    assert [a["alt"] for tag, a in page.tags if tag == "img"] == [EXHIBITS[0].alt] * 2
    assert all(str(a["src"]).startswith("data:image/png") for t, a in page.tags if t == "img")


def test_the_page_to_print_asks_nothing_from_elsewhere() -> None:
    page = as_file(pack(), "html").decode()
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_everything_in_one_file() -> None:
    archive = zipfile.ZipFile(io.BytesIO(everything(pack(), "record")))
    names = set(archive.namelist())
    assert {f"record.{form}" for form in ("docx", "pptx", "html", "md", "json")} < names
    markdown = archive.read("record.md").decode()
    for name in ("repeat_referrals-204.png", "looked_after_rate-204.png"):
        assert f"pictures/{name}" in names
        assert f"(pictures/{name})" in markdown
        assert archive.read(f"pictures/{name}").startswith(b"\x89PNG")


def test_invented_figures_say_so_in_each_form() -> None:
    kept = pack(invented=True)
    said = "invented demonstration data"
    assert said in words_of_docx(as_file(kept, "docx"))
    assert said in words_of_pptx(as_file(kept, "pptx"))
    assert said in as_file(kept, "html").decode()
    assert said in as_file(kept, "md").decode()


def test_the_statement_is_filled_in_and_adds_nothing() -> None:
    seen = [one.seen for one in EXHIBITS]
    said = written_statement(session(), seen, invented=False)
    assert said.startswith(
        "On 9 March 2026 we looked at “Repeat referrals” and “Children looked after” for Hackney."
    )
    assert "It could be (data and practice): Perhaps we close too soon." in said
    assert "We will: Ring ten families (Bo, by May). We will know by: What they say." in said
    assert "We do not know yet: Who comes back twice?." not in said
    assert said.count(SENTENCE) == 2
    assert "invented" not in said
    bare = written_statement(session(looked={}), seen, invented=True)
    assert "We " not in bare.replace("We looked", "")
    assert "invented demonstration data" in bare
    short = self_assessment(session(), seen, invented=False)
    assert "What we are doing: Ring ten families." in short
    assert "\n" not in short
    assert "No notes were kept." in self_assessment(session(looked={}), seen, False)


def test_the_groups_own_words_replace_the_template() -> None:
    kept = pack(session(statement="Our own statement.", paragraph="Our own paragraph."))
    said = words_of_docx(as_file(kept, "docx"))
    assert "Our own statement." in said
    assert "Our own paragraph." in said
    assert "We noticed:" not in said


def test_a_session_without_figures_or_notes_still_makes_a_record() -> None:
    kept = pack(session(looked={}, earlier=[], indicators=["unknown_one"]))
    assert "do not hold this indicator" in words_of_docx(as_file(kept, "docx"))
    assert as_file(kept, "pptx")


def test_an_exhibit_without_a_chart_has_no_picture() -> None:
    bare = Exhibit("a", "204", "Hackney", "A", "One", "2025", "19%", "So.")
    assert draw([bare]) == {}


def test_shortened() -> None:
    assert shortened("one two three", 8, "(more)") == "one … (more)"
    assert shortened("one", 8) == "one"
    assert shortened("x" * 20, 8) == "xxxxxxxx …"


def test_word_names_its_language_and_headings() -> None:
    document = docx.Document(io.BytesIO(as_docx(compose(pack()), "Front door")))
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.author == ""
    styles = [p.style.name for p in document.paragraphs]
    assert styles[0] == "Heading 1"
    assert "Heading 2" in styles
    assert all("w:tblHeader" in t._tbl.xml for t in document.tables)


@pytest.mark.parametrize("count", [1, 8, 40])
def test_any_number_of_entries_fits_the_slides(count: int) -> None:
    kept = session()
    looked = kept.on("repeat_referrals")
    looked.entries = [
        looked.entries[0].model_copy(update={"text": f"do {n}"}) for n in range(count)
    ]
    said = words_of_pptx(as_file(pack(kept), "pptx"))
    assert all(f"do {n}" in said for n in range(count))


def test_exhibit_keys_tell_areas_apart() -> None:
    assert exhibit().key == "repeat_referrals-204"
