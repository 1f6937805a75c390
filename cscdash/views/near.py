"""The view *Neighbours* of an indicator: each by name, with closeness and the band of chance."""

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.comparison import Middle, middle, position
from cscdash.analysis.extract import Extract
from cscdash.analysis.numbers import say, say_range
from cscdash.analysis.observations import Point
from cscdash.analysis.uncertainty import Band, band
from cscdash.analysis.words import status_words
from cscdash.charts.dots import Named, dots_rows, dots_template
from cscdash.charts.drawing import Drawing, lean
from cscdash.charts.theme import Role
from cscdash.places import neighbours, places
from cscdash.views.over_time import adds_up, tick
from cscdash.views.show import show
from cscdash.views.state import switch
from cscdash.views.subject import Subject


def near(held: Extract, subject: Subject, page: str) -> None:
    """Show the chosen area beside its neighbours (or own group, or a region's authorities)."""
    if not subject.group:
        st.info("England has no neighbours. Choose a region or an authority to compare.")
        return
    indicator, period = held.indicator, held.latest
    everyone = held.at(period)
    point = held.point(subject.code, period) or Point(
        period, held.england()[-1].end, None, status="x"
    )
    group = middle(everyone, subject.code, subject.group)
    with st.container(horizontal=True, gap="medium"):
        bands = switch(
            "bands", "How sure: the range chance alone could give", page=page, default=True
        )
        mean = switch("mean", "Mean as well", page=page)
    shown = [_named(held, subject.code, "own", subject.area.short, period, bands)]
    if subject.region:
        shown.append(
            _named(held, subject.region.code, "region", subject.region.short, period, bands)
        )
    if subject.area.level != "country" and not adds_up(indicator):
        shown.append(_named(held, places().england.code, "england", "England", period, bands))
    close = {one.code: one.closeness.lower() for one in neighbours(subject.code)}
    for code in subject.group:
        name = places().areas[code].short
        label = f"{name} · {close[code]}" if code in close and not subject.own_group else name
        shown.append(_named(held, code, "neighbour", label, period, bands))
    drawing = Drawing(
        spec=dots_template(subject.theme, len(shown), tick(indicator.unit)),
        rows=lean(
            dots_rows(shown, group.median if isinstance(group, Middle) else None, zero=False)
        ),
        alt=f"{indicator.title}, {period}: {subject.area.short} and"
        f" {len(subject.group)} {subject.group_name}",
        table=pd.DataFrame(
            [
                {"Area": one.name, period: one.text, "Range by chance": _range(held, one)}
                for one in shown
            ]
        ),
    )
    where = (
        position(point.value, everyone, subject.code, subject.group, indicator.decimals)
        if point.value is not None
        else None
    )
    if where is not None:
        st.markdown(
            sentences.neighbours(
                subject.area.short, indicator, point, where, group, indicator.noun or None
            )
        )
    else:
        st.markdown(
            f"{subject.area.short} has no value for {period}: {status_words(point.status)}."
        )
    show(drawing, "near", f"{indicator.short} beside {subject.group_name}, {subject.area.short}")
    if mean and isinstance(group, Middle):
        st.caption(
            f"Mean of the same {group.counted}:"
            f" {say(group.mean, indicator.unit, indicator.decimals)}. LAIT shows the mean, the"
            " Department's dashboard the median; one far value moves a mean but hardly a median."
        )
    order = "in order of closeness" if close and not subject.own_group else "by name"
    st.caption(
        f"Listed {order}, not by value. The dashed line is the median. Bands show what chance alone"
        " could give around each value; families arrive together, so real ranges are wider."
        if bands and indicator.noun
        else f"Listed {order}, not by value. The dashed line is the median."
    )


def _named(held: Extract, code: str, role: Role, name: str, period: str, bands: bool) -> Named:
    indicator, point = held.indicator, held.point(code, period)
    if point is None:
        return Named(role, name, None, None, None, "no figure")
    if point.value is None:
        return Named(role, name, None, None, None, f"[{point.status}] {status_words(point.status)}")
    text = say(point.value, indicator.unit, indicator.decimals).replace(" per 10,000", "")
    found = band(point.value, point.numerator, point.denominator, indicator.unit) if bands else None
    if isinstance(found, Band):
        return Named(role, name, point.value, found.low, found.high, text)
    return Named(role, name, point.value, None, None, text)


def _range(held: Extract, one: Named) -> str:
    if one.low is None or one.high is None:
        return ""
    indicator = held.indicator
    return say_range(one.low, one.high, indicator.unit, indicator.decimals)
