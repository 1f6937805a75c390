"""The first table of *Your own returns*: own figures of the last 31 March beside published ones."""

from datetime import date

import pandas as pd
import streamlit as st

from cscdash.learning.pack.markdown import escaped
from cscdash.local.own_measures import Known
from cscdash.returns.look import Look
from cscdash.returns.reconcile import Reconciled


def reconciled(found: Look, known: Known) -> None:
    """Draw the table: first what does not agree."""
    st.subheader("Does it agree?", anchor=False)
    beside = "Known answer" if found.invented else "Published"
    if not found.reconciled:
        st.info(
            "Nothing is published here for the last 31 March of these returns, so that nothing"
            " says whether they are counted as the Department counts."
        )
        return
    apart = [one for one in found.reconciled if one.agrees is False]
    near = sum(one.agrees is True for one in found.reconciled)
    hidden = len(found.reconciled) - near - len(apart)
    st.markdown(
        f"As at {_march(found):%-d %B %Y}: **{near} agree** within a child, half a point or half a"
        f" per cent; **{len(apart)} do not**; {hidden} are hidden and not compared."
    )
    if apart:
        st.table(_table(apart, known, beside), border="horizontal", hide_index=True)
    rest = [one for one in found.reconciled if one.agrees is not False]
    with st.expander(f"The {len(rest)} that agree or are hidden", icon=":material/table_rows:"):
        st.table(_table(rest, known, beside), border="horizontal", hide_index=True)


def _march(found: Look) -> date:
    day = found.day
    return date(day.year - ((day.month, day.day) < (3, 31)), 3, 31)


def _table(rows: list[Reconciled], known: Known, beside: str) -> pd.DataFrame:
    words = {True: "agrees", None: "not compared: small or hidden"}
    return pd.DataFrame(
        [
            {
                "Indicator": known.measures[one.indicator].short,
                "Own": one.own,
                beside: one.published,
                "Difference": one.difference,
                "Likely reasons": words.get(one.agrees, one.why),
            }
            for one in rows
        ]
    ).map(escaped)
