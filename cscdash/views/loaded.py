"""The extracts in use, loaded once per process. Nothing else in the app keeps a cache."""

import os
from pathlib import Path

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.extracts.store import current

ROOT = Path(__file__).resolve().parents[2]


def places_to_look() -> list[Path]:
    """The stores that the app would open, in this order."""
    named = os.environ.get("CSCDASH_DATA", "")
    own = [Path(named)] if named else []
    return [*own, ROOT / "data" / "extracts", ROOT / "data" / "demonstration"]


def store() -> Store:
    """The store in use: the first of the places to look that holds one.

    Raises
    ------
    CscdashError
        If ``CSCDASH_DATA`` names a folder without extracts, or there is no store at all.
    """
    named = os.environ.get("CSCDASH_DATA", "")
    for folder in places_to_look():
        build = current(folder)
        if build is not None:
            return _store(str(folder), build)
        if named and folder == Path(named):
            raise CscdashError(f"CSCDASH_DATA names {folder}, which holds no extracts.")
    raise CscdashError("There are no extracts. Draw some: python -m cscdash demonstrate.")


def extract(indicator: str) -> Extract | None:
    """An indicator's extract; None if the store has none, which is a normal state."""
    here = store()
    if indicator not in here.indicators:
        return None
    return _extract(str(here.folder), here.build, indicator)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(folder: str, build: str) -> Store:
    return Store.open(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=400)
def _extract(folder: str, build: str, indicator: str) -> Extract:
    return Extract(catalogue().indicator(indicator), Store(Path(folder), build).read(indicator))
