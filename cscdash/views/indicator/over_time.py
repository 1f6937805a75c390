"""The view *Over time* of an indicator."""

from collections.abc import Sequence

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay
from cscdash.charts.over_time import break_words, draw
from cscdash.periods import end_year
from cscdash.views.frame.address import choose, switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.before import before, beside_in_time
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.findings import moved_words, pooled_words, sentence_of
from cscdash.views.parts.indexed import INDEX, beyond_the_axis, indexed
from cscdash.views.parts.local_figures import below, local_card, local_words, offered
from cscdash.views.parts.series import breaks, lines, middle_half, pandemic_words, since
from cscdash.views.parts.usual import usual_published


def over_time(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show an indicator over time: own, neighbours' median, region and England."""
    indicator = held.indicator
    line = held.line(subject.code)
    if not any(p.value is not None for p in line):
        reason = line[-1].status.words if line else "no figures are published"
        st.info(f"{subject.area.short} has no value in any year: {reason}.")
    if not lines(held, subject):
        local_card(indicator, subject)
        return
    picture = st.container()
    with st.container(horizontal=True, gap="medium"):
        zero = switch("zero", "Axis from zero", page=page)
        as_index = indicator.adds_up and switch("index", "Indexed to 100", page=page, help=INDEX)
        alone = subject.area.level == "country"
        room = not indicator.adds_up or (subject.area.level == "authority" and not as_index)
        half = room and switch("half", "Middle half of all authorities", page=page, default=alone)
        local = [] if as_index else offered(indicator, subject, page)
        beside = [] if as_index else beside_in_time(held, subject, page)
        first = _first_year(held.periods, page)
    series = lines(held, subject, everyone=as_index)
    series = [since(one, first) for one in [*series[:1], *beside, *series[1:]]]
    series = [one for one in series if one.periods]
    apart = beyond_the_axis(held, subject)
    if as_index:
        found = indexed(series, indicator)
        if isinstance(found, CannotSay):
            st.info(f"No index: {found.why}.")
            series = [since(one, first) for one in lines(held, subject)]
        else:
            series, apart = found.series, found.words
    rules = breaks(indicator, series)
    drawing = draw(
        indicator,
        [*series, *local],
        subject.theme,
        f"{indicator.title}, {series[0].periods[0]} to {held.latest}: {series[0].name}"
        + "".join(f", {one.name}" for one in [*series[1:], *local] if one.role != "neighbour"),
        rules=rules,
        band=middle_half(held, first) if half else None,
        zero=zero,
    )
    finding = sentence_of(held, subject, line)
    name = f"{indicator.title}, {subject.area.short}, {series[0].periods[0]} to {held.latest}"
    said = [local_words(indicator, subject)] if local else []
    name += ", with local figures" if local else ""
    if rules:
        said.append(f"Counted differently from the dotted lines on: {break_words(rules)}.")
    if apart:
        said.append(apart)
    if marked := pandemic_words(indicator, series):
        said.append(marked)
    with picture:
        st.markdown(finding)
        show_chart(drawing, "time", name, [finding, *said])
        for one in said[1:] if local else said:
            st.caption(one)
    hollow = "hollow points on a full line" if local else "hollow points"
    notes = [
        f"Lines stop where a value is missing; {hollow} are provisional. Point anywhere in the"
        " chart for the nearest value; click to keep the name of a line."
    ]
    if not zero:
        notes.append("The axis uses its room; where it does not start at zero, it says so.")
    st.caption(" ".join(notes))
    before(held, subject)
    if local:
        below(indicator, subject, page)
    usual_published(held, subject, page)
    together = pooled_words(held, line)
    if together:
        st.markdown(f"**Three years together.** {together}")
    moved = moved_words(held, subject, line)
    if moved:
        st.markdown(f"**Did we move, or did everyone?** {moved}")


def _first_year(periods: Sequence[str], page: str) -> float:
    """The year from which the reader wants to see the lines, as a place on the axis."""
    if len(periods) < 3:
        return float("-inf")
    early = list(periods[:-1])
    chosen = choose(
        "from",
        early,
        early[0],
        lambda options, key: st.selectbox("From", options, key=key, width=130),
        page=page,
        what="first year",
    )
    return float(end_year(chosen)) if chosen != early[0] else float("-inf")
