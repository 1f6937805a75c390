"""The view *Table* of an indicator: every area and period, and the extract as files."""

import io

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.catalogue import Indicator
from cscdash.places import places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import store
from cscdash.views.parts.chart_with_table import INVENTED, file_name

_COLUMNS = ["area", "period", "breakdown", "category", "value", "numerator", "denominator"]


def numbers(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show the numbers of the chosen area and its company, and offer the whole extract."""
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
    table = pd.DataFrame(rows)
    st.dataframe(
        table, hide_index=True, width="stretch", alt=f"{indicator.title} by area and period"
    )
    used = {p.status for code in codes for p in held.line(code) if p.value is None}
    letters = {flag for code in codes for p in held.line(code) for flag in p.noted}
    spelled = [status.spelled for status in sorted(used)]
    spelled += [flag.spelled for flag in sorted(letters)]
    if spelled:
        st.caption("; ".join(spelled))
    with st.container(horizontal=True):
        st.download_button(
            "All areas, periods and groups (CSV)",
            data=lambda: standard_csv(indicator, store().read(indicator.id)),
            file_name=file_name(indicator.id, "csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "The extract (Parquet)",
            data=lambda: (store().path / f"{indicator.id}.parquet").read_bytes(),
            file_name=file_name(indicator.id, "parquet"),
            mime="application/vnd.apache.parquet",
            on_click="ignore",
            icon=":material/download:",
        )


def standard_csv(indicator: Indicator, frame: pd.DataFrame) -> bytes:
    """The observations in the column standard of Explore Education Statistics.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark; a cell without a value holds the letter of its status.
        Invented values say so in the first line.
    """
    areas = places().areas
    codes = frame["area"].astype(str)
    level = {"authority": "Local authority", "country": "National"}
    region = {
        code: places().region_of(code) if areas[code].level == "authority" else areas[code]
        for code in codes.unique()
    }
    local = codes.map(lambda code: areas[code].level == "authority")
    regional = codes.map(lambda code: areas[code].level != "country")
    out = pd.DataFrame(
        {
            "time_period": frame["period"].astype(str).str.replace("/", "", regex=False),
            "time_identifier": indicator.time_identifier,
            "geographic_level": codes.map(lambda code: level.get(areas[code].level, "Regional")),
            "country_code": places().england.code,
            "country_name": "England",
            "region_code": codes.map(lambda code: region[code].code).where(regional, ""),
            "region_name": codes.map(lambda code: region[code].name).where(regional, ""),
            "old_la_code": codes.where(local, ""),
            "new_la_code": codes.map(lambda code: areas[code].gss).where(local, ""),
            "la_name": codes.map(lambda code: areas[code].name).where(local, ""),
            "indicator": indicator.id,
            "breakdown": frame["breakdown"].astype(str),
            "category": frame["category"].astype(str),
            "value": frame["value"]
            .map(lambda v: f"{v:.12g}")
            .where(frame["status"] == "ok", frame["status"].astype(str)),
            "numerator": frame["numerator"],
            "denominator": frame["denominator"],
            "status": frame["status"].astype(str),
            "flags": frame["flags"].astype(str),
            "release": frame["release"].astype(str),
        }
    )
    text = io.StringIO()
    if store().demonstration:
        text.write(f"{INVENTED}\n")
    out.to_csv(text, index=False)
    return text.getvalue().encode("utf-8-sig")
