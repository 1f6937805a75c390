"""What came before an authority that was made by a reorganisation: shown beside, never joined."""

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.printed import words
from cscdash.periods import say_date
from cscdash.places import Area, places
from cscdash.views.frame.chosen_area import ChosenArea


def before(held: Extract, subject: ChosenArea) -> None:
    """Say which authorities had the area before, and give their values by year."""
    area = subject.area
    old = places().before(area.code)
    if not old or area.opened is None:
        return
    names = " and ".join(one.short for one in old)
    st.caption(
        f"{area.short} began on {say_date(area.opened)}. Before it: {names}, with other"
        " boundaries, so the values stand apart and are not joined."
    )
    told = {one.short: _values(held, one) for one in old}
    rows = pd.DataFrame({name: values for name, values in told.items() if values})
    if rows.empty:
        return
    with st.expander(f"Before {say_date(area.opened)}", icon=":material/history:"):
        rows = rows.fillna("").rename_axis("Period").reset_index()
        st.table(rows, border="horizontal", hide_index=True)


def _values(held: Extract, area: Area) -> dict[str, str]:
    return {point.period: words(held.indicator, point) for point in held.line(area.code)}
