"""Similar places, explained: the statistical neighbours and what they have in common."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.catalogue import context
from cscdash.charts.area_map import BLANK, Shaded, draw
from cscdash.places import CLOSENESS, context_values, neighbours, places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.context_measures import say_context
from cscdash.views.parts.map_shapes import hexagons

SHOWN = ("poverty_bhc", "imd_2025", "white_british", "house_prices", "rural", "child_population")


def similar(subject: ChosenArea, page: str) -> None:
    """Show the ten statistical neighbours on the map, how close they are, and on what."""
    near = neighbours(subject.code) if subject.area.level == "authority" else ()
    if not near:
        st.info("Statistical neighbours belong to authorities. Choose one to see its ten.")
        return
    name, codes = subject.area.short, [one.code for one in near]
    st.markdown(
        place_words.why_alike(
            name,
            "the median of its ten statistical neighbours",
            context_values(),
            subject.code,
            codes,
            context(),
        )
    )
    closeness = {one.code: one.closeness for one in near}
    table = compared(subject.code, codes, closeness)
    on_map(subject, closeness, "similar", f"{name} and its statistical neighbours", table)
    st.table(table, border="horizontal", hide_index=True)
    counts = [
        f"{n} {word.lower()}"
        for word in CLOSENESS
        if (n := sum(one.closeness == word for one in near))
    ]
    st.caption(
        f"The Department's model of 2025: of the ten, {', '.join(counts)}. It chose them on what"
        " is known of their people and circumstances, not on what their services do, and publishes"
        " these words but no distances. Similar here means less than half a standard deviation"
        " apart on a measure of this page."
    )


def on_map(
    subject: ChosenArea, words: dict[str, str], chart: str, name: str, table: pd.DataFrame
) -> None:
    """Show some places on the hex map, each shaded by how close it is said to be."""
    order = [word for word in CLOSENESS if word in words.values()] or list(
        dict.fromkeys(words.values())
    )
    shade = {word: str(5 - at) for at, word in enumerate(CLOSENESS)}
    areas = [
        Shaded(
            area.code,
            "own" if area.code == subject.code else "neighbour" if area.code in words else "other",
            area.short,
            shade.get(words.get(area.code, ""), BLANK),
            words.get(area.code, "the chosen area" if area.code == subject.code else ""),
        )
        for area in places().authorities
    ]
    key = {shade[word]: word.lower() for word in order if word in shade}
    drawing = draw(hexagons(), areas, subject.theme, f"Hex map of {name}", table, key=key)
    show_chart(drawing, chart, name)


def compared(code: str, codes: Sequence[str], words: dict[str, str]) -> pd.DataFrame:
    """The chosen place and others on the measures that describe a place best."""
    values = context_values()
    rows = []
    for one in (code, *codes):
        row = {"Authority": places().areas[one].short, "Closeness": words.get(one, "").lower()}
        for id in SHOWN:
            measure = context().measure(id)
            row[f"{measure.short} ({measure.period})"] = say_context(values[id].get(one), measure)
        rows.append(row)
    return pd.DataFrame(rows)
