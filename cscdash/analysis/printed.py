"""A number as it is printed: its value, its words, and the observations that it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cscdash.analysis.comparison import Middle, Spread
from cscdash.analysis.number_format import Measured, bare
from cscdash.analysis.observations import and_joint
from cscdash.extracts.observation import Observation


class Named(Measured, Protocol):
    """What a printed number must know of what it measures: an indicator, or a context measure."""

    @property
    def id(self) -> str:
        """Its id."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a chart, as its table, its sentence and its file have it.

    Attributes
    ----------
    measure : Named
        What it measures.
    name : str
        Whose it is, as the chart says: an area, a group, ``median of neighbours``.
    period : str
        As people say it.
    value : float or None
        Unrounded; None where there is none.
    text : str
        As it is printed, or why there is none.
    made_of : tuple of Observation
        The one that it is, or those that it was made from; none for a number that comes from
        no extract.
    area : str
        The code of its area, where it is one area's and comes from no extract.
    figure : str
        What it is: ``value``, or what was made of several.
    unit : str
        Where it is not that of the measure: ``index``.
    """

    measure: Named
    name: str
    period: str
    value: float | None
    text: str
    made_of: tuple[Observation, ...] = ()
    area: str = ""
    figure: str = "value"
    unit: str = ""


def printed(measure: Named, name: str, period: str, point: Observation | None) -> Printed:
    """One observation as it is printed; ``no figure`` where the extract has no row."""
    if point is None:
        return Printed(measure, name, period, None, "no figure")
    return Printed(measure, name, point.period, point.value, words(measure, point), (point,))


def words(measure: Named, point: Observation) -> str:
    """The value of an observation without ``per 10,000``, or its status spelled out."""
    if point.value is None:
        return point.status.spelled
    return and_joint(bare(point.value, measure.unit, measure.decimals), point)


def releases(cells: Iterable[Printed]) -> tuple[str, ...]:
    """The releases that some numbers come from, that of the latest period first."""
    last: dict[str, str] = {}
    for point in (point for cell in cells for point in cell.made_of if point.release):
        end = point.end.isoformat()
        last[point.release] = max(end, last.get(point.release, end))
    by_name = sorted(last)
    return tuple(sorted(by_name, key=last.__getitem__, reverse=True))


def median_of(measure: Named, name: str, period: str, found: Middle) -> Printed:
    """The median of a group as it is printed, with all that it was made from."""
    text = bare(found.median, measure.unit, measure.decimals)
    figure = f"median of {name}"
    return Printed(measure, figure, period, found.median, text, found.made_of, figure=figure)


def quartiles(measure: Named, period: str, found: Spread) -> list[Printed]:
    """Both ends of the middle half of all authorities as they are printed."""
    ends = {"lower quartile": found.lower_quartile, "upper quartile": found.upper_quartile}
    return [
        Printed(
            measure,
            f"{which} of authorities",
            period,
            value,
            bare(value, measure.unit, measure.decimals),
            found.made_of,
            figure=f"{which} of authorities",
        )
        for which, value in ends.items()
    ]
