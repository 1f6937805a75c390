"""Below *Who*: each group's share of the children beside its share of all residents."""

from collections.abc import Mapping

import streamlit as st

from cscdash.analysis.disproportionality import (
    GroupShare,
    described,
    group_shares,
    of_residents,
)
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say
from cscdash.analysis.observations import CannotSay
from cscdash.catalogue import context
from cscdash.charts.dot_rows import Named, draw
from cscdash.extracts import Observation
from cscdash.places.context import context_values
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.dots import Share

_OF_CHILDREN = "share of those whose group is known"
_OF_RESIDENTS = "share of all residents"


def beside_residents(
    held: Extract, subject: ChosenArea, breakdown: str, groups: Mapping[str, Observation]
) -> None:
    """Show which groups are a larger or smaller share of the children than of the residents.

    Nothing is drawn of a breakdown for which no residents are declared (``context.toml``).
    """
    declared = context().residents.get(breakdown)
    if not declared:
        return
    indicator = held.indicator
    st.markdown("#### Beside all residents")
    if subject.area.level != "authority":
        st.caption("Residents by group are here for local authorities only: choose one to see it.")
        return
    values = context_values()
    of_each = {id: float(values[id][subject.code]) for id in context().ids}
    residents = of_residents(declared, of_each)
    if isinstance(residents, CannotSay):
        st.caption(f"Not to be said: {residents.why}.")
        return
    shares = group_shares(groups, residents)
    if isinstance(shares, CannotSay):
        st.caption(f"No shares are shown here, because {shares.why}.")
        return
    noun = indicator.numerator[:1].lower() + indicator.numerator[1:]
    finding = described(subject.area.short, noun, shares)
    period = shares[0].counted.period
    caution = (
        f"Residents are of all ages ({_census(declared)}); among children, groups other than"
        " White are a larger share nearly everywhere, so a part of each difference is age. The rate"
        " for each group, and how it compares with that of other children, needs the census’s"
        " children by ethnic group and local authority, which is not loaded here."
    )
    name = f"{indicator.title} by {breakdown} beside all residents, {subject.area.short}, {period}"
    drawing = draw(
        Share(indicator.id),
        period,
        [row for one in shares for row in _rows(one)],
        subject.theme,
        name,
        head=breakdown.capitalize(),
        zero=True,
        ranges=True,
    )
    st.markdown(finding)
    show_chart(drawing, "residents", name, [finding, caution])
    st.caption(caution)


def _census(declared: Mapping[str, str]) -> str:
    """Who counted the residents, and when."""
    one = next(one for one in context().measures if one.id in declared.values())
    return f"{one.publisher}, {one.source}"


def _rows(one: GroupShare) -> list[Named]:
    share = one.share
    return [
        Named(
            "own",
            one.name,
            share.estimate,
            share.low,
            share.high,
            say(share.estimate, "percent", 1),
            (one.counted,),
            figure=_OF_CHILDREN,
        ),
        Named(
            "other",
            f"{one.name}, residents",
            one.residents,
            None,
            None,
            say(one.residents, "percent", 1),
            figure=_OF_RESIDENTS,
        ),
    ]
