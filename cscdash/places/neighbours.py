"""Statistical neighbours: the ten authorities most alike in their population and circumstances."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.places.areas import places
from cscdash.places.reference import REFERENCE, read_table

CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
"""How alike two authorities are in the Department's model, in its words, closest first."""


@dataclass(frozen=True)
class Neighbour:
    """A statistical neighbour: its code, its place (1 is the closest) and how close it is."""

    code: str
    rank: int
    closeness: str


def load(folder: Path = REFERENCE) -> dict[str, tuple[Neighbour, ...]]:
    """Read ``neighbours.csv`` of a folder.

    Parameters
    ----------
    folder : Path
        Where the reference tables are.

    Returns
    -------
    dict
        The neighbours of each authority, by its code, the closest first.

    Raises
    ------
    CscdashError
        If the table is missing, or the places of an authority's neighbours do not run
        1, 2, 3 …, or a closeness is not one of ``CLOSENESS``.
    """
    found: defaultdict[str, list[Neighbour]] = defaultdict(list)
    columns = ("authority", "rank", "neighbour", "closeness")
    for row in read_table(folder / "neighbours.csv", columns):
        code, place, closeness = row["authority"], row["rank"], row["closeness"]
        if place != str(len(found[code]) + 1) or closeness not in CLOSENESS:
            raise CscdashError(
                f"neighbours.csv: {row['neighbour']} cannot be neighbour {place} of {code} "
                f"with the closeness ‘{closeness}’."
            )
        found[code].append(Neighbour(row["neighbour"], int(place), closeness))
    return {code: tuple(near) for code, near in found.items()}


@cache
def _everyone() -> dict[str, tuple[Neighbour, ...]]:
    """Read the project's own table, once."""
    return load()


def neighbours(code: str) -> tuple[Neighbour, ...]:
    """List the ten statistical neighbours of an authority, the closest first.

    Parameters
    ----------
    code : str
        The code of any area.

    Returns
    -------
    tuple of Neighbour
        Empty for regions, England and abolished authorities, which the model leaves out.
        The ten of City of London and of Isles of Scilly are all ``Not close``.

    Raises
    ------
    CscdashError
        If no area has this code.
    """
    return _everyone().get(places().area(code).code, ())
