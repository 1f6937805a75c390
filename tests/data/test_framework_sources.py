"""The framework's texts against the documents they sum up, where those are at hand."""

import csv
import re
from pathlib import Path

import pytest

from cscdash.catalogue.framework import framework
from tests.unit.framework_texts import our_texts
from tests.unit.readable import words_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "framework"
RUN = 8
# Titles and terms as printed, which may stand in our texts
PRINTED = (
    "Children's Social Care National Framework",
    "Safeguarding children with disabilities and complex health needs in residential settings",
)


@pytest.fixture(scope="module")
def documents():
    if not FOLDER.is_dir():
        pytest.skip("the documents are not here: ../shared/framework")
    return {
        name: next(FOLDER.glob(f"{number}_*.txt")).read_text(encoding="utf-8").split("\n")
        for name, number in (("consultation", "000"), ("response", "001"))
    }


@pytest.fixture(scope="module")
def outline(documents):
    with (FOLDER / "framework_outline.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def runs(documents):
    found = set()
    for lines in documents.values():
        words = words_of(" ".join(lines))
        found |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


def test_no_run_of_eight_words_stands_in_the_documents(runs):
    taken = []
    for name, text in our_texts().items():
        for title in PRINTED:
            text = text.replace(title, " ")
        words = words_of(text)
        taken += [
            f"{name}: {' '.join(words[at : at + RUN])}"
            for at in range(len(words) - RUN + 1)
            if tuple(words[at : at + RUN]) in runs
        ]
    assert taken == []


def test_expectations_are_those_of_the_draft_with_page_and_line(outline):
    ours = {one.id: one for one in framework().expectations}
    assert list(ours) == list(outline)
    for id, row in outline.items():
        one = ours[id]
        assert (one.chapter, one.part) == (row["chapter"].replace("-", "_"), row["role"])
        assert (one.page, one.line) == (int(row["page"]), int(row["source_line"]))
        assert bool(one.heading) == bool(row["subheading"])
        assert one.same_as == row["near_duplicate_of"]


def test_every_line_named_exists_and_is_not_empty(documents):
    texts = framework()
    named = [("consultation", one.line) for one in texts.expectations]
    named += [("response", n) for p in texts.promises for n in (p.asked_line, p.promised_line)]
    named += [(t.document, t.line) for t in texts.terms if t.document != "added"]
    named += [(s.document, s.line) for s in (*texts.principles, *texts.uses, *texts.long_term)]
    named += [(e.document, e.line) for e in texts.register_]
    for document, line in named:
        assert documents[document][line - 1].strip(), (document, line)


def test_terms_stand_in_their_lines(documents):
    for term in framework().terms:
        if term.document == "consultation":
            line = documents["consultation"][term.line - 1].lower().replace("’", "'")
            names = [term.term, *term.also]
            assert any(name.lower().rstrip("s") in line for name in names), term.term


def test_guidance_stands_where_it_is_said_to(documents):
    for one in framework().guidance:
        document = "response" if one.named.startswith("response") else "consultation"
        line = documents[document][one.line - 1].lower()
        assert any(word in line for word in words_of(one.title) if len(word) > 4), one.title


def test_titles_of_the_register_are_as_printed(documents):
    for entry in framework().register_:
        if entry.listing != "promised":
            line = documents[entry.document][entry.line - 1]
            assert _bare(entry.title) in _bare(line), entry.id


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9%]+", " ", text.lower()).strip()
