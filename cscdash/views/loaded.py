"""The extracts in use, loaded once per process. Nothing else in the app keeps a cache."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.observations import Point
from cscdash.catalogue import catalogue
from cscdash.extracts import Store, store_in_use
from cscdash.local import Local, folder, load, refused
from cscdash.local.folder_files import State, state_of
from cscdash.local.published_figures import Published
from cscdash.places import Area, places

Known = dict[str, tuple[Area, Point, str]]


class _Loaded:
    """One build, and what has been read of it so far.

    Two sessions that ask at once may both read; what is kept is the same.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._held = frozenset(store.indicators)
        self._extracts: dict[str, Extract] = {}
        self._known: dict[tuple[str, str], Known] = {}

    def extract(self, id: str) -> Extract | None:
        """An indicator's extract; None if the store has none."""
        if id not in self._extracts and id in self._held:
            self._extracts[id] = Extract(catalogue().indicator(id), self.store.read(id))
        return self._extracts.get(id)

    def known(self, held: Extract, period: str) -> Known:
        """Every area with a value in a period, in the order of their codes."""
        key = (held.indicator.id, period)
        if key not in self._known:
            areas, unit, decimals = places().areas, held.indicator.unit, held.indicator.decimals
            self._known[key] = {
                code: (areas[code], point, bare(point.value, unit, decimals))
                for code, point in sorted(held.points(period).items())
                if point.value is not None
            }
        return self._known[key]


def _loaded() -> _Loaded:
    here, build = store_in_use()
    return _load(here=str(here), build=build)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load(here: str, build: str) -> _Loaded:
    return _Loaded(Store.open(Path(here), build))


def store() -> Store:
    """The store in use (`extracts.store_in_use`).

    Raises
    ------
    CscdashError
        If there is none.
    """
    return _loaded().store


def extract(indicator: str) -> Extract | None:
    """An indicator's extract; None if the store has none, which is a normal state."""
    return _loaded().extract(indicator)


def extracts(indicators: Iterable[str]) -> dict[str, Extract]:
    """The extracts of several indicators; those that the store does not hold are left out."""
    here = _loaded()
    return {id: held for id in indicators if (held := here.extract(id)) is not None}


def everyone(held: Extract, period: str) -> Known:
    """Every area with a value in a period: what it is, its observation, and its value in words."""
    return _loaded().known(held, period)


def local() -> Local:
    """The local figures to be shown: none beside invented values, or where they are refused."""
    return Local() if store().demonstration else local_kept()


def local_kept() -> Local:
    """All local figures that are kept; none where they are refused."""
    here, today = folder(), date.today()
    state = () if refused() else state_of(here)
    if not state:
        return Local()
    loaded = store()
    return _local(str(here), state, str(loaded.folder), loaded.build, today)


@st.cache_resource(show_spinner=False, max_entries=2)
def _local(here: str, state: State, folder: str, build: str, today: date) -> Local:
    return load(Path(here), catalogue(), Published(Store(Path(folder), build)), today)
