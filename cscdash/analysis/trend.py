"""Is there a trend? More than chance gives, and more than the indicator usually moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cscdash.analysis.observations import CannotSay, since_break
from cscdash.analysis.uncertainty import SCALE, Band, interval, z_score
from cscdash.analysis.usual_movement import Scatter, slope_tests, transformed
from cscdash.catalogue.models import Break, Chance
from cscdash.extracts.observation import Observation

FEWEST = 5
CHI_SQUARED = 9.54953570608324  # 99.8 %, one degree of freedom
RARE = 0.002

Direction = Literal["up", "down", "no clear trend", "cannot say"]


@dataclass(frozen=True)
class Trend:
    """The verdict, with what it rests on.

    Attributes
    ----------
    direction : str
        ``up``, ``down``, ``no clear trend`` or ``cannot say``.
    first, last : str
        The stretch of periods that was tested; empty if it cannot be said.
    slope : float
        Change a year, in the indicator's unit; 0 if it cannot be said.
    chi_squared : float
        The test statistic of the slope; 0 if it cannot be said.
    why : str
        Why it cannot be said; empty otherwise.
    beyond_chance : bool
        Whether it passes the test against chance alone.
    """

    direction: Direction
    first: str = ""
    last: str = ""
    slope: float = 0.0
    chi_squared: float = 0.0
    why: str = ""
    beyond_chance: bool = False


def trend(
    points: Sequence[Observation], unit: Chance, breaks: Sequence[Break], usual: Scatter | None
) -> Trend:
    """Test the latest five annual values after the last break.

    A weighted line is laid through them, each weighted by the inverse of its variance (the
    width of its 95 % interval ÷ 3.92, squared). The slope is beyond chance if its chi-square
    exceeds 9.5495 and it keeps its sign when any one of the five is left out. There is a trend if
    it is besides steeper than the indicator's usual movement gives in 1 of 500 (`slope_test`).

    Parameters
    ----------
    usual : Scatter or None
        The usual movement of the indicator (`Extract.scatter_of`); None if it is not known.

    Source: FingertipsNext, ``TrendMarkerCalculator.cs``. Two differences: where a year is
    missing the gap keeps its length (Fingertips numbers the points 1 to 5), and intervals
    are computed from the counts, not read from a file.
    """
    if unit not in SCALE:
        return _cannot("the test is for shares and rates of a count only")
    after = [p for p in since_break(points, breaks) if p.value is not None]
    if len(after) < FEWEST:
        broken = len(after) < sum(p.value is not None for p in points)
        return _cannot(f"there are fewer than five values{' since the break' if broken else ''}")
    latest = after[-FEWEST:]
    years = np.array([p.end.year for p in latest], dtype=float)
    if len(set(years)) < FEWEST:
        return _cannot("the test is for yearly values only")
    found = [interval(p.numerator, p.denominator, unit) for p in latest]
    refused = next((f for f in found if isinstance(f, CannotSay)), None)
    if refused:
        return _cannot(refused.why)
    fitted = [f for f in found if isinstance(f, Band)]
    values = np.array([f.estimate for f in fitted])
    spread = np.array([f.high - f.low for f in fitted]) / (2 * z_score(0.95))
    slope, chi_squared = weighted_slope(years, values, spread**-2.0)
    without = [
        weighted_slope(*(np.delete(x, i) for x in (years, values, spread**-2.0)))[0]
        for i in range(FEWEST)
    ]
    # not "> 0": values that stood still leave a slope of rounding error
    steady = abs(slope) > 0 and all(part / slope > 1e-9 for part in without)
    direction: Direction = "no clear trend"
    beyond = steady and chi_squared > CHI_SQUARED
    if beyond and usual is None:
        return _cannot("how much this usually moves is not known")
    if beyond and usual is not None:
        top = np.array([p.numerator for p in latest], dtype=float)
        bottom = np.array([p.denominator for p in latest], dtype=float)
        values, chance = transformed(top[None, :], bottom[None, :], unit)
        tested = slope_tests(values, chance, years, usual)
        if tested.p[0] < RARE and tested.slope[0] * slope > 0:
            direction = "up" if slope > 0 else "down"
    ends = latest[0].period, latest[-1].period
    return Trend(direction, *ends, slope, chi_squared, beyond_chance=beyond)


def weighted_slope(
    x: NDArray[np.float64], y: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """The slope of a weighted least-squares line, and (slope ÷ its standard error) squared."""
    total = weights.sum()
    from_middle = x - (weights * x).sum() / total
    precision = (weights * from_middle**2).sum()
    slope = float((weights * from_middle * y).sum() / precision)
    return slope, float(slope**2 * precision)


def _cannot(why: str) -> Trend:
    return Trend("cannot say", why=why)
