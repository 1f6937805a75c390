"""Whatever people type, no output is harmed by it, and the file gives it back."""

import io
from datetime import date

import docx
import pptx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.child_details import concerns
from cscdash.learning.digest import as_blocks, digest
from cscdash.learning.drafts import restore
from cscdash.learning.pack import as_file
from cscdash.learning.pack.markdown import as_markdown, escaped
from cscdash.learning.pack.web_page import as_html
from cscdash.learning.session import (
    KINDS,
    Earlier,
    Entry,
    Guess,
    Looked,
    Session,
    read,
    write,
)
from cscdash.learning.typed_text import LONGEST, clean, one_line
from cscdash.places import places
from tests.trials.sampling import examples
from tests.unit.recorded import pack
from tests.unit.test_learning_pack import Words, words_of_docx, words_of_pptx

NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></title><!-- <svg onload=alert(1)>",
    "=cmd|'/c calc'!A0",
    "+1+1", "-1", "@SUM(A1)",
    "[click](javascript:alert(1)) ![x](https://example.org/x.png) <https://example.org>",
    "https://example.org www.example.org",
    "# heading\n- list\n1. one\n> quote\n```\ncode\n```\n---\n| a | b |\n|---|---|\n    four",
    "$\\frac{1}{2}$ :red[no] :material/home: &lt;b&gt; \\",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u200f",
    "👩‍👧‍👦🏳️‍🌈 é e\u0301 \U0001f9d1\U0001f3fd",
    "]]> {{7*7}} ${x} %(x)s {x} \x00\x0b\x1b\x85\ufffe\ud800",
    "a\r\nb\rc\u2028d\u2029e\tf",
    "wörd " * 10_000,
    "x" * 50_000,
    "<" * 50_000,
)  # fmt: skip
# the library has surrogates too, which a browser may send for half of an emoji
anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=200),
    st.text(alphabet="<>&\"'|*_`[]()#=+-@!$\\~ \n\tab1.", max_size=80),
)
short = anything.map(lambda text: one_line(text)[:300])


def made(text: str, line: str) -> Session:
    entries = [
        Entry(kind=kind, text=text, owner=line, by_when=line, evidence=text, links=text)
        for kind in KINDS
    ]
    looked = Looked(
        guesses=[Guess(value=1.5, area="204", name=line)],
        notice=text, wonder=text, causes=["data"], could_be=text, alongside=text, voices=text,
        entries=entries,
    )  # fmt: skip
    return Session(
        title=line,
        held=date(2026, 3, 9),
        people=[line, line],
        areas=["204"],
        indicators=["repeat_referrals"],
        looked={"repeat_referrals": looked},
        earlier=[Earlier(indicator="cin_rate", held=date(2026, 1, 1), entry=entries[0], said=text)],
        statement=text,
        paragraph=text,
    )


few = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def squeezed(text: str) -> str:
    return "".join(text.split())


TAGS = {tag for tag, _ in Words(as_file(pack(), "html").decode()).tags}


@few
@given(anything, short)
@example(NASTY[0], one_line(NASTY[0])[:300])
@example(NASTY[8], one_line(NASTY[8])[:300])
@example(NASTY[12], one_line(NASTY[12])[:300])
@example(NASTY[-1], "=1")
def test_no_output_is_harmed(text: str, line: str) -> None:
    kept = pack(made(text, line))
    wanted = squeezed(clean(text))
    assert wanted in squeezed(words_of_docx(as_file(kept, "docx")))
    slides = words_of_pptx(as_file(kept, "pptx"))
    assert wanted[:60] in squeezed(slides)
    page = Words(as_file(kept, "html").decode())
    assert wanted in squeezed("".join(page.text))
    assert {tag for tag, _ in page.tags} <= TAGS
    links = {name for _, attrs in page.tags for name in attrs if name.startswith("on")}
    assert not links
    assert not [tag for tag, attrs in page.tags if "href" in attrs]


@few
@given(anything, short)
@example(NASTY[8], "# x")
@example("1) one\n* two\n\n    four\n===", "a|b")
@example("&amp; &#35; <a@b.cd>", "|")
def test_markdown_shows_what_was_typed(text: str, line: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(
        as_file(pack(made(text, line)), "md").decode()
    )
    page = Words(rendered)
    allowed = {"h1", "h2", "h3", "p", "ul", "li", "strong", "br"}
    allowed |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in page.tags} <= allowed
    assert squeezed(clean(text)) in squeezed("".join(page.text))


@given(anything)
def test_words_that_streamlit_reads_as_markdown_stay_words(text: str) -> None:
    page = Words(MarkdownIt("gfm-like", {"linkify": False}).render(escaped(text)))
    assert {tag for tag, _ in page.tags} <= {"p", "br"}
    assert squeezed("".join(page.text)) == squeezed(clean(text))


@settings(deadline=None)
@given(anything, short)
def test_the_file_gives_it_back(text: str, line: str) -> None:
    kept = made(text, line)
    assert read(write(kept)) == kept
    assert read(write(kept).encode()) == kept
    assert read(write(read(write(kept)))) == kept


@few
@given(anything, st.booleans())
def test_a_digest_is_not_harmed(text: str, named: bool) -> None:
    found = digest([made(text, "x")], catalogue(), places(), named)
    assert found is not None
    page = Words(as_html(as_blocks(found), "Digest").decode())
    assert {tag for tag, _ in page.tags} <= TAGS
    assert as_markdown(as_blocks(found)).decode()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_session_or_one_clear_error(content: bytes) -> None:
    try:
        read(content)
    except CscdashError as error:
        assert str(error)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)


@given(st.sampled_from(sorted(Session.model_fields)), JSON)
def test_any_field_may_hold_anything(field: str, value: object) -> None:
    import json

    data = {**json.loads(write(made("a", "b"))), field: value}
    try:
        kept = read(json.dumps(data))
    except CscdashError as error:
        assert len(str(error)) < 500
    else:
        assert read(write(kept)) == kept


@given(st.dictionaries(st.text(max_size=40), anything, max_size=5))
def test_drafts_never_fail(drafts: dict[str, str]) -> None:
    kept = made("a", "b")
    assert 0 <= restore(kept, drafts) <= len(drafts)
    assert read(write(kept)) == kept


@settings(deadline=2_000)
@given(anything)
def test_the_check_answers_for_any_text(text: str) -> None:
    for concern in concerns(text):
        assert concern.words in text


@settings(deadline=None)
@given(anything)
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)
    assert len(clean(text)) <= max(len(text), LONGEST)


def test_the_libraries_open_the_largest_record() -> None:
    kept = pack(made("wörd " * 10_000, "x" * 300))
    assert docx.Document(io.BytesIO(as_file(kept, "docx"))).paragraphs
    assert len(pptx.Presentation(io.BytesIO(as_file(kept, "pptx"))).slides) < 40
