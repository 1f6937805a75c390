"""An invented England: real names and regions, and of its numbers only one that is real.

That one is child poverty, rounded and with chance on top, so that the pages which set an
indicator beside it have something to show.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from cscdash.extracts.published_cells import Floats
from cscdash.ingest.demonstration.dice import Dice, grown
from cscdash.ingest.published_table import Mask
from cscdash.periods import PeriodMeans, census_day
from cscdash.places import REFERENCE, places
from cscdash.places.reference import read_table

FIRST = 1990  # no earlier year is drawn
NOWHERE = "420"  # Isles of Scilly: most figures do not apply there

_YEAR = 2024
_CHILDREN = 12_100_000  # about as many as England has, so that rates come out near the published
_YEARLY_GROWTH = 0.004
_TYPICAL = {
    "county": 140_000,
    "metropolitan district": 70_000,
    "London borough": 58_000,
    "unitary authority": 46_000,
}
_TINY = {"201": 1_000, NOWHERE: 300, "857": 7_000}
_POVERTY = "poverty_bhc"


@dataclass(frozen=True)
class Country:
    """Areas and what was invented about them.

    Attributes
    ----------
    codes : list of str
        Authorities of today and of yesterday by code; then regions, halves of London, England.
    authorities : int
        How many of them are authorities.
    inside : array of float, groups × authorities
        1 where an authority is part of a group.
    sums : list of (parent, children)
        Places in `codes`: every published sum, from England down.
    children : array, authorities
        Children in 2024, whole numbers.
    need : array, authorities
        A score: mean about 0, standard deviation about 1, mostly child poverty.
    region : list of int
        The place of each authority's region among the regions.
    """

    codes: list[str]
    authorities: int
    inside: Floats
    sums: list[tuple[int, list[int]]]
    children: Floats
    need: Floats
    region: list[int]

    def population(self, year: int) -> Floats:
        """Children of each authority in the middle of a year, as whole numbers."""
        grown_by = 1.0 + _YEARLY_GROWTH * (year - _YEAR)
        whole: Floats = np.floor(self.children * grown_by + 0.5)
        return whole

    def everyone(self, year: int) -> float:
        """All children of the country in the middle of a year."""
        now = [places().areas[code].closed is None for code in self.codes[: self.authorities]]
        return float(self.population(year)[now].sum())

    def alive(self, periods: list[str], means: PeriodMeans) -> Mask:
        """Which authorities existed: periods × authorities."""
        days = [census_day(period, means) for period in periods]
        existed = places().existed
        return np.array([[existed(c, day) for c in self.codes[: self.authorities]] for day in days])


@cache
def country() -> Country:
    """The invented England, the same on every machine."""
    known = places()
    authorities = sorted([*known.authorities, *known.abolished], key=lambda area: area.code)
    regions = [area.code for area in known.regions]
    halves = [area.code for area in known.subregions]
    groups = [*regions, *halves, known.england.code]
    codes = [area.code for area in authorities] + groups
    at = {code: place for place, code in enumerate(codes)}
    inside = np.array(
        [
            [group in (area.region, area.subregion, known.england.code) for area in authorities]
            for group in groups
        ]
    )
    london = known.area(halves[0]).region
    sums = [(at[known.england.code], [at[code] for code in regions])]
    sums.append((at[london], [at[code] for code in halves]))
    for group, members in zip(groups, inside, strict=True):
        if group not in (known.england.code, london):
            sums.append((at[group], np.flatnonzero(members).tolist()))
    poverty = poverty_scores()
    children, need = {}, {}
    for area in known.authorities:
        wide = 0.1 if area.code in _TINY else 0.4
        typical = _TINY.get(area.code, _TYPICAL.get(area.kind, 50_000))
        children[area.code] = typical * float(grown(wide * Dice("children", area.code).bell()))
        own, unknown = Dice("need", area.code).bell(2)
        need[area.code] = 0.9 * poverty.get(area.code, unknown) + 0.4 * own
    tiny = sum(children[code] for code in _TINY)
    scale = (_CHILDREN - tiny) / (sum(children[code] for code in sorted(children)) - tiny)
    children = {c: size * (1.0 if c in _TINY else scale) for c, size in children.items()}
    heirs = [heir for area in known.abolished for heir in area.successors]
    for area in known.abolished:  # as large as its share of its successors, and as much in need
        children[area.code] = sum(children[h] / heirs.count(h) for h in area.successors)
        need[area.code] = sum(need[h] for h in area.successors) / len(area.successors)
    return Country(
        codes=codes,
        authorities=len(authorities),
        inside=inside.astype(float),
        sums=sums,
        children=np.array([np.floor(children[area.code] + 0.5) for area in authorities]),
        need=np.array([need[area.code] for area in authorities]),
        region=[regions.index(area.region) for area in authorities],
    )


def poverty_scores() -> dict[str, float]:
    """Child poverty as distances from the mean, in standard deviations, to the nearest quarter.

    In coarse steps, so that a new year's figures change little; empty without
    ``data/reference/context.csv``.
    """
    file = REFERENCE / "context.csv"
    if not file.is_file():
        return {}
    rows = read_table(file, ("area", _POVERTY))
    known = {row["area"]: float(row[_POVERTY]) for row in rows if row[_POVERTY]}
    mean = sum(known.values()) / len(known)
    wide = math.sqrt(sum((v - mean) * (v - mean) for v in known.values()) / len(known))
    return {
        code: max(-2.5, min(2.5, round((value - mean) / wide * 4) / 4))
        for code, value in known.items()
    }
