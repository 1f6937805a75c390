"""The model of a breakdown: the total of each authority, divided into categories."""

import numpy as np

from cscdash.ingest.demonstration.country import Country
from cscdash.ingest.demonstration.dice import Dice, grown, settled
from cscdash.ingest.demonstration.model import Numbers, by_category
from cscdash.ingest.demonstration.plan import Plan
from cscdash.ingest.demonstration.sharing import amounts, apportioned, groups_at_odds, shares
from cscdash.ingest.demonstration.splits import Split
from cscdash.ingest.published_cells import Floats

_WIDE = 0.25


def parts(
    plan: Plan, split: Split, total: Numbers, country: Country
) -> tuple[Floats, Floats | None]:
    """Divide a total.

    Returns
    -------
    array
        Numerators: periods × authorities × categories.
    array, optional
        Denominators, of the same shape; none for plain counts without one.
    """
    top = total.top[split.places]
    bottom = None if total.bottom is None else total.bottom[split.places]
    names = list(split.weights)
    seed = (plan.indicator.id, split.name)
    uneven = by_category(seed, (*top.shape, len(names)), _WIDE)
    if plan.of_authorities:
        return _quotas(plan, split, top), None
    if split.kind == "separate":
        return _separate(plan, split, country, top, bottom)
    if split.kind == "groups":
        return _groups(plan, split, top, bottom, uneven)
    if split.kind == "whole" and bottom is not None:
        whole = _whole(split, top, bottom, uneven, _targets(plan, split, top, bottom))
        return whole, np.repeat(bottom[..., None], len(names), axis=2)
    weight = _raked(uneven, top, _targets(plan, split, top, bottom))
    divided = apportioned(top, weight)
    below = top if bottom is None else bottom
    return divided, np.repeat(below[..., None], len(names), axis=2)


def _quotas(plan: Plan, split: Split, top: Floats) -> Floats:
    """One category for each authority, by lot, so that England's numbers are near the published.

    No authority's lot is ever shown: only sums of regions and England are.
    """
    target = _targets(plan, split, top, None)
    lots = Dice(plan.indicator.id, split.name, "lots").even(*top.shape)
    lots[1:] = np.where(lots[1:] < 0.8, lots[:1], lots[1:])  # most keep theirs
    chosen = np.zeros((*top.shape, len(target)))
    for year in range(len(top)):
        there = np.flatnonzero(top[year] > 0)
        inline = there[np.argsort(lots[year, there], kind="stable")]
        # One away from the published number, so that nobody takes it for it.
        edges = np.floor(np.cumsum(target / target.sum()) * len(inline) + 0.5)
        edges[:-1] = np.minimum(
            edges[:-1] + np.where(np.arange(len(edges) - 1) % 2, -1, 1), edges[-1]
        )
        first = 0
        for category, edge in enumerate(np.maximum.accumulate(edges).astype(int)):
            chosen[year, inline[first:edge], category] = 1.0
            first = max(first, edge)
    return chosen


def _targets(plan: Plan, split: Split, top: Floats, bottom: Floats | None) -> Floats:
    """England's share of each category in what is divided: as published, or rough."""
    rough = np.array(list(split.weights.values()))
    rough = rough / (rough.sum() + split.rest)
    england = float(top[-1].sum())
    if plan.is_quotient and bottom is not None:
        one = float(bottom[-1].sum()) / plan.scale / plan.bottom_steps * plan.top_steps
    else:
        one = float(plan.top_steps)
    of = one * plan.scale if split.kind == "whole" else england
    told = np.array([split.checks.get(c, np.nan) for c in split.weights]) * one
    tops = np.array([split.top_checks.get(c, np.nan) for c in split.weights]) * plan.top_steps
    told = np.where(np.isnan(tops), told, tops) / max(of, 1.0)
    if split.headline:
        told[list(split.weights).index(split.headline)] = england / max(of, 1.0)
    unknown = np.isnan(told)
    left = max(1.0 - float(np.nansum(told)), 0.02)
    rough_left = rough[unknown].sum() + split.rest / (sum(split.weights.values()) + split.rest)
    target: Floats = np.where(unknown, rough * left / max(rough_left, 1e-9), told)
    return target


