"""How to read each view, with one worked example each from the figures in use."""

import streamlit as st

from cscdash.analysis import sentences
from cscdash.analysis.comparison import position
from cscdash.analysis.deprivation import link
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say, say_range
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.uncertainty import Band, band
from cscdash.catalogue import catalogue, context
from cscdash.places import context_values
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.loaded import extract
from cscdash.views.parts.findings import moved_words, sentence_of

EXAMPLE = "looked_after_rate"
DIVIDED = "residential_care"


def reading() -> None:
    """Draw this part of the guide."""
    subject = the_chosen_area()
    st.markdown(
        f"Each example is worked with the figures in use, for **{subject.area.short}**. Choose"
        " another area at the side, and the examples follow."
    )
    held = extract(EXAMPLE)
    if held is None:
        st.info("The extracts in use do not hold the indicator of the examples.")
        return
    st.caption(f"Example: {held.indicator.title}.")
    _view("In the round", _IN_THE_ROUND, _round_example(held, subject))
    _view("Over time", _OVER_TIME, _time_example(held, subject))
    _view("Neighbours", _NEIGHBOURS, _near_example(held, subject))
    _view("All authorities", _ALL, _all_example(held, subject))
    _view("Map", _MAP, "")
    _view("Deprivation", _DEPRIVATION, _deprivation_example(held, subject))
    _view("Who", _WHO, _who_example(subject))
    _view(
        "Table and About",
        "*Table* has every area and year, and offers the whole extract as a file. *About* says"
        " what is counted, from which return, what the figure cannot tell, and where a series"
        " changed its meaning.",
        f"{catalogue().indicator(EXAMPLE).limits}",
    )


_IN_THE_ROUND = (
    "One row for each indicator, each on a scale of its own. The large dot is the chosen area,"
    " diamonds are its neighbours, the upright line their median, the triangle the region, the"
    " square England, rings all others. Further right is a higher number, and nothing more:"
    " read down the rows for a pattern, not across for a verdict."
)
_OVER_TIME = (
    "The bold line is the chosen area. Lines stop where a year has no value, and never cross a"
    " break. Ask first whether the latest change is larger than chance alone often gives, then"
    " whether England moved the same way. A trend is only named if five years pass a test."
)
_NEIGHBOURS = (
    "Ten places that resemble this one, listed by closeness and never by value. The band around"
    " each dot shows what chance alone could give: where two bands overlap a lot, the difference"
    " is not worth discussing."
)
_ALL = (
    "Every ring is an authority, and the shaded part holds the middle half of them. Height means"
    " nothing. The last sentence says how many authorities are as far from the middle, after"
    " allowing for how much authorities ordinarily differ."
)
_MAP = (
    "The same values on a map or as hexagons of equal size. Shades of one colour tell lower"
    " from higher numbers and nothing else; a place without a value stays empty, and says why."
    " Large rural counties fill a map, so look at the hexagons as well."
)
_DEPRIVATION = (
    "Each dot is an authority: further right it has more of the measure named below, further up"
    " a higher value. The line is what is typical for places with a similar measure, and the band"
    " holds most of them. A link across places is not a cause, and where it is weak no line is"
    " drawn."
)
_WHO = (
    "The same indicator by age, ethnicity, placement or whatever breakdown is published."
    " Small groups move a lot; hidden ones show the letter of the reason. What is not published"
    " or not collected is said too: a gap is a finding."
)


def _view(name: str, how: str, example: str) -> None:
    st.subheader(name, anchor=False)
    st.markdown(how)
    if example:
        st.info(f"**For example:** {example}", icon=":material/lightbulb:")


def _round_example(held: Extract, subject: ChosenArea) -> str:
    point, ends = held.point(subject.code, held.latest), held.spread(held.latest)
    indicator = held.indicator
    if point is None or point.value is None or isinstance(ends, CannotSay):
        return ""
    low, high = (say(x, indicator.unit, indicator.decimals) for x in (ends.low, ends.high))
    own = say(point.value, indicator.unit, indicator.decimals)
    return (
        f"the strip of this indicator runs from {low} to {high}, and the dot stands at {own}."
        " Where it lies depends a great deal on who lives there."
    )


def _time_example(held: Extract, subject: ChosenArea) -> str:
    said = sentence_of(held, subject, held.line(subject.code))
    moved = moved_words(held, subject, held.line(subject.code))
    return f"{said} {moved or ''}"


def _near_example(held: Extract, subject: ChosenArea) -> str:
    point = held.point(subject.code, held.latest)
    if point is None or point.value is None or not subject.group:
        return ""
    indicator = held.indicator
    where = position(
        point.value, held.at(held.latest), subject.code, subject.group, indicator.decimals
    )
    group = held.middle(held.latest, subject.code, subject.group)
    said = sentences.neighbours(subject.area.short, indicator, point, where, group)
    around = band(point.value, point.numerator, point.denominator, indicator.chance)
    if not isinstance(around, Band):
        return said
    stretch = say_range(around.low, around.high, indicator.unit, indicator.decimals)
    return f"{said} Chance alone could give anything from {stretch}."


def _all_example(held: Extract, subject: ChosenArea) -> str:
    point, ends = held.point(subject.code, held.latest), held.spread(held.latest)
    if point is None:
        return ""
    said = sentences.all_authorities(subject.area.short, held.indicator, point, ends, {})
    if subject.area.level != "authority":
        return said
    return f"{said} {sentences.unusual(held.unusual(held.latest, subject.code))}"


def _deprivation_example(held: Extract, subject: ChosenArea) -> str:
    measure = context().measures[0]
    along = context_values()[measure.id]
    found = link(held.at(held.latest), along)
    point, own = held.point(subject.code, held.latest), along.get(subject.code)
    if subject.area.level != "authority" or isinstance(found, CannotSay):
        return ""
    if point is None or point.value is None or own is None or own != own:
        return ""
    return sentences.deprivation(measure.words, found, found.typical(point.value, float(own)))


def _who_example(subject: ChosenArea) -> str:
    held = next((e for e in map(extract, (EXAMPLE, DIVIDED)) if e and e.breakdowns), None)
    if held is None:
        return ""
    name = held.breakdowns[0]
    groups = held.groups(subject.code, name)
    said = sentences.breakdown(subject.area.short, held.indicator, name, groups)
    return f"{held.indicator.title}. {said}"
