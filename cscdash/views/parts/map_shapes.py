"""The shapes of maps, where a browser can fetch them: files in ``static/``, beside the app."""

import os
import shutil
from pathlib import Path

import streamlit as st

from cscdash.charts.area_map import Geometry
from cscdash.errors import CscdashError
from cscdash.extracts.boundaries import kept_boundaries
from cscdash.places.hexes import hex_file, write_hexes
from cscdash.settings import site
from cscdash.views.loaded import store

STATIC = site() / "static"


def hexagons() -> Geometry:
    """The hex map.

    Raises
    ------
    CscdashError
        If its file is not in ``static/`` and cannot be written there.
    """
    return _hexagons(hex_file()[0])


def boundaries() -> Geometry | None:
    """The map with boundaries; None if none were fetched, or they cannot be put into ``static/``.

    Boundaries are kept with the extracts, so the first page that shows them copies them.
    """
    kept = kept_boundaries(store().folder)
    return _boundaries(str(kept)) if kept else None


@st.cache_resource(show_spinner=False)
def _hexagons(name: str) -> Geometry:
    if not (STATIC / name).is_file():
        try:
            write_hexes(STATIC)
        except OSError as problem:
            raise CscdashError(
                f"The hex map cannot be drawn: {STATIC / name} is missing, and cannot be written"
                f" ({problem.strerror})."
            ) from problem
    return Geometry(f"app/static/{name}")


@st.cache_resource(show_spinner=False, max_entries=4)
def _boundaries(kept: str) -> Geometry | None:
    source = Path(kept)
    target = STATIC / source.name
    if not target.is_file():
        new = target.with_suffix(".new")
        try:
            shutil.copyfile(source, new)
            os.replace(new, target)  # nobody fetches half a file
        except OSError:
            return None
    return Geometry(f"app/static/{source.name}")
