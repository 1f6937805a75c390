"""Compare: indicators, areas, a region, two or three areas, or the whole system."""

from collections.abc import Mapping

import streamlit as st

from cscdash.catalogue import Indicator
from cscdash.places import places
from cscdash.views.compare.choices import (
    PAGE,
    known_indicators,
    opening_indicators,
    several,
)
from cscdash.views.compare.one_area import one_area
from cscdash.views.compare.peers import peers
from cscdash.views.compare.region import region
from cscdash.views.compare.system import system
from cscdash.views.frame.address import choose, choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.parts.one_card import one_card
from cscdash.views.parts.read_alongside import alongside

WAYS = {
    "indicators": "Several indicators, one area",
    "areas": "One indicator, several areas",
    "region": "A region, side by side",
    "peers": "Two or three areas",
    "system": "The whole system",
}


def compare_page() -> None:
    """Draw the page."""
    subject = the_chosen_area()
    st.title(f"Compare: {subject.area.short}", anchor=False)
    way = choose_part("by", "What to compare", WAYS, page=PAGE, what="way to compare", quiet=True)
    known = known_indicators()
    if not known:
        st.info("The extracts in use hold no indicators yet.")
        return
    match way:
        case "areas":
            _areas(known, subject)
        case "region":
            region(known, subject)
        case "peers":
            peers(known, subject)
        case "system":
            system(known, subject)
        case _:
            _indicators(known, subject)


def _indicators(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """Several indicators over time, each on its own scale."""
    names = {id: indicator.title for id, indicator in known.items()}
    chosen = several("indicators", "Up to six indicators", names, opening_indicators(known)[:3])
    alongside([known[id] for id in chosen], subject, PAGE)
    st.caption("Each chart has its own scale.")


def _areas(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """One indicator over time: each area in turn, the others as thin lines behind it."""
    id = choose(
        "indicator",
        list(known),
        next(iter(known)),
        lambda options, key: st.selectbox(
            "Indicator",
            options,
            key=key,
            format_func=lambda one: known[one].title if one in known else one,
        ),
        page=PAGE,
        what="indicator",
    )
    offered = [places().england, *places().regions, *places().authorities]
    names = {area.code: area.short for area in offered if area.code != subject.code}
    usual = [code for code in subject.group if code in names][:3]
    others = several("areas", f"Beside {subject.area.short}, up to six areas", names, usual)
    everyone = [subject.code, *others]
    with one_card():
        columns = st.columns(2, gap="large")
        for at, code in enumerate(everyone):
            with columns[at % 2]:
                one_area(id, code, [other for other in everyone if other != code], subject)
    st.caption(
        "All charts have the same scale. The bold line is the area named above it; thin lines are"
        " the other areas chosen here."
    )
