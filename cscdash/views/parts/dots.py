"""A row of a chart of dots, from an observation."""

from dataclasses import dataclass

from cscdash.analysis.extract import Extract
from cscdash.analysis.printed import words
from cscdash.analysis.uncertainty import Band, band
from cscdash.catalogue.models import Unit
from cscdash.charts.dot_rows import Named
from cscdash.charts.theme import Role
from cscdash.extracts import Observation


@dataclass(frozen=True)
class Share:
    """What is drawn: a share in percent, made of the numbers of an indicator."""

    id: str
    unit: Unit = "percent"
    decimals: int = 1


def named(
    held: Extract, role: Role, name: str, point: Observation | None, bands: bool = True
) -> Named:
    """A row of a chart of dots: the value with its band, or why there is none."""
    indicator = held.indicator
    if point is None:
        return Named(role, name, None, None, None, "no figure")
    low = high = None
    found = band(point.value, point.numerator, point.denominator, indicator.chance)
    if bands and isinstance(found, Band):
        low, high = found.low, found.high
    return Named(role, name, point.value, low, high, words(indicator, point), (point,))
