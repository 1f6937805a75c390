"""The authorities of a region beside each other on several indicators, as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.numbers_csv import numbers_csv
from cscdash.analysis.observations import CannotSay, and_joint
from cscdash.analysis.printed import Printed, printed, releases
from cscdash.analysis.region_table import Quarters, by_closeness, quarters, steps_away
from cscdash.analysis.similarity import USUAL_MEASURES, alike
from cscdash.analysis.uncertainty import band
from cscdash.catalogue import Indicator, catalogue
from cscdash.extracts import Observation
from cscdash.places import Area, context_values, places
from cscdash.views.compare.choices import PAGE, opening_indicators, several
from cscdash.views.compare.region_local import local_column, local_periods
from cscdash.views.frame.address import choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import extracts, store
from cscdash.views.parts.chart_files import file_name
from cscdash.views.parts.in_the_round import short_value
from cscdash.views.parts.one_card import say_unreadable
from cscdash.views.parts.source_line import source_line

_MOST = 10
_MARKS = ("", " ◦", " ◦\u2009◦")
# Not every browser lets a keyboard reach what scrolls.
_FOCUSABLE = """<script>
  let tries = 100;
  const wait = setInterval(() => {
    const table = document.querySelector(".st-key-wide_table table");
    if (table) table.parentElement.tabIndex = 0;
    if (table || !--tries) clearInterval(wait);
  }, 50);
