"""A row of a chart of dots, from an observation."""

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.uncertainty import Band, band
from cscdash.charts.dot_rows import Named
from cscdash.charts.theme import Role
from cscdash.extracts import Observation


def named(
    held: Extract, role: Role, name: str, point: Observation | None, bands: bool = True
) -> Named:
    """A row of a chart of dots: the value with its band, or why there is none."""
    indicator = held.indicator
    if point is None:
        return Named(role, name, None, None, None, "no figure")
    if point.value is None:
        return Named(role, name, None, None, None, point.status.spelled)
    text = bare(point.value, indicator.unit, indicator.decimals)
    counted = bands and bool(indicator.noun)
    found = band(point.value, point.numerator, point.denominator, indicator.unit)
    if counted and isinstance(found, Band):
        return Named(role, name, point.value, found.low, found.high, text)
    return Named(role, name, point.value, None, None, text)
