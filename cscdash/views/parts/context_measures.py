"""Context measures as pages show them."""

import pandas as pd
import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.catalogue import ContextMeasure, context
from cscdash.places import context_values
from cscdash.views.frame.address import choose
from cscdash.views.parts.area_map import Mapped

NOT_PUBLISHED = "[x] not published for this place"


def say_context(value: float | None, measure: ContextMeasure) -> str:
    """A value of a context measure as it is printed, or that there is none."""
    if value is None or pd.isna(value):
        return NOT_PUBLISHED
    return say(float(value), measure.unit, measure.decimals)


def of_context(measure: ContextMeasure) -> Mapped:
    """A context measure, to be mapped."""
    values = context_values()[measure.id]
    gaps = values.index[values.isna()]
    return Mapped(
        measure=measure,
        values=values,
        reasons={str(code): NOT_PUBLISHED for code in gaps},
        title=f"{measure.short}, {measure.period}",
        name=f"{measure.title}, {measure.period}",
        period=measure.period,
    )


def source_of(measure: ContextMeasure) -> str:
    """Who publishes a measure, in what."""
    return f"Source: {measure.publisher}, {measure.source}, {measure.period}. {measure.licence}."


def choose_measure(name: str, page: str, label: str) -> str:
    """Let the reader choose a context measure."""
    titles = {one.id: f"{one.title} ({one.period})" for one in context().measures}
    return choose(
        name,
        list(titles),
        next(iter(titles)),
        lambda options, key: st.selectbox(
            label, options, key=key, format_func=lambda id: titles.get(id, id), width=520
        ),
        page=page,
        what="context measure",
    )
