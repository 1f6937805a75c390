"""Two maps side by side: an indicator and a context measure for the same places."""

import streamlit as st

from cscdash.analysis.map_classes import classes
from cscdash.catalogue import catalogue, context
from cscdash.charts.two_maps import draw
from cscdash.views.frame.address import choose
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extract
from cscdash.views.parts.area_map import choose_classes, of_indicator, shaded
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.context_measures import choose_measure, of_context, source_of
from cscdash.views.parts.map_shapes import hexagons

FIRST = "looked_after_rate"


def two_maps(subject: ChosenArea, page: str) -> None:
    """Show an indicator and a context measure as two hex maps; a pointer marks both at once."""
    titles = {i.id: i.title for i in catalogue().indicators if i.standing != "gap"}
    left, right = st.columns(2)
    with left:
        id = choose(
            "indicator",
            list(titles),
            FIRST if FIRST in titles else next(iter(titles)),
            lambda options, key: st.selectbox(
                "Indicator", options, key=key, format_func=lambda id: titles.get(id, id)
            ),
            page=page,
            what="indicator",
        )
    with right:
        measure = context().measure(choose_measure("measure", page, "Context"))
    how = choose_classes(page)
    held = extract(id)
    if held is None:
        st.info("The extracts in use do not hold this indicator yet.")
        return
    mine, theirs = of_indicator(held), of_context(measure)
    found = (
        classes(mine.values, how, mine.measure),
        classes(theirs.values, how, theirs.measure),
    )
    areas = (shaded(mine, subject, found[0]), shaded(theirs, subject, found[1]))
    codes = [area.code for area in areas[0]]
    drawing = draw(
        hexagons(),
        areas,
        (found[0].texts, found[1].texts),
        ("Left", "Right"),
        subject.theme,
        f"Two hex maps of all authorities: {mine.name}; {theirs.name}",
        mine.table().merge(theirs.table(), on="Authority"),
        lambda: [*mine.printed(codes), *theirs.printed(codes)],
    )
    st.markdown(f"Left: **{mine.name}**. Right: **{theirs.name}**.")
    sides = f"Left: {mine.name}. Right: {theirs.name}."
    lines = [sides, source_of(measure)]
    show_chart(drawing, "pair", f"{mine.name} and {theirs.name}", lines)
    st.caption(
        "Point at a place to find it on both maps. Two maps that look alike are no proof that one"
        f" thing leads to the other. {measure.note}"
    )