</script>"""
_TO_READ = (
    "The middle half of the places with a value has no shade. ◦ and a pale shade: outside it;"
    " ◦\u2009◦ and a deeper shade: outside it by more than one and a half times its width. Higher"
    " and lower look the same: a distance is a question, not an answer."
)


@dataclass(frozen=True)
class Column:
    """One indicator of the table: the observation of each place, and the middle of them all."""

    measure: Indicator
    period: str
    points: Mapping[str, Observation]
    middle: Quarters | CannotSay
    beside: tuple[Observation, ...] = ()  # the region's own value, and England's

    @property
    def head(self) -> str:
        """What stands above it."""
        return f"{self.measure.short}, {self.period}"


def region(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """Draw the table of the region of the chosen area; for England that of all regions."""
    around = _around(subject.area)
    whole = around.level == "country"
    everyone = places().regions if whole else places().members(around.code, subject.area.closed)
    noun = "regions" if whole else "authorities"
    st.markdown(f"**{around.short}: {len(everyone)} {noun}, side by side**")
    names = {id: indicator.title for id, indicator in known.items()}
    ids = several("measures", f"Up to {_MOST} indicators", names, opening_indicators(known), _MOST)
    codes = _ordered([area.code for area in everyone], subject)
    say_unreadable(ids)
    period = _local_period(codes)
    if period:
        every = catalogue().indicators
        found = [(one, local_column(one, codes, period)) for one in every]
        made = [Column(one, period, at, quarters(at.values())) for one, at in found if at]
    else:
        held = extracts(ids, subject.until)
        made = [_published(held[id], codes, around) for id in ids if id in held]
    if subject.area.closed:
        later = [one for one in made if not _has_value(one, subject.code)]
        made = [one for one in made if one not in later]
        if later:
            names_of = "; ".join(one.measure.short for one in later)
            st.caption(f"Without a value of {subject.area.short}, so not shown: {names_of}.")
    if not made:
        st.info("Choose an indicator to fill the table.")
        return
    cells = _cells(made, codes, around, bool(period))
    with st.container(key="wide_table"):
        st.table(
            _table(made, codes, around, subject),
            border="horizontal",
            alt=f"{around.short}: each authority's value on {len(made)} indicators",
        )
        st.html(_FOCUSABLE, unsafe_allow_javascript=True)
    _below(made, cells, bool(period))
    name = f"{around.short}, {len(made)} indicators, side by side"
    st.download_button(
        "Numbers (CSV)",
        data=while_permitted(lambda: numbers_csv(cells, store().demonstration)),
        file_name=file_name(f"{name}, local figures" if period else name, "csv"),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="region csv",
    )


def _has_value(column: Column, code: str) -> bool:
    point = column.points.get(code)
    return point is not None and point.value is not None


def _around(area: Area) -> Area:
    """The region that an authority lies in; London whole, not its half."""
    return places().region_of(area.code) if area.level == "authority" else area


def _ordered(codes: Sequence[str], subject: ChosenArea) -> list[str]:
    """By name, or by closeness to the chosen authority."""
    if subject.area.level != "authority" or subject.area.closed:
        return list(codes)
    values = context_values()[list(USUAL_MEASURES)]
    found = alike(values, subject.code, len(values))
    ways = {"name": "By name", "close": f"By closeness to {subject.area.short}"}
    order = choose_part("order", "Order of rows", ways, page=PAGE, what="order", quiet=True)
    if order == "name":
        return list(codes)
    if found is None:
        st.caption(f"{subject.area.short} lacks a measure of closeness, so rows stand by name.")
        return list(codes)
    st.caption("Closest first on child poverty, ethnicity, house prices and rurality.")
    return by_closeness(codes, found.places, subject.code)


def _local_period(codes: Sequence[str]) -> str:
    """The period of the local figures that are shown instead; empty for published figures.

    Neither choice is in the address, as nothing about local figures is.
    """
    found = local_periods([one.id for one in catalogue().indicators], codes)
    if not found:
        return ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.toggle("Local figures, not published", key="region local")
        if not shown:
            return ""
        return str(st.selectbox("Period", found, key="region local period", width=360))


def _published(held: Extract, codes: Sequence[str], around: Area) -> Column:
    """An indicator in its latest period."""
    period = held.latest
    points = {code: held.point(code, period) or held.absent(code, period) for code in codes}
    larger = dict.fromkeys((around.code, places().england.code))
    beside = [] if held.indicator.adds_up else [held.point(code, period) for code in larger]
    middle: Quarters | CannotSay = quarters(points.values())
    if held.indicator.adds_up:
        middle = CannotSay("numbers that add up over areas differ by size alone")
    return Column(held.indicator, period, points, middle, tuple(one for one in beside if one))


def _table(
    columns: Sequence[Column], codes: Sequence[str], around: Area, subject: ChosenArea
) -> Styler:
    """Values by place, shaded by distance; then the middle, the region and England."""
    areas = places().areas
    steps = {c.head: [_steps(c, c.points.get(code)) for code in codes] for c in columns}
    shown = {
        c.head: [
            _said(c.measure, c.points.get(code)) + _MARKS[step]
            for code, step in zip(codes, steps[c.head], strict=True)
        ]
        for c in columns
    }
    names = [areas[code].short for code in codes]
    frame = pd.DataFrame(shown, index=pd.Index(names, name=""))
    last: dict[str, list[str]] = {"Median": [_middle(c) for c in columns]}
    for code in dict.fromkeys((around.code, places().england.code)):
        beside = [next((o for o in c.beside if o.area == code), None) for c in columns]
        if any(beside):
            last[areas[code].short] = [
                _said(c.measure, one) if one else "" for c, one in zip(columns, beside, strict=True)
            ]
    foot = pd.DataFrame.from_dict(last, orient="index", columns=frame.columns)
    whole = pd.concat([frame, foot])
    colours = _colours(whole, steps, subject)
    return whole.style.apply(lambda _: colours, axis=None)


def _colours(
    whole: pd.DataFrame, steps: Mapping[str, Sequence[int]], subject: ChosenArea
) -> pd.DataFrame:
    """What each cell looks like: a shade by distance; the chosen area stands out by weight."""
    grounds = ("", *(f"background-color: {shade};" for shade in subject.theme.shades))
    own = [str(name) == subject.area.short for name in whole.index]
    looks = {}
    for name in whole.columns:
        away = [*steps[name], *[0] * (len(whole) - len(steps[name]))]
        looks[name] = [
            grounds[step] + ("font-weight: 600;" if bold else "")
            for step, bold in zip(away, own, strict=True)
        ]
    return pd.DataFrame(looks, index=whole.index)


def _steps(column: Column, point: Observation | None) -> int:
    if point is None or point.value is None or isinstance(column.middle, CannotSay):
        return 0
    chance = band(point.value, point.numerator, point.denominator, column.measure.chance)
    return steps_away(point.value, column.middle, chance)


def _said(measure: Indicator, point: Observation | None) -> str:
    """A value as it stands in the table, or its letter; with a star, if it is a joint return."""
    return short_value(measure, point) + ("*" if point and point.joint and point.value else "")


def _middle(column: Column) -> str:
    if isinstance(column.middle, CannotSay):
        return "–"
    measure = column.measure
    return bare(column.middle.median, measure.unit, measure.decimals)


def _cells(
    columns: Sequence[Column], codes: Sequence[str], around: Area, local: bool
) -> list[Printed]:
    """The numbers of the table, as they leave."""
    areas, found = places().areas, []
    for one in columns:
        measure = one.measure
        for point in (*(p for c in codes if (p := one.points.get(c))), *one.beside):
            name = areas[point.area].short
            cell = printed(measure, name, one.period, point)
            found.append(replace(cell, name=f"local, not published: {name}") if local else cell)
        if isinstance(one.middle, Quarters):
            name = f"median of {around.short}"
            made = () if local else tuple(p for p in one.points.values() if p.value is not None)
            value = one.middle.median
            text = bare(value, measure.unit, measure.decimals)
            found.append(Printed(measure, name, one.period, value, text, made, "", name))
    return found


def _below(columns: Sequence[Column], cells: Sequence[Printed], local: bool) -> None:
    """How to read the table, and what its letters mean."""
    st.caption(_TO_READ)
    if local:
        st.caption(
            "Local figures: given by authorities, not published, and rounded; what chance alone"
            " could do is not known here."
        )
    else:
        st.caption(
            "Where chance alone could reach the middle from a value, it has no shade."
            f" {source_line(releases(cells))}"
        )
    points = [point for one in columns for point in one.points.values()]
    said = [s.spelled for s in sorted({p.status for p in points if p.value is None})]
    said += sorted({f"\\* {and_joint(places().areas[p.area].short, p)}" for p in points if p.joint})
    plain = [
        f"{one.measure.short}: not shaded, as {one.middle.why}"
        for one in columns
        if isinstance(one.middle, CannotSay)
    ]
    if said or plain:
        st.caption("; ".join([*said, *plain]))
