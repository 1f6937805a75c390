"""Places: areas, when they existed, and their statistical neighbours."""

from cscdash.places.areas import Area, Level, Places, places
from cscdash.places.context import children, context_values
from cscdash.places.names import resolve, the_area
from cscdash.places.neighbours import CLOSENESS, Neighbour, neighbours
from cscdash.places.reference import REFERENCE

__all__ = [
    "CLOSENESS",
    "REFERENCE",
    "Area",
    "Level",
    "Neighbour",
    "Places",
    "children",
    "context_values",
    "neighbours",
    "places",
    "resolve",
    "the_area",
]
