"""An indicator's invented observations: the model's numbers, with gaps as in published files."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.extracts import SCHEMA
from cscdash.extracts.published_cells import OK, STATUS, C, Codes, Floats, K, X, Z
from cscdash.ingest.demonstration.breakdowns import Division
from cscdash.ingest.demonstration.country import Country, country
from cscdash.ingest.demonstration.declared import Declared, declared
from cscdash.ingest.demonstration.hidden import Sum, absent, closed, mark_doubts, too_small
from cscdash.ingest.demonstration.model import parts, totals
from cscdash.ingest.published_table import Mask
from cscdash.periods import period_end

RELEASE = "demonstration"


def observations(indicator: Indicator, catalogue: Catalogue) -> pa.Table:
    """Draw an indicator.

    Parameters
    ----------
    indicator : Indicator
        One with a source.
    catalogue : Catalogue
        Where its data sets stand; of its other indicators nothing is read.

    Returns
    -------
    Table
        Its observations, sorted as an extract is.

    Raises
    ------
    CscdashError
        Naming the indicator and what is not declared.
    """
    land = country()
    it = declared(indicator, catalogue, land)
    top, bottom, there = totals(it, land)
    gone = absent(it, land)
    if bottom is not None:
        gone = np.where((gone == OK) & (bottom == 0), Z, gone).astype(np.int8)
    # Of a quotient only authorities with both numbers are in the sums of regions and England; a
    # plain count has an estimate for the others.
    counts = there & (gone == OK) if it.is_quotient else there
    below = None if bottom is None else bottom[..., None]
    blocks = [_Block(it, land, it.whole, top[..., None], below, counts, gone)]
    for split in it.divisions:
        at = split.places
        tops, bottoms = parts(it, split, top[at], None if bottom is None else bottom[at], land)
        blocks.append(_Block(it, land, split, tops, bottoms, counts[at], gone[at], blocks[0]))
    shown = [block.columns() for block in (blocks if it.has_total else blocks[1:])]
    columns = {name: np.concatenate([block[name] for block in shown]) for name in SCHEMA.names}
    order = np.lexsort([columns[n] for n in ("category", "period", "breakdown", "area")])
    return pa.Table.from_arrays([_array(f, columns[f.name][order]) for f in SCHEMA], schema=SCHEMA)


class _Block:
    """The total or one breakdown: numbers and statuses, periods × areas × categories."""

    def __init__(
        self,
        it: Declared,
        land: Country,
        split: Division,
        top: Floats,
        bottom: Floats | None,
        counts: Mask,
        gone: Codes,
        total: "_Block | None" = None,
    ) -> None:
        self.it, self.land, self.split = it, land, split
        self.top = _with_groups(top, counts, land)
        self.bottom = None if bottom is None else _with_groups(bottom, counts, land)
        self.status = np.full(self.top.shape, OK, dtype=np.int8)
        self.status[:, : land.authorities] = gone[..., None]
        own_bottom = self.bottom if total is None or split.groups else None
        tiny = too_small(it, self.top, own_bottom)
        size = self.top if self.bottom is None else np.minimum(np.abs(self.top), self.bottom)
        for place, at in enumerate(split.places):
            status = self.status[place]
            mark_doubts(status, split.sources[place], it.years[at], land)
            of_total = np.zeros(len(status), dtype=bool)
            if total is not None and it.has_total:
                of_total = np.isin(total.status[at, :, 0], (C, X)) & (status[:, 0] == OK)
            if split.headline is not None:
                tiny[place, :, split.headline] = of_total
            if tiny[place].any():
                hidden = closed(
                    tiny[place], size[place], status == OK, land.sums, _sums(split, of_total),
                    split.headline,
                )  # fmt: skip
                status[hidden] = STATUS.index(it.facts.hidden_as)

    def columns(self) -> dict[str, npt.NDArray[np.generic]]:
        """The columns of an extract."""
        it, land, split, status = self.it, self.land, self.split, self.status.copy()
        derived, places = np.array(split.derived)[:, None, None], split.places
        number = value = self.top / it.steps[0]
        below = np.full(number.shape, np.nan)
        if self.bottom is not None:
            below = self.bottom / it.steps[1]
        if it.is_quotient:
            with np.errstate(divide="ignore", invalid="ignore"):
                value = number / below * it.scale
            status = np.where((status == OK) & ~(below > 0), Z, status)
        decimals = it.indicator.decimals + derived * (it.indicator.decimals < 2)
        tens = np.array([1.0, 10.0, 100.0])[decimals]
        value = np.floor(value * tens + 0.5) / tens
        vanishing = (it.nature == "share") & (value == 0) & (number > 0) & ~derived
        status = np.where((status == OK) & vanishing, K, status)
        number = np.where(np.array(split.shows_top)[:, None, None], number, np.nan)
        below = np.where(np.array(split.shows_bottom)[:, None, None], below, np.nan)
        shown = np.ones(status.shape, dtype=bool)
        alive = land.alive(it.periods, it.indicator.period_means)[places]
        of_authorities = it.facts.counts == "authorities"
        shown[:, : land.authorities] = alive[..., None] & (not of_authorities)
        shown[:, :-1] &= not it.facts.national
        group = np.arange(len(land.codes)) >= land.authorities
        joint = np.zeros(len(land.codes), dtype=bool)
        for one, two in (map(land.codes.index, pair) for pair in it.facts.joint):
            joint[[one, two]] = True
            for array in (value, number, below, status):
                array[:, two] = array[:, one]
        period, area, category = np.nonzero(shown)
        summed = np.array([source.regions == "summed" for source in split.sources])
        derived = derived[period, 0, 0] | (summed[period] & group[area]) | of_authorities
        latest = np.array(places)[period] == len(it.years) - 1
        flags = np.where(latest & it.provisional, "p", "")
        for letter, marked in (("e", derived), ("j", joint[area])):
            flags = np.char.add(flags, np.where(marked, letter, ""))
        ok, kept = (
            status[shown] == OK,
            np.isin(status[shown], (OK, K)),
        )  # of [k] only the share goes
        ends = [period_end(it.periods[at], it.indicator.period_means) for at in places]
        return {
            "area": np.array(land.codes)[area],
            "period": np.array([it.periods[at] for at in places])[period],
            "period_end": np.array(ends, dtype="datetime64[D]")[period],
            "breakdown": np.full(len(area), split.name),
            "category": np.array(list(split.shares))[category],
            "value": np.where(ok, value[shown], np.nan),
            "numerator": np.where(kept, number[shown], np.nan),
            "denominator": np.where(kept, below[shown], np.nan),
            "status": np.array(STATUS)[status[shown]],
            "flags": flags,
            "release": np.full(len(area), RELEASE),
        }


def _with_groups(number: Floats, counts: Mask, land: Country) -> Floats:
    """Authorities with, behind them, the sums of regions and England over those that count."""
    sums = np.tensordot(land.inside, np.where(counts[..., None], number, 0.0), axes=(1, 1))
    return np.concatenate([number, np.moveaxis(sums, 0, 1)], axis=1)


def _sums(split: Division, total_hidden: Mask) -> list[Sum]:
    """Which categories add up to something shown."""
    everyone = list(range(len(split.shares)))
    never = np.zeros(len(total_hidden), dtype=bool)
    found = [(split.inside, total_hidden)] if split.inside else []
    if split.outside and not split.unshown:
        found += [(everyone, never)]
        found += [(split.outside, total_hidden)] if split.inside else []
    return found


def _array(field: pa.Field, column: npt.NDArray[np.generic]) -> pa.Array:
    if pa.types.is_floating(field.type):
        return pa.array(column, mask=np.isnan(column.astype(float)))
    if pa.types.is_date(field.type):
        return pa.array(column).cast(pa.date32())
    words, codes = np.unique(column, return_inverse=True)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(words.tolist(), pa.string())
    )
