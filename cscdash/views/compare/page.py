"""Compare: up to six indicators for the chosen area, or one indicator for several areas."""

from collections.abc import Mapping, Sequence

import streamlit as st

from cscdash.catalogue import Indicator, catalogue
from cscdash.charts.over_time import draw
from cscdash.places import places
from cscdash.views.frame.address import choose, choose_part, followed, holds, write
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.loaded import extract, store
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.in_the_round import change_words
from cscdash.views.parts.one_card import one_card
from cscdash.views.parts.read_alongside import alongside
from cscdash.views.parts.series import breaks, lines

PAGE = "compare"
MOST = 6
WAYS = {"indicators": "Several indicators, one area", "areas": "One indicator, several areas"}


def compare_page() -> None:
    """Draw the page."""
    subject = the_chosen_area()
    st.title(f"Compare: {subject.area.short}", anchor=False)
    way = choose_part("by", "What to compare", WAYS, page=PAGE, what="way to compare", quiet=True)
    held = store().indicators
    known = {i.id: i for i in catalogue().indicators if i.standing != "gap" and i.id in held}
    if not known:
        st.info("The extracts in use hold no indicators yet.")
    elif way == "indicators":
        _indicators(known, subject)
    else:
        _areas(known, subject)


def _indicators(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """Several indicators over time, each on its own scale."""
    firsts = [next((i.id for i in c.indicators if i.id in known), "") for c in catalogue().chapters]
    names = {id: indicator.title for id, indicator in known.items()}
    chosen = _several(
        "indicators", "Up to six indicators", names, [one for one in firsts if one][:3]
    )
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
    others = _several("areas", f"Beside {subject.area.short}, up to six areas", names, usual)
    everyone = [subject.code, *others]
    with one_card():
        columns = st.columns(2, gap="large")
        for at, code in enumerate(everyone):
            with columns[at % 2]:
                _one_area(id, code, [other for other in everyone if other != code], subject)
    st.caption(
        "All charts have the same scale. The bold line is the area named above it; thin lines are"
        " the other areas chosen here."
    )


def _one_area(id: str, code: str, others: Sequence[str], subject: ChosenArea) -> None:
    held = extract(id)
    about = choose_area(code, tuple(others), subject.theme)
    st.markdown(f"**{about.area.short}**")
    if held is None:
        return
    st.caption(change_words(held.indicator, held.line(code), held.latest))
    series = [one for one in lines(held, about) if one.role in ("own", "neighbour")]
    if not series:
        st.info(f"{about.area.short} has no figures on this indicator.")
        return
    title = held.indicator.title
    drawing = draw(
        held.indicator,
        series,
        subject.theme,
        f"{title} over time, {about.area.short}, beside {len(others)} other areas",
        rules=breaks(held.indicator, series),
        small=True,
    )
    show_chart(drawing, f"{PAGE} {code}", f"{title}, {about.area.short}")


def _several(name: str, label: str, names: Mapping[str, str], usual: Sequence[str]) -> list[str]:
    """Up to six choices, in step with the address."""
    key = f"{PAGE}:{name}"
    asked = followed(name, PAGE)
    if asked:
        st.session_state[key] = [id for id in asked.split(".") if id in names][:MOST]
    elif asked == "" or not holds(key):
        st.session_state[key] = list(usual)
    elif key in st.session_state:  # the chosen area is not one of its own others
        st.session_state[key] = [id for id in st.session_state[key] if id in names]
    chosen: list[str] = st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda id: names.get(id, id),
        max_selections=MOST,
        persist_state="session",
    )
    write(name, "" if chosen == list(usual) else ".".join(chosen), PAGE)
    return chosen
