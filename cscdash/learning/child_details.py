"""A check for what does not belong in notes: details of one child or family.

It finds what looks like a date of birth beside a name, a name with sex and age, a postcode, a case
number, a unique pupil number or an NHS number. In notes it is a reminder; a local file in which it
finds anything is refused. It misses much, and some of what it finds is harmless.
"""

import re
from dataclasses import dataclass

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b", re.IGNORECASE)
_NHS = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b")
_TEN_DIGITS = re.compile(r"(?<![\d.])\d{10}(?![\d.])")
_CASE = re.compile(
    r"\b(?:case|file|child|client|person|mosaic|liquidlogic|lcs|ics|id|ref(?:erence)?)"
    r"\s*(?:id|no\.?|number|ref(?:erence)?|#)?\s*[:#]?\s*(?:[A-Z]{1,4}[-/]?)?\d{5,}\b",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w,./£-])(?!(?:19|20)\d{4}(?!\d))\d{6,12}(?![\w,/%-]|\.\d)")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})[a-z]*\.?,?\s+(?:19|20)\d{{2}}"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth|birthday)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][a-zà-ÿ’'-]+ [A-Z][a-zà-ÿ’'-]+\b")
_NO_NAME = re.compile(
    r"\b(?:council|city|county|borough|district|royal|london|north|south|east|west|team|services?"
    r"|children|safeguarding|partnership|board|report|system|return|census|data|extract|quarter"
    r"|department|office|england|case|management|local|authority|social|care|early|help|family"
    rf"|front|door|performance|information|group|trust|academy|school|{_MONTH})",
    re.IGNORECASE,
)
_SEX = r"(?:[Bb]oy|[Gg]irl|[Mm]ale|[Ff]emale|[MmFf])\b"
_PERSON = re.compile(
    rf"\b[A-Z][a-zà-ÿ’'-]+\b[ ,;/(-]+{_SEX}[ ,;/()-]+(?:aged? ?)?\d{{1,2}}\b"
    r"(?! ?(?:to|-|–|%|,\d))"
    rf"|\b[A-Z][a-zà-ÿ’'-]+\b[ ,;/(-]+(?:aged? )?\d{{1,2}}[ ,;/-]+{_SEX}",
)
_SEX_ONLY = ("Boys", "Girls", "Male", "Female", "Sex", "Age", "Aged")
_NEAR = 60  # characters between a name and a date
_LOOKED_AT = 60_000


@dataclass(frozen=True)
class Concern:
    """Something that looks like a detail of one child: what, and the words."""

    what: str
    words: str


def concerns(text: str) -> list[Concern]:
    """Parts of a text that look like details of one child or family.

    Returns
    -------
    list of Concern
        Each kind once, with the first words found; empty for most notes.
    """
    text = text[:_LOOKED_AT]
    found = [Concern("a date of birth", words) for words in _birth(text)]
    found += [Concern("an NHS number", words) for words in _TEN_DIGITS.findall(text) if _nhs(words)]
    for words in (person.group(0) for person in _PERSON.finditer(text)):
        if not words.startswith(_SEX_ONLY) and not _NO_NAME.search(words):
            found.append(Concern("a name with sex and age", words))
    for what, pattern in (
        ("a postcode", _POSTCODE),
        ("a unique pupil number", _UPN),
        ("an NHS number", _NHS),
        ("a case number", _CASE),
        ("a case number", _LONG),
    ):
        match = pattern.search(text)
        if match:
            found.append(Concern(what, match.group(0)))
    once: dict[str, Concern] = {}
    for concern in found:
        once.setdefault(concern.what, concern)
    return list(once.values())


def _birth(text: str) -> list[str]:
    """Dates near a word for birth, or near a first and a last name."""
    found = []
    for match in _DATE.finditer(text):
        near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        around = near.replace(match.group(0), " ; ", 1)
        names = [name for name in _NAME.findall(around) if not _NO_NAME.search(name)]
        if _BORN.search(near) or names:
            found.append(match.group(0))
            break
    return found


def _nhs(digits: str) -> bool:
    """Whether ten digits pass the check of NHS numbers (modulus 11)."""
    rest = 11 - sum(int(d) * by for d, by in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return rest % 11 == int(digits[9]) and rest != 10 and len(set(digits)) > 1
