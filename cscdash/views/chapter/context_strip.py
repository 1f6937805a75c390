"""The context of the chosen authority in a line, at the top of a chapter page."""

from math import isnan

import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.number_format import say
from cscdash.catalogue import context
from cscdash.places import children, context_values
from cscdash.views.frame.chosen_area import ChosenArea

PAGE = "pages/context.py"


def context_strip(subject: ChosenArea) -> None:
    """Say who lives in the chosen area; each part leads to the Context page.

    A region and England have a number of children only: the other measures are published by
    authority.
    """
    links: list[tuple[str, str]] = []
    counted = children()
    if subject.code in counted.index and len(line := counted.loc[subject.code].dropna()):
        links.append((f"{line.iloc[-1]:,.0f} children (mid-{line.index[-1]})", "child_population"))
    if subject.code in context_values().index:  # of today's authorities
        links += _measures(subject)
    with st.container(horizontal=True, gap="small", key="context strip"):
        for label, measure in links:
            st.page_link(
                PAGE,
                label=label,
                icon=":material/location_on:" if measure == "child_population" else None,
                query_params=subject.query | {"part": "map", "measure": measure},
                help="Open on the Context page",
            )


def _measures(subject: ChosenArea) -> list[tuple[str, str]]:
    values, known = context_values(), context()
    (row,) = values.loc[[subject.code]].to_dict("records")
    found = []
    poverty = known.measure("poverty_bhc")
    if not isnan(row["poverty_bhc"]):
        said = say(row["poverty_bhc"], poverty.unit, poverty.decimals)
        found.append(
            (f"{said} in child poverty, before housing costs ({poverty.period})", "poverty_bhc")
        )
    deprived = place_words.among_fifths(values["imd_2025"], subject.code, "deprivation")
    if deprived:
        found.append((f"{deprived[0].upper()}{deprived[1:]} (2025)", "imd_2025"))
    british = known.measure("white_british")
    if not isnan(row["white_british"]):
        others = say(100 - row["white_british"], british.unit, 0)
        found.append((f"{others} of residents not White British (2021)", "white_british"))
    if not isnan(row["rural"]):
        found.append((f"{say(row['rural'], 'percent', 0)} rural (2021)", "rural"))
    return found
