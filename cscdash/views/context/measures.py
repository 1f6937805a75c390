"""Context measures as pages show them."""

import pandas as pd

from cscdash.analysis.number_format import say
from cscdash.catalogue import ContextMeasure
from cscdash.places import context_values
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
    )


def source_of(measure: ContextMeasure) -> str:
    """Who publishes a measure, in what."""
    return f"Source: {measure.publisher}, {measure.source}, {measure.period}. {measure.licence}."
