"""Does an indicator go with how places differ? A line across authorities, where there is one."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cscdash.analysis.observations import ByArea, CannotSay, authorities

FEWEST = 30  # authorities
WEAK = 0.15  # R² below this: the line is switched off
STRONG = 0.25  # R² of a correlation of 0.5, "large" by Cohen's convention (1988)

Strength = Literal["strong", "some", "little"]
Typical = Literal["higher than", "similar to", "lower than"]


@dataclass(frozen=True)
class Link:
    """A straight line through authorities, and how closely they follow it.

    Attributes
    ----------
    n : int
        Authorities with both values.
    r_squared : float
        The share of the variation between them that goes with the context measure.
    slope, intercept : float
        In the indicator's unit (per unit of the context measure).
    low, high : float
        The middle 80 % of the authorities lie between these distances from the line.
    """

    n: int
    r_squared: float
    slope: float
    intercept: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Whether the link is strong enough to draw a line and call anything typical."""
        return self.r_squared >= WEAK

    @property
    def strength(self) -> Strength:
        """The link in a word."""
        if not self.shown:
            return "little"
        return "strong" if self.r_squared >= STRONG else "some"

    def at(self, context: float) -> float:
        """What the line gives for a value of the context measure."""
        return self.intercept + self.slope * context

    def typical(self, value: float, context: float) -> Typical | CannotSay:
        """Where a value lies beside what is typical for places with a similar context."""
        if not self.shown:
            return CannotSay("the link is too weak to call anything typical")
        distance = value - self.at(context)
        if distance > self.high:
            return "higher than"
        return "lower than" if distance < self.low else "similar to"


def link(at: ByArea, context: pd.Series) -> Link | CannotSay:
    """Ordinary least squares of an indicator on a context measure, across authorities.

    Parameters
    ----------
    at : mapping of str to Observation
        By area, in one period; regions and England are ignored.
    context : Series
        The context measure, indexed by authority number; NaN where there is none.

    Notes
    -----
    An association across places, not a cause, and not of children within them. Statistical
    neighbours were chosen on similar measures already.
    """
    found = authorities(at)
    x = context.astype(float).reindex([one.area for one in found]).to_numpy()
    y = np.array([one.value for one in found], dtype=float)
    known = ~np.isnan(x)
    x, y = x[known], y[known]
    if len(x) < FEWEST:
        return CannotSay(f"fewer than {FEWEST} authorities have both values")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return CannotSay("all authorities have the same value")
    across = x - x.mean()
    slope = float((across * y).sum() / (across**2).sum())
    intercept = float(y.mean() - slope * x.mean())
    residuals = y - (intercept + slope * x)
    r_squared = 1 - float((residuals**2).sum() / ((y - y.mean()) ** 2).sum())
    low, high = (float(q) for q in np.quantile(residuals, [0.1, 0.9]))
    return Link(len(x), r_squared, slope, intercept, low, high)
