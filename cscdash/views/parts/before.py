"""Lines of authorities before or after a reorganisation: shown beside, never joined."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.footprint import same_ground, together
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.printed import words
from cscdash.analysis.wording import listed
from cscdash.charts.over_time import Series
from cscdash.extracts import Observation
from cscdash.periods import end_year, say_date
from cscdash.places import Area, places
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.frame.history import came_before
from cscdash.views.frame.links import link_to
from cscdash.views.loaded import extract
from cscdash.views.parts.series import line_of


def beside_in_time(held: Extract, subject: ChosenArea, page: str) -> list[Series]:
    """The lines that the reader asks for: of those before, or of the same ground after."""
    area = subject.area
    if area.closed:
        after = same_ground(area.code)
        found = [] if isinstance(after, CannotSay) else _after(held, area, after)
        label = "The same ground since, derived"
    else:
        old = places().before(area.code)
        found = [line_of(held, "other", one.short, one.code) for one in old]
        label = f"Before: {listed([one.short for one in old])}"
    found = [one for one in found if any(value is not None for value in one.values)]
    return found if found and switch("before", label, page=page) else []


def before(held: Extract, subject: ChosenArea) -> None:
    """Say which authorities had the area before, lead to them, and give their values by year."""
    area = subject.area
    if area.closed:
        _after_words(area)
        return
    said = came_before(area)
    if not said or area.opened is None:
        return
    old = places().before(area.code)
    st.caption(f"{said} They had other boundaries, so the values stand apart and are not joined.")
    with st.container(horizontal=True):
        for one in old:
            link_to(held.indicator, choose_area(one.code, (), subject.theme), f"Open {one.short}")
    told = {one.short: _values(held, one) for one in old}
    rows = pd.DataFrame({name: values for name, values in told.items() if values})
    if rows.empty:
        return
    with st.expander(f"Before {say_date(area.opened)}", icon=":material/history:"):
        rows = rows.fillna("").rename_axis("Period").reset_index()
        st.table(rows, border="horizontal", hide_index=True)


def _after_words(area: Area) -> None:
    after = same_ground(area.code)
    names = listed([places().areas[code].short for code in area.successors])
    if isinstance(after, CannotSay):
        st.caption(f"After it came {names}. No sum of them is its ground: {after.why}.")
        return
    st.caption(
        f"Its ground since is {names}. *The same ground since* adds their published counts where"
        " each of them has one; it is derived here, published by nobody, and not joined."
    )


def _after(held: Extract, area: Area, after: Sequence[str]) -> list[Series]:
    """The line of the ground of an abolished authority since, from all of the extract."""
    whole = extract(held.indicator.id)
    if whole is None:
        return []
    made: list[tuple[Observation, tuple[Observation, ...]]] = []
    for period in whole.periods:
        parts = tuple(point for code in after if (point := whole.point(code, period)))
        if len(parts) == len(after):
            one = together(parts, held.indicator)
            if isinstance(one, CannotSay):
                return []
            made.append((one, parts))
    names = listed([places().areas[code].short for code in after])
    name = f"{area.short}'s ground: {names}, derived"
    return [
        Series(
            role="other",
            name=name,
            periods=[one.period for one, _ in made],
            ends=[float(end_year(one.period)) for one, _ in made],
            values=[one.value for one, _ in made],
            statuses=[one.status for one, _ in made],
            provisional=[any(part.provisional for part in parts) for _, parts in made],
            texts=[words(held.indicator, one) for one, _ in made],
            made_of=[parts for _, parts in made],
            figure=f"derived from {names}",
        )
    ]


def _values(held: Extract, area: Area) -> dict[str, str]:
    return {point.period: words(held.indicator, point) for point in held.line(area.code)}
