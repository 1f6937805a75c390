"""The view *Over time* of an indicator."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.comparison import Middle, Spread
from cscdash.analysis.extract import Extract
from cscdash.analysis.movement import movement
from cscdash.analysis.number_format import bare, say, say_range
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.phrases import caution
from cscdash.analysis.small_numbers import pooled
from cscdash.analysis.trend import trend
from cscdash.catalogue import Indicator
from cscdash.charts.drawing import Drawing, lean
from cscdash.charts.export import PAPER
from cscdash.charts.over_time import Band, Rule, Series, over_time_rows, over_time_template
from cscdash.charts.theme import Role
from cscdash.extracts import Observation
from cscdash.periods import end_year
from cscdash.places import places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.local_figures import (
    below,
    local_card,
    local_words,
    offered,
    with_local,
)
from cscdash.views.parts.chart_with_table import show
from cscdash.views.parts.source_line import source_line


def over_time(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show an indicator over time: own, neighbours' median, region and England."""
    indicator = held.indicator
    line = held.line(subject.code)
    if not any(p.value is not None for p in line):
        reason = line[-1].status.words if line else "no figures are published"
        st.info(f"{subject.area.short} has no value in any year: {reason}.")
    series = lines(held, subject)
    if not series:
        local_card(indicator, subject)
        return
    with st.container(horizontal=True, gap="medium"):
        zero = switch("zero", "Axis from zero", page=page, default=True)
        alone = subject.area.level == "country"
        half = switch("half", "Middle half of all authorities", page=page, default=alone)
        local = offered(indicator, subject, page)
    rules = breaks(indicator, series)
    band = _middle_half(held) if half else Band()
    drawing = Drawing(
        spec=over_time_template(
            subject.theme, "/" in held.latest, tick(indicator.unit), local=bool(local)
        ),
        paper=over_time_template(
            PAPER, "/" in held.latest, tick(indicator.unit), local=bool(local)
        ),
        rows=lean(over_time_rows([*series, *local], rules, band, zero)),
        alt=f"{indicator.title}, {series[0].periods[0]} to {held.latest}: {series[0].name}"
        + "".join(f", {one.name}" for one in [*series[1:], *local] if one.role != "neighbour"),
        table=with_local(table(series), local),
    )
    finding = sentence_of(held, subject, line)
    st.markdown(finding)
    name = f"{indicator.title}, {subject.area.short}, {series[0].periods[0]} to {held.latest}"
    said = [local_words(indicator, subject)] if local else []
    name += ", with local figures" if local else ""
    show(drawing, "time", name, [finding, source_line(held), *said])
    hollow = "hollow points on a full line" if local else "hollow points"
    notes = [f"Lines stop where a value is missing; {hollow} are provisional."]
    if not zero:
        notes.append("The axis does not start at zero, so differences look larger.")
    st.caption(" ".join(notes))
    if local:
        below(indicator, subject, page)
    together = pooled_words(held, line)
    if together:
        st.markdown(f"**Three years together.** {together}")
    moved = moved_words(held, subject, line)
    if moved:
        st.markdown(f"**Did we move, or did everyone?** {moved}")


def pooled_words(held: Extract, line: Sequence[Observation]) -> str:
    """The last three years taken together, where the latest value rests on small numbers.

    Empty where it does not, or where years cannot be added up (`small_numbers.pooled`).
    """
    indicator = held.indicator
    if not line or not caution(line[-1], indicator, indicator.noun or None):
        return ""
    found = pooled(line, indicator.unit, indicator.measures, indicator.breaks)
    if isinstance(found, CannotSay):
        return ""
    last = found[-1]
    value = say(last.value, indicator.unit, indicator.decimals)
    ends = say_range(last.band.low, last.band.high, indicator.unit, indicator.decimals)
    return f"{last.first} to {last.last}: {value}; chance alone could give {ends}."


def lines(held: Extract, subject: ChosenArea) -> list[Series]:
    """Own line first, then the group's median, region and England, then the group's lines."""
    found = [_series(held, "own", subject.area.short, subject.code)]
    if subject.group:
        found.append(_median(held, subject))
    if subject.region:
        found.append(_series(held, "region", subject.region.short, subject.region.code))
    if subject.area.level != "country" and not held.indicator.adds_up:
        found.append(_series(held, "england", "England", places().england.code))
    if len(subject.group) <= 15:
        found += [
            _series(held, "neighbour", places().areas[code].short, code) for code in subject.group
        ]
    return [one for one in found if any(value is not None for value in one.values)]


