"""Links to an indicator, an item or the page as it stands; what the tab says."""

from pathlib import Path

import streamlit as st

from cscdash.catalogue import Indicator
from cscdash.framework.items import Item
from cscdash.selection import Selection
from cscdash.views.frame.chosen_area import ChosenArea

_COPY = Path(__file__).with_name("copy_link.html")


def link_to(
    indicator: Indicator,
    subject: ChosenArea,
    label: str,
    *,
    view: str = "time",
    icon: str | None = ":material/arrow_forward:",
) -> None:
    """A link that opens an indicator in its chapter; its address can be sent to somebody."""
    selection = Selection(indicator=indicator.id, view=view)
    st.page_link(
        f"pages/{indicator.chapter}.py",
        label=label,
        icon=icon,
        query_params=selection.to_query() | subject.query,
        width="content",
    )


def link_to_item(item: Item, subject: ChosenArea, label: str, icon: str | None = None) -> None:
    """A link that opens an item of the framework, for the same area and comparison."""
    st.page_link(
        "pages/framework.py",
        label=label,
        icon=icon,
        query_params=subject.query | {"item": item.id},
    )


def copy_link() -> None:
    """A button that copies the address, which holds everything that the page shows."""
    st.html(_COPY, unsafe_allow_javascript=True)


PRODUCT = "cscdash"


def name_tab(*parts: str) -> None:
    """Give the browser's tab its title: what is shown, whose it is, the page, the product."""
    st.set_page_config(page_title=" · ".join([*(part for part in parts if part), PRODUCT]))
