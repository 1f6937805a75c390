"""Whole numbers that share out a sum: among authorities, among categories."""

import numpy as np

from cscdash.ingest.demonstration.dice import settled
from cscdash.ingest.published_cells import Floats


def amounts(weight: Floats, england: Floats, chance: Floats) -> Floats:
    """Whole numbers that share out England's: periods × authorities."""
    total = settled(weight.sum(axis=1, keepdims=True))
    expected = weight * (england[:, None] / np.maximum(total, 1e-9))
    return _counted(expected, expected, chance, england)


def shares(tendency: Floats, bottom: Floats, england: Floats, chance: Floats) -> Floats:
    """Whole numbers out of `bottom` that give England this share: periods × authorities."""
    share = np.minimum(_at_odds(tendency, bottom, england * bottom.sum(axis=1)), 0.9999)
    target = england * bottom.sum(axis=1)
    expected = share * bottom
    return np.minimum(_counted(expected, expected * (1.0 - share), chance, target), bottom)


def _at_odds(odds: Floats, bottom: Floats, target: Floats) -> Floats:
    """The shares at these odds, all times one factor, whose sum over the last axis is `target`."""
    low, high = np.full(target.shape, 1e-7), np.full(target.shape, 1e7)
    for _ in range(60):
        middle = np.sqrt(low * high)
        each = middle[..., None] * odds
        enough = (bottom * (each / (1.0 + each))).sum(axis=-1) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    each = settled(high)[..., None] * odds
    found: Floats = each / (1.0 + each)
    return found


def apportioned(whole: Floats, weight: Floats) -> Floats:
    """Divide whole numbers by weights along the last axis, so that the parts add up again."""
    running = np.cumsum(weight, axis=-1)
    last = np.where(running[..., -1:] > 0, running[..., -1:], 1.0)
    edges = np.floor(running / last * whole[..., None] + 0.5)
    parts: Floats = np.diff(edges, axis=-1, prepend=0.0)
    return parts


def groups_at_odds(odds: Floats, bottom: Floats, top: Floats) -> Floats:
    """Divide numerators among groups with their own denominators, none above its denominator."""
    expected = _at_odds(odds, bottom, top) * bottom
    parts = np.minimum(apportioned(top, expected), bottom)
    missing = top - parts.sum(axis=-1)
    for place in range(parts.shape[-1]):
        room = np.minimum(bottom[..., place] - parts[..., place], missing)
        parts[..., place] += room
        missing = missing - room
    return parts


def _counted(expected: Floats, variance: Floats, chance: Floats, target: Floats) -> Floats:
    """Expected numbers with chance on top, as whole numbers near the sum wanted."""
    factor = np.ones((len(target), 1))
    number = expected
    for _ in range(2):
        moved = expected * factor
        number = np.floor(moved + np.sqrt(np.maximum(variance * factor, 0.0)) * chance + 0.5)
        number = np.where(expected > 0, np.maximum(number, 0.0), 0.0)
        reached = np.maximum(number.sum(axis=1), 1.0)
        factor = factor * settled(target / reached)[:, None]
    return number
