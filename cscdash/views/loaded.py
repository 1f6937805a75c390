"""The extracts in use, loaded once per process. Nothing else in the app keeps a cache."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import streamlit as st

from cscdash.analysis.extract import Extract
from cscdash.analysis.numbers import say
from cscdash.analysis.observations import Point
from cscdash.catalogue import Indicator, catalogue
from cscdash.extracts import Store, store_in_use
from cscdash.local import Local, folder, load, refused
from cscdash.local.files import State, state_of
from cscdash.local.published import Published
from cscdash.places import Area, places


def store() -> Store:
    """The store in use (`extracts.store_in_use`).

    Raises
    ------
    CscdashError
        If there is none.
    """
    folder, build = store_in_use()
    return _store(str(folder), build)


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


def bare(value: float, indicator: Indicator) -> str:
    """A value without ``per 10,000``, which the name of its chart says."""
    return say(value, indicator.unit, indicator.decimals).removesuffix(" per 10,000")


def extracts(indicators: Iterable[str]) -> dict[str, Extract]:
    """The extracts of several indicators; those that the store does not hold are left out."""
    here = store()
    held = set(here.indicators)
    folder = str(here.folder)
    return {id: _extract(folder, here.build, id) for id in indicators if id in held}


Known = dict[str, tuple[Area, Point, str]]


def everyone(held: Extract, period: str) -> Known:
    """Every area with a value in a period: what it is, its observation, and its value in words."""
    here = store()
    return _everyone(str(here.folder), here.build, held.indicator.id, period, held)


@st.cache_resource(show_spinner=False, max_entries=2000)
def _everyone(folder: str, build: str, id: str, period: str, _held: Extract) -> Known:
    indicator, known = _held.indicator, places().areas
    return {
        code: (known[code], point, bare(point.value, indicator))
        for code, point in sorted(_held.points(period).items())
        if point.value is not None
    }


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
