"""What may be worth a conversation: only what passes the trend test or the test of unusualness."""

from collections.abc import Iterable
from dataclasses import dataclass

from cscdash.analysis import sentences
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.small_numbers import too_few
from cscdash.analysis.trend import trend
from cscdash.catalogue.models import Indicator

MOST = 5
RARE = 1 / 20  # of the authorities are as far from the middle, or further


@dataclass(frozen=True)
class Worth:
    """An indicator worth a conversation, and why in a sentence."""

    indicator: Indicator
    why: str
    caveat: str


def worth_a_conversation(extracts: Iterable[Extract], area: str) -> list[Worth]:
    """At most five, in the order given.

    Parameters
    ----------
    extracts : iterable of Extract
        In chapter order.
    area : str
        The code of the area; how unusual is asked of authorities only.

    Returns
    -------
    list of Worth
        Indicators with a clear trend by the Fingertips rule, or a value as far from the middle
        as at most one in twenty authorities after adjusting for overdispersion. Values that rest
        on too few are left out. Most indicators of most areas are not in it: that is its point.
    """
    found: list[Worth] = []
    for held in extracts:
        if len(found) == MOST:
            break
        said = _why(held, area)
        if said:
            found.append(Worth(held.indicator, said, _caveat(held.indicator)))
    return found


def _why(held: Extract, area: str) -> str:
    indicator, line = held.indicator, held.line(area)
    if not line or line[-1].value is None or line[-1].period != held.latest:
        return ""
    now = line[-1]
    if too_few(now.numerator, now.denominator, indicator.unit):
        return ""
    parts = []
    over_years = trend(line, indicator.unit, indicator.breaks)
    if over_years.direction in ("up", "down"):
        parts.append(
            f"The trend from {over_years.first} to {over_years.last} is {over_years.direction}."
        )
    if len(area) == 3:
        far = held.unusual(held.latest, area)
        if not isinstance(far, CannotSay) and far.as_far / far.counted <= RARE:
            parts.append(sentences.unusual(far))
    return " ".join(parts)


def _caveat(indicator: Indicator) -> str:
    """The first sentence of what the indicator cannot tell."""
    return indicator.limits.split(". ")[0].rstrip(".") + "."
