"""Places: areas, the days they existed, and their statistical neighbours."""

from cscdash.places.areas import Area, Level, Places, places
from cscdash.places.neighbours import CLOSENESS, Neighbour, neighbours
from cscdash.places.reference import REFERENCE

__all__ = [
    "CLOSENESS",
    "REFERENCE",
    "Area",
    "Level",
    "Neighbour",
    "Places",
    "neighbours",
    "places",
]
