"""The view *Deprivation* of an indicator: whether it goes with how places differ."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.deprivation import Link, link
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.analysis.observations import authorities
from cscdash.analysis.printed import Printed, printed
from cscdash.catalogue import ContextMeasure, Indicator, context
from cscdash.charts.deprivation import Line, Place, draw
from cscdash.charts.theme import Role
from cscdash.places import context_values, places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.area_map import LONDON
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.context_measures import choose_measure

_CAUTION = (
    "A link across places is not a cause, and says nothing about the families in a place: children"
    " with and without hardship live in all of them. The Department chose the statistical"
    " neighbours on similar measures already, so a comparison with neighbours has deprivation in"
    " it once; taking it out again here would count it twice. The shaded band holds the middle"
    " 80% of the authorities around the line."
)


def deprivation(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show an indicator beside a context measure of the reader's choice, across authorities."""
    indicator, period = held.indicator, held.latest
    if indicator.adds_up:
        st.info("This is a number: it goes with how many people live in a place above all.")
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        measure = context().measure(choose_measure("beside", page, "Beside"))
        london = switch("london", "London included", page=page, default=True)
    along = context_values()[measure.id]
    outside = set() if london else {area.code for area in places().members(LONDON)}
    compared = {code: one for code, one in held.at(period).items() if code not in outside}
    found = link(compared, along)
    values = pd.Series({one.area: one.value for one in authorities(compared)}, dtype=float)
    both = pd.DataFrame({"x": along.reindex(values.index), "y": values}).dropna()
    if both.empty:
        st.info("No authority has both values.")
        return
    point = held.point(subject.code, period)
    own = along.get(subject.code)
    typical = (
        found.typical(point.value, float(own))
        if isinstance(found, Link)
        and point is not None
        and point.value is not None
        and own is not None
        and not pd.isna(own)
        else None
    )
    if subject.area.level == "authority":
        finding = sentences.deprivation(measure.words, found, typical)
    else:
        finding = _strength(found, measure) + " Choose an authority to see where it stands."
    finding = f"{finding} {measure.title}: {measure.period}."
    st.markdown(finding)
    line = _line(found, both["x"]) if isinstance(found, Link) and found.shown else None
    points = {one.area: one for one in authorities(compared) if one.area in both.index}

    def made() -> Iterator[Printed]:
        for code, one in points.items():
            name = places().areas[code].short
            yield printed(indicator, name, period, one)
            x = float(along[code])
            text = say(x, measure.unit, measure.decimals)
            yield Printed(measure, name, measure.period, x, text, area=code)

    drawing = draw(
        (measure, indicator),
        _dots(both, subject, measure, indicator),
        line,
        (f"{measure.short}, {measure.period} →", f"↑ {indicator.short}, {period}"),
        subject.theme,
        f"{indicator.title}, {period}, beside {measure.words}, {len(both)} authorities",
        _table(both, measure, indicator, period),
        made,
    )
    name = f"{indicator.title} beside {measure.words}, {period}"
    show_chart(drawing, "deprivation", name, [finding, _source(measure)])
    marks = "Large dot: the chosen area. Diamonds: its comparison."
    if subject.region:
        marks += f" Triangles: others in {places().region_of(subject.code).short}."
    shown = "" if line else " No line is drawn, because the link is too weak."
    st.caption(f"{marks}{shown} {_CAUTION} {measure.note}")


def _strength(found: object, measure: ContextMeasure) -> str:
    if not isinstance(found, Link):
        return ""
    strength = sentences.LINKS[found.strength]
    return f"Across {found.n} authorities there is {strength} link with {measure.words}."


def _line(found: Link, x: pd.Series) -> Line:
    ends = (float(x.min()), float(x.max()))
    y = (found.at(ends[0]), found.at(ends[1]))
    return Line(
        ends,
        y,
        (y[0] + found.low, y[1] + found.low),
        (y[0] + found.high, y[1] + found.high),
    )


def _dots(
    both: pd.DataFrame, subject: ChosenArea, measure: ContextMeasure, indicator: Indicator
) -> list[Place]:
    region = places().region_of(subject.code).code if subject.region else ""
    found = []
    for code, x, y in both.itertuples():
        area = places().areas[str(code)]
        role: Role = subject.role(area.code)
        if role == "other" and area.region == region:
            role = "region"
        text = (
            f"{say(y, indicator.unit, indicator.decimals)};"
            f" {say(x, measure.unit, measure.decimals)}"
        )
        found.append(Place(role, area.short, float(x), float(y), text))
    return found


def _table(
    both: pd.DataFrame, measure: ContextMeasure, indicator: Indicator, period: str
) -> pd.DataFrame:
    rows = [
        {
            "Authority": places().areas[str(code)].short,
            f"{measure.short}, {measure.period}": say(x, measure.unit, measure.decimals),
            f"{indicator.short}, {period}": say(y, indicator.unit, indicator.decimals),
        }
        for code, x, y in both.itertuples()
    ]
    return pd.DataFrame(rows).sort_values("Authority", ignore_index=True)


def _source(measure: ContextMeasure) -> str:
    return f"Context: {measure.publisher}, {measure.source}, {measure.period}."
