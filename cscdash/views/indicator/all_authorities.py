"""The view *All authorities* of an indicator."""

import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.comparison import Middle, Spread, Standing, stands
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.printed import median_of, quartiles
from cscdash.analysis.uncertainty import band
from cscdash.analysis.unusual import LIMIT, beyond_plain_limits
from cscdash.charts.all_authorities import draw
from cscdash.extracts import Observation
from cscdash.places import places
from cscdash.views.frame.address import choose
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.in_the_round import dots_of


def all_authorities(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show every authority with a value, the chosen area and its comparison marked."""
    indicator, period = held.indicator, held.latest
    dots = dots_of(held, period, subject)
    if sum(places().find(dot.name) is not None for dot in dots) < 2:
        st.info("No values are published for authorities on this indicator.")
        return
    names = {"": "Choose an authority", **{a.code: a.short for a in places().authorities}}
    found = choose(
        "find",
        list(names),
        "",
        lambda options, key: st.selectbox(
            "Mark an authority", options, key=key, format_func=lambda code: names.get(code, code)
        ),
        page=page,
        what="authority",
    )
    group = held.middle(period, subject.code, subject.group) if subject.group else None
    ends = held.spread(period)
    drawing = draw(
        indicator,
        period,
        dots,
        subject.theme,
        f"{indicator.title}, {period}: {len(dots)} areas, {subject.area.short} marked",
        median=median_of(indicator, subject.group_name, period, group)
        if isinstance(group, Middle)
        else None,
        half=quartiles(indicator, period, ends) if isinstance(ends, Spread) else [],
        found=names[found] if found else "",
    )
    point = held.point(subject.code, period) or held.absent(subject.code, period)
    finding = sentences.all_authorities(
        subject.area.short, indicator, point, ends, _beside(held, subject, point)
    )
    st.markdown(finding)
    name = f"{indicator.title}, all authorities, {period}"
    show_chart(drawing, "all", name, [finding])
    if subject.area.level == "authority":
        st.markdown(
            "**How unusual is this?** "
            + sentences.unusual(held.unusual(period, subject.code))
            + _plain_limits(held, period)
        )
    st.caption(
        "Each ring is an authority; diamonds are the comparison, the dashed line its median,"
        " the shaded part the middle half of all authorities. Height means nothing: dots of the"
        " same value stand on each other. How unusual: distances are adjusted for chance and for"
        " how much authorities ordinarily differ (additive random effects on a transformed scale,"
        " Spiegelhalter 2005)."
    )


def _plain_limits(held: Extract, period: str) -> str:
    """How many authorities a funnel of chance alone would single out, and how many this does."""
    z = held.distances(period)
    plain = beyond_plain_limits(held.at(period), held.indicator.chance)
    if isinstance(z, CannotSay) or isinstance(plain, CannotSay):
        return ""
    beyond = sum(abs(distance) > LIMIT for distance in z.values())
    return (
        f" Limits for chance alone would call {plain} of {len(z)} authorities unusual; allowing"
        f" for how much authorities ordinarily differ, {beyond}."
    )


def _beside(
    held: Extract, subject: ChosenArea, point: Observation
) -> dict[str, tuple[float, Standing]]:
    """Region and England: their value, and how the own value stands beside it."""
    indicator = held.indicator
    if point.value is None or indicator.adds_up:
        return {}
    around = band(point.value, point.numerator, point.denominator, indicator.chance)
    beside: dict[str, tuple[float, Standing]] = {}
    areas = [subject.region] if subject.region else []
    areas += [places().england] if subject.area.level != "country" else []
    for area in areas:
        other = held.point(area.code, point.period)
        if other and other.value is not None:
            how = stands(point.value, other.value, indicator.decimals, around)
            beside[area.short] = (other.value, how)
    return beside
