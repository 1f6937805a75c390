"""A worked example of each view of an indicator, from the figures in use; empty where none is."""

from cscdash.analysis import sentences
from cscdash.analysis.comparison import position
from cscdash.analysis.deprivation import link
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import say_range
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.uncertainty import Band, band
from cscdash.catalogue import context
from cscdash.places import context_values
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extract
from cscdash.views.parts.findings import moved_words, sentence_of

DIVIDED = "residential_care"


def over_time(held: Extract, subject: ChosenArea) -> str:
    """How the chosen area moved."""
    said = sentence_of(held, subject, held.line(subject.code))
    moved = moved_words(held, subject, held.line(subject.code))
    return f"{said} {moved or ''}"


def neighbours(held: Extract, subject: ChosenArea) -> str:
    """Where it stands among its group, and what chance alone could give."""
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


def all_authorities(held: Extract, subject: ChosenArea) -> str:
    """Where it stands among all authorities."""
    point, ends = held.point(subject.code, held.latest), held.spread(held.latest)
    if point is None:
        return ""
    said = sentences.all_authorities(subject.area.short, held.indicator, point, ends, {})
    if subject.area.level != "authority":
        return said
    return f"{said} {sentences.unusual(held.unusual(held.latest, subject.code))}"


def deprivation(held: Extract, subject: ChosenArea) -> str:
    """What is typical for places like it; empty where the link is weak."""
    measure = context().measures[0]
    along = context_values()[measure.id]
    found = link(held.at(held.latest), along)
    point, own = held.point(subject.code, held.latest), along.get(subject.code)
    if subject.area.level != "authority" or isinstance(found, CannotSay):
        return ""
    if point is None or point.value is None or own is None or own != own:
        return ""
    return sentences.deprivation(measure.words, found, found.typical(point.value, float(own)))


def who(held: Extract, subject: ChosenArea) -> str:
    """Its groups; of another indicator where this one is not divided."""
    divided = held if held.breakdowns else extract(DIVIDED, subject.until)
    if divided is None or not divided.breakdowns:
        return ""
    name = divided.breakdowns[0]
    groups = divided.groups(subject.code, name)
    said = sentences.breakdown(subject.area.short, divided.indicator, name, groups)
    return f"{divided.indicator.title}. {said}"
