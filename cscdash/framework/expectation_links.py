"""From an expectation to the indicators that bear on it, and back; the addresses of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from cscdash.catalogue import Indicator, catalogue, context
from cscdash.catalogue.framework import Entry, framework
from cscdash.framework.items import Item, items
from cscdash.selection import Selection


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


def close_to(entry: Entry, place: Mapping[str, str]) -> list[Close]:
    """What comes close to a measure of the register, in the declared order.

    `place` is the area and what it is compared with, as parameters of an address.

    Raises
    ------
    KeyError
        If the register names something that does not exist.
    """
    return [_close(*reference.partition("/")[::2], place) for reference in entry.close]


def _close(first: str, rest: str, place: Mapping[str, str]) -> Close:
    if first == "context":
        measure = context().measure(rest)
        return Close(measure.title, _address("context", place, part="map", measure=measure.id))
    if first == "page":
        return Close(PAGES[rest], _address(rest, place))
    indicator = catalogue().by_id[first]
    if not rest:
        figures = indicator.standing != "gap"
        return Close(indicator.title, of_indicator(indicator, place), figures)
    name = rest.replace("_", " ")
    if name not in {part.name for source in indicator.source for part in source.breakdown}:
        raise KeyError(f"{first}/{rest}")
    address = of_indicator(indicator, place, view="who", breakdown=name)
    return Close(f"{indicator.title}, by {name}", address)


PAGES = {"compare": "Compare: areas and indicators side by side"}


def of_item(item: Item, place: Mapping[str, str]) -> str:
    """An item's address within the app, for an area and what it is compared with."""
    return _address("framework", place, item=item.id)


def of_indicator(
    indicator: Indicator, place: Mapping[str, str], view: str = "time", breakdown: str = ""
) -> str:
    """The address of an indicator on the page of its chapter."""
    selection = Selection(indicator=indicator.id, view=view, breakdown=breakdown)
    return _address(indicator.chapter, selection.to_query() | dict(place))


def _address(page: str, place: Mapping[str, str], **more: str) -> str:
    return f"{page}?{urlencode({**more, **place})}"
