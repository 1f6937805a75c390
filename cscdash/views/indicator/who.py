"""The view *Who* of an indicator: every breakdown that the extract holds."""

import pandas as pd
import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.analysis.printed import words
from cscdash.catalogue import catalogue
from cscdash.catalogue.models import PROTECTED
from cscdash.charts.dot_rows import Named, draw
from cscdash.charts.theme import Role
from cscdash.extracts import Observation
from cscdash.places import places
from cscdash.views.frame.address import choose_part, switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator.disproportionality import beside_residents
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.dots import Share, named
from cscdash.views.parts.unloaded import unloaded_words

_OF_ALL = "share of all groups"


def who(held: Extract, subject: ChosenArea, page: str) -> None:
    """Show a breakdown for the chosen area, and what is not published or not collected."""
    indicator = held.indicator
    names = sorted(held.breakdowns, key=lambda name: name not in PROTECTED)
    if not names:
        st.info("The files that are loaded here do not divide this indicator any further.")
        _not_loaded(held)
        register(held)
        return
    chosen = choose_part(
        "breakdown",
        "By",
        {name: name.capitalize() for name in names},
        page=f"{page}.{indicator.id}",
        what="breakdown",
        labelled=True,
    )
    groups = held.groups(subject.code, chosen)
    period = next((point.period for point in groups.values()), "")
    if not groups:
        st.info(f"No figures by {chosen} are published for {subject.area.short}.")
        register(held)
        return
    country = subject.area.level == "country"
    shares = _as_shares(held, chosen, page, country)
    england = (
        not country and not indicator.adds_up and switch("england", "England beside", page=page)
    )
    drawing = draw(
        Share(indicator.id) if shares else indicator,
        period,
        _share_rows(held, subject, chosen, groups)
        if shares
        else _rows(held, subject, chosen, groups, england),
        subject.theme,
        f"{indicator.title} by {chosen}, {subject.area.short}, {period}",
        head=chosen.capitalize(),
        zero=True,
    )
    finding = sentences.breakdown(
        subject.area.short, indicator, chosen, groups, indicator.noun or None
    )
    st.markdown(finding)
    name = f"{indicator.title} by {chosen}, {subject.area.short}, {period}"
    show_chart(drawing, "who", name, [finding])
    if indicator.unit == "count" and indicator.measures == "stock":
        beside_residents(held, subject, chosen, groups)
    _not_loaded(held)
    register(held)


def _rows(
    held: Extract,
    subject: ChosenArea,
    breakdown: str,
    groups: dict[str, Observation],
    england: bool,
) -> list[Named]:
    """One row for each group; England's below it if asked."""
    whole = held.groups(places().england.code, breakdown) if england else {}
    rows = []
    for name, point in groups.items():
        rows.append(named(held, "own", name, point))
        if england:
            rows.append(named(held, "england", f"{name}, England", whole.get(name)))
    return rows


def _as_shares(held: Extract, breakdown: str, page: str, country: bool) -> bool:
    """Whether numbers by group are shown as shares of all, where the groups add up to all."""
    if not held.indicator.adds_up or held.indicator.adds_up_to(breakdown) == "nothing":
        return False
    label = "As shares" if country else "As shares, England beside"
    return switch("shares", label, page=page)


def _share_rows(
    held: Extract, subject: ChosenArea, breakdown: str, groups: dict[str, Observation]
) -> list[Named]:
    """One row for each group's share of the area's total, England's below it."""
    england = places().england
    sides: list[tuple[Role, str, str, dict[str, Observation]]] = [("own", subject.code, "", groups)]
    if subject.code != england.code:
        theirs = held.groups(england.code, breakdown)
        sides.append(("england", england.code, ", England", theirs))
    rows = []
    for name in groups:
        for role, code, ending, mine in sides:
            point = mine.get(name)
            whole = point and held.point(code, point.period)
            share = share_of(point, whole)
            if point is None or point.value is None:
                rows.append(named(held, role, name + ending, point))
                continue
            said = "no share" if share is None else say(share, "percent", 1)
            text = f"{said} ({words(held.indicator, point)})"
            made_of = (point, whole) if whole else (point,)
            rows.append(
                Named(role, name + ending, share, None, None, text, made_of, figure=_OF_ALL)
            )
    return rows


def share_of(part: Observation | None, whole: Observation | None) -> float | None:
    """What share a group is of all, in percent; None where either has no value, or all is 0."""
    if part is None or whole is None or part.value is None or not whole.value:
        return None
    return 100 * part.value / whole.value


def _not_loaded(held: Extract) -> None:
    """What is published of its groups, and not loaded here."""
    files = [file for file in catalogue().unloaded_of(held.indicator) if file.divides]
    if files:
        st.caption(unloaded_words(files))


def register(held: Extract) -> None:
    """What is published for each protected characteristic."""
    known = held.indicator.characteristics
    if not known:
        return
    with st.expander("Protected characteristics: what is published", icon=":material/groups:"):
        st.table(
            pd.DataFrame(
                [
                    {"Characteristic": name.capitalize(), "Here": known[name]}
                    for name in PROTECTED
                    if name in known
                ]
            ),
            hide_index=True,
            border="horizontal",
        )
