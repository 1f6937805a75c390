"""The whole system: who is served, whether places grow apart, money and staff, the long run."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.analysis.observations import CannotSay, and_joint
from cscdash.analysis.whole_system import (
    moved_in_words,
    moved_with,
    spread_change,
    spread_in_words,
)
from cscdash.catalogue import Indicator
from cscdash.catalogue.framework import framework
from cscdash.periods import say_period
from cscdash.places import Area, places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.links import link_to
from cscdash.views.loaded import extracts

# whom services meet on a day, or count at the year's end: a number, or the numerator of a rate
_SERVED = (
    ("Children in need", "cin_rate", True),
    ("On a child protection plan", "plans_number", False),
    ("Looked after", "looked_after_number", False),
    ("Care leavers aged 17 to 18", "care_leavers_number_17_18", False),
    ("Care leavers aged 19 to 21", "care_leavers_number_19_21", False),
)


def system(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """Draw the part of the page, for the region of the chosen area or for England."""
    around = places().region_of(subject.code) if subject.area.level == "authority" else subject.area
    members = (
        places().authorities
        if around.level == "country"
        else places().members(around.code, subject.area.closed)
    )
    st.markdown(f"**{around.short}: the whole system, of {len(members)} authorities**")
    _served(around, subject.until)
    _spreads(known, around, [area.code for area in members], subject.until)
    _enablers(known, around, subject.until)
    _long_term(known, subject)


def _served(around: Area, until: str) -> None:
    st.subheader("Whom services reach", anchor=False)
    areas = list(dict.fromkeys([around.code, places().england.code]))
    held = extracts([id for _, id, _ in _SERVED], until)
    rows = []
    for name, id, of_rate in _SERVED:
        if id not in held or not held[id].latest:
            continue
        period = held[id].latest
        cells = {}
        for code in areas:
            point = held[id].point(code, period) or held[id].absent(code, period)
            value = point.numerator if of_rate else point.value
            cells[places().areas[code].short] = (
                f"[{point.status}]" if value is None else and_joint(say(value, "count", 0), point)
            )
        counted = say_period(period, held[id].indicator.period_means)
        rows.append({"Whom": name, "Counted": counted, **cells})
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def _spreads(
    known: Mapping[str, Indicator], around: Area, codes: Sequence[str], until: str
) -> None:
    st.subheader("Are places growing apart?", anchor=False)
    st.markdown(
        "The middle half of the same authorities, up to five years ago and now. A spread that"
        " widens is no fault of anybody; it is a question for all of them together."
    )
    england = places().england.code
    wanted = [i for i in known.values() if i.listed_in == "consultation Annex B" and not i.adds_up]
    held = extracts([i.id for i in wanted], until)
    rows = []
    for one in wanted:
        if one.id not in held:
            continue
        spread = spread_change(held[one.id], codes)
        moved = moved_with(held[one.id], england, codes)
        rows.append(
            {
                "Indicator": one.title,
                "Middle half of authorities": f"Not to be said: {spread.why}"
                if isinstance(spread, CannotSay)
                else f"{spread_in_words(spread, one)} ({spread.counted} authorities)",
                "In the latest year": f"Not to be said: {moved.why}"
                if isinstance(moved, CannotSay)
                else moved_in_words(moved),
            }
        )
    with st.container(key="wide_table"):
        st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    st.caption(
        "A change is clear if fewer than one in twenty draws of authorities like these would give"
        " the other sign; of few authorities it hardly ever is. Moving with England speaks of the"
        " direction alone, as printed."
    )


def _enablers(known: Mapping[str, Indicator], around: Area, until: str) -> None:
    st.subheader("Staff and money beside the outcomes", anchor=False)
    wanted = [
        i for i in known.values() if i.chapter.startswith("enabler") and i.listed_in != "companion"
    ]
    held = extracts([i.id for i in wanted], until)
    rows = []
    for one in wanted:
        if one.id not in held or not held[one.id].latest:
            continue
        line = [p for p in held[one.id].line(around.code) if p.value is not None]
        cells = [f"{say(p.value or 0.0, one.unit, one.decimals)} ({p.period})" for p in line]
        none = f"none is published for {around.short}"
        last = cells[-1] if cells else none
        first = cells[0] if len(cells) > 1 else "no earlier year"
        rows.append({"Indicator": one.title, "First": first, "Latest": last})
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    st.caption("Pounds are those of each year: part of any rise is inflation.")


def _long_term(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    st.subheader("The long run, shared with partners", anchor=False)
    st.markdown(
        "Six long-term outcomes of the framework. Nothing here measures them; these indicators bear"
        " on each. The pairing is ours, not the Department’s."
    )
    for one in framework().long_term:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{one.title}.** {one.text} :small[p. {one.page}]", width="content")
            for id in one.bears:
                if id in known:
                    link_to(known[id], subject, known[id].short, icon=None)
