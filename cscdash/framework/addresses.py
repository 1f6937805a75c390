"""Addresses inside the app for links in running text, relative to the page that shows them."""

from urllib.parse import urlencode

from cscdash.catalogue import Indicator
from cscdash.framework.items import Item


def of_item(item: Item, area: str) -> str:
    """The permanent address of an item, for the chosen area: ``framework?item=…&area=…``."""
    return f"framework?{urlencode({'item': item.id, 'area': area})}"


def of_indicator(indicator: Indicator, area: str) -> str:
    """The address of an indicator on the page of its chapter."""
    return f"{indicator.chapter}?{urlencode({'indicator': indicator.id, 'area': area})}"
