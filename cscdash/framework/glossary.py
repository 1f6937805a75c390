"""The glossary: which of its terms a text uses."""

import re
from functools import cache

from cscdash.catalogue.framework import Term, framework

EVERYWHERE = ("Children", "Parent", "Indicator", "Children's social care")  # known to every reader


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Term], ...]:
    found = []
    for term in framework().terms:
        if term.term in EVERYWHERE:
            continue
        names = sorted({term.term, *term.also}, key=len, reverse=True)
        # Only the first letter may be of either case: "staying close" is not Staying Close.
        words = "|".join(f"(?i:{re.escape(name[0])}){re.escape(name[1:])}" for name in names)
        found.append((re.compile(rf"\b(?:{words})\b"), term))
    return tuple(found)


def terms_in(text: str) -> list[Term]:
    """The terms of the glossary that a text uses, in alphabetical order."""
    found = [term for pattern, term in _patterns() if pattern.search(text)]
    return sorted(found, key=lambda term: term.term.lower())
