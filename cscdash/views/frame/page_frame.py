"""The frame around every page: the area, what to compare it with, and what data these are."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from cscdash.charts.theme import Theme
from cscdash.places import Area, places, resolve
from cscdash.selection import ENGLAND
from cscdash.settings import settings
from cscdash.views.frame.address import (
    HISTORY,
    begin,
    choose,
    followed,
    holds,
    notice,
    say_notices,
    switch,
    write,
    written,
)
from cscdash.views.frame.chosen_area import (
    COMPARISONS,
    ChosenArea,
    choose_area,
    comparisons,
)
from cscdash.views.frame.history import say_history
from cscdash.views.frame.links import copy_link
from cscdash.views.frame.search import SLASH, search_button
from cscdash.views.frame.sign_in import sign_out_button
from cscdash.views.loaded import store

_SUBJECT = "_subject"
_STYLE = Path(__file__).with_name("page.css")
_LARGE = "<style>:root { font-size: 20px !important; }</style>"  # all lengths follow from it
_FIXED = ".st-key-wide_table th:first-child"  # what scrolls passes below it
_RECONNECT = Path(__file__).with_name("reconnect.html")


def open_frame() -> None:
    """Draw the bar and the banner, and keep whom the page is about for the page to ask."""
    begin()
    st.html(HISTORY + SLASH, unsafe_allow_javascript=True)
    st.html(_RECONNECT, unsafe_allow_javascript=True)
    known = places()
    codes = [ENGLAND]
    codes += [area.code for area in (*known.regions, *known.subregions, *known.authorities)]
    codes += [area.code for area in known.abolished]
    names = {code: _named(known.areas[code]) for code in codes}
    st.html(_STYLE)
    with st.container(horizontal=True, key="frame_bar", vertical_alignment="center", gap="small"):
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
                label_visibility="collapsed",
                width=280,
            ),
            what="area",
            read=_code_of,
        )
        subject = _comparison(area, codes, names)
        search_button(subject)
        with (
            st.container(key="more", width="content"),
            st.popover("More", icon=":material/more_vert:", type="tertiary"),
        ):
            large = switch("large", "Large type", help="For a screen that a room looks at.")
            copy_link()
            sign_out_button()
    if large:
        st.html(_LARGE)
    dark = st.context.theme.type == "dark"
    ground = Theme(dark).ground
    st.html(
        f"<style>.st-key-frame_bar, .st-key-legend, {_FIXED} {{ background: {ground} }}</style>"
    )
    st.session_state[_SUBJECT] = replace(subject, theme=Theme(dark, large))
    _banner()
    say_history(subject)
    say_notices()


def the_chosen_area() -> ChosenArea:
    """Whom the page is about."""
    chosen: ChosenArea = st.session_state[_SUBJECT]
    return chosen


def _code_of(text: str) -> str:
    """The code of the area that an address names in words or by an earlier code."""
    found = resolve(text)
    return found[0].code if len(found) == 1 else text


def _named(area: Area) -> str:
    """What the chooser calls an area: one that was abolished with its last year."""
    last = f" (until {area.closed.year})" if area.closed and "(" not in area.short else ""
    return f"{area.short}{last}"


def home_area(codes: list[str]) -> str:
    """The area shown before anybody chooses: ``CSCDASH_HOME_AREA``, or England."""
    named = settings().home_area
    return named if named in codes else ENGLAND


def _comparison(area: str, codes: list[str], names: dict[str, str]) -> ChosenArea:
    """Let the reader choose, in words, what the area is compared with, and say why these."""
    key = ":group"
    options = [code for code in codes if places().areas[code].level == "authority"]
    asked = followed("group")
    if asked is not None:
        named = list(dict.fromkeys(code for code in asked.split(".") if code))
        st.session_state[key] = [code for code in named if code in options][:30]
        if len(st.session_state[key]) < len(named):
            notice("Part of the comparison group in this address is not known and was left out.")
    elif not holds(key):
        st.session_state[key] = [code for code in written("group").split(".") if code in options]
    held: list[str] = st.session_state.get(key, [])
    chip = st.container(key="compared", width="content").popover(
        f"Compared with {_chip(area, tuple(held))}", icon=":material/compare_arrows:"
    )
    with chip:
        usual = comparisons(places().area(area))
        compared = choose(
            "compare",
            usual,
            usual[0],
            lambda options, key: st.radio(
                "Compare with",
                options,
                key=key,
                format_func=lambda one: COMPARISONS[one][0] if one in COMPARISONS else one,
                on_change=_leave_own_group,
            ),
            page=_kept_for(area),
            what="comparison",
            quiet=True,
        )
        chosen: list[str] = st.multiselect(
            "Or a group of your own",
            options,
            key=key,
            format_func=lambda code: names.get(code, code),
            placeholder="Add authorities",
            max_selections=30,
            help="While it holds places, every page compares with these.",
        )
        write("group", ".".join(chosen))
        subject = choose_area(area, tuple(chosen), Theme(), compared)
        st.caption(f"**Why these?** {_WHY[subject.comparison]}")
        st.caption(", ".join(names[code] for code in subject.group))
    return subject


_WHY = {
    "neighbours": "The ten authorities most like this one by the Department's published model of"
    " statistical neighbours (2025), closest first.",
    "region": "The other authorities of the same region, by name.",
    "members": "The authorities that this area is made of, by name.",
    "regions": "The regions of England, by name; an authority's own region stands beside them.",
    "like": "The ten nearest on child poverty, ethnicity, house prices and rurality. *Places in"
    " context* lets you choose the measures.",
    "own": "You chose these.",
}


def _chip(area: str, group: tuple[str, ...]) -> str:
    """What stands on the chooser: known before it is drawn, as a change runs the page again."""
    compared = str(st.session_state.get(f"{_kept_for(area)}:compare") or "")
    asked = followed("compare")
    subject = choose_area(area, group, Theme(), compared if asked is None else asked)
    how_many = len(subject.group)
    return f"own group of {how_many}" if subject.own_group else f"{how_many} {subject.group_noun}"


def _kept_for(area: str) -> str:
    """Each level of area keeps its own comparison: England's regions are no authority's choice."""
    return f".{places().area(area).level}"


def _leave_own_group() -> None:
    """Choosing a comparison by name ends a group of one's own."""
    st.session_state[":group"] = []


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
