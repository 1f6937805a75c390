"""Numbers that add up over areas and share no axis: in words, or each as 100 at a first year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from cscdash.analysis.comparison import FEWEST as COMPARABLE
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.printed import words
from cscdash.analysis.wording import listed
from cscdash.catalogue import Indicator
from cscdash.charts.over_time import Series
from cscdash.periods import end_year
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.series import since

INDEX = (
    "Each line is 100 in the first year shown, so that region and England, which are sums, can"
    " stand beside. It shows how numbers changed, not how large they are."
)
FEWEST = 10  # of fewer, one more or less would move an index by more than ten


@dataclass(frozen=True)
class Indexed:
    """Lines that all begin at 100, and in words what 100 stands for."""

    series: list[Series]
    words: str


def indexed(series: Sequence[Series], indicator: Indicator) -> Indexed | CannotSay:
    """The lines as indices of the first year in which the chosen area has a number.

    Parameters
    ----------
    series : sequence of Series
        Own first. Years before the last declared break are left out: they mean something else.
    indicator : Indicator
        What they are of.

    Returns
    -------
    Indexed or CannotSay
        Lines without a number of ten or more in that year are left out, and named.
    """
    own = series[0]
    breaks = [end_year(b.period) for b in indicator.breaks if not b.breakdown]
    last = own.ends[-1]
    start = max((year for year in breaks if year <= last), default=0)
    known = [
        at for at, value in enumerate(own.values) if value is not None and own.ends[at] >= start
    ]
    if own.role != "own" or not known:
        return CannotSay("the chosen area has no number to begin from")
    first, period = own.ends[known[0]], own.periods[known[0]]
    if (own.values[known[0]] or 0) < FEWEST:
        return CannotSay(f"{own.name} began from fewer than {FEWEST} in {period}")
    found, said, without = [], [], []
    for one in series:
        if one.role == "median":  # its places change from year to year
            continue
        base = dict(zip(one.ends, one.values, strict=True)).get(first)
        if base is None or base < FEWEST:
            without.append(one.name)
            continue
        found.append(_against(since(one, first), base, period))
        if one.role not in ("neighbour", "median"):
            said.append(f"{one.name} {bare(base, indicator.unit, indicator.decimals)}")
    if middle := _median(found, next((m for m in series if m.role == "median"), None)):
        found.insert(1, middle)
    text = f"Each line is 100 in {period}: {'; '.join(said)}. Height tells change, not size."
    if without:
        text += f" Left out, without a number of {FEWEST} or more in {period}: {listed(without)}."
    return Indexed(found, text)


def _median(found: Sequence[Series], of: Series | None) -> Series | None:
    """The median of the group's indices, in periods in which five or more have one."""
    group = [one for one in found if one.role == "neighbour"]
    if of is None or len(group) < COMPARABLE:
        return None
    own = found[0]
    values, texts, made = [], [], []
    for period in own.periods:
        cells = [
            (value, made_of)
            for one in group
            for when, value, made_of in zip(one.periods, one.values, one.made_of, strict=True)
            if when == period and value is not None
        ]
        enough = len(cells) >= COMPARABLE
        value = median(value for value, _ in cells) if enough else None
        values.append(value)
        texts.append(bare(value, "score", 0) if value is not None else "fewer than five have one")
        made.append(tuple(point for _, points in cells for point in points) if enough else ())
    return replace(
        own,
        role="median",
        name=of.name,
        values=values,
        statuses=["ok" if value is not None else "x" for value in values],
        provisional=[False] * len(values),
        texts=texts,
        made_of=made,
        figure=f"{of.figure}, {own.figure}",
    )


def beyond_the_axis(held: Extract, subject: ChosenArea) -> str:
    """What stands in words because it shares no axis with the chosen area; else empty."""
    if not held.indicator.adds_up or subject.area.level == "country":
        return ""
    larger = [*([subject.region] if subject.region else []), places().england]
    points = [(area, held.point(area.code, held.latest)) for area in larger]
    told = [f"{area.short} {words(held.indicator, point)}" for area, point in points if point]
    if not told:
        return ""
    return f"In {held.latest}: {'; '.join(told)}. As sums they would leave this axis no room."


def _against(one: Series, base: float, period: str) -> Series:
    """A line as an index of its number in a period."""
    values = [None if value is None else 100 * value / base for value in one.values]
    return replace(
        one,
        values=values,
        texts=[
            text if value is None else bare(value, "score", 0)
            for value, text in zip(values, one.texts, strict=True)
        ],
        figure=f"index of {one.figure} ({period} = 100)",
        unit="index",
    )
