"""How each publication stands: what is loaded of it, how old that is, what changed of late."""

from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.catalogue.publications import Publication

_UNIT = {
    "percent": " percentage points",
    "rate per 10,000": " per 10,000",
    "pounds": " pounds",
    "months": " months",
}


@dataclass(frozen=True)
class Standing:
    """How a publication stands in a build.

    Attributes
    ----------
    id, title, publisher, page, licence : str
        As declared.
    loaded : tuple of str
        The latest year in each of its releases that is loaded, newest first.
    published, retrieved : str
        Date (ISO) of the newest release and of its retrieval; empty if not recorded.
    due : str
        When the next release is due, in words.
    route : str
        How its files are fetched, in words.
    """

    id: str
    title: str
    publisher: str
    page: str
    licence: str
    loaded: tuple[str, ...]
    published: str
    retrieved: str
    due: str
    route: str


def standings(catalogue: Catalogue, package: Mapping[str, Any]) -> list[Standing]:
    """How every publication stands.

    Parameters
    ----------
    catalogue : Catalogue
        The publications.
    package : mapping
        A build's ``datapackage.json``; empty for no build.

    Returns
    -------
    list of Standing
        In catalogue order.
    """
    releases: Mapping[str, Mapping[str, Any]] = package.get("releases", {})
    visits: Mapping[str, Mapping[str, Any]] = package.get("publications", {})
    found = []
    for publication in catalogue.publications:
        mine = {
            name.rsplit(" ", 1)[-1]: release
            for name, release in releases.items()
            if name.rsplit(" ", 1)[0] == publication.id
        }
        years = sorted(mine, reverse=True)
        newest = mine[years[0]] if years else {}
        visit = visits.get(publication.id, {})
        found.append(
            Standing(
                id=publication.id,
                title=publication.title,
                publisher=publication.publisher,
                page=publication.page,
                licence=publication.licence,
                loaded=tuple(years),
                published=str(newest.get("published") or "")[:10],
                retrieved=str(newest.get("retrieved") or "")[:10],
                due=due_in_words(str(visit.get("next", ""))) or publication.cadence,
                route=_route(publication),
            )
        )
    return found


def _route(publication: Publication) -> str:
    ways = ["Explore Education Statistics"] if publication.slug else []
    names = {
        "github": "the Department's repository",
        "file": "its own address",
        "manual": "by hand",
    }
    ways += [names[way.kind] for way in publication.download if not way.fallback]
    return ", ".join(dict.fromkeys(ways)) or "by hand"


def due_in_words(text: str) -> str:
    """``2026``, ``2026-11`` or ``2026-11-19`` as people say it; empty for anything else.

    >>> due_in_words("2026-11-19")
    '19 November 2026'
    """
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return ""
    year, *rest = parts
    month = month_name[int(rest[0])] if rest and 1 <= int(rest[0]) <= 12 else ""
    day = str(int(rest[1])) if len(rest) == 2 else ""
    return " ".join(filter(None, [day, month, year]))


def age_in_words(published: str, today: date) -> str:
    """How long ago a day (ISO) was; empty if it is none.

    >>> age_in_words("2025-10-30", date(2026, 11, 21))
    '12 months'
    """
    try:
        days = (today - date.fromisoformat(published[:10])).days
    except ValueError:
        return ""
    if days < 62:
        return "1 day" if days == 1 else f"{max(days, 0)} days"
    months = int(days / 30.44)
    return f"{months} months" if months < 24 else f"{months // 12} years"


def told_changes(entry: Mapping[str, Any], catalogue: Catalogue) -> Iterator[str]:
    """One entry of a build's release log in words, a line for each indicator that changed.

    Parameters
    ----------
    entry : mapping
        As ``datapackage.json`` keeps it under ``changes``.
    catalogue : Catalogue
        For titles and units; indicators that it no longer has are called by their id.
    """
    known = {indicator.id: indicator for indicator in catalogue.indicators}

    def title(id: str) -> str:
        return known[id].title if id in known else id

    for id in entry.get("new", []):
        yield f"{title(id)}: new here."
    for id in entry.get("gone", []):
        yield f"{title(id)}: no longer here."
    for id, periods in entry.get("periods", {}).items():
        yield f"{title(id)}: new {'period' if len(periods) == 1 else 'periods'} {_list(periods)}."
    for one in entry.get("revised", []):
        yield f"{title(one['indicator'])}: {_revised(one, known.get(one['indicator']))}"


def _revised(one: Mapping[str, Any], indicator: Indicator | None) -> str:
    parts = []
    decimals = (indicator.decimals if indicator else 1) + 1
    unit = _UNIT.get(indicator.unit, "") if indicator else ""
    if one["cells"]:
        share = "value" if one["of"] == 1 else "values"
        parts.append(
            f"{one['cells']:,} of {one['of']:,} {share} revised, by"
            f" {one['median']:,.{decimals}f}{unit} at the median and {one['largest']:,.{decimals}f}"
            f" at most ({one['area']}, {one['period']})"
        )
    if one["shown"]:
        parts.append(f"{one['shown']:,} now have a value")
    if one["hidden"]:
        parts.append(f"{one['hidden']:,} no longer have one")
    return "; ".join(parts) + "."


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
