"""The view *Table* of an indicator: every area and period, and the extract as files."""

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.analysis.numbers_csv import numbers_csv
from cscdash.analysis.observations import joint_words
from cscdash.analysis.printed import printed
from cscdash.places import places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import store
from cscdash.views.parts.chart_files import file_name


def table(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show the numbers of the chosen area and its comparison, and offer the whole extract."""
    indicator = held.indicator
    codes = [subject.code, *subject.group]
    codes += [subject.region.code] if subject.region else []
    codes += [places().england.code] if subject.area.level != "country" else []
    if switch("everyone", "All authorities", page=page):
        codes = list(dict.fromkeys([*codes, *(a.code for a in places().authorities)]))
    rows = []
    for code in codes:
        line = {p.period: p for p in held.line(code)}
        cells = {
            period: ""
            if (p := line.get(period)) is None
            else f"[{p.status}]"
            if p.value is None
            else say(p.value, indicator.unit, indicator.decimals)
            + "".join(f" [{flag}]" for flag in p.noted)
            for period in held.periods
        }
        rows.append({"Area": places().areas[code].short} | cells)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        alt=f"{indicator.title} by area and period",
    )
    used = {p.status for code in codes for p in held.line(code) if p.value is None}
    letters = {flag for code in codes for p in held.line(code) for flag in p.noted}
    spelled = [status.spelled for status in sorted(used)]
    spelled += [flag.spelled for flag in sorted(letters)]
    spelled += sorted(
        {
            f"{places().areas[code].short}: {joint_words(p)}"
            for code in codes
            for p in held.line(code)
            if p.joint
        }
    )
    if spelled:
        st.caption("; ".join(spelled))
    with st.container(horizontal=True):
        st.download_button(
            "All areas, periods and groups (CSV)",
            data=while_permitted(lambda: whole_csv(held)),
            file_name=file_name(indicator.id, "csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "The extract (Parquet)",
            data=while_permitted(lambda: (store().path / f"{indicator.id}.parquet").read_bytes()),
            file_name=file_name(indicator.id, "parquet"),
            mime="application/vnd.apache.parquet",
            on_click="ignore",
            icon=":material/download:",
        )


def whole_csv(held: Extract) -> bytes:
    """Every observation of an extract in the one form of numbers that leave (`numbers_csv`)."""
    indicator, names = held.indicator, places().areas
    every = held.columns.observations(range(len(held.columns)))
    cells = (printed(indicator, names[one.area].short, one.period, one) for one in every)
    return numbers_csv(cells, store().demonstration)
