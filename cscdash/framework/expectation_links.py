"""From an expectation to the indicators that bear on it, and back; the addresses of both."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from cscdash.catalogue import Indicator, catalogue, context
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


@dataclass(frozen=True)
class Close:
    """Something the app has that comes close to a measure of the register.

    Attributes
    ----------
    title : str
        What it is called.
    address : str
        Its address within the app, for an area.
    figures : bool
        Whether there are figures; a card that waits for its measure has none.
    """

    title: str
    address: str
    figures: bool = True


def close_to(entry: Entry, area: str) -> list[Close]:
    """What comes close to a measure of the register, in the declared order.

    Raises
    ------
    KeyError
        If the register names something that does not exist.
    """
    return [_close(*reference.partition("/")[::2], area) for reference in entry.close]


def _close(first: str, rest: str, area: str) -> Close:
    if first == "context":
        measure = context().measure(rest)
        query = urlencode({"area": area, "part": "map", "measure": measure.id})
        return Close(measure.title, f"context?{query}")
    if first == "page":
        return Close(PAGES[rest], f"{rest}?{urlencode({'area': area})}")
    indicator = catalogue().by_id[first]
    if not rest:
        figures = indicator.standing != "gap"
        return Close(indicator.title, of_indicator(indicator, area), figures)
    name = rest.replace("_", " ")
    if name not in {part.name for source in indicator.source for part in source.breakdown}:
        raise KeyError(f"{first}/{rest}")
    query = urlencode({"view": "who", "breakdown": name})
    return Close(f"{indicator.title}, by {name}", f"{of_indicator(indicator, area)}&{query}")


PAGES = {"compare": "Compare: areas and indicators side by side"}


def of_item(item: Item, area: str) -> str:
    """An item's address within the app, for the chosen area: ``framework?item=…&area=…``."""
    return f"framework?{urlencode({'item': item.id, 'area': area})}"


def of_indicator(indicator: Indicator, area: str) -> str:
    """The address of an indicator on the page of its chapter."""
    return f"{indicator.chapter}?{urlencode({'indicator': indicator.id, 'area': area})}"
