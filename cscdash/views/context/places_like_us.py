"""Find places like us: the reader says which measures matter."""

import streamlit as st

from cscdash.analysis.similarity import USUAL_MEASURES as USUAL
from cscdash.analysis.similarity import alike
from cscdash.analysis.wording import listed
from cscdash.catalogue import context
from cscdash.places import context_values, places
from cscdash.views.context.statistical_neighbours import compared, on_map
from cscdash.views.frame.address import followed, holds, write
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.area_map import compare_with

_FEW, _MANY = 1, 12


def like_us(subject: ChosenArea, page: str) -> None:
    """Find the ten authorities nearest to the chosen one on measures of the reader's choice."""
    if subject.area.level != "authority":
        st.info("Choose an authority to find places like it.")
        return
    chosen = _measures(page)
    if len(chosen) < _FEW:
        st.info("Choose at least one measure.")
        return
    found = alike(context_values()[chosen], subject.code)
    name = subject.area.short
    if found is None:
        st.info(f"{name} has no value on one of these measures. Leave it out.")
        return
    names = [places().areas[code].short for code in found.places]
    words = [context().measure(id).words for id in chosen]
    st.markdown(f"Most like {name} in {listed(words)}: {listed(names)}.")
    near = _words(found.distances)
    closeness = dict(zip(found.places, near, strict=True))
    on_map(
        subject,
        closeness,
        "like",
        f"Places like {name} in {listed(words)}",
        compared(subject.code, found.places, closeness),
    )
    if st.button("Compare with these ten everywhere", icon=":material/group_add:", type="primary"):
        compare_with(list(found.places))
    left_out = [places().areas[code].short for code in found.left_out]
    note = f" Left out for want of a value: {listed(left_out)}." if left_out else ""
    st.caption(
        "Nearest first, by the standardised distance: each measure counts the same. Extremely"
        " close: on average less than a quarter of a standard deviation apart on these measures;"
        " very close: less than half; close: less than three quarters; somewhat close: less than"
        f" one. The words are those of the Department's model, the limits are ours.{note}"
    )


def _measures(page: str) -> list[str]:
    """The measures that count, in step with the address."""
    known = context().ids
    key = f"{page}:like"
    asked = followed("like", page)
    if asked:
        st.session_state[key] = [id for id in asked.split(".") if id in known][:_MANY]
    elif asked == "" or not holds(key):
        st.session_state[key] = list(USUAL)
    chosen: list[str] = st.multiselect(
        "Measures that matter",
        known,
        key=key,
        format_func=lambda id: context().measure(id).title if id in known else id,
        max_selections=_MANY,
        persist_state="session",
    )
    write("like", "" if tuple(chosen) == USUAL else ".".join(chosen), page)
    return chosen


def _words(distances: tuple[float, ...]) -> list[str]:
    limits = ((0.25, "Extremely close"), (0.5, "Very close"), (0.75, "Close"))
    more = ((1.0, "Somewhat close"), (float("inf"), "Not close"))
    return [
        next(word for limit, word in (*limits, *more) if distance < limit) for distance in distances
    ]
