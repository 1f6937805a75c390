"""A check for what does not belong in notes: details of one child or family.

It finds what looks like a date of birth beside a name, one person and an age, a home address, a
postcode, a private e-mail address or mobile number, a case number, a unique pupil number, a
National Insurance number or an NHS number. In notes it is a reminder; a local file in which it
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
_LONG = re.compile(
    r"(?<!\bextract )(?<!\breport )(?<!\bversion )(?<![\w,./£-])"
    r"(?!(?:19|20)\d{4}(?!\d))\d{6,12}(?![\w,/%-]|\.\d)"
)
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
_ONE = (  # words for one person, and for a few that are named together
    r"(?:boy|girl|baby|yp|young person|siblings?|brothers?|sisters?|son|daughter|twins?|pupil"
    r"|teenager|toddler|infant|mother|father|mum|dad|he|she|him|his|her|nephew|niece)"
)
_NUMBER = r"(?<!under )(?<!over )(?<!to )(?<!and )(?<!or )(?<!than )(?<!least )(?<![\d–-])\d{1,2}"
_AGE = (  # of one: no bound, no range, no list, no heading of a column of numbers
    _NUMBER + r"(?! ?(?:to|(?:and|or) (?:\d|over|under|above|older|more|fewer|less)|-|–|%|/(?!12\b)"
    r"|\+|:|,? ?(?:boys|girls|children|babies)|[.,]?\d))"
)
_UNIT = r"(?:/12\b|[ -]?(?:y|yo|m|yrs?|years?|mths?|months?|wks?|weeks?|days?)\b)"
_ONE_AND_AGE = re.compile(
    rf"\b{_ONE}\b[^.;:\d]{{0,40}}(?:\bage[d:]? |\bis |, ?|\()(?:age[d:]? )?{_AGE}{_UNIT}?(?=\W|$)"
    rf"|\b{_ONE}\b[^.;:\d]{{0,60}}\bage[d:]? {_AGE}"
    rf"|\b(?:male|female|child(?: [a-z])?)\b[ ,(]{{1,2}}(?:age[d:]? {_AGE}|{_AGE}(?:{_UNIT}|[,)]))"
    rf"|{_NUMBER}[ -]?(?:year|yr|month|week|day)s?[ -]old\b(?! ?(?:or|and|to)\b)"
    rf"|{_NUMBER} ?y/?o\b"
    rf"|\byear \d{{1,2}} (?:pupil|student|boy|girl)\b",
    re.IGNORECASE,
)
_NAME_AND_AGE = re.compile(
    rf"\b[A-Z][a-zà-ÿ’'-]+(?: [A-Z]\b\.?)? ?[,(]? ?{_AGE}(?:/12| ?(?:y|yo|yrs?))\b"
    rf"|\b[A-Z][a-zà-ÿ’'-]+ [A-Z]\b\.? ?[,(]? ?{_AGE}{_UNIT}"
    rf"|\b[A-Z][\wà-ÿ’'-]+,? \(?aged? {_AGE}"
    r"|(?<![\w.])[A-Z]\. ?[A-Z][a-zà-ÿ’'-]+,? \(?\d{1,2}\b\)?"
    r"|\b(?:[Bb]aby|[Uu]nborn) (?:baby )?[A-Z][a-z]*\b[^.;]{0,20}\d"
)
_PERIOD = re.compile(
    rf"\b(?:year|quarter|to|from|in|at|week|month|day|for|within|under|over|aged?|last|next|the|all"
    r"|boys|girls|babies|people|pupils|adults|females?|males?|leavers|those|mean|median|average"
    rf"|{_MONTH})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(  # a number of a file and a name beside it
    r"\b(?:ref(?:erral|erence)?|case|file|child|person|mosaic|lcs)\b[ .:#no]{0,6}"
    r"(?!(?:19|20)\d{2}\b)\d{3,}\b[^.;\d]{0,20}",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|aol|msn|protonmail"
    r"|btinternet|sky|talktalk)\.[a-z.]{2,6}\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<!\d)(?:\+44 ?|0)7\d{3} ?\d{3} ?\d{3}(?!\d)")
_INSURANCE = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_HOME = re.compile(
    r"\b\d{1,3}[A-Za-z]? [A-Z][a-z’'-]+ (?:[A-Z][a-z’'-]+ )?"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Close|Lane|Drive|Crescent|Court|Terrace|Place|Gardens|Grove"
    r"|Way|Mews|Walk)\b"
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
    for words in (person.group(0) for person in _NAME_AND_AGE.finditer(text)):
        if not _PERIOD.match(words) and not _NO_NAME.search(words):
            found.append(Concern("a name and an age", words))
    for numbered in _NUMBERED.finditer(text):
        beside = text[max(0, numbered.start() - _NEAR) : numbered.end() + _NEAR]
        if any(not _NO_NAME.search(name) for name in _NAME.findall(beside)):
            found.append(Concern("a case number", numbered.group(0)))
    for what, pattern in (
        ("one person and an age", _ONE_AND_AGE),
        ("a private e-mail address", _PRIVATE),
        ("a mobile number", _MOBILE),
        ("a National Insurance number", _INSURANCE),
        ("a home address", _HOME),
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
