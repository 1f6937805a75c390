"""What a session shows of an indicator: the chart over time, its sentence, and the strip."""

import pandas as pd

from cscdash.analysis.comparison import Middle
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.observations import authorities
from cscdash.analysis.printed import Printed, median_of, printed
from cscdash.catalogue import Indicator, catalogue
from cscdash.charts.drawing import Drawing
from cscdash.charts.guess_strip import Mark, round_top
from cscdash.charts.guess_strip import draw as draw_strip
from cscdash.charts.theme import PAPER, Role, Theme
from cscdash.learning.pack import Exhibit
from cscdash.learning.session import Guess, Session
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.loaded import extracts
from cscdash.views.parts.exhibit import exhibit


def subject_of(session: Session, code: str, theme: Theme) -> ChosenArea:
    """The area that a chart of the session is about."""
    return choose_area(code, tuple(session.group), theme)


def strip_drawing(
    held: Extract, about: ChosenArea, guesses: list[Guess], revealed: bool
) -> Drawing | None:
    """The strip with everyone's guesses; own, median and England join when it is revealed."""
    indicator, period = held.indicator, held.latest
    low, high = strip_ends(held)
    marks = [Mark("other", guess.value, guess.name or "a guess") for guess in guesses]
    published = _published(held, about) if revealed else []
    said = [("the strip begins at", low), ("and ends at", high)]
    said += [(f"guess: {mark.text}", mark.value) for mark in marks]
    said += [(mark.text, mark.value) for mark, _ in published]
    rows = [{"What": what, "Value": _plain(indicator, value)} for what, value in said]
    return draw_strip(
        indicator,
        marks,
        [mark for mark, _ in published],
        (low, high),
        about.theme,
        f"{indicator.title}, {period}: {len(marks)} guesses"
        + (
            "; " + ", ".join(mark.text for mark, _ in published)
            if published
            else " on a blank strip"
        ),
        pd.DataFrame(rows, columns=["What", "Value"]),
        lambda: [cell for _, cell in published],
    )


def strip_ends(held: Extract) -> tuple[float, float]:
    """From zero (or below, for scores) to a round number above the highest authority."""
    values = [one.value for one in authorities(held.at(held.latest)) if one.value is not None]
    values = values or [one.value for one in held.england() if one.value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (-round_top(-low) if low < 0 else 0.0), round_top(high)


def _published(held: Extract, about: ChosenArea) -> list[tuple[Mark, Printed]]:
    """Own value, median and England, as marks and as they are printed."""
    indicator, period = held.indicator, held.latest
    shown: list[tuple[Role, str, Printed]] = []
    own = held.point(about.code, period)
    shown.append(("own", about.area.short, printed(indicator, about.area.short, period, own)))
    group = held.middle(period, about.code, about.group) if about.group else None
    if isinstance(group, Middle):
        median = median_of(indicator, about.group_name, period, group)
        shown.append(("median", "median", median))
    if about.area.level != "country" and not indicator.adds_up:
        england = held.point(places().england.code, period)
        shown.append(("england", "England", printed(indicator, "England", period, england)))
    return [
        (Mark(role, cell.value, f"{name} {cell.text}"), cell)
        for role, name, cell in shown
        if cell.value is not None
    ]


def _plain(indicator: Indicator, value: float) -> str:
    return bare(value, indicator.unit, indicator.decimals)


def exhibits(session: Session, theme: Theme = PAPER) -> list[Exhibit]:
    """Every indicator and area of the session that the catalogue and the extracts hold."""
    known = {indicator.id for indicator in catalogue().indicators}
    ids = [id for id in session.discussed if id in known]
    areas = [subject_of(session, code, theme) for code in session.areas if code in places().areas]
    loaded = {until: extracts(ids, until) for until in {area.until for area in areas}}
    return [
        exhibit(loaded[area.until][id], area, session.names)
        for id in ids
        for area in areas
        if id in loaded[area.until]
    ]
