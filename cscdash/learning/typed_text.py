"""Texts that people typed or that came in a file, made harmless before anything is done with them.

Characters that no document may hold are taken out, and so are those that turn the direction of
the text after them; letters of right-to-left scripts stay as they are.
"""

import re

LONGEST = 60_000  # characters in a note
LINE = 300  # characters in a name, an owner, a date

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without what breaks documents, with plain line breaks and no space at its ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\u2028", "\n").replace("\u2029", "\n")
    return _TURNING.sub("", _UNPRINTABLE.sub("", plain)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def shortened(text: str, longest: int, note: str = "") -> str:
    """The text, cut at a space where it is too long, and a note that says so."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    head = cut.rsplit(None, 1)[0] if any(c.isspace() for c in cut) else cut
    return f"{head} …{f' {note}' if note else ''}"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what stands between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
