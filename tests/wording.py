"""The words that no text of the app uses.

The dashboard is for learning. A text that says better or worse, or sets a place in an order,
turns it into something else; `unwanted` finds such words in any text the app writes.
"""

import re

# whole words, as regular expressions
FORBIDDEN = (
    r"better",
    r"worse",
    r"good",
    r"poor(?:er|est|ly)?",
    r"best",
    r"worst",
    r"rank(?:s|ed|ing|ings)?",
    r"(?:out|under)?perform(?:s|ed|ing|er|ers|ance)?",
    r"targets?",
    r"league",
    r"red",
    r"amber",
    r"green",
    r"rag",
    r"outliers?",
    r"improv(?:e|es|ed|ing|ement|ements)",
    r"deteriorat(?:e|es|ed|ing|ion)",
    r"expected",
    r"(?:top|bottom) (?:of|\d+|quartile|quarter|fifth|ten)",
)

# Official names, and sentences that say what the tool is not. Reviewed: add with care.
ALLOWED = (
    "not a performance measure",
    "not performance",
    "no targets",
    "no league tables",
    "meeting the expected standard",
    "expected standard",
    "key stage 2 performance",
    "key stage 4 performance",
    "imd rank",
    "idaci rank",
    "rank of average score",
    "requires improvement to be good",
    "requires improvement",
    "judgement was: good",
    "office for health improvement and disparities",
    "judged good",
    "good level of development",
    "green paper",
    "improvement in school performance",  # titles of the register, as printed
    "comparison of performance data",
    "good/outstanding accommodations",
    "send and alternative provision improvement plan",
)

_FORBIDDEN = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b", re.IGNORECASE)
_ALLOWED = re.compile(rf"\b(?:{'|'.join(map(re.escape, ALLOWED))})\b", re.IGNORECASE)


def unwanted(text: str) -> list[str]:
    """The words of a text that judge or set places in an order, in lower case, as they occur.

    Phrases on the reviewed list (official names, "no targets") do not count.
    """
    return [word.lower() for word in _FORBIDDEN.findall(_ALLOWED.sub(" ", text))]
