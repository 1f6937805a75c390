"""The quality of the record, what could not be counted, and how the rest was counted."""

import pandas as pd
import streamlit as st

from cscdash.learning.pack.markdown import escaped
from cscdash.local.own_measures import Known
from cscdash.returns.look import Look
from cscdash.returns.measures import MEASURES


def record(found: Look) -> None:
    """Draw what there is to note about the record: numbers alone, small ones as "1 to 5"."""
    st.subheader("Quality of the record", anchor=False)
    for why in found.left_out:
        st.warning(escaped(why))
    rows = [{"What": one.what, "How many": one.words} for one in found.quality]
    st.table(pd.DataFrame(rows).map(escaped), border="horizontal", hide_index=True)


def how_counted(found: Look, known: Known) -> None:
    """Draw what was not counted and why, and the rule of each measure with its source."""
    names = {one.id: known.measures[one.id].short for one in MEASURES if one.id in known.measures}
    titles = {one.id: names.get(one.id, one.title or one.id) for one in MEASURES}
    if found.not_counted:
        name = f"Not computable: {len(found.not_counted)}"
        with st.expander(name, icon=":material/block:"):
            rows = [{"Indicator": titles[id], "Why": why} for id, why in found.not_counted]
            st.table(pd.DataFrame(rows).map(escaped), border="horizontal", hide_index=True)
    with st.expander("How this was counted", icon=":material/function:"):
        rows = [
            {"Indicator": titles[one.id], "How": one.how, "Source of the rule": one.source}
            for one in MEASURES
        ]
        st.table(pd.DataFrame(rows).map(escaped), border="horizontal", hide_index=True)
