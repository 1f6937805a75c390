"""An indicator over time: own line bold, region, England, neighbours' median, neighbours behind."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from textwrap import wrap
from typing import Any

import pandas as pd

from cscdash.analysis.number_format import round_half_up
from cscdash.analysis.printed import Named, Printed
from cscdash.catalogue.models import Indicator
from cscdash.charts.drawing import Drawing, dodge, drawing
from cscdash.charts.narrow import slots
from cscdash.charts.over_time_template import HEIGHT, POINTED, TOLD, over_time_template
from cscdash.charts.theme import Role, Theme
from cscdash.charts.time_axis import brief, tick, unit_words
from cscdash.extracts.observation import Observation
from cscdash.periods import end_year, period_end

_SHORT = {"median": "median", "region": "region"}


@dataclass(frozen=True)
class Series:
    """A line: for each period a value, or None and the status that says why.

    `ends` places the periods on the axis: the year in which each ends, as a number.
    """

    role: Role
    name: str
    periods: Sequence[str]
    ends: Sequence[float]
    values: Sequence[float | None]
    statuses: Sequence[str]
    provisional: Sequence[bool]
    texts: Sequence[str]
    local: bool = False  # not published: hollow points on a dotted line
    reach: float = 1.01  # years between neighbours that a line may join
    made_of: Sequence[tuple[Observation, ...]] = ()  # what each value comes from
    figure: str = "value"
    unit: str = ""  # where it is not that of the measure

    def cells(self, measure: Named) -> Iterator[Printed]:
        """Its numbers as they are printed; of local figures only what is shown leaves."""
        made_of = self.made_of or [()] * len(self.values)
        for period, value, text, made in zip(
            self.periods, self.values, self.texts, made_of, strict=True
        ):
            if self.local and value is not None:
                value = float(round_half_up(value, measure.decimals))
            yield Printed(measure, self.name, period, value, text, made, "", self.figure, self.unit)


@dataclass(frozen=True)
class Rule:
    """A break in the series: where, and why in a few words."""

    end: float
    text: str


@dataclass(frozen=True)
class Band:
    """The middle half of all authorities, by period."""

    ends: Sequence[float] = field(default_factory=list)
    low: Sequence[float] = field(default_factory=list)
    high: Sequence[float] = field(default_factory=list)
    cells: Sequence[Printed] = ()


def draw(
    measure: Indicator,
    series: Sequence[Series],
    theme: Theme,
    alt: str,
    *,
    rules: Sequence[Rule] = (),
    band: Band | None = None,
    zero: bool = True,
    small: bool = False,
    sign: bool = True,
    nameless: bool = False,
) -> Drawing:
    """The chart with its table.

    Parameters
    ----------
    measure : Indicator
        What is drawn.
    series, rules, band, zero, small
        As `over_time_rows` takes them.
    theme : Theme
        Of the page.
    alt : str
        One sentence for those who do not see it.
    sign : bool
        Whether the axis bears the sign of the unit.
    nameless : bool
        Whether the neighbours bear no names: then the table leaves them out.
    """
    band = band or Band()
    unit = next((one.unit for one in series), "") or measure.unit
    template = partial(
        over_time_template,
        double_year=measure.double_year,
        tick=tick(unit) if sign else "",
        unit=unit_words(unit) if sign else "",
        small=small,
        local=any(one.local for one in series),
    )
    told = [one for one in series if not (nameless and one.role == "neighbour")]

    def made() -> Iterator[Printed]:
        for one in series:
            yield from one.cells(measure)
        yield from band.cells

    rows = over_time_rows(series, rules, band, zero, small, disturbed(measure, series))
    return drawing(template, theme, rows, alt, table(told), made)


def disturbed(measure: Indicator, series: Sequence[Series]) -> dict[float, str]:
    """The years drawn that the pandemic changed: place on the axis -> period."""
    return {
        end: period
        for one in series
        if not one.local
        for end, period in zip(one.ends, one.periods, strict=True)
        if measure.disturbance(period_end(period, measure.period_means))
    }


def table(series: Sequence[Series]) -> pd.DataFrame:
    """The numbers of the chart: a row for each area or median, a column for each period."""
    published = [one for one in series if not one.local]
    periods = sorted({period for one in published for period in one.periods}, key=end_year)
    periods += [p for one in series if one.local for p in one.periods if p not in periods]
    rows = []
    for one in series:
        said = dict(zip(one.periods, one.texts, strict=True))
        rows.append({"Area": one.name} | {p: said.get(p, "") for p in dict.fromkeys(periods)})
    return pd.DataFrame(rows)


def over_time_rows(
    series: Sequence[Series],
    rules: Sequence[Rule],
    band: Band,
    zero: bool,
    small: bool = False,
    pandemic: Collection[float] = (),
) -> pd.DataFrame:
    """The rows of the chart, one for each mark.

    Parameters
    ----------
    series : sequence of Series
        Own first; lines never bridge a period without a value.
    rules : sequence of Rule
        Breaks: no line crosses them.
    band : Band
        Drawn behind, if it has periods.
    zero : bool
        Whether the axis starts at zero.
    small : bool
        For the small template: labels are short and stand further apart.
    pandemic : collection of float
        Years that the pandemic changed: a bar marks them on the axis.

    Returns
    -------
    DataFrame
        Columns ``mark, role, name, stretch, period, t, value, low, high, y, text, brief, slot``
        and, for the tip of every point, one of `TOLD` for each line that has a label.
    """
    rows: list[dict[str, Any]] = []
    shown = [v for s in series for v in s.values if v is not None]
    shown += [*band.low, *band.high]
    bottom = min([0.0, *shown]) if zero else min(shown, default=0.0)
    top = max(shown, default=1.0)
    if 0 < bottom < _LITTLE * top:
        bottom = 0.0  # so little room would be gained that the axis may as well start at zero
    if top == bottom:
        top = bottom + 1.0
    first = min((s.ends[0] for s in series if s.ends), default=0.0)
    last = max((s.ends[-1] for s in series if s.ends), default=1.0)
    for t, value in ((first, bottom), (last, top)):
        rows.append({"mark": "frame", "t": t, "value": value})
    for t, low, high in zip(band.ends, band.low, band.high, strict=True):
        rows.append({"mark": "band", "t": t, "low": low, "high": high})
    if pandemic:
        years = max(first, min(pandemic) - 0.5), min(last, max(pandemic) + 0.5)
        bar = {"mark": "pandemic", "t": years[0], "low": years[1], "brief": "pandemic"}
        rows.append(bar | {"text": _has_room(years[0], (last - first) / 4, series, rules)})
    for one in series:
        rows += _line(one, rules, bottom)
    for number, rule in enumerate(rules, start=1):
        told = {"text": rule.text, "brief": str(number)}
        rows.append({"mark": "rule", "t": rule.end, "y": top, **told})
    rows += _labels(series, bottom, top, small)
    if bottom > 0:
        rows.append({"mark": "cut", "t": first, "value": bottom})
    beside = _beside(series)
    for row in rows:
        if row["mark"] in POINTED:
            row.update(beside.get(row["period"], {}))
    columns = [
        "mark",
        "role",
        "name",
        "stretch",
        "period",
        "t",
        "value",
        "low",
        "high",
        "y",
        "text",
        "brief",
        "slot",
        *TOLD,
    ]
    return pd.DataFrame(rows, columns=columns)


# what the tip of each point says of the lines that have labels


def _has_room(start: float, width: float, series: Sequence[Series], rules: Sequence[Rule]) -> str:
    """The word above the bar, unless a break or the letter of a gap stands where it would."""
    own = [one for one in series if one.role == "own"]
    cells = [cell for one in own for cell in zip(one.ends, one.values, strict=True)]
    gaps = [end for end, value in cells if value is None]
    taken = [*gaps, *(rule.end for rule in rules)]
    return "" if any(start - 0.1 <= end <= start + width for end in taken) else "pandemic"


def _beside(series: Sequence[Series]) -> dict[str, dict[str, str]]:
    """For each period what the labelled lines say, by role."""
    found: dict[str, dict[str, str]] = {}
    for one in series:
        if one.role in TOLD and not one.local:
            for period, text in zip(one.periods, one.texts, strict=True):
                found.setdefault(period, {})[one.role] = f"{one.name}: {text}"
    return found


_LITTLE = 0.35


def break_words(rules: Sequence[Rule]) -> str:
    """What the numbers at breaks stand for; empty where there are none."""
    return "; ".join(f"{number}: {rule.text}" for number, rule in enumerate(rules, start=1))


def _line(one: Series, rules: Sequence[Rule], bottom: float) -> list[dict[str, Any]]:
    """A series as points in unbroken stretches, and a letter where a value is missing."""
    rows: list[dict[str, Any]] = []
    stretch, before = 0, None
    for at, value in enumerate(one.values):
        t = one.ends[at]
        crossed = before is not None and any(before < rule.end <= t for rule in rules)
        if value is None or crossed or (before is not None and t - before > one.reach):
            stretch += 1
        same: dict[str, Any] = {
            "role": one.role,
            "name": one.name,
            "period": one.periods[at],
            "t": t,
            "text": one.texts[at],
        }
        if value is not None:
            mark = "line" if one.role != "neighbour" else "thin"
            hollow = "hollow" if one.provisional[at] else "point"
            if one.local:
                mark, hollow = "local line", "local"
            rows.append(same | {"mark": mark, "stretch": f"{one.name} {stretch}", "value": value})
            if one.role != "neighbour":
                rows.append(same | {"mark": hollow, "value": value})
        elif one.role == "own" and not (one.local and at and one.values[at - 1] is None):
            beside = any(rule.end == t for rule in rules)  # else the rule would go through it
            gap = {"mark": "gap", "y": bottom, "text": f"[{one.statuses[at]}]", "slot": int(beside)}
            rows.append(same | gap)
        before = t
    return rows


def _labels(
    series: Sequence[Series], bottom: float, top: float, small: bool
) -> list[dict[str, Any]]:
    """A label at the end of each bold line, moved apart where they would touch."""
    ends = []
    for one in series:
        known = [at for at, value in enumerate(one.values) if value is not None]
        if known and one.role != "neighbour":
            ends.append((one, known[-1]))
    last = max((one.ends[at] for one, at in ends), default=0.0)
    wanted = [float(one.values[at] or 0.0) for one, at in ends]
    texts = [_label(one, at, small, last) for one, at in ends]
    two = any("\n" in text for text in texts)
    height = (HEIGHT // 2 if small else HEIGHT) - 60
    gap = (top - bottom) * (36 if two else 22) / height
    places = dodge(wanted, gap)
    return [
        {
            "mark": "label",
            "slot": slot,
            "role": one.role,
            "name": one.name,
            "t": last,
            # of two lines the first stands higher, so that both surround the line's end
            "y": y + ((top - bottom) * 8 / height if "\n" in text else 0.0),
            "brief": brief(one.texts[at], one.values[at]),
            "text": text,
        }
        for (one, at), text, slot, y in zip(
            ends, texts, slots([one.name for one, _ in ends]), places, strict=True
        )
    ]


def _label(one: Series, at: int, small: bool, last: float) -> str:
    """The last value of a line and its name, and its period where others go on."""
    name = _SHORT.get(one.role, one.name) if small else one.name
    when = "" if one.ends[at] == last else f" ({one.periods[at]})"
    value = brief(one.texts[at], one.values[at])
    room = _LABEL if len(value) <= 5 and "£" not in value else _LABEL - 4
    return "\n".join(wrap(f"{value}\u2002{name}{when}", room, break_on_hyphens=False))


_LABEL = 26  # characters on a line of a label
