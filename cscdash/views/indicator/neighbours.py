"""The view *Neighbours* of an indicator: each by name, with closeness and the band of chance."""

import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.comparison import Middle, position
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say, say_difference
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.printed import median_of, printed
from cscdash.analysis.similar_starts import other_paths
from cscdash.charts.dot_rows import Named, draw
from cscdash.charts.theme import Role
from cscdash.places import neighbours, places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.dots import named
from cscdash.views.parts.series import alike


def beside_neighbours(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show the chosen area beside each of what it is compared with."""
    indicator, period = held.indicator, held.latest
    picture = st.container()
    with st.container(horizontal=True, gap="medium"):
        sure = "Range of chance around each value"
        bands = switch("bands", sure, page=page, default=True)
        mean = switch("mean", "Show the mean too", page=page)
    group = held.middle(period, subject.code, subject.group)
    shown = _rows(held, subject, bands)
    drawing = draw(
        indicator,
        period,
        shown,
        subject.theme,
        f"{indicator.title}, {period}: {subject.area.short} and"
        f" {len(subject.group)} {subject.group_name}",
        head="Area",
        median=median_of(indicator, subject.group_name, period, group)
        if isinstance(group, Middle)
        else None,
        ranges=True,
    )
    finding = _finding(held, subject, group)
    name = f"{indicator.title}, {subject.area.short} and {subject.group_name}, {period}"
    with picture:
        st.markdown(finding)
        show_chart(drawing, "near", name, [finding])
    _how_to_read(held, subject, bands)
    if mean and isinstance(group, Middle):
        st.caption(
            f"Mean of the same {group.counted}:"
            f" {say(group.mean, indicator.unit, indicator.decimals)}. LAIT shows the mean, the"
            " Department's dashboard the median; one far value moves a mean but hardly a median."
        )
    _ask_them(held, subject)


def _rows(held: Extract, subject: ChosenArea, bands: bool) -> list[Named]:
    """The rows: own, region, England, then the group in its own order.

    Numbers that add up over areas stand with those of places of the same kind alone.
    """
    period = held.latest
    shown = []
    if not _of_another_kind(held, subject):
        shown.append(_named(held, subject.code, "own", subject.area.short, period, bands))
    if subject.region and not held.indicator.adds_up:
        shown.append(
            _named(held, subject.region.code, "region", subject.region.short, period, bands)
        )
    if subject.area.level != "country" and not held.indicator.adds_up:
        shown.append(_named(held, places().england.code, "england", "England", period, bands))
    close = {one.code: one.closeness.lower() for one in neighbours(subject.code)}
    for code in subject.group:
        name = places().areas[code].short
        label = f"{name} · {close[code]}" if code in close and subject.by_closeness else name
        shown.append(_named(held, code, "neighbour", label, period, bands))
    return shown


def _of_another_kind(held: Extract, subject: ChosenArea) -> bool:
    """Whether the group is of another kind, whose sums or parts share no axis with the own."""
    return held.indicator.adds_up and not all(alike(subject, code) for code in subject.group)


def _named(held: Extract, code: str, role: Role, name: str, period: str, bands: bool) -> Named:
    return named(held, role, name, held.point(code, period), bands)


def _finding(held: Extract, subject: ChosenArea, group: Middle | CannotSay) -> str:
    indicator, period = held.indicator, held.latest
    point = held.point(subject.code, period)
    if point is None:
        return f"{subject.area.short} has no figure for {period}."
    if _of_another_kind(held, subject):
        own = printed(indicator, subject.area.short, period, point).text
        return (
            f"{subject.area.short}: {own} in {point.period}. Numbers of another kind of area are"
            f" sums or parts, so that the {subject.group_noun} stand by themselves."
        )
    where = (
        position(point.value, held.at(period), subject.code, subject.group, indicator.decimals)
        if point.value is not None
        else CannotSay(point.status.words)
    )
    return sentences.neighbours(
        subject.area.short,
        indicator,
        point,
        where,
        group,
        indicator.noun or None,
        subject.group_noun,
    )


def _how_to_read(held: Extract, subject: ChosenArea, bands: bool) -> None:
    order = "in order of closeness" if subject.by_closeness else "by name"
    said = f"Listed {order}, not by value. The dashed line is the median."
    if bands and held.indicator.noun:
        said += (
            " Bands show what chance alone could give around each value; families arrive"
            " together, so real ranges are wider."
        )
    st.caption(said)


def _ask_them(held: Extract, subject: ChosenArea) -> None:
    """Those who started similar and moved differently, by name."""
    found = other_paths(held, subject.code, subject.group)
    if isinstance(found, CannotSay):
        return
    own, paths = found
    indicator = held.indicator
    then = own.then.period
    st.markdown(f"**Started similar in {then}, moved differently since: ask them**")
    if not paths:
        st.markdown(f"None of the {subject.group_noun} with data, beyond what chance alone gives.")
        return
    own_move = say_difference(
        own.now.value or 0.0, own.then.value or 0.0, indicator.unit, indicator.decimals
    )
    lines = []
    for path in paths:
        now, before = path.change.now.value or 0.0, path.change.then.value or 0.0
        move = say_difference(now, before, indicator.unit, indicator.decimals)
        start = say(before, indicator.unit, indicator.decimals)
        end = say(now, indicator.unit, indicator.decimals)
        lines.append(f"- {places().areas[path.area].short}: {move}, from {start} to {end}")
    st.markdown(f"{subject.area.short}: {own_move} since {then}.\n" + "\n".join(lines))
