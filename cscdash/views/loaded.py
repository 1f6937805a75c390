"""The extracts in use, read once per process. Nothing else in the app keeps a cache."""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import pyarrow as pa
import streamlit as st

from cscdash.analysis import worth_a_conversation
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.observations import and_joint
from cscdash.analysis.worth_a_conversation import SCHEMA, TABLE, Tested
from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Observation, Store, store_in_use
from cscdash.local import Local, folder, load
from cscdash.local.folder_files import State, state_of
from cscdash.local.published_figures import Published
from cscdash.places import Area, places
from cscdash.views.frame.reader import may_see_local

Known = dict[str, tuple[Area, Observation, str]]
ROOM = 64 * 2**20  # bytes of extracts that are kept in memory


class Kept:
    """One build, and those of its extracts that were asked for last, up to `room` bytes.

    Two sessions that ask at once may both read an extract; what is kept is the same.
    """

    def __init__(self, store: Store, room: int = ROOM) -> None:
        self.store = store
        self.room = room
        self._held = frozenset(store.indicators)
        self._extracts: OrderedDict[str, Extract] = OrderedDict()
        self._known: dict[str, dict[str, Known]] = {}
        self._unreadable: dict[str, str] = {}  # and why
        self._lock = Lock()
        self._tests: pa.Table | None = None

    def extract(self, id: str, until: str = "") -> Extract | None:
        """An indicator's extract; None if the store has none.

        Parameters
        ----------
        id : str
            Of the indicator.
        until : str
            An abolished authority after whose last value nothing is told (`Extract`).

        Raises
        ------
        CscdashError
            If it is damaged; it is looked at once only.
        """
        if id not in self._held:
            return None
        with self._lock:
            key = f"{id} {until}".strip()
            found = self._extracts.get(key)
            if found is not None:
                self._extracts.move_to_end(key)
                return found
        if id in self._unreadable:
            raise CscdashError(self._unreadable[id])
        try:
            found = Extract(catalogue().indicator(id), self.store.columns(id), until)
        except CscdashError as error:
            self._unreadable[id] = str(error)
            raise
        with self._lock:
            self._extracts[key] = found
            self._forget()
        return found

    def tests(self, area: str) -> list[Tested]:
        """What was tested of an area; nothing in a store built without it.

        Raises
        ------
        CscdashError
            If the table is damaged.
        """
        if self._tests is None:
            tests = self.store.beside(TABLE) or SCHEMA.empty_table()
            if not tests.schema.equals(SCHEMA):
                raise CscdashError(f"{TABLE}.parquet is not as it was built. Build it again.")
            self._tests = tests
        return worth_a_conversation.tests_of(self._tests, area)

    @property
    def nbytes(self) -> int:
        """What the kept extracts take of memory."""
        return sum(extract.nbytes for extract in self._extracts.values())

    def _forget(self) -> None:
        """Let go of those that were not asked for longest, until the rest fit."""
        size = self.nbytes
        while size > self.room and len(self._extracts) > 1:
            id, gone = self._extracts.popitem(last=False)
            self._known.pop(id.partition(" ")[0], None)
            size -= gone.nbytes

    def known(self, held: Extract, period: str) -> Known:
        """Every area with a value in a period, in the order of their codes."""
        kept = self._known.setdefault(held.indicator.id, {})
        if period not in kept:
            areas, unit, decimals = places().areas, held.indicator.unit, held.indicator.decimals
            kept[period] = {
                code: (areas[code], point, and_joint(bare(point.value, unit, decimals), point))
                for code, point in held.at(period).items()
                if point.value is not None
            }
        return kept[period]


def _kept() -> Kept:
    here, build = store_in_use()
    return _load(here=str(here), build=build)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load(here: str, build: str) -> Kept:
    return Kept(Store.open(Path(here), build))


def store() -> Store:
    """The store in use (`extracts.store_in_use`).

    Raises
    ------
    CscdashError
        If there is none.
    """
    return _kept().store


def tests_of(area: str) -> list[Tested]:
    """What was tested of an area when the extracts were built (`worth_a_conversation`)."""
    return _kept().tests(area)


def extract(indicator: str, until: str = "") -> Extract | None:
    """An indicator's extract; None if the store has none, which is a normal state.

    With `until`, nothing is told after the last value of an abolished authority.

    Raises
    ------
    CscdashError
        If it is damaged.
    """
    return _kept().extract(indicator, until)


def extracts(indicators: Iterable[str], until: str = "") -> dict[str, Extract]:
    """The extracts of several indicators that the store holds and that can be read."""
    here = _kept()
    found = {}
    for id in indicators:
        with suppress(CscdashError):  # `unreadable` says so where it matters
            if (held := here.extract(id, until)) is not None:
                found[id] = held
    return found


def unreadable(indicators: Iterable[str]) -> list[str]:
    """Why extracts among these cannot be read, in words."""
    here, found = _kept(), []
    for id in indicators:
        try:
            here.extract(id)
        except CscdashError as error:
            found.append(str(error))
    return found


def everyone(held: Extract, period: str) -> Known:
    """Every area with a value in a period: what it is, its observation, and its value in words."""
    return _kept().known(held, period)


def local() -> Local:
    """The local figures to be shown: none beside invented values, or to those who may not see."""
    return Local() if store().demonstration else local_kept()


def local_kept() -> Local:
    """All local figures that are kept; none for a reader who may not see them."""
    here = folder()
    state = state_of(here) if may_see_local() else ()
    if not state:
        return Local()
    loaded = store()
    return _local(str(here), state, str(loaded.folder), loaded.build)


@st.cache_resource(show_spinner=False, max_entries=2)
def _local(here: str, state: State, folder: str, build: str) -> Local:
    return load(Path(here), catalogue(), Published(Store(Path(folder), build)))
