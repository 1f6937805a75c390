"""A chapter in the round: one row for each of its indicators, in one chart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.comparison import Middle, Spread
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare, round_half_up, say, say_difference
from cscdash.analysis.observations import CannotSay, and_joint, joint_owner, joint_words
from cscdash.analysis.printed import Printed, median_of, printed
from cscdash.catalogue import Indicator
from cscdash.charts.in_the_round import PICKED, Dot, Row, draw
from cscdash.extracts import Observation
from cscdash.periods import end_year
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import everyone, extracts
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.one_card import say_unreadable


def in_the_round(
    indicators: Sequence[Indicator],
    subject: ChosenArea,
    key: str,
    title: str,
    named: bool = True,
    picked: Callable[[str], None] | None = None,
) -> None:
    """Draw the indicators that have an extract, each on its own scale.

    Pointing at a ring names its authority, unless not `named`. A row that the reader clicks is
    given to `picked`, by the id of its indicator.
    """
    ids = [indicator.id for indicator in indicators]
    say_unreadable(ids)
    held_now = extracts(ids, subject.until)
    known = [(i, held_now[i.id]) for i in indicators if i.id in held_now]
    if not known:
        st.info("The extracts in use hold none of these indicators yet.")
        return
    rows = [row(indicator, held, subject) for indicator, held in known]
    counted = "1 indicator" if len(rows) == 1 else f"{len(rows)} indicators"
    alt = f"{title}: {subject.area.short} on {counted}, beside all authorities."
    drawing = draw(rows, subject.theme, alt, named=named, picked=picked is not None)

    def clicked() -> None:
        state: Any = st.session_state.get(f"chart {key}")
        for one in (state["selection"].get(PICKED, []) if state else [])[:1]:
            at = one.get("row", -1) if isinstance(one, dict) else -1
            if picked and isinstance(at, int) and 0 <= at < len(known):
                picked(known[at][0].id)

    name = f"{title}, {subject.area.short}"
    show_chart(drawing, key, name, picked=clicked if picked else None, sourced=False)


def row(indicator: Indicator, held: Extract, subject: ChosenArea) -> Row:
    """An indicator in the round, in the latest period that has a value."""
    period = held.latest
    line = held.line(subject.code)
    point = held.point(subject.code, period)
    dots = dots_of(held, period, subject)
    group = held.middle(period, subject.code, subject.group) if subject.group else None
    values = [dot.value for dot in dots]

    def others() -> Iterator[Printed]:
        for p in line:
            if p.period != period:
                yield printed(indicator, subject.area.short, p.period, p)
        for dot in dots:
            if dot.role != "own":
                yield Printed(indicator, dot.name, period, dot.value, dot.text, dot.made_of)

    return Row(
        name=indicator.short,
        change=change_words(indicator, line, period),
        value=short_value(indicator, point),
        spark=[p.value for p in line],
        dots=dots,
        median=group.median if isinstance(group, Middle) else None,
        low=_bare(indicator, min(values)) if values else "",
        high=_bare(indicator, max(values)) if values else "",
        told=_told(held, subject, group),
        others=others,
    )


def dots_of(held: Extract, period: str, subject: ChosenArea) -> list[Dot]:
    """Everyone with a value in a period.

    A joint return stands once. England and regions have no place on the scale of an indicator
    that adds up over areas.
    """
    drawn: dict[tuple[str, float | None], Dot] = {}
    for code, (area, point, text) in everyone(held, period).items():
        role = subject.role(code)
        if area.level != "authority" and (role == "other" or held.indicator.adds_up):
            continue
        key = (joint_owner(code) if point.joint else code, point.value)
        if key in drawn and (role == "other" or drawn[key].role == "own"):
            continue
        drawn[key] = Dot(role, area.short, point.value or 0.0, text, (point,))
    return list(drawn.values())


def short_value(indicator: Indicator, point: Observation | None) -> str:
    """A value as it stands in a row, or its status in brackets."""
    if point is None:
        return "–"
    if point.value is None:
        return f"[{point.status}]"
    return _bare(indicator, point.value)


def shared_value(indicator: Indicator, point: Observation | None) -> str:
    """A value as it stands in a table, with whom it is shared."""
    said = short_value(indicator, point)
    return and_joint(said, point) if point else said


def _bare(indicator: Indicator, value: float) -> str:
    """A value without the words of its unit; the short name of the indicator has them."""
    if indicator.unit == "pounds" and value >= 1_000_000:
        return f"£{round_half_up(value / 1_000_000, 0):,}m"
    text = bare(value, indicator.unit, indicator.decimals)
    return text.removesuffix(" months").removesuffix(" month")


def change_words(indicator: Indicator, line: Sequence[Observation], period: str) -> str:
    """The period of the latest value and what changed since the one before, in a few words."""
    points = [p for p in line if end_year(p.period) <= end_year(period)]
    if not points:
        return f"{period} · no figures for this area"
    now = points[-1]
    if now.value is None:
        return f"{now.period} · {now.status.words}"
    latest = " · ".join(filter(None, (now.period, joint_words(now))))
    change = since_previous(points, indicator.chance, indicator.breaks)
    if not isinstance(change, Change):
        return latest
    words = say_difference(now.value, change.then.value or 0.0, indicator.unit, indicator.decimals)
    words = words.replace(" per 10,000", "")
    return f"{latest} · {words} {'as in' if words == 'the same' else 'since'} {change.then.period}"


def _told(
    held: Extract, subject: ChosenArea, group: Middle | CannotSay | None
) -> dict[str, Printed | str]:
    """A row of the table: own, neighbours, region, England and both ends."""
    indicator, period = held.indicator, held.latest
    row: dict[str, Printed | str] = {"Indicator": indicator.title, "Period": period}
    areas = [subject.area, *([subject.region] if subject.region else [])]
    if subject.area.level != "country" and not indicator.adds_up:
        areas.append(places().england)
    for area in areas:
        point = held.point(area.code, period)
        row[area.short] = replace(
            printed(indicator, area.short, period, point), text=_said(indicator, point)
        )
        if area == subject.area and isinstance(group, Middle):
            median = median_of(indicator, subject.group_name, period, group)
            said = say(group.median, indicator.unit, indicator.decimals)
            row[f"Median of {subject.group_name}"] = replace(
                median, text=f"{said} ({group.counted} of {group.asked})"
            )
        elif area == subject.area and isinstance(group, CannotSay):
            row[f"Median of {subject.group_name}"] = group.why
    ends = held.spread(period)
    if isinstance(ends, Spread):
        for name, value in (("Lowest authority", ends.low), ("Highest authority", ends.high)):
            said = say(value, indicator.unit, indicator.decimals)
            made_of = tuple(one for one in ends.made_of if one.value == value)[:1]
            row[name] = Printed(indicator, name, period, value, said, made_of, figure=name.lower())
    return row


def _said(indicator: Indicator, point: Observation | None) -> str:
    if point is None:
        return "no figure"
    if point.value is None:
        return point.status.spelled
    return and_joint(say(point.value, indicator.unit, indicator.decimals), point)


def key(subject: ChosenArea) -> None:
    """How to read a strip, in a line."""
    region = "▲ region  " if subject.region else ""
    england = "□ England  " if subject.area.level != "country" else ""
    st.caption(
        f"● {subject.area.short}  ◆ {subject.group_name}  ┃ their median  {region}{england}○ all"
        " other authorities. Each row has its own scale; further right is higher, nothing more."
    )
