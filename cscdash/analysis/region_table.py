"""A region's authorities beside each other on several measures: how far each is from the middle.

The middle is the median of those with a value, and the middle half lies between their quartiles.
Distance has no direction here, and a value that chance alone may have put there has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cscdash.analysis.comparison import FEWEST
from cscdash.analysis.observations import CannotSay, joint_once
from cscdash.analysis.uncertainty import Band
from cscdash.extracts.observation import Observation

FAR = 1.5  # widths of the middle half beyond it, after Tukey's fences


@dataclass(frozen=True)
class Quarters:
    """The middle of a region: the quartiles of those with a value, and how many these are."""

    lower: float
    median: float
    upper: float
    counted: int


def quarters(found: Iterable[Observation]) -> Quarters | CannotSay:
    """The quartiles of some observations of one period, each joint return once.

    Returns
    -------
    Quarters or CannotSay
        A refusal where fewer than five have a value.
    """
    values = [one.value for one in joint_once(o for o in found if o.value is not None)]
    if len(values) < FEWEST:
        return CannotSay(f"only {len(values)} have a value, too few for a middle")
    lower, middle, upper = map(float, np.quantile(np.array(values, dtype=float), [0.25, 0.5, 0.75]))
    return Quarters(lower, middle, upper, len(values))


def steps_away(value: float, of: Quarters, band: Band | CannotSay | None = None) -> int:
    """How far a value is from the middle of its region.

    Parameters
    ----------
    value : float
    of : Quarters
    band : Band, optional
        Where the value could lie by chance alone.

    Returns
    -------
    int
        0 in the middle half, or where chance alone reaches the median; 1 outside it; 2 further
        outside than one and a half times its width.
    """
    width = of.upper - of.lower
    beyond = max(of.lower - value, value - of.upper)
    tiny = 1e-9 * max(1.0, abs(of.median))
    if beyond <= tiny or width <= tiny:
        return 0
    if isinstance(band, Band) and band.low <= of.median <= band.high:
        return 0
    return 2 if beyond > FAR * width + tiny else 1


def by_closeness(codes: Sequence[str], nearest: Sequence[str], own: str) -> list[str]:
    """Codes in the order of closeness to one of them; those of unknown closeness last."""
    order = {code: at for at, code in enumerate((own, *nearest))}
    return sorted(codes, key=lambda code: order.get(code, len(order)))
