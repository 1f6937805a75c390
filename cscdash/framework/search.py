"""Full-text search that allows for inflections, misspellings and everyday words.

SQLite's FTS5 does the work: its Porter stemmer takes *listening*, *listened* and *listens* as
one word, and its BM25 lets rare words outweigh common ones. What people say where the framework
says something else is declared in ``synonyms.csv``. A word that occurs nowhere is taken as a
misspelling: RapidFuzz finds the nearest known word.

BM25: Robertson and Zaragoza (2009), *The Probabilistic Relevance Framework: BM25 and Beyond*.
"""

import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cscdash.catalogue.framework import framework
from cscdash.framework.glossary import terms_in
from cscdash.framework.items import chapter_name, items

WEIGHTS = (8.0, 3.0, 1.0)  # text, further words, place and meanings of terms
SYNONYM = 0.8  # what a synonym counts, beside the word itself
PAIR = 0.5  # what two words count besides, where they stand side by side
_SHORTEST = 5  # letters: shorter words are not mended
_SHORT = 6  # letters: up to here one edit is allowed, beyond it two
_LONGEST = 12  # words of a question that are looked at
_STOP = (
    "a about after all an and any are as at be before by can cannot could did do does for "
    "from get getting has have help how i if in into is it its make me my need needs not of "
    "on or our out should so some than that the their them then there they this to us was we "
    "were what when where which who whom whose why will with without would you your"
)
STOP = frozenset(_STOP.split())
_TABLES = {"texts": "id UNINDEXED, text, words, place", "question": "text", "synonyms": "said"}
_WORD = re.compile(r"[a-z0-9]+")
_MARKED = re.compile(r"\[(.*?)\]")

Matches = tuple[tuple[str, float], ...]  # ids of texts, and how well a phrase fits each
Sense = list[tuple[Matches, float]]  # what was said and its synonyms, and what each counts


class Index:
    """A search index over short texts.

    Parameters
    ----------
    rows : sequence of tuple
        Id, text, further words, and place of each.
    synonyms : mapping, optional
        What people say -> the words and phrases of the texts that mean it.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, str, str, str]],
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        for table, columns in _TABLES.items():
            self._base.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize = 'porter unicode61')"
            )
        self._base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)
        self._order = {row[0]: at for at, row in enumerate(rows)}
        self._synonyms = {
            " ".join(_tokens(said)): meant for said, meant in (synonyms or {}).items()
        }
        self._base.executemany("INSERT INTO synonyms VALUES (?)", zip(self._synonyms))
        known = [part for row in rows for part in row[1:]] + list(self._synonyms)
        self._words = sorted({word for text in known for word in _tokens(text)})

    def find(self, asked: str) -> list[str]:
        """The ids of the texts that match, best first; none if nothing was asked.

        A text need not hold every word, but those that hold more of them, and rarer ones, come
        first. A word and its synonyms count once, by whichever fits a text best.
        """
        fits: dict[str, float] = {}
        counted: set[Matches] = set()  # two inflections of one word match alike, and count once
        with self._lock:
            for sense in self._senses(asked):
                best: dict[str, float] = {}
                for matches, weight in sense:
                    if matches in counted:
                        continue
                    counted.add(matches)
                    for id, fit in matches:
                        best[id] = max(best.get(id, 0.0), weight * fit)
                for id, fit in best.items():
                    fits[id] = fits.get(id, 0.0) + fit
        return sorted(fits, key=lambda id: (-fits[id], self._order[id]))

    def _senses(self, asked: str) -> list[Sense]:
        """What a question asks for: each of its words, and each phrase with its synonyms."""
        words = [w if w in STOP else self._mended(w) for w in _tokens(asked)[:_LONGEST]]
        phrases: list[Sense] = []
        told: set[str] = set()
        for phrase, covered in self._phrases_in(" ".join(words)).items():
            if covered <= told:  # part of a longer phrase
                continue
            sense = [(self._matches(phrase), 1.0)]
            sense += [(self._matches(meant), SYNONYM) for meant in self._synonyms[phrase]]
            if any(matches for matches, _ in sense):
                phrases.append(sense)
                told |= covered
        left = [word for word in dict.fromkeys(words) if word not in told]
        telling = [word for word in left if word not in STOP]
        alone = [[(self._matches(w), 1.0)] for w in (telling if telling or told else left)]
        pairs = [f"{one} {other}" for one, other in pairwise(words) if one not in STOP]
        together = [[(self._matches(pair), PAIR)] for pair in pairs]
        return alone + phrases + together

    def _mended(self, word: str) -> str:
        """The word itself if it is known in any inflection, else the known word nearest to it."""
        if self._matches(word) or self._phrases_in(word):
            return word
        if len(word) < _SHORTEST:
            return word
        edits = 1 if len(word) <= _SHORT else 2
        near = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=edits)
        if near:
            return str(near[0])
        # "stigmatised" is "stigma" at greater length than the stemmer takes off
        begun = [k for k in self._words if len(k) > _SHORTEST and word.startswith(k)]
        return max(begun, key=len, default=word)

    def _phrases_in(self, text: str) -> dict[str, set[str]]:
        """The declared phrases that a text holds in any inflection, longest first.

        Each comes with the words of the text that it covers.
        """
        words = _tokens(text)
        if not words:
            return {}
        self._base.execute("DELETE FROM question")
        self._base.execute("INSERT INTO question VALUES (?)", (" ".join(words),))
        some = " OR ".join(f'"{word}"' for word in words)
        near = self._base.execute("SELECT said FROM synonyms WHERE synonyms MATCH ?", (some,))
        ask = "SELECT highlight(question, 0, '[', ']') FROM question WHERE question MATCH ?"
        found = {}
        for (phrase,) in near.fetchall():
            for (marked,) in self._base.execute(ask, (f'"{phrase}"',)):
                found[phrase] = set(_tokens(" ".join(_MARKED.findall(marked))))
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def _matches(self, phrase: str) -> Matches:
        """The texts that hold a phrase in any inflection, and how well it fits them."""
        found = self._base.execute(
            "SELECT id, -bm25(texts, 0.0, ?, ?, ?) FROM texts WHERE texts MATCH ?",
            (*WEIGHTS, f'"{" ".join(_tokens(phrase))}"'),
        )
        return tuple((str(id), float(fit)) for id, fit in found)


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
    return Index(rows, synonyms())


@cache
def register_index() -> Index:
    """The index of the register, made once per process."""
    texts = framework()
    names = {c.code: c.name for c in texts.holders}
    return Index(
        [
            (one.id, one.title, f"{one.theme} {names[one.holder]}", chapter_name(one.chapter))
            for one in texts.register_
        ],
        synonyms(),
    )


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """The declared synonyms, and the names that the glossary gives for one thing."""
    texts = framework()
    declared = {one.said: one.meant for one in texts.synonyms}
    for term in texts.terms:
        names = (term.term, *term.also)
        for name in names:
            others = tuple(other for other in names if other != name)
            if others:
                declared[name] = (*declared.get(name, ()), *others)
    return declared
