"""What every map shares: its form, its classes, its areas, and what a click on one does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.map_classes import Classes, How, classes
from cscdash.analysis.number_format import say
from cscdash.analysis.observations import is_authority
from cscdash.analysis.printed import Named, Printed
from cscdash.charts.area_map import NONE, PICKED, Geometry, Shaded
from cscdash.charts.area_map import draw as draw_map
from cscdash.extracts import Observation
from cscdash.places import places
from cscdash.views.frame.address import choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.map_shapes import boundaries, hexagons

LONDON = "E12000007"
ATTRIBUTION = (
    "Boundaries: Office for National Statistics, licensed under the Open Government Licence v3.0."
    " Contains OS data © Crown copyright and database right."
)
HEXAGONS = "Hexagons give every authority the same room, near where it lies; islands stand apart."
FORMS = {"hex": "Hexagons", "boundaries": "Boundaries"}
HOWS: Mapping[How, str] = {"quantile": "Equal numbers of places", "equal": "Equal steps"}
_CLICKED = "_clicked"


@dataclass(frozen=True)
class Mapped:
    """A measure to be mapped.

    Attributes
    ----------
    measure : Named
        Its id, unit and decimals.
    values : Series
        By authority; NaN where there is none.
    reasons : mapping of str to str
        Why an authority has no value, in words.
    title : str
        What stands above the key.
    name : str
        What it is called in a file name and for those who do not see it.
    period : str
        As people say it.
    points : mapping of str to Observation
        The observation of each authority; empty for what comes from no extract.
    """

    measure: Named
    values: pd.Series
    reasons: Mapping[str, str]
    title: str
    name: str
    period: str
    points: Mapping[str, Observation] = field(default_factory=dict)

    def printed(self, codes: Iterable[str]) -> Iterator[Printed]:
        """The values of some authorities as they are printed."""
        for code in codes:
            value = self.values.get(code)
            known = None if value is None or pd.isna(value) else float(value)
            made_of = (self.points[code],) if code in self.points else ()
            name = places().areas[code].short
            text = self.text(code)
            yield Printed(self.measure, name, self.period, known, text, made_of, code)

    def text(self, code: str) -> str:
        """The value of an authority, or why it has none."""
        value = self.values.get(code)
        if value is None or pd.isna(value):
            return self.reasons.get(code, "not available")
        return say(float(value), self.measure.unit, self.measure.decimals)

    def table(self) -> pd.DataFrame:
        """All authorities by name with their values, as they are printed."""
        rows = [{"Authority": a.short, self.name: self.text(a.code)} for a in places().authorities]
        return pd.DataFrame(rows)


def options(page: str) -> tuple[Geometry, bool, How]:
    """Let the reader choose the form of the map and its classes.

    Returns
    -------
    tuple
        The shapes, whether they are boundaries, and how values are put into classes.
    """
    drawn = boundaries()
    form: str = "hex"
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        if drawn is not None:
            form = choose_part(
                "form", "Map", FORMS, page=page, what="form of the map", labelled=True
            )
        how = choose_classes(page)
    if form == "boundaries" and drawn is not None:
        return drawn, True, how
    return hexagons(), False, how


def choose_classes(page: str) -> How:
    """Let the reader choose how values are put into classes."""
    return choose_part("classes", "Shades", HOWS, page=page, what="way of shading", labelled=True)


def shaded(mapped: Mapped, subject: ChosenArea, found: Classes) -> list[Shaded]:
    """Every authority with its role, class and text."""
    return [
        Shaded(
            code=area.code,
            role=subject.role(area.code),
            name=area.short,
            shade=str(found.of.get(area.code, NONE)),
            text=mapped.text(area.code),
        )
        for area in places().authorities
    ]


def draw(mapped: Mapped, subject: ChosenArea, key: str, page: str, lines: list[str]) -> Classes:
    """Draw a measure on the map of the reader's choice; a click informs about a place.

    With boundaries, London is drawn a second time beside the rest, large enough to be read.
    """
    shapes, drawn, how = options(page)
    found = classes(mapped.values, how, mapped.measure)
    areas = shaded(mapped, subject, found)
    alt = f"Map of {mapped.name} by authority, in {len(found.texts)} shades of blue"
    drawing = draw_map(
        shapes,
        areas,
        subject.theme,
        alt,
        mapped.table(),
        partial(mapped.printed, [area.code for area in areas]),
        key=found.texts,
        title=mapped.title,
        fine=drawn,
    )
    lines = [*lines, ATTRIBUTION] if drawn else lines
    if not drawn:
        show_chart(drawing, key, mapped.name, lines, picked=lambda: _pick(f"chart {key}", subject))
    else:
        left, right = st.columns([3, 2])
        with left:
            show_chart(
                drawing, key, mapped.name, lines, picked=lambda: _pick(f"chart {key}", subject)
            )
        with right:
            _london(areas, found, mapped, subject, shapes, key)
    st.caption(ATTRIBUTION if drawn else HEXAGONS)
    _follow_click(mapped, subject)
    return found


def _london(
    areas: list[Shaded],
    found: Classes,
    mapped: Mapped,
    subject: ChosenArea,
    shapes: Geometry,
    key: str,
) -> None:
    st.markdown("**London, larger**")
    inside = {area.code for area in places().members(LONDON)}
    name = f"{mapped.name}, London"
    drawing = draw_map(
        shapes,
        [a for a in areas if a.code in inside],
        subject.theme,
        f"Map of {name}: its 33 authorities, in the same shades",
        mapped.table()[[a.code in inside for a in places().authorities]],
        partial(mapped.printed, sorted(inside)),
        height=330,
        fine=True,
    )
    chart = f"{key} london"
    show_chart(drawing, chart, name, [ATTRIBUTION], picked=lambda: _pick(f"chart {chart}", subject))


def _pick(key: str, subject: ChosenArea) -> None:
    """Remember which place was clicked; the page takes it up once it is drawn."""
    state: Any = st.session_state.get(key)
    clicked = state["selection"].get(PICKED, []) if state else []
    codes = [str(one["code"]) for one in clicked if isinstance(one, dict) and "code" in one]
    if codes:
        st.session_state[_CLICKED] = codes[0]


def _follow_click(mapped: Mapped, subject: ChosenArea) -> None:
    """Say what a clicked place shows, and offer to compare with it; nothing changes by itself."""
    clicked = st.session_state.get(_CLICKED)
    if clicked not in places().areas:
        st.caption(
            "Click a place to see its value. A thick outline is the chosen area, a coloured one"
            " what it is compared with."
        )
        return
    group = list(subject.group) if subject.own_group else []
    name = places().areas[clicked].short
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}:** {mapped.text(clicked)}", width="content")
        if clicked in group:
            if st.button(f"Stop comparing with {name}", key="uncompare", type="tertiary"):
                compare_with([code for code in group if code != clicked])
        elif st.button(f"Compare with {name}", key="compare place", icon=":material/group_add:"):
            compare_with([*group, clicked])
        if group and st.button("Back to the usual comparison", key="usual", type="tertiary"):
            compare_with([])


def compare_with(codes: list[str]) -> None:
    """Make these places the comparison group everywhere, through the address, and start again."""
    if codes:
        st.query_params["group"] = ".".join(codes[:30])
    elif "group" in st.query_params:
        del st.query_params["group"]
    st.rerun(scope="app")


def of_indicator(held: Extract) -> Mapped:
    """An indicator's latest values by authority, and why some have none."""
    indicator, period = held.indicator, held.latest
    found = {code: one for code, one in held.at(period).items() if is_authority(code)}
    reasons = {code: one.status.spelled for code, one in found.items() if one.value is None}
    return Mapped(
        measure=indicator,
        values=pd.Series({code: one.value for code, one in found.items()}, dtype=float),
        reasons=reasons,
        title=f"{indicator.short}, {period}",
        name=f"{indicator.title}, {period}",
        period=period,
        points=found,
    )
