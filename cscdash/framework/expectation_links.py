"""From an expectation to the indicators that bear on it, and back; the addresses of both."""

from functools import cache
from urllib.parse import urlencode

from cscdash.catalogue import Indicator, catalogue
from cscdash.catalogue.framework import Entry, framework
from cscdash.framework.items import Item, items


@cache
def _bearing() -> dict[str, tuple[Indicator, ...]]:
    found: dict[str, list[Indicator]] = {}
    for indicator in catalogue().indicators:
        for id in indicator.expectations:
            found.setdefault(id, []).append(indicator)
    return {id: tuple(some) for id, some in found.items()}


def bearing(id: str) -> tuple[Indicator, ...]:
    """The indicators that bear on an expectation, as the catalogue declares them."""
    return _bearing().get(id, ())


def shown(id: str) -> tuple[Indicator, ...]:
    """Those of them that have a source; a gap shows nothing."""
    return tuple(one for one in bearing(id) if one.standing != "gap")


def asked_for(indicator: Indicator) -> list[Item]:
    """The expectations that an indicator bears on, in the order of the draft."""
    return [one for one in items().values() if one.id in indicator.expectations]


def unmeasured(chapter: str) -> list[Item]:
    """The expectations of a chapter that no indicator with a source bears on.

    An indicator that is itself a gap shows nothing, so it does not count.
    """
    return [
        one
        for one in items().values()
        if one.kind == "expectation" and one.chapter == chapter and not shown(one.id)
    ]


def measured_share(chapter: str) -> tuple[int, int]:
    """How many of a chapter's expectations an indicator bears on, and how many it has."""
    there = sum(one.kind == "expectation" and one.chapter == chapter for one in items().values())
    return there - len(unmeasured(chapter)), there


def promised(item: Item) -> list[Entry]:
    """The promised indicators that would bear on an expectation."""
    if item.kind != "expectation":
        return []
    texts = framework()
    return [texts.entry(id) for id in texts.expectation(item.id).future]


def of_item(item: Item, area: str) -> str:
    """An item's address within the app, for the chosen area: ``framework?item=…&area=…``."""
    return f"framework?{urlencode({'item': item.id, 'area': area})}"


def of_indicator(indicator: Indicator, area: str) -> str:
    """The address of an indicator on the page of its chapter."""
    return f"{indicator.chapter}?{urlencode({'indicator': indicator.id, 'area': area})}"
