"""How to read each view, with one worked example each from the figures in use."""

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.analysis.observations import CannotSay
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.indicator.registry import VIEWS
from cscdash.views.loaded import extract

EXAMPLE = "looked_after_rate"


def reading() -> None:
    """Draw this part of the guide."""
    subject = the_chosen_area()
    st.markdown(
        f"Each example is worked with the figures in use, for **{subject.area.short}**. Choose"
        " another area above, and the examples follow."
    )
    held = extract(EXAMPLE, subject.until)
    if held is None:
        st.info("The extracts in use do not hold the indicator of the examples.")
        return
    st.caption(f"Example: {held.indicator.title}.")
    _view("In the round", _IN_THE_ROUND, _round_example(held, subject))
    for view in VIEWS.values():
        _view(view.name, view.how_to_read, view.example(held, subject))


_IN_THE_ROUND = (
    "One row for each indicator, each on a scale of its own. The large dot is the chosen area,"
    " diamonds are its neighbours, the upright line their median, the triangle the region, the"
    " square England, rings all others. Further right is a higher number, and nothing more:"
    " read down the rows for a pattern, not across for a verdict."
)


def _view(name: str, how: str, example: str) -> None:
    st.subheader(name, anchor=False)
    st.markdown(how)
    if example:
        st.info(f"**For example:** {example}", icon=":material/lightbulb:")


def _round_example(held: Extract, subject: ChosenArea) -> str:
    point, ends = held.point(subject.code, held.latest), held.spread(held.latest)
    indicator = held.indicator
    if point is None or point.value is None or isinstance(ends, CannotSay):
        return ""
    low, high = (say(x, indicator.unit, indicator.decimals) for x in (ends.low, ends.high))
    own = say(point.value, indicator.unit, indicator.decimals)
    return (
        f"the strip of this indicator runs from {low} to {high}, and the dot stands at {own}."
        " Where it lies depends a great deal on who lives there."
    )
