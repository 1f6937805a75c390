"""How a breakdown divides an indicator, read from its declaration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cscdash.catalogue.models import Breakdown, Indicator, Source
from cscdash.ingest.demonstration.dice import Dice
from cscdash.ingest.demonstration.mixes import MIXES, Mix

Kind = Literal["whole", "parts", "groups", "separate"]


@dataclass(frozen=True)
class Split:
    """How a breakdown divides an indicator.

    Attributes
    ----------
    kind : str
        ``whole``: the numerators of the categories add up to the denominator (all placements).
        ``parts``: they add up to the numerator (boys and girls in care).
        ``groups``: so they do, and each has its own denominator (absence by phase).
        ``separate``: one child may count in several (factors of an assessment).
    weights : dict of str to float
        Category -> rough share of England's total.
    rest : float
        The share of categories that are not shown.
    headline : str, optional
        The category that the total of the indicator is.
    inside : tuple of str
        Categories that add up to the numerator, in a ``whole`` without a headline.
    lean : dict of str to float
        In ``groups``: how the value of a category tends to differ.
    checks, top_checks : dict of str to float
        Category -> the published England value, and numerator.
    places : list of int
        Which of the plan's years have the breakdown.
    """

    name: str
    source: Source
    kind: Kind
    weights: dict[str, float]
    rest: float
    headline: str | None
    inside: tuple[str, ...]
    lean: dict[str, float]
    checks: dict[str, float]
    top_checks: dict[str, float]
    places: list[int]
    derived: bool
    shows_top: bool
    shows_bottom: bool


def split(
    indicator: Indicator, source: Source, breakdown: Breakdown, places: Sequence[int]
) -> Split | None:
    """Read how a breakdown divides an indicator; None if its categories cannot be told."""
    where = source.where | breakdown.where
    named = source.where.get(breakdown.column or "")
    own = named if isinstance(named, str) and named not in breakdown.drop else None
    mix = _mix(breakdown, own)
    shown = _published(breakdown, where.get(breakdown.column or ""), mix)
    if len(shown) < 2 or not places:
        return None
    known = mix.parts if mix else {}
    usual = sum(known.values()) / len(known) if known else 1.0
    weights: dict[str, float] = {}
    for published, category in shown.items():
        weights.setdefault(category, known.get(published, usual if known else 0.0))
    if not known:
        spread = Dice(indicator.id, breakdown.name, "weights").even(len(weights))
        weights = {c: 0.1 + float(w) ** 2 for c, w in zip(weights, spread, strict=True)}
    headline = _headline(source, indicator, breakdown, own, shown)
    inside = tuple(shown[p] for p in (mix.inside if mix else ()) if p in shown)
    kind = _kind(indicator, source, breakdown, headline, own, shown)
    if kind == "whole" and headline and len(weights) < 3:
        return None  # the only other category would give away a hidden one
    derive = breakdown.derive or source.derive
    direct_wide = derive in ("wide", "direct") and bool(breakdown.columns)
    left = sum(known.values()) - sum(known.get(published, 0.0) for published in shown)
    return Split(
        name=breakdown.name,
        source=source,
        kind=kind,
        weights=weights,
        rest=max(left, 0.0) if kind == "whole" and headline else 0.0,
        headline=headline if kind == "whole" else None,
        inside=inside if kind == "whole" and not headline else (),
        lean={shown[p]: lean for p, lean in (mix.lean if mix else {}).items() if p in shown},
        checks=_checks(indicator, breakdown, "value"),
        top_checks=_checks(indicator, breakdown, "numerator"),
        places=list(places),
        derived=derive not in ("direct", "wide", "months"),
        shows_top=not direct_wide
        and bool(breakdown.numerator or source.numerator or breakdown.columns),
        shows_bottom=not direct_wide
        and bool(
            breakdown.denominator
            or source.denominator
            or breakdown.denominator_where
            or source.denominator_where
            or source.population
        ),
    )


def _checks(indicator: Indicator, breakdown: Breakdown, measure: str) -> dict[str, float]:
    """The published England figures of the categories, the first one listed for each."""
    return {
        check.category: check.value
        for check in reversed(indicator.check)
        if check.breakdown == breakdown.name
        and check.measure == measure
        and check.area == "E92000001"
    }


def _mix(breakdown: Breakdown, own: str | None) -> Mix | None:
    """The mix that fits a breakdown by name and, of several, by categories."""
    if breakdown.columns:
        return None
    listed = set(breakdown.labels)
    for value in breakdown.where.values():
        listed |= set(value) if isinstance(value, list) else set()
    fitting = [
        mix
        for mix in MIXES
        if breakdown.name in mix.names
        and (not listed or own in mix.parts or listed & set(mix.parts))
    ]
    return max(
        fitting,
        key=lambda mix: (own in mix.parts, len(listed & set(mix.parts))),
        default=None,
    )


def _published(
    breakdown: Breakdown, filtered: str | list[str] | None, mix: Mix | None
) -> dict[str, str]:
    """Published category -> the category as shown: what the declaration lists, or the mix."""
    if breakdown.columns:
        return {category: category for category in breakdown.columns}
    if isinstance(filtered, list):
        published = filtered
    elif mix:
        published = list(mix.parts)
    else:
        published = list(breakdown.labels)
    return {p: breakdown.labels.get(p, p) for p in published if p not in breakdown.drop}


def _headline(
    source: Source,
    indicator: Indicator,
    breakdown: Breakdown,
    own: str | None,
    shown: Mapping[str, str],
) -> str | None:
    """The category that is the indicator's own total."""
    if own in shown:
        return shown[own or ""]
    columns = {
        column
        for each in indicator.source
        if each.total and each.dataset == source.dataset
        for column in (each.value, each.numerator)
    }
    return next((c for c, column in breakdown.columns.items() if column in columns), None)


def _kind(
    indicator: Indicator,
    source: Source,
    breakdown: Breakdown,
    headline: str | None,
    own: str | None,
    shown: Mapping[str, str],
) -> Kind:
    if headline:
        return "whole"
    derive = breakdown.derive or source.derive
    has_total = any(each.total for each in indicator.source)
    if breakdown.columns:
        if derive != "ratio":
            return "separate"
        same = any(
            each.total and each.dataset == source.dataset and each.numerator
            for each in indicator.source
        )
        return "parts" if same else "whole"
    if indicator.unit == "count" or derive == "rate":
        return "parts"
    denominator_where = breakdown.denominator_where or source.denominator_where or {}
    if breakdown.column in denominator_where:
        limited = isinstance(breakdown.where.get(breakdown.column or ""), list)
        return "parts" if limited and own and own not in shown else "whole"
    return "groups" if has_total else "whole"
