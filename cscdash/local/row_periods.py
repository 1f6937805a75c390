"""Periods of local figures, as councils write them: a month, a quarter, a year, a day, or a span.

Words are taken apart into what they say (years, quarter, months, a day); whatever may be said in
two ways is asked about, with both readings written out.
"""

import re
from calendar import month_name
from datetime import date, timedelta

from cscdash.errors import CscdashError
from cscdash.local.named_periods import (
    HELP,
    Quarters,
    Way,
    When,
    last_day,
    months_of,
    span,
    unknown,
)
from cscdash.periods import (
    PeriodMeans,
    TimeIdentifier,
    period_end,
    read_period,
    say_date,
    spans_two_years,
)

_MONTHS = {name.lower(): at for at, name in enumerate(month_name) if name}
_MONTHS |= {name[:3]: at for name, at in list(_MONTHS.items())} | {"sept": 9}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ONE = re.compile(rf"({_NAME})(?![a-z])[ -]*(?:((?:19|20)\d{{2}}|\d{{2}})(?![\d/]|-\d))?", re.ASCII)
_RANGE = re.compile(
    rf"({_NAME})(?![a-z])[ -]*((?:19|20)\d\d|\d\d)?\s*(?:-|/|to|until|through)\s*"
    rf"({_NAME})(?![a-z])[ -]*(?:((?:19|20)\d\d|\d\d)(?![\d/]|-\d))?",
    re.ASCII,
)
_PAIR = re.compile(
    r"(?<![\d/])(?:(\d{4})[/-](\d{4}|\d{2})|(\d{2})[/-](\d{2})|(\d{4})(\d{2}))(?![\d/])", re.ASCII
)
_QUARTER = re.compile(r"(?:(?<![a-z])|(?<=\d))q ?([1-4])(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:fy)? ?((?:19|20)\d\d|\d\d)(?!\d)", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})", re.ASCII)
_DAYS = (
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:[ t]00:00(?::00)?)?", re.ASCII),
    re.compile(
        r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?: 00:00(?::00)?)?", re.ASCII
    ),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<m>{_NAME})[ -](?P<y>\d{{4}}|\d\d)",
        re.ASCII,
    ),
    re.compile(rf"(?P<m>{_NAME}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})", re.ASCII),
)
_DAY_OR_YEAR = re.compile(rf"(\d\d)[ -]({_NAME})", re.ASCII)
_TO_DATE = re.compile(r"\b(?:ytd|year[ -]to[ -]date|cumulative|cum)\b")
_TWELVE = re.compile(
    r"\b(?:(?:rolling|last|previous) )?(?:12|twelve)[ -]?(?:months?|m|mths)(?: rolling)?\b"
    r"|\br12m?\b|\byear[ -](?:to|end|ending|ended)\b|\brolling year\b"
)
_FILLER = re.compile(r"[\s:;,()\[\]-]|\b(?:to|of|for|the|in|fy|at|end|ending|ended|up|year)\b")


