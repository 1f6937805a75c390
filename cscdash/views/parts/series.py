"""The lines of a chart over time: chosen area, median of its comparison, region, England."""

from collections.abc import Sequence
from dataclasses import replace

from cscdash.analysis.comparison import Middle, Spread
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.printed import Printed, quartiles, words
from cscdash.analysis.wording import listed
from cscdash.catalogue import Indicator
from cscdash.charts.over_time import Band, Rule, Series, disturbed
from cscdash.charts.theme import Role
from cscdash.extracts import Observation
from cscdash.periods import end_year, period_end
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea


def lines(held: Extract, subject: ChosenArea, everyone: bool = False) -> list[Series]:
    """Own line first, then the group's median, region and England, then the group's lines.

    Numbers that add up over areas share an axis with places of the same kind alone, unless
    `everyone` is asked for: a region's number would press its authorities' lines together.
    """
    found = [line_of(held, "own", subject.area.short, subject.code)]
    apart = held.indicator.adds_up and not everyone
    of_a_kind = not apart or all(alike(subject, code) for code in subject.group)
    if subject.group and of_a_kind:
        found.append(_median(held, subject))
    if subject.region and not apart:
        found.append(line_of(held, "region", subject.region.short, subject.region.code))
    if subject.area.level != "country" and not apart:
        found.append(line_of(held, "england", "England", places().england.code))
    if len(subject.group) <= 15 and of_a_kind:
        found += [
            line_of(held, "neighbour", places().areas[code].short, code) for code in subject.group
        ]
    return [one for one in found if any(value is not None for value in one.values)]


def alike(subject: ChosenArea, code: str) -> bool:
    """Whether an area is of the kind of the chosen one; halves of London are as regions."""
    kinds = [places().areas[one].level for one in (subject.code, code)]
    return len({"region" if kind == "subregion" else kind for kind in kinds}) == 1


def breaks(indicator: Indicator, series: Sequence[Series]) -> list[Rule]:
    """The declared breaks of the total that fall within the years shown."""
    return [
        Rule(float(end_year(b.period)), b.why)
        for b in indicator.breaks
        if not b.breakdown
        and any(s.ends and s.ends[0] < end_year(b.period) <= s.ends[-1] for s in series)
    ]


def pandemic_words(indicator: Indicator, series: Sequence[Series]) -> str:
    """What the grey bar of the chart stands for; empty where it has none."""
    years = sorted(disturbed(indicator, series).items())
    if not years:
        return ""
    called = listed([period for _, period in years])
    changed = indicator.disturbance(period_end(years[0][1], indicator.period_means))
    return f"The grey bar marks {called}, years of the pandemic, when {changed}."


def line_of(held: Extract, role: Role, name: str, code: str) -> Series:
    """The published line of one area."""
    return series_of(held.indicator, role, name, held.line(code))


def series_of(measure: Indicator, role: Role, name: str, line: Sequence[Observation]) -> Series:
    """Some published observations as a line."""
    return Series(
        role=role,
        name=name,
        periods=[p.period for p in line],
        ends=[float(end_year(p.period)) for p in line],
        values=[p.value for p in line],
        statuses=[p.status for p in line],
        provisional=[p.provisional for p in line],
        texts=[words(measure, p) for p in line],
        made_of=[(p,) for p in line],
    )


def _median(held: Extract, subject: ChosenArea) -> Series:
    """The median of the group in each period in which enough of it have a value."""
    indicator = held.indicator
    found = [(period, held.middle(period, subject.code, subject.group)) for period in held.periods]
    return Series(
        role="median",
        name=f"median of {subject.group_name}",
        periods=[period for period, _ in found],
        ends=[float(end_year(period)) for period, _ in found],
        values=[m.median if isinstance(m, Middle) else None for _, m in found],
        statuses=["ok" if isinstance(m, Middle) else "x" for _, m in found],
        provisional=[False for _ in found],
        texts=[
            bare(m.median, indicator.unit, indicator.decimals) if isinstance(m, Middle) else m.why
            for _, m in found
        ],
        made_of=[m.made_of if isinstance(m, Middle) else () for _, m in found],
        figure=f"median of {subject.group_name}",
    )


def since(one: Series, first: float) -> Series:
    """A line from a year on, which is given as a place on the axis."""
    kept = [at for at, end in enumerate(one.ends) if end >= first]
    if len(kept) == len(one.ends):
        return one
    start = kept[0] if kept else len(one.ends)
    return replace(
        one,
        periods=one.periods[start:],
        ends=one.ends[start:],
        values=one.values[start:],
        statuses=one.statuses[start:],
        provisional=one.provisional[start:],
        texts=one.texts[start:],
        made_of=one.made_of[start:],
    )


def middle_half(held: Extract, first: float = float("-inf")) -> Band:
    """The quartiles of all authorities, from a year on, in periods in which five have a value."""
    ends, low, high = [], [], []
    cells: list[Printed] = []
    for period in held.periods:
        if end_year(period) < first:
            continue
        found = held.spread(period)
        if isinstance(found, Spread):
            ends.append(float(end_year(period)))
            low.append(found.lower_quartile)
            high.append(found.upper_quartile)
            cells += quartiles(held.indicator, period, found)
    return Band(ends, low, high, cells)
