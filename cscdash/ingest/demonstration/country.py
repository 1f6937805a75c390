"""An invented England: real names and regions, and of its numbers only one that is real.

That one is child poverty, rounded and with chance on top: so that the pages which set an
indicator beside it have something to show.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from cscdash.ingest.demonstration.dice import Dice, grown
from cscdash.ingest.published_cells import Floats
from cscdash.ingest.published_table import Mask
from cscdash.periods import PeriodMeans, census_day
from cscdash.places import REFERENCE, Area, places
from cscdash.places.reference import read_table

JOINT = (("314", "318"), ("940", "941"))  # pairs that hand in one return on social workers
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
_POVERTY = "poverty_bhc"
_TINY = {"201": 1_000, "420": 300, "857": 7_000}


@dataclass(frozen=True)
class Country:
    """Areas and what was invented about them.

    Attributes
    ----------
    codes : list of str
        Authorities of today and of yesterday by code, then `groups`.
    authorities : int
        How many of them are authorities.
    groups : list of str
        Regions, halves of London, England.
    inside : array of bool, groups × authorities
        Which authorities a group is the sum of.
    sums : list of (parent, children)
        Places in `codes`: every published sum, from England down.
    children : array, authorities
        Children in 2024.
    need : array, authorities
        A score: mean about 0, standard deviation about 1, mostly child poverty.
    region : array of int, authorities
        The place of the region among the regions.
    """

    codes: list[str]
    authorities: int
    groups: list[str]
    inside: Mask
    sums: list[tuple[int, list[int]]]
    children: Floats
    need: Floats
    region: list[int]

    def population(self, year: int) -> Floats:
        """Children in the middle of a year, as whole numbers."""
        grown_by = 1.0 + _YEARLY_GROWTH * (year - _YEAR)
        whole: Floats = np.floor(self.children * grown_by + 0.5)
        return whole

    def everyone(self, year: int) -> float:
        """All children of the country in the middle of a year."""
        now = [places().areas[code].closed is None for code in self.codes[: self.authorities]]
        return float(self.population(year)[now].sum())

    def alive(self, periods: list[str], means: PeriodMeans) -> Mask:
        """Which authorities were there: periods × authorities."""
        days = [census_day(period, means) for period in periods]
        there = [
            [places().existed(code, day) for code in self.codes[: self.authorities]] for day in days
        ]
        return np.array(there, dtype=bool).reshape(len(periods), self.authorities)


@cache
def country() -> Country:
    """The invented England, the same on every machine."""
    known = places()
    authorities = sorted([*known.authorities, *known.abolished], key=lambda area: area.code)
    groups = [area.code for area in (*known.regions, *known.subregions, known.england)]
    codes = [area.code for area in authorities] + groups
    at = {code: place for place, code in enumerate(codes)}
    regions = [area.code for area in known.regions]
    halves = [area.code for area in known.subregions]
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
    region = [regions.index(area.region) for area in authorities]
    return Country(
        codes=codes,
        authorities=len(authorities),
        groups=groups,
        inside=inside,
        sums=sums,
        children=_children(),
        need=_need(authorities),
        region=region,
    )


def _need(authorities: list[Area]) -> Floats:
    """Scores of the authorities; of an abolished one, the mean of its successors."""
    poverty = poverty_scores()
    drawn = {}
    for area in authorities:
        own, unknown = Dice("need", area.code).bell(2)
        drawn[area.code] = 0.9 * poverty.get(area.code, unknown) + 0.4 * own
    for area in authorities:
        if area.successors:
            after = [drawn[code] for code in area.successors]
            drawn[area.code] = sum(after) / len(after)
    return np.array([drawn[area.code] for area in authorities])


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
    wide = (sum((value - mean) ** 2 for value in known.values()) / len(known)) ** 0.5
    return {
        code: max(-2.5, min(2.5, round((value - mean) / wide * 4) / 4))
        for code, value in known.items()
    }


def _children() -> Floats:
    """Invented sizes of all authorities by code; an abolished one is as large as its successors."""
    known = places()
    drawn = {}
    for area in known.authorities:
        size = _TINY.get(area.code, _TYPICAL.get(area.kind, 50_000))
        wide = 0.1 if area.code in _TINY else 0.4
        drawn[area.code] = size * float(grown(wide * Dice("children", area.code).bell(1))[0])
    tiny = sum(drawn[code] for code in _TINY)
    scale = (_CHILDREN - tiny) / (sum(drawn[code] for code in sorted(drawn)) - tiny)
    now = {code: size * (1.0 if code in _TINY else scale) for code, size in drawn.items()}
    heirs = [heir for area in known.abolished for heir in area.successors]
    for area in known.abolished:
        now[area.code] = sum(drawn[h] * scale / heirs.count(h) for h in area.successors)
    return np.array([np.floor(now[code] + 0.5) for code in sorted(now)])