def read_when(
    text: str, identifier: TimeIdentifier, means: PeriodMeans, quarters: Quarters = ""
) -> When:
    """Read a period.

    Parameters
    ----------
    text : str
        ``2025/26 Q1`` and ``Q1 25/26`` (April to June 2025), ``Apr-Jun 2025``, ``Jun-25``,
        ``2025-06``, ``2025-06-30`` and ``30/06/2025`` (day first), ``April to September 2025``
        and ``YTD Sep 2025``, ``12 months to June 2025``, or a year as the indicator counts it,
        ``2025`` or ``2024/25``.
    identifier, means
        How the indicator counts years, and on which day they end.
    quarters : str
        What ``2025 Q1`` and ``Q1 2025`` are: ``calendar`` (January to March 2025) or
        ``financial`` (April to June 2025). Without it they are asked about.

    Returns
    -------
    When
        A quarter is said with its months, so that it can be read in one way.

    Raises
    ------
    CscdashError
        If it is none of these; if it can be read in two ways, with both.
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(text.lower().split()))
    plain = re.sub(r"[’'‘`]", "", plain)
    plain = re.sub(r"\b(?:quarter|qtr|qrt)\.? ?(?=[1-4]\b)", "q", plain)
    plain = re.sub(r"^(?:as at|as of|at the end of|at end of|end of|at|on|month of) ", "", plain)
    plain = re.sub(r"(?<=\d{4})(?: ?[/_] ?| - )(?=\d\d(?![\d/.-]))", "/", plain)
    for kind in ("calendar", "financial"):
        if f"{kind} year" in plain:  # as Explore Education Statistics names its quarters
            plain = " ".join(plain.replace(f"{kind} year", " ").split())
            quarters = kind
    return _read(plain, text, Way(identifier, means, quarters))


def looks_like_period(text: str) -> bool:
    """Whether a heading says a period, be it one that has to be asked about."""
    ways: tuple[tuple[TimeIdentifier, PeriodMeans], ...] = (
        ("Reporting year", "year to 31 March"),
        ("Academic year", "academic year"),
    )
    for identifier, means in ways:
        try:
            read_when(text, identifier, means)
            return True
        except CscdashError as error:
            if not str(error).endswith(HELP):
                return True
    return False


def _read(plain: str, text: str, way: Way) -> When:
    if day := _day(plain, text):
        return day
    if found := _DAY_OR_YEAR.fullmatch(plain):
        month = month_name[_MONTHS[found[2]]]
        raise CscdashError(
            f"‘{text[:40]}’ may be {int(found[1])} {month} of a year that is not said, or {month}"
            f" 20{found[1]}: write ‘{month} 20{found[1]}’, or the day with its year"
        )
    first, _, last = re.sub(r" (?:-|to) ", "|", plain).partition("|")
    if last and (begin := _day(first, text)) and (end := _day(last, text)):
        if begin.end.day != 1 or end.end != last_day(end.end.replace(day=1), 1):
            raise unknown(text)
        return span(begin.start, end.end, text, way)
    if found := _ISO_MONTH.fullmatch(plain):
        return _iso_month(found, text, way)
    if _TO_DATE.search(plain):
        return _to_date(plain, text, way)
    if _TWELVE.search(plain):
        return _twelve(plain, text, way)
    if _QUARTER.search(plain):
        return _quarter(plain, text, way)
    if found := _RANGE.search(plain):
        return _range(found, plain, text, way)
    if found := _ONE.match(plain):
        return _month(found, plain, text, way)
    if found := re.fullmatch(rf"((?:19|20)\d\d) ({_NAME})", plain):
        return span(_first(int(found[1]), _MONTHS[found[2]], text), None, text, way)
    return _year(plain, text, way)


def _day(plain: str, text: str) -> When | None:
    for pattern in _DAYS:
        if found := pattern.fullmatch(plain):
            month = _MONTHS.get(found["m"]) or (int(found["m"]) if found["m"].isdigit() else 0)
            year = _full(found["y"])
            _first(year, month, text)
            try:
                day = date(year, month, int(found["d"]))
            except ValueError:
                raise unknown(text) from None
            return When(say_date(day), "date", day, day)
    return None


def _iso_month(found: re.Match[str], text: str, way: Way) -> When:
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    if found[1] and len(found[2]) == 2 and month == (year + 1) % 100:
        if 1 <= month <= 12 and "/" not in found[0]:
            raise CscdashError(
                f"‘{text[:40]}’ may be {month_name[month]} {year} or the year {year}/{month:02d}:"
                f" write ‘{month_name[month]} {year}’ or ‘{year}/{month:02d}’"
            )
        return _year(found[0], text, way)
    return span(_first(year, month, text), None, text, way)


def _quarter(plain: str, text: str, way: Way) -> When:
    """A quarter of a year or of two; months that are written beside it must be the same."""
    found, rest = _cut(_QUARTER, plain)
    number = int(found[1])
    months = _RANGE.search(rest)
    if months:
        rest = rest.replace(months[0], " ")
    if pair := _pair(rest):
        rest = rest.replace(pair[0], " ")
        starts = [_financial(pair[1], number, text)]
        if way.academic and not way.quarters:
            starts += [_first(pair[1] + (number > 2), (9, 12, 3, 6)[number - 1], text)]
    elif year := _YEAR.search(rest):
        rest = rest.replace(year[0], " ", 1)
        first = _full(year[1])
        if "fy" in plain and not months:
            raise CscdashError(
                f"‘{text[:40]}’ may be of {first - 1}/{first % 100:02d} or of"
                f" {first}/{(first + 1) % 100:02d}: write both years"
            )
        both = [_first(first, 3 * number - 2, text), _financial(first, number, text)]
        if months and months[4] is None and number == 4:
            both.append(_first(first, 1, text))  # the last quarter of the year that ends in it
        starts = both if months or not way.quarters else [both[way.quarters == "financial"]]
    else:
        starts = []
    _nothing_more(rest, text)
    if months and months[4]:
        written = _range(months, months[0], text, way)
        of_year = {(written.start.month - 1) // 3 + 1, (written.start.month - 4) % 12 // 3 + 1}
        if written.kind != "quarter" or (
            written.start not in starts if pair else number not in of_year
        ):
            raise _at_odds(text)
        return written
    if months:
        spanned = (_MONTHS[months[3]] - _MONTHS[months[1]]) == 2
        starts = [one for one in starts if one.month == _MONTHS[months[1]] and spanned]
        if not starts:
            raise _at_odds(text)
    if not starts:
        raise unknown(text)
    if len(set(starts)) > 1:
        raise _two(text, *starts[-2:])
    return span(starts[0], last_day(starts[0], 3), text, way)


def _range(found: re.Match[str], plain: str, text: str, way: Way) -> When:
    """Months from one to another: ``Nov 2025 to Jan 2026``, ``Jan-Mar 2025/26``."""
    first, last = _MONTHS[found[1]], _MONTHS[found[3]]
    rest = plain.replace(found[0], " ", 1)
    if found[4]:
        end = _full(found[4])
    elif pair := _pair(rest):
        if way.academic:
            raise unknown(text)
        end = pair[1] + (last < 4)
        rest = rest.replace(pair[0], " ", 1)
    elif year := re.match(r"\s*((?:19|20)\d\d)\b", plain):
        end, rest = int(year[1]), rest.replace(year[1], " ", 1)
    else:
        raise unknown(text)
    _nothing_more(rest, text)
    begin = _full(found[2]) if found[2] else end - (first > last)
    start = _first(begin, first, text)
    return span(start, last_day(_first(end, last, text), 1), text, way)


def _month(found: re.Match[str], plain: str, text: str, way: Way) -> When:
    """A month with its year, or within a financial year: ``Jun-25``, ``June 2025/26``."""
    rest = plain.replace(found[0], " ", 1)
    month = _MONTHS[found[1]]
    if found[2]:
        year = _full(found[2])
    elif (pair := _pair(rest)) and not way.academic:
        year, rest = pair[1] + (month < 4), rest.replace(pair[0], " ", 1)
    else:
        raise unknown(text)
    _nothing_more(rest, text)
    return span(_first(year, month, text), None, text, way)


def _twelve(plain: str, text: str, way: Way) -> When:
    """Twelve months to a day or a month."""
    rest = _TWELVE.sub(" ", plain)
    rest = re.sub(r"\b(?:rolling|to|ending|ended|end|the)\b", " ", rest).strip(" :;,()-")
    end = _read(" ".join(rest.split()), text, way)
    if end.kind == "date" and end.end != last_day(end.end.replace(day=1), 1):
        raise unknown(text)
    if end.kind not in ("date", "month", "quarter", "rolling", "year"):
        raise unknown(text)
    return span(end.end.replace(day=1), end.end, text, way, months=12)


def _to_date(plain: str, text: str, way: Way) -> When:
    """From the first month of the year to the one that is named."""
    rest = " ".join(_TO_DATE.sub(" ", plain).split())
    end = _read(re.sub(r"^(?:to|at|:|-) ?|[(): -]+$", "", rest), text, way)
    if end.kind == "span":
        return end
    if end.kind not in ("month", "quarter") and end.end != last_day(end.end.replace(day=1), 1):
        raise unknown(text)
    if end.kind == "year":
        raise unknown(text)
    april = date(end.end.year - (end.end.month < 4), 4, 1)
    if not way.financial and not _pair(rest):
        raise _two(text, april, date(end.end.year, 1, 1), end.end)
    return span(april, end.end, text, way)


def _year(plain: str, text: str, way: Way) -> When:
    try:
        bare = re.sub(r"^fy ?", "", plain)
        pair = _PAIR.fullmatch(bare)
        if pair and (found := _pair(bare)):
            split = f"{found[1]}/{(found[1] + 1) % 100:02d}"
            bare = (
                str(found[1] + 1)
                if way.financial and not spans_two_years(way.identifier)
                else split
            )
        year, _ = read_period(bare, way.identifier)
        end = period_end(year, way.means)
    except CscdashError:
        raise unknown(text) from None
    if not 1990 <= end.year <= 2100:
        raise unknown(text)
    return When(year, "year", _year_before(end) + timedelta(days=1), end)


def _pair(text: str) -> tuple[str, int] | None:
    """Two years that follow each other, as they stand, and the first of them."""
    for found in _PAIR.finditer(text):
        first = int(found[1] or found[5] or 0) or 2000 + int(found[3])
        tail = found[2] or found[6] or found[4]
        if int(tail) % 100 == (first + 1) % 100 and (len(tail) == 2 or int(tail) == first + 1):
            short = found[3] is not None
            if not short or int(tail) > 12:  # 10/11 may be a day
                return found[0], first
    return None


def _cut(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], str]:
    found = pattern.search(text)
    assert found  # whoever asks has looked
    return found, f"{text[: found.start()]} {text[found.end() :]}"


def _financial(first: int, number: int, text: str) -> date:
    return _first(first + (number == 4), (4, 7, 10, 1)[number - 1], text)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _first(year: int, month: int, text: str) -> date:
    if not (1990 <= year <= 2100 and 1 <= month <= 12):
        raise unknown(text)
    return date(year, month, 1)


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, day.day)  # no year of ours ends on 29 February


def _nothing_more(rest: str, text: str) -> None:
    if _FILLER.sub("", rest):
        raise unknown(text)


def _two(text: str, one: date, other: date, end: date | None = None) -> CscdashError:
    first, second = (months_of(start, end or last_day(start, 3)) for start in sorted((one, other)))
    return CscdashError(
        f"‘{text[:40]}’ may be {first} or {second}: write the months, as ‘{first}’ or ‘{second}’"
    )


def _at_odds(text: str) -> CscdashError:
    return CscdashError(f"‘{text[:60]}’ names a quarter and other months than it has")
