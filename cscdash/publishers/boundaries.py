"""Boundaries that have come in: made ready for the maps, and kept with the extracts."""

from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.boundaries import keep_boundaries, kept_boundaries
from cscdash.publishers.cache import Cache

PUBLICATION = "boundaries"


def prepare_maps(cache: Cache, store: Path, new: bool) -> str:
    """Prepare the newest boundaries of the cache, if they are new or the store has none.

    Returns
    -------
    str
        What a person should know; empty if there is nothing.
    """
    files = sorted(path for path in cache.of(PUBLICATION) if cache.holds(path))
    if not files or not (new or kept_boundaries(store) is None):
        return ""
    from cscdash.places.boundaries import boundaries_from  # loads geopandas: only where needed

    try:
        keep_boundaries(store, boundaries_from(cache.folder / files[-1]))
    except CscdashError as error:
        return f"The boundaries were not used: {error}"
    return "The boundaries for the maps are new."