def _raked(uneven: Floats, whole: Floats, target: Floats) -> Floats:
    """Shares of the categories in each authority that give England the shares wanted."""
    factor = np.ones(uneven.shape[-1])
    weight = uneven
    for _ in range(6):
        weight = uneven * (target * factor)
        weight = weight / np.maximum(weight.sum(axis=-1, keepdims=True), 1e-12)
        reached = (weight * whole[..., None]).sum(axis=(0, 1)) / max(whole.sum(), 1.0)
        factor = factor * settled(target / np.maximum(reached * target.sum(), 1e-12))
    return weight


def _whole(split: Split, top: Floats, bottom: Floats, uneven: Floats, target: Floats) -> Floats:
    """Categories that make up the denominator, with the total in its place among them."""
    names = list(split.weights)
    if split.headline:
        own = names.index(split.headline)
        others = [place for place in range(len(names)) if place != own]
        rest = max(1.0 - float(target.sum()), 0.0) if split.rest else 0.0
        weight = np.concatenate([uneven[..., others], np.full((*top.shape, 1), 1.0)], axis=-1)
        weight = _raked(weight, bottom - top, np.append(target[others], rest))
        divided = np.zeros(uneven.shape)
        divided[..., others] = apportioned(bottom - top, weight)[..., :-1]
        divided[..., own] = top
        return divided
    inside = [names.index(category) for category in split.inside]
    outside = [place for place in range(len(names)) if place not in inside]
    divided = np.zeros(uneven.shape)
    for places, of in ((inside, top), (outside, bottom - top)):
        if not split.inside:
            places, of = ([] if places is inside else outside), bottom
        if places:
            weight = _raked(uneven[..., places], of, target[places] / target[places].sum())
            divided[..., places] = apportioned(of, weight)
    return divided


def _groups(
    plan: Plan, split: Split, top: Floats, bottom: Floats | None, uneven: Floats
) -> tuple[Floats, Floats]:
    """Groups with denominators of their own."""
    weights = np.array(list(split.weights.values()))
    below = top if bottom is None else bottom
    own_bottom = apportioned(below, uneven * (weights / weights.sum()))
    lean = np.array([split.lean.get(category, 1.0) for category in split.weights])
    differs = Dice(plan.indicator.id, split.name, "lean").bell(*top.shape[1:], len(lean))
    odds = np.broadcast_to(lean * grown(0.12 * differs), uneven.shape)
    if plan.nature == "share":
        return groups_at_odds(odds, own_bottom, top), own_bottom
    if plan.nature == "amount":
        return apportioned(top, odds * own_bottom), own_bottom
    even = (odds * own_bottom).sum(axis=-1) / np.maximum(own_bottom.sum(axis=-1), 1.0)
    each = odds / np.maximum(even, 1e-9)[..., None]
    mean = np.where(below > 0, top / np.maximum(below, 1.0), 0.0)
    return np.floor(mean[..., None] * each * own_bottom + 0.5), own_bottom


def _separate(
    plan: Plan, split: Split, country: Country, top: Floats, bottom: Floats | None
) -> tuple[Floats, Floats | None]:
    """Categories that one child may be counted in several of: each drawn for itself."""
    drawn = []
    scores = np.array(list(split.weights.values()))
    for place, category in enumerate(split.weights):
        seed = (plan.indicator.id, split.name, category)
        uneven = by_category(seed, (*top.shape, 1), 0.3)[..., 0]
        uneven = uneven * grown(0.1 * country.need)
        chance = Dice(*seed, "chance").bell(*top.shape)
        england = top.sum(axis=1)
        if bottom is not None and plan.nature == "share":
            level = split.checks.get(category, np.nan) / plan.scale
            usual = england / bottom.sum(axis=1) * (0.8 + 0.4 * scores[place])
            level_by_year = np.where(np.isnan(level), usual, level)
            drawn.append(shares(uneven, bottom, np.clip(level_by_year, 0.001, 0.99), chance))
            continue
        below = bottom if bottom is not None else top
        if category in split.top_checks:
            wanted = np.full(len(top), split.top_checks[category] * plan.top_steps)
        elif category in split.checks and bottom is not None and plan.is_quotient:
            wanted = split.checks[category] / plan.scale * bottom.sum(axis=1)
        elif category in split.checks:
            wanted = np.full(len(top), split.checks[category] * plan.top_steps)
        else:
            wanted = england * scores[place] * (0.4 if plan.has_total else 0.9)
        drawn.append(amounts(below * uneven, np.floor(wanted), chance))
    tops = np.stack(drawn, axis=-1)
    return tops, None if bottom is None else np.repeat(bottom[..., None], tops.shape[2], axis=2)
