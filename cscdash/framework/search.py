"""Full-text search that forgives inflections and slips of the pen.

SQLite's FTS5 does the work: its Porter stemmer takes *listening*, *listened* and *listens* as
one, its BM25 orders what is found. A word that occurs nowhere is taken as a slip: RapidFuzz
finds the words nearest to it. Everyday words stand beside their official ones in `EVERYDAY`.
"""

import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from cscdash.catalogue.framework import framework
from cscdash.framework.glossary import terms_in
from cscdash.framework.items import chapter_name, items

WEIGHTS = (8.0, 3.0, 1.0)  # text, further words, place and meanings of terms
NEAR = 0.86  # Jaro-Winkler: how like a known word a slip must be
_STOP = (
    "a about after all an and any are as at be before by can cannot could did do does for "
    "from get getting has have help how i if in into is it its make me my need needs not of "
    "on or our out should so some than that the their them then there they this to us was we "
    "were what when where which who whom whose why will with without would you your"
)
STOP = frozenset(_STOP.split())
EVERYDAY: Mapping[str, str] = {
    "money": "finance financial funding poverty benefits pounds",
    "cash": "finance financial money",
    "benefits": "money poverty finance",
    "house": "housing home accommodation",
    "flat": "housing home accommodation",
    "homeless": "homelessness housing",
    "baby": "babies infants",
    "infant": "babies",
    "toddler": "babies infants",
    "dad": "fathers",
    "dads": "fathers",
    "gran": "kinship relatives",
    "grandparents": "kinship relatives",
    "aunt": "kinship relatives",
    "brother": "siblings",
    "sister": "siblings",
    "conference": "family meetings decision making",
    "speak": "speech speak communication",
    "nonverbal": "speech",
    "want": "hope like wishes aspirations",
    "gangs": "exploitation extra_familial_harm",
    "county": "exploitation",
    "cse": "exploitation",
    "cce": "exploitation",
    "uasc": "unaccompanied asylum",
    "refugee": "asylum unaccompanied",
    "nrpf": "recourse",
    "camhs": "mental health",
    "therapy": "mental health specialist",
    "depressed": "mental health",
    "autism": "neurodiversity disability send",
    "adhd": "neurodiversity disability send",
    "sen": "send disability",
    "racism": "discrimination race",
    "race": "discrimination ethnicity",
    "job": "jobs employment work",
    "university": "higher education",
    "college": "education training",
    "truancy": "attendance school",
    "absence": "attendance school",
    "complaint": "complain complaints",
    "moan": "complain complaints",
    "caseload": "workloads caseload",
    "paperwork": "bureaucracy",
    "admin": "bureaucracy office",
    "manager": "supervision managers",
    "plo": "public law outline",
    "fgc": "family group decision making",
    "fgdm": "family group decision making",
    "listen": "listening heard views",
    "listens": "listening heard views",
    "voice": "heard views listen",
    "trust": "relationships trust",
    "nhs": "health icb",
    "doctor": "health",
    "teacher": "school teachers designated",
    "lockup": "secure deprivation liberty",
    "reunify": "reunification return",
    "training": "training learn",
    "audit": "audits quality assurance",
    "blame": "blamed blaming criminalisation",
}
_WORD = re.compile(r"[a-z0-9]+")


class Index:
    """A search index over short texts.

    Parameters
    ----------
    rows : sequence of tuple
        Id, text, further words, and place of each.
    """

    def __init__(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5("
            "id UNINDEXED, text, words, place, tokenize = 'porter unicode61')"
        )
        self._base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)
        self._words = sorted({w for row in rows for part in row[1:] for w in _tokens(part)})

    def find(self, asked: str) -> list[str]:
        """The ids of the texts that match, most fitting first; none if nothing was asked.

        A text need not hold every word, but those that hold more of them, and rarer ones, come
        first.
        """
        words = [w for w in _tokens(asked) if w not in STOP] or _tokens(asked)
        if not words:
            return []
        with self._lock:
            terms = [term for word in words[:12] for term in self._terms(word)]
            if not terms:
                return []
            query = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
            found = self._base.execute(
                "SELECT id FROM texts WHERE texts MATCH ?"
                " ORDER BY bm25(texts, 0.0, ?, ?, ?), rowid",
                (query, *WEIGHTS),
            )
            return [str(id) for (id,) in found]

    def _terms(self, word: str) -> list[str]:
        """A word with its official companions, or the known words nearest to it."""
        terms = [word, *_tokens(EVERYDAY.get(word, ""))]
        known = [term for term in terms if self._known(term)]
        if known:
            return known
        like = JaroWinkler.similarity
        near = process.extract(word, self._words, scorer=like, score_cutoff=NEAR, limit=3)
        return [str(match) for match, _, _ in near]

    def _known(self, term: str) -> bool:
        hit = self._base.execute(
            "SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1", (f'"{term}"',)
        ).fetchone()
        return hit is not None


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("_", " "))


@cache
def items_index() -> Index:
    """The index of expectations and promises, made once per process."""
    texts = framework()
    names = {c.code: c.name for c in (*texts.topics, *texts.groups, *texts.agencies)}
    rows = []
    for one in items().values():
        terms = terms_in(one.text)
        chosen_by = [names[code] for code in (*one.topics, *one.groups, *one.agencies)]
        words = [*one.words, *chosen_by, *(name for t in terms for name in (t.term, *t.also))]
        around = [one.id, chapter_name(one.chapter), one.part, one.heading]
        around += [term.text for term in terms]
        rows.append((one.id, f"{one.text} {one.asked}", " ".join(words), " ".join(around)))
    return Index(rows)


@cache
def register_index() -> Index:
    """The index of the register, made once per process."""
    texts = framework()
    names = {c.code: c.name for c in texts.holders}
    return Index(
        [
            (one.id, one.title, f"{one.theme} {names[one.holder]}", chapter_name(one.chapter))
            for one in texts.register_
        ]
    )
