"""Counts that are here without the population that would make them a rate."""

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.not_loaded import lacking, where_population_is
from cscdash.analysis.number_format import say
from cscdash.catalogue import catalogue
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.one_card import say_warning

_SHOWN = 6  # periods, the newest first; the file of the whole extract has all counts


def counts_without_rate(held: Extract, subject: ChosenArea) -> None:
    """Say for which periods the rate is lacking, and show the counts; nothing if none is."""
    found = lacking(held)
    if not found:
        return
    words = " ".join(one.words for one in found)
    say_warning(f"{words} {where_population_is(catalogue())}")
    areas = [subject.area, *([subject.region] if subject.region else []), places().england]
    without = {period for one in found for period in one.periods}
    periods = [period for period in reversed(held.periods) if period in without][:_SHOWN]
    rows = []
    for area in dict.fromkeys(areas):
        counts = {one.period: one.numerator for one in held.line(area.code)}
        cells = {p: say(n, "count", 0) for p in periods if (n := counts.get(p)) is not None}
        if cells:
            rows.append({"Area": area.short, **cells})
    if rows:
        counted = held.indicator.numerator
        st.caption(f"The counts meanwhile: {counted}.")
        table = pd.DataFrame(rows).set_index("Area").fillna("")
        st.table(table, border="horizontal")
