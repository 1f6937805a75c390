"""What an indicator says of the chosen area, in sentences that more than one page shows."""

from collections.abc import Sequence

from cscdash.analysis import sentences
from cscdash.analysis.change import Change, since_previous
from cscdash.analysis.extract import Extract
from cscdash.analysis.movement import movement
from cscdash.analysis.number_format import say, say_range
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.phrases import caution
from cscdash.analysis.small_numbers import pooled
from cscdash.analysis.trend import trend
from cscdash.extracts import Observation
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea


def sentence_of(held: Extract, subject: ChosenArea, line: Sequence[Observation]) -> str:
    """The finding of the view: where the value stands, how it changed, whether there is a trend."""
    indicator = held.indicator
    change = since_previous(line, indicator.chance, indicator.breaks, held.usual_for(subject.code))
    found = trend(line, indicator.chance, indicator.breaks, held.scatter_of(subject.code))
    return sentences.over_time(
        subject.area.short,
        indicator,
        line,
        change,
        found,
        indicator.noun or None,
        indicator.disturbance,
    )


def moved_words(held: Extract, subject: ChosenArea, line: Sequence[Observation]) -> str | None:
    """Whether the area moved, or everyone; None where there are not two values to compare."""
    indicator = held.indicator
    known = [p for p in line if p.value is not None]
    if len(known) < 2 or subject.area.level == "country":
        return None
    change = since_previous(line, indicator.chance, indicator.breaks, held.usual_for(subject.code))
    if not isinstance(change, Change):
        return None
    region = subject.region.code if subject.region else None
    found = movement(
        held.lines(
            [subject.code, *subject.group, places().england.code, *([region] if region else [])]
        ),
        subject.code,
        subject.group,
        region,
        change.then.period,
        change.now.period,
        indicator.chance,
        indicator.decimals,
        indicator.breaks,
        held.usual_for(subject.code),
    )
    return sentences.moved(indicator, found, subject.group_noun)


def pooled_words(held: Extract, line: Sequence[Observation]) -> str:
    """The last three years taken together, where the latest value rests on small numbers.

    Empty where it does not, or where years cannot be added up (`small_numbers.pooled`).
    """
    indicator = held.indicator
    if not line or not caution(line[-1], indicator, indicator.noun or None):
        return ""
    found = pooled(line, indicator.chance, indicator.measures, indicator.breaks)
    if isinstance(found, CannotSay):
        return ""
    last = found[-1]
    value = say(last.value, indicator.unit, indicator.decimals)
    ends = say_range(last.band.low, last.band.high, indicator.unit, indicator.decimals)
    return f"{last.first} to {last.last}: {value}; chance alone could give {ends}."
