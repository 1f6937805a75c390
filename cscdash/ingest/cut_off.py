"""A file that was cut off is told from a short one by the areas that it should have."""

import numpy as np

from cscdash.errors import CscdashError
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.published_table import Mask, Table, area_codes
from cscdash.periods import end_year, read_period
from cscdash.places import places

_WHOLE = 100  # a file with so many authorities in one of its periods is a file of all of them
_MOST = 0.97  # of the authorities that a period has elsewhere; some files lack a few in some years


def refuse_cut_off(table: Table) -> None:
    """Refuse a table of all authorities that lacks many of them, or England, in some period.

    An extract of a few authorities, or of one year, is short but whole.

    Raises
    ------
    UnusableError
        If the table seems to be cut off.
    """
    authority, country, region = _kinds()
    number = len(area_codes())
    found: dict[int, Mask] = {}
    for place, word in enumerate(table.time.words):
        rows = table.time.codes == place
        if not rows.any():
            continue
        there = np.bincount(table.area[rows], minlength=number) > 0
        year = _year(word)
        found[year] = found.get(year, np.zeros(number, dtype=bool)) | there
    counts = {year: int((there & authority).sum()) for year, there in found.items()}
    most = max(counts.values(), default=0)
    if most < _WHOLE * 0.6:
        return
    regions = any((there & region).any() for there in found.values())
    for year, there in found.items():
        lacking = [
            said
            for said, gone in (
                ("the row of England", not (there & country).any()),
                ("the rows of regions", regions and not (there & region).any()),
            )
            if gone
        ]
        if counts[year] < _MOST * max(most, 150 if most < 140 else 0):
            lacking.append(f"{_expected(most)} authorities (there are {counts[year]})")
        if lacking:
            raise UnusableError(
                f"{table.label} lacks, for {year}, {' and '.join(lacking)}, so it seems to be cut"
                " off. Download it again.",
                [table.label],
            )


def _expected(most: int) -> int:
    return most if most >= 140 else 150


def _year(word: str) -> int:
    try:
        return end_year(read_period(word, "Academic year")[0])
    except CscdashError:
        return 0


def _kinds() -> tuple[Mask, Mask, Mask]:
    """Which areas, in the order of `area_codes`, are authorities, England, and regions."""
    levels = np.array([places().areas[code].level for code in area_codes()])
    return levels == "authority", levels == "country", levels == "region"
