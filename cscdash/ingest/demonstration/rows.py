"""From drawn numbers to observations."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cscdash.extracts import SCHEMA
from cscdash.ingest.demonstration.plan import Plan
from cscdash.ingest.published_cells import OK, STATUS, Codes, Floats, K
from cscdash.ingest.published_table import Mask
from cscdash.periods import period_end

RELEASE = "demonstration"
_FLAGS = "pej"  # in the order in which letters stand in an observation


@dataclass(frozen=True)
class Cells:
    """Drawn cells of one breakdown: periods × areas × categories.

    `letters` holds, for each flag, where it stands.
    """

    breakdown: str
    categories: list[str]
    places: list[int]
    value: Floats
    top: Floats
    bottom: Floats
    status: Codes
    letters: dict[str, Mask]
    shown: Mask


def as_table(plan: Plan, areas: list[str], blocks: list[Cells]) -> pa.Table:
    """The observations of an indicator, sorted as an extract is."""
    columns: dict[str, list[npt.NDArray[np.generic]]] = {}
    for block in blocks:
        period, area, category = np.nonzero(block.shown)
        ok = block.status[block.shown] == OK
        # A number that rounds to nought is published beside its [k]: only the share is not.
        told = ok | (block.status[block.shown] == K)
        flags = np.zeros(len(area), dtype=np.int64)
        for place, letter in enumerate(_FLAGS):
            flags += np.where(block.letters[letter][block.shown], 1 << place, 0)
        ends = [period_end(p, plan.indicator.period_means) for p in plan.periods]
        for name, column in {
            "area": np.array(areas)[area],
            "period": np.array(plan.periods)[np.array(block.places)[period]],
            "period_end": np.array(ends, dtype="datetime64[D]")[np.array(block.places)[period]],
            "breakdown": np.full(len(area), block.breakdown),
            "category": np.array(block.categories)[category],
            "value": np.where(ok, block.value[block.shown], np.nan),
            "numerator": np.where(told, block.top[block.shown], np.nan),
            "denominator": np.where(told, block.bottom[block.shown], np.nan),
            "status": np.array(STATUS)[block.status[block.shown]],
            "flags": np.array(_letters())[flags],
            "release": np.full(len(area), RELEASE),
        }.items():
            columns.setdefault(name, []).append(column)
    whole = {name: np.concatenate(parts) for name, parts in columns.items()}
    order = np.lexsort([whole[n] for n in ("category", "period", "breakdown", "area")])
    return pa.Table.from_arrays([_array(f, whole[f.name][order]) for f in SCHEMA], schema=SCHEMA)


def _letters() -> list[str]:
    """Every set of flags, by the number that stands for it."""
    return [
        "".join(letter for place, letter in enumerate(_FLAGS) if bits >> place & 1)
        for bits in range(1 << len(_FLAGS))
    ]


def _array(field: pa.Field, column: npt.NDArray[np.generic]) -> pa.Array:
    if pa.types.is_floating(field.type):
        return pa.array(column, mask=np.isnan(column.astype(float)))
    if pa.types.is_date(field.type):
        return pa.array(column).cast(pa.date32())
    words, codes = np.unique(column, return_inverse=True)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(words.tolist(), pa.string())
    )
