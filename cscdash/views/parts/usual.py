"""What a series usually does: its process chart, with a new baseline that the reader may set."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say, say_range
from cscdash.analysis.observations import CannotSay, since_break
from cscdash.analysis.process_chart import FEWEST, RULES, Base, Phase, Usual, phases
from cscdash.analysis.uncertainty import SCALE
from cscdash.analysis.wording import listed
from cscdash.catalogue import Indicator
from cscdash.charts.over_time import Series
from cscdash.charts.process_chart import draw
from cscdash.extracts import Observation
from cscdash.learning.child_details import concerns
from cscdash.learning.pack.markdown import escaped
from cscdash.learning.typed_text import one_line
from cscdash.views.frame.address import choose, switch, typed
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.series import series_of

_REASON = 120  # characters


@dataclass(frozen=True)
class Regular:
    """A series of evenly spaced periods.

    Attributes
    ----------
    series : Series
        As it is drawn, with a place for every period.
    days : tuple of str
        The last day of each period, by which an address names it.
    kind : str
        ``month``, ``quarter`` or ``year``.
    base : Base, optional
        What its values are shares or rates of.
    """

    series: Series
    days: tuple[str, ...]
    kind: str
    base: Base | None = None


def usual_published(held: Extract, subject: ChosenArea, page: str) -> None:
    """What is usual of a published series of twelve years or more, on request."""
    indicator = held.indicator
    line = since_break(held.line(subject.code), indicator.breaks)
    if sum(one.value is not None for one in line) < FEWEST or not _yearly(line):
        return
    if not switch("usual", "What is usual from year to year", page=page):
        return
    series = series_of(indicator, "own", subject.area.short, line)
    days = tuple(one.end.isoformat() for one in line)
    process_chart(Regular(series, days, "year", _base(indicator, line)), indicator, subject, page)


def process_chart(
    one: Regular, measure: Indicator, subject: ChosenArea, page: str, said: Sequence[str] = ()
) -> None:
    """Draw the chart with its words, and let the reader set a new baseline.

    Parameters
    ----------
    one : Regular
    measure : Indicator
    subject : ChosenArea
    page : str
        To which its controls belong.
    said : sequence of str
        What more stands in the picture.
    """
    anew, reason = _baseline(one, page)
    lowest = None if measure.unit in ("score", "pounds") else 0.0
    highest = 100.0 if measure.unit == "percent" else None
    parts = phases(one.series.values, lowest, highest, one.base, anew)
    words = usual_words(parts, one, measure)
    because = ""
    if anew:
        because = f"New baseline from {one.series.periods[anew]}"
        because += f", set by a reader: {reason}." if reason else ", set by a reader."
    st.markdown(words)
    name = f"{measure.title}, {subject.area.short}, what is usual"
    name += ", local figures, not published" if one.series.local else ""
    alt = f"{name}, with its mean and the limits of its usual movement"
    drawing = draw(measure, one.series, parts, subject.theme, alt)
    lines = [words, *([because] if because else []), *said]
    show_chart(drawing, f"usual {page} {one.kind}", name, lines)
    if because:
        st.caption(escaped(because))
    st.caption(_how_to_read(parts, measure, one.kind))


def usual_words(parts: Sequence[Phase], one: Regular, measure: Indicator) -> str:
    """The finding in neutral words, for each baseline."""
    told = []
    for part in parts:
        periods = one.series.periods[part.first : part.last]
        named = [period for period in periods if period]
        lead = f"{named[0]} to {named[-1]}: " if len(parts) > 1 else ""
        if isinstance(part.found, CannotSay):
            told.append(f"{lead}we cannot say what is usual: {part.found.why}.")
        else:
            told.append(lead + _found_words(part.found, periods, measure, one.kind))
    charts = {part.found.chart for part in parts if isinstance(part.found, Usual)}
    by = f" ({listed(sorted(charts))} chart)" if charts else ""
    return f"{' '.join(told)} This says what the series has done, not what it should do{by}."


def _found_words(found: Usual, periods: Sequence[str], measure: Indicator, kind: str) -> str:
    mean = say(found.mean, measure.unit, measure.decimals)
    limits = say_range(found.low, found.high, measure.unit, measure.decimals)
    which = f" in {periods[-1]}" if len({*found.lows}) > 1 else ""
    said = f"The mean is {mean}. Going by how it moves from {kind} to {kind}, values of {limits}"
    said += f" are usual for this series{which}."
    if found.counted < FEWEST:
        said += f" These limits rest on {found.counted} values only and are provisional."
    if found.outside:
        said += f" Outside these limits (L): {listed([periods[at] for at in found.outside])}."
    for letter, stretches in (("R", found.runs), ("T", found.trends)):
        for first, last in stretches:
            rule = RULES[letter][0].upper() + RULES[letter][1:]
            said += f" {rule} ({letter}): {periods[first]} to {periods[last]}."
    if found.near:
        ends = listed([periods[three[-1]] for three in found.near])
        said += f" Two of three in succession near the same limit (N), up to: {ends}."
    if not (found.outside or found.runs or found.trends or found.near):
        said += " Nothing stands out from that: a move within them needs no story of its own."
    return said


def _how_to_read(parts: Sequence[Phase], measure: Indicator, kind: str) -> str:
    """What the letters mean, and what successive values of this indicator have in common."""
    found = [part.found for part in parts if isinstance(part.found, Usual)]
    shown = {letter for one in found for at in range(len(one.lows)) for letter in one.letters(at)}
    said = [f"{letter}: {words}" for letter, words in RULES.items() if letter in shown]
    letters = f"Letters at the points: {'; '.join(said)}." if said else ""
    if measure.measures in ("stock", "snapshot"):
        counted = (
            f"A stock: many of the same children are counted again each {kind}, so that values"
            " follow each other closely and stretches on one side are common."
        )
    else:
        months = {"month": "one month", "quarter": "three months"}.get(kind, "twelve months")
        counted = f"A flow: each value counts what happened in {months}."
    if any(one.chart != "XmR" for one in found):
        counted += " Limits are wider where the base is smaller."
    return " ".join(filter(None, [letters, counted]))


def _baseline(one: Regular, page: str) -> tuple[int, str]:
    """The place at which the reader begins anew, and why; 0 for nowhere. Both in the address."""
    part = f"_{one.kind}" if one.series.local else ""
    names = dict(zip(one.days, one.series.periods, strict=True))
    offered = [day for day in one.days[1:] if day and names[day]]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = choose(
            f"baseline{part}",
            ["", *offered],
            "",
            lambda options, key: st.selectbox(
                "New baseline from",
                options,
                key=key,
                format_func=lambda day: names.get(day, "none") if day else "none",
                width=260,
                help="Where something is known to have changed lastingly: limits begin anew.",
            ),
            page=page,
            what="new baseline",
            quiet=True,
        )
        if not chosen:
            return 0, ""
        hint = "a new front door, a new way of counting"
        reason = typed(
            f"because{part}", "Because", page=page, most=_REASON, placeholder=hint, width=420
        )
    reason = one_line(reason)
    if concerns(reason):
        st.warning("The reason looks like a detail of one person, so it is not shown.")
        reason = ""
    elif not reason:
        st.caption("A new baseline needs a reason that others can check; the link carries it.")
    return one.days.index(chosen), reason


def _base(measure: Indicator, line: Sequence[Observation]) -> Base | None:
    """The counts behind a share or a rate, where chance can be reckoned from them."""
    scale = SCALE.get(measure.chance)
    if scale is None or measure.chance == "quotient":
        return None
    tops, bottoms = tuple(o.numerator for o in line), tuple(o.denominator for o in line)
    return Base(tops, bottoms, scale, measure.chance == "percent")


def _yearly(line: Sequence[Observation]) -> bool:
    """Whether a year follows the other, none left out."""
    years = [one.end.year for one in line]
    return years == list(range(years[0], years[0] + len(years)))
