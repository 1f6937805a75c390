"""The frame around every page: the area, whom to compare it with, and what data these are."""

from pathlib import Path

import streamlit as st

from cscdash.charts.theme import Theme
from cscdash.places import places
from cscdash.selection import ENGLAND
from cscdash.settings import settings
from cscdash.views.frame.address import (
    HISTORY,
    RECONNECT,
    begin,
    choose,
    followed,
    notice,
    say_notices,
    switch,
    write,
)
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import store

_SUBJECT = "_subject"
_STYLE = Path(__file__).with_name("page.css")
_COPY = Path(__file__).with_name("copy_address.html")


def open_frame() -> None:
    """Draw the sidebar and the banner, and keep whom the page is about for the page to ask."""
    begin()
    st.html(HISTORY + RECONNECT, unsafe_allow_javascript=True)
    known = places()
    codes = [ENGLAND]
    codes += [area.code for area in (*known.regions, *known.subregions, *known.authorities)]
    names = {code: known.areas[code].short for code in codes}
    with st.sidebar:
        area = choose(
            "area",
            codes,
            home_area(codes),
            lambda options, key: st.selectbox(
                "Area",
                options,
                key=key,
                format_func=lambda code: names.get(code, code),
                help="Type part of a name. The choice stays as you move between pages.",
            ),
            what="area",
        )
        group = _own_group(codes, names)
        large = switch("large", "Large type", help="For a screen that a room looks at.")
        st.html(_COPY, unsafe_allow_javascript=True)
    st.html(_STYLE)
    dark = st.context.theme.type == "dark"
    st.session_state[_SUBJECT] = choose_area(area, group, Theme(dark, large))
    _banner()
    say_notices()


def the_chosen_area() -> ChosenArea:
    """Whom the page is about."""
    chosen: ChosenArea = st.session_state[_SUBJECT]
    return chosen


def home_area(codes: list[str]) -> str:
    """The area shown before anybody chooses: ``CSCDASH_HOME_AREA``, or England."""
    named = settings().home_area
    return named if named in codes else ENGLAND


def _own_group(codes: list[str], names: dict[str, str]) -> tuple[str, ...]:
    """A comparison group of the reader's own choice, kept in the address as codes."""
    key = ":group"
    options = [code for code in codes if places().areas[code].level == "authority"]
    asked = followed("group")
    if asked is not None:
        named = list(dict.fromkeys(code for code in asked.split(".") if code))
        st.session_state[key] = [code for code in named if code in options][:30]
        if len(st.session_state[key]) < len(named):
            notice("Part of the comparison group in this address is not known and was left out.")
    chosen: list[str] = st.multiselect(
        "Compare with",
        options,
        key=key,
        format_func=lambda code: names.get(code, code),
        placeholder="neighbours, or its authorities",
        max_selections=30,
        help="Leave empty for the ten statistical neighbours, or name a group of your own.",
    )
    write("group", ".".join(chosen))
    return tuple(chosen)


def _banner() -> None:
    """Say which data these are, on every page."""
    here = store()
    if here.demonstration:
        st.warning(
            "**Demonstration data: every indicator's value is invented** and says nothing about a"
            " real place; only the context figures (population, deprivation) are real."
            " *Data in use* says how to get the published figures.",
            icon=":material/science:",
        )