def breaks(indicator: Indicator, series: Sequence[Series]) -> list[Rule]:
    """The declared breaks of the total that fall within the years shown."""
    return [
        Rule(float(end_year(b.period)), b.why)
        for b in indicator.breaks
        if not b.breakdown
        and any(s.ends and s.ends[0] < end_year(b.period) <= s.ends[-1] for s in series)
    ]


def _series(held: Extract, role: Role, name: str, code: str) -> Series:
    indicator, line = held.indicator, held.line(code)
    return Series(
        role=role,
        name=name,
        periods=[p.period for p in line],
        ends=[float(end_year(p.period)) for p in line],
        values=[p.value for p in line],
        statuses=[p.status for p in line],
        provisional=[p.provisional for p in line],
        texts=[
            p.status.spelled
            if p.value is None
            else bare(p.value, indicator.unit, indicator.decimals)
            for p in line
        ],
    )


def _median(held: Extract, subject: ChosenArea) -> Series:
    """The median of the group in each period in which enough of it have a value."""
    indicator = held.indicator
    found = [(period, held.middle(period, subject.code, subject.group)) for period in held.periods]
    said = [
        f"{say(m.median, indicator.unit, indicator.decimals).replace(' per 10,000', '')}"
        if isinstance(m, Middle)
        else m.why
        for _, m in found
    ]
    return Series(
        role="median",
        name=f"median of {subject.group_name}",
        periods=[period for period, _ in found],
        ends=[float(end_year(period)) for period, _ in found],
        values=[m.median if isinstance(m, Middle) else None for _, m in found],
        statuses=["ok" if isinstance(m, Middle) else "x" for _, m in found],
        provisional=[False for _ in found],
        texts=said,
    )


def _middle_half(held: Extract) -> Band:
    ends, low, high = [], [], []
    for period in held.periods:
        found = held.spread(period)
        if isinstance(found, Spread):
            ends.append(float(end_year(period)))
            low.append(found.lower_quartile)
            high.append(found.upper_quartile)
    return Band(ends, low, high)


def tick(unit: str) -> str:
    """What stands at the numbers of an axis: ``%``, ``£``, or nothing."""
    return {"percent": "%", "pounds": "£"}.get(unit, "")


def sentence_of(held: Extract, subject: ChosenArea, line: Sequence[Observation]) -> str:
    """The finding of the view: where the value stands, how it changed, whether there is a trend."""
    indicator = held.indicator
    change = since_previous(line, indicator.unit, indicator.breaks, held.usual_for(subject.code))
    found = trend(line, indicator.unit, indicator.breaks, held.scatter_of(subject.code))
    return sentences.over_time(
        subject.area.short, indicator, line, change, found, indicator.noun or None
    )


def moved_words(held: Extract, subject: ChosenArea, line: Sequence[Observation]) -> str | None:
    """Whether the area moved, or everyone; None where there are not two values to compare."""
    indicator = held.indicator
    known = [p for p in line if p.value is not None]
    if len(known) < 2 or subject.area.level == "country":
        return None
    change = since_previous(line, indicator.unit, indicator.breaks, held.usual_for(subject.code))
    if not isinstance(change, Change):
        return None
    region = subject.region.code if subject.region else None
    found = movement(
        held.lines(
            [subject.code, *subject.group, places().england.code, *([region] if region else [])]
        ),
        subject.code,
        subject.group,
        region,
        change.then.period,
        change.now.period,
        indicator.unit,
        indicator.decimals,
        indicator.breaks,
        held.usual_for(subject.code),
    )
    return sentences.moved(indicator, found, subject.group_noun)


def table(series: Sequence[Series]) -> pd.DataFrame:
    """The numbers of the chart: a row for each area or median, a column for each period."""
    periods = sorted({period for one in series for period in one.periods}, key=end_year)
    rows = []
    for one in series:
        said = dict(zip(one.periods, one.texts, strict=True))
        rows.append({"Area": one.name} | {period: said.get(period, "") for period in periods})
    return pd.DataFrame(rows)
