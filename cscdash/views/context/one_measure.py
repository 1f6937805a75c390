"""One context measure for all authorities, on the map and as a table."""

import pandas as pd
import streamlit as st

from cscdash.analysis import place_sentences as place_words
from cscdash.analysis.phrases import sentence
from cscdash.catalogue import context
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.area_map import draw
from cscdash.views.parts.context_measures import choose_measure, of_context, say_context, source_of


def everywhere(subject: ChosenArea, page: str) -> None:
    """Show a context measure of the reader's choice for every authority."""
    measure = context().measure(choose_measure("measure", page, "Measure"))
    mapped = of_context(measure)
    said = st.container()
    found = draw(mapped, subject, "context map", page, [source_of(measure)])
    value = mapped.values.get(subject.code)
    if subject.area.level == "authority":
        parts = [f"{subject.area.short}: {say_context(value, measure)} ({measure.period})"]
        if value is not None and not pd.isna(value):
            shade = int(found.of[subject.code])
            parts.append(
                f"in the {place_words.ORDINALS[shade - 1]} of five classes"
                f" ({found.texts[shade - 1]})"
            )
        said.markdown(sentence(parts))
    st.caption(f"{measure.note} {measure.comparable}")
