"""An indicator's demonstration extract: the model's numbers, with gaps as in published files."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from cscdash.catalogue.models import Catalogue, Indicator, Source
from cscdash.ingest.demonstration.country import JOINT, Country, country
from cscdash.ingest.demonstration.gaps import mark_doubts, reasons, too_small
from cscdash.ingest.demonstration.hide import Constraint, closed
from cscdash.ingest.demonstration.model import Numbers, numbers
from cscdash.ingest.demonstration.parts import parts
from cscdash.ingest.demonstration.plan import Plan, plan
from cscdash.ingest.demonstration.rows import Cells, as_table
from cscdash.ingest.demonstration.splits import Split
from cscdash.ingest.demonstration.wholes import Whole, wholes
from cscdash.ingest.published_cells import OK, C, Codes, Floats, K, X, Z
from cscdash.ingest.published_table import Mask


def extracts(catalogue: Catalogue) -> dict[str, pa.Table]:
    """Draw the demonstration extracts of all indicators that have a source, by id."""
    known = wholes(catalogue, country().everyone)
    return {
        indicator.id: _extract(indicator, catalogue, known)
        for indicator in catalogue.indicators
        if indicator.source
    }


def _extract(indicator: Indicator, catalogue: Catalogue, known: Mapping[str, Whole]) -> pa.Table:
    land = country()
    made = plan(indicator, catalogue, land.everyone, known)
    absent = reasons(made, land)
    total = numbers(made, land)
    if total.bottom is not None:
        absent = np.where((absent == OK) & (total.bottom == 0), Z, absent).astype(np.int8)
    whole = _total(made, land, total, absent)
    blocks = [whole] if made.has_total else []
    for split in made.splits:
        blocks.append(_split(made, land, split, total, absent, whole))
    return as_table(made, land.codes, blocks)


def _counting(made: Plan, total: Numbers, absent: Codes) -> Mask:
    """Which authorities are in the sums of regions and England.

    Of a quotient only those with both numbers; a plain count has an estimate for the others.
    """
    return total.there & (absent == OK) if made.is_quotient else total.there


def _with_groups(land: Country, number: Floats, counts: Mask) -> Floats:
    """Authorities with, behind them, the sums of regions and England over those that count."""
    counted = np.where(counts.reshape(*counts.shape, *[1] * (number.ndim - 2)), number, 0.0)
    sums = np.tensordot(land.inside.astype(float), counted, axes=(1, 1))
    return np.concatenate([number, np.moveaxis(sums, 0, 1)], axis=1)


def _total(made: Plan, land: Country, total: Numbers, absent: Codes) -> Cells:
    counts = _counting(made, total, absent)
    top = _with_groups(land, total.top, counts)[..., None]
    bottom = None if total.bottom is None else _with_groups(land, total.bottom, counts)[..., None]
    status = _statuses(land, absent, 1)
    tiny = too_small(made, top, bottom)
    for place, source in enumerate(made.sources):
        _hide(made, land, source, status[place], tiny[place], top[place], _size(top, bottom)[place])
    return _cells(
        made, land, "total", ["total"], list(range(len(made.years))), made.sources, top, bottom,
        status,
    )  # fmt: skip


def _split(
    made: Plan, land: Country, split: Split, total: Numbers, absent: Codes, whole: Cells
) -> Cells:
    counts = _counting(made, total, absent)[split.places]
    own_top, own_bottom = parts(made, split, total, land)
    top = _with_groups(land, own_top, counts)
    bottom = None if own_bottom is None else _with_groups(land, own_bottom, counts)
    gone = absent[split.places]
    for place, at in enumerate(split.places):
        mark_doubts(gone[place], split.source, made.years[at], land)
    status = _statuses(land, gone, len(split.weights))
    tiny = too_small(made, top, bottom if split.kind == "groups" else None)
    names = list(split.weights)
    locked = names.index(split.headline) if split.headline else None
    for place, at in enumerate(split.places):
        of_total = np.isin(whole.status[at, :, 0], (C, X)) & (status[place, :, 0] == OK)
        of_total &= made.has_total
        if locked is not None:
            tiny[place, :, locked] = of_total
        _hide(
            made, land, split.source, status[place], tiny[place], top[place],
            _size(top, bottom)[place], _constraints(split, of_total), locked,
        )  # fmt: skip
    sources = [split.source] * len(split.places)
    return _cells(made, land, split.name, names, split.places, sources, top, bottom, status, split)


def _constraints(split: Split, total_hidden: Mask) -> list[Constraint]:
    """Which categories add up to something shown."""
    everyone = list(range(len(split.weights)))
    never = np.zeros(len(total_hidden), dtype=bool)
    if split.kind in ("parts", "groups"):
        return [Constraint(everyone, total_hidden)]
    if split.kind == "separate" or split.rest:
        return []
    found = [Constraint(everyone, never)]
    if split.inside:
        inside = [list(split.weights).index(category) for category in split.inside]
        outside = [place for place in everyone if place not in inside]
        found += [Constraint(inside, total_hidden), Constraint(outside, total_hidden)]
    return found


def _statuses(land: Country, absent: Codes, categories: int) -> Codes:
    groups = np.full((len(absent), len(land.groups)), OK, dtype=np.int8)
    status = np.concatenate([absent, groups], axis=1)
    return np.repeat(status[..., None], categories, axis=2)


def _size(top: Floats, bottom: Floats | None) -> Floats:
    return top if bottom is None else np.minimum(np.abs(top), bottom)


def _hide(
    made: Plan,
    land: Country,
    source: Source,
    status: Codes,
    tiny: Mask,
    top: Floats,
    size: Floats,
    constraints: Sequence[Constraint] = (),
    locked: int | None = None,
) -> None:
    """Give hidden cells of one period their status."""
    if made.only_england or not made.people:
        return
    usable = (status == OK) & ((top != 0) | (size >= 0))
    hidden = closed(tiny, size, usable, land.sums, constraints, locked)
    # The tool that carries other publishers' series has one symbol for every reason.
    status[hidden] = X if source.dataset == "lait_series" else C


def _cells(
    made: Plan,
    land: Country,
    breakdown: str,
    categories: list[str],
    places: list[int],
    sources: Sequence[Source],
    top: Floats,
    bottom: Floats | None,
    status: Codes,
    split: Split | None = None,
) -> Cells:
    """Values, statuses and flags of all areas, joint returns shown for both authorities."""
    shape = top.shape
    indicator = made.indicator
    here = land.alive(made.periods, indicator.period_means)[places]
    derived = np.array([_derived(source, split) for source in sources])
    numbers_ = top / made.top_steps
    below = np.full(shape, np.nan) if bottom is None else bottom / made.bottom_steps
    value = numbers_
    if made.is_quotient:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = numbers_ / below * made.scale
        status = np.where((status == OK) & ~(below > 0), Z, status).astype(np.int8)
    decimals = indicator.decimals + derived.astype(int) * (indicator.decimals < 2)
    tens = (10.0**decimals)[:, None, None]
    value = np.floor(value * tens + 0.5) / tens
    if made.nature == "share":
        vanishing = (status == OK) & (value == 0) & (top > 0) & ~derived[:, None, None]
        status = np.where(vanishing, K, status).astype(np.int8)
    for place, source in enumerate(sources):
        for category in range(shape[2]):
            mark_doubts(status[place, :, category], source, made.years[places[place]], land)
    tops = np.array([bool(s.numerator) if split is None else split.shows_top for s in sources])
    bottoms = np.array([_below(s) if split is None else split.shows_bottom for s in sources])
    shown_top = np.where(tops[:, None, None], numbers_, np.nan)
    shown_bottom = np.where(bottoms[:, None, None], below, np.nan)
    is_group = np.arange(shape[1]) >= land.authorities
    summed = np.array([source.regions == "summed" for source in sources])
    latest = np.array([made.years[place] == made.years[-1] for place in places])
    letters = {
        "p": np.broadcast_to((latest & made.provisional)[:, None, None], shape),
        "e": np.broadcast_to(
            (derived[:, None] | (summed[:, None] & is_group[None, :]))[..., None], shape
        )
        | made.of_authorities,
        "j": np.zeros(shape, dtype=bool),
    }
    shown = np.ones(shape, dtype=bool)
    shown[:, : land.authorities] = here[..., None]
    if made.only_england:
        shown[:, :-1] = False
    if made.of_authorities:
        shown[:, : land.authorities] = False
    if made.joint:
        for first, second in JOINT:
            one, two = land.codes.index(first), land.codes.index(second)
            for array in (value, shown_top, shown_bottom, status):
                array[:, two] = array[:, one]
            letters["j"][:, [one, two]] = True
    return Cells(
        breakdown, categories, places, value, shown_top, shown_bottom, status, letters, shown
    )


def _derived(source: Source, split: Split | None) -> bool:
    return split.derived if split else source.derive not in ("direct", "months")


def _below(source: Source) -> bool:
    return bool(source.denominator or source.denominator_where or source.population)
