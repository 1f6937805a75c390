"""What the columns of a table are: by our names, by those that councils and publishers give."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from cscdash.catalogue.models import Indicator
from cscdash.local.row import COLUMNS
from cscdash.local.row_periods import looks_like_period
from cscdash.places import resolve

MEASURES = ("value", "numerator", "denominator")
_NAMES = {
    "indicator": "indicator_id indicator_name measure_name metric kpi performance_indicator"
    " series data_series pi",
    "area": "la local_authority local_authority_name authority authority_name council"
    " council_name area_code area_name la_code la_name la_number ons_code gss_code"
    " organisation place",
    "period": "reporting_period time_period_name month_year date period_ending",
    "category": "group",
    "note": "notes comment comments commentary",
    "value": "figure_value number result actual outturn total_number",
    "numerator": "num",
    "denominator": "den denom base",
    "measure": "measures",
    "year": "financial_year fin_year fy year_ending",
    "quarter": "qtr",
    "month": "months",
}
_ALIAS = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
_EES = frozenset(
    {"time_period", "time_identifier", "geographic_level", "country_code", "country_name"}
    | {"region_code", "region_name", "new_la_code", "old_la_code", "la_name"}
)
_OWN = frozenset({"figure", "name", "unit", "flags", "release", "words", "invented"})
_PARTS = frozenset(("measure", "year", "quarter", "month"))
# Columns that belong to no figure, and why they are left out.
_BESIDE = {
    "target": "no targets are kept",
    "tolerance": "no targets are kept",
    "rag": "no ratings are kept",
    "rag_rating": "no ratings are kept",
    "rag_status": "no ratings are kept",
    "rank": "no ranks are kept",
    "ranking": "no ranks are kept",
    "direction_of_travel": "it follows from the figures",
    "dot": "it follows from the figures",
    "trend": "it follows from the figures",
    "change": "it follows from the figures",
    "variance": "it follows from the figures",
    "region": "an authority's region is known",
    "ref": "it is a number of the row",
    "no": "it is a number of the row",
    "id": "it is a number of the row",
}
TOTAL = re.compile(
    r"\b(?:sub[ -]?totals?|grand totals?|totals?|averages?|mean|median|overall|all authorities)\b",
    re.IGNORECASE,
)
_TO_DATE = re.compile(r"\s*(?:ytd|year[ -]to[ -]date|cumulative|full year)\s*", re.IGNORECASE)
_PARTIAL = re.compile(
    r"(?:q|qtr|quarter)[ .]?[1-4]|\d{4}(?:[/-]\d{2,4})?|\d{2}[/-]\d{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?:\s*(?:-|–|to)\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)?",
    re.IGNORECASE,
)
_MEASURE_WORDS = {
    "value": "value",
    "numerator": "numerator",
    "num": "numerator",
    "denominator": "denominator",
    "den": "denominator",
    "denom": "denominator",
    "base": "denominator",
    "%": "value",
    "rate": "value",
}


@dataclass(frozen=True)
class DataColumn:
    """A column of numbers: what its heading says of them.

    Attributes
    ----------
    heading : str
        As it stands, over one line or two.
    period, indicator, area : str
        As typed; an id and a code where they were recognised. Empty where a column of their own
        says so.
    measure : str
        ``value``, ``numerator`` or ``denominator``.
    """

    heading: str
    period: str = ""
    indicator: str = ""
    area: str = ""
    measure: str = "value"


class IndicatorNames:
    """Indicators by every name that stands for exactly one of them.

    Attributes
    ----------
    measures : mapping of str to Indicator
        By id.
    """

    def __init__(self, measures: Mapping[str, Indicator]) -> None:
        self.measures = measures
        self._ids: dict[str, set[str]] = {}
        for id, measure in measures.items():
            short = re.sub(r", (?:number|%)$", "", measure.short)
            for name in (id, measure.title, measure.short, short, *_series(measure)):
                self._ids.setdefault(_plain(name), set()).add(id)

    def ids(self, name: str) -> tuple[str, ...]:
        """The indicators that a name stands for: none, one, or several to ask about."""
        if name in self.measures:
            return (name,)
        return tuple(sorted(self._ids.get(_plain(name), ())))


def column_name(heading: str) -> str:
    """Our name of a column, or that of the publishers' standard; empty for any other heading."""
    name = re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")
    if name in _EES or name in _OWN or name in COLUMNS or name in _PARTS:
        return name
    return _ALIAS.get(name, "")


def is_standard(names: Iterable[str]) -> bool:
    """Whether columns are those of the standard of Explore Education Statistics."""
    return {"time_period", "geographic_level"} <= set(names)


def belongs_to_standard(name: str) -> bool:
    """Whether a column is one of that standard, or of the app's own files."""
    return name in _EES or name in _OWN


def why_beside(heading: str) -> str:
    """Why a column is left out that belongs to no figure; empty for any other."""
    name = re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")
    if TOTAL.search(heading):
        return "a total follows from the figures"
    if _TO_DATE.fullmatch(heading):
        return "it does not say which months it covers"
    return _BESIDE.get(name, "")


def data_column(parts: Iterable[str], names: IndicatorNames) -> DataColumn | None:
    """What the lines of a heading say together; None if a line says nothing that we know."""
    texts = [text for text in parts if text]
    found = {"period": "", "indicator": "", "area": "", "measure": "value"}
    dates: list[str] = []
    for text in texts:
        if text.lower() in _MEASURE_WORDS:
            found["measure"] = _MEASURE_WORDS[text.lower()]
        elif says_period(text) or _PARTIAL.fullmatch(text):
            dates.append(text)
        elif len(ids := names.ids(text)) == 1:
            found["indicator"] = ids[0]
        elif area := _area(text):
            found["area"] = area
        else:
            return None
    if not texts or not (dates or found["indicator"] or found["area"]):
        return None
    whole = " ".join(reversed(dates))
    found["period"] = next((text for text in (whole, *dates) if says_period(text)), whole)
    return DataColumn(" ".join(texts), **found)


@cache
def says_period(text: str) -> bool:
    """Whether a heading is a period by itself."""
    return looks_like_period(text)


def _area(text: str) -> str:
    found = resolve(text)
    return found[0].code if len(found) == 1 else ""


def _series(measure: Indicator) -> list[str]:
    """The names of an indicator's series in the Local Authority Interactive Tool."""
    said = [source.where.get("series") for source in measure.source]
    return [name for name in said if isinstance(name, str)]


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9%£]+", " ", name.lower().replace("&", " and ")).split())
