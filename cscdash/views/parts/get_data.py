"""The button that gets the published data; absent where the app is served to others."""

import os
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import EXTRACTS
from cscdash.settings import settings
from cscdash.views.frame.reader import on_this_machine

_RESULT = "_update_told"
_AMISS = ("Not received", "Not whole", "Left out", "Still left out", "Lost", "By hand")
_LOOK = 0.2  # seconds between two looks at how it gets on
_SIZE = "70 MB"  # all files of the catalogue of November 2026
_SOON = 5.0  # seconds after which what is left can be guessed at


def may_update() -> bool:
    """Whether somebody who opens the app may renew its data.

    Returns
    -------
    bool
        False for a reader who is not on this machine, where ``CSCDASH_DATA`` names another store,
        or where the store cannot be written.
    """
    if not on_this_machine() or settings().data:
        return False
    folder = EXTRACTS
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


def get_data_button() -> None:
    """Draw the button, with what it fetches from whom; nothing for whoever may not."""
    if not may_update():
        return
    publishers = dict.fromkeys(one.publisher for one in catalogue().publications)
    st.markdown(
        "The figures are fetched from their publishers and kept on this machine, about"
        f" {_SIZE} the first time: {', '.join(publishers)}. It takes a minute or two on a usual"
        " line; nothing is lost if it is broken off."
    )
    if st.button("Get the published data", type="primary", icon=":material/cloud_download:"):
        st.session_state[_RESULT] = _update()
        st.rerun()


def say_what_came() -> None:
    """Draw what came of pressing the button, once."""
    for kind, text in st.session_state.pop(_RESULT, []):
        (st.success if kind == "done" else st.warning)(text)


@dataclass
class _Page:
    """A `Watch` that keeps what a page shows."""

    expected: int = 0
    done: int = 0
    file: str = ""
    share: float | None = None
    said: str = ""
    sizes: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    here: Counter[str] = field(default_factory=Counter)  # files, by publication
    begun: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        self.said = text

    def asking(self, publisher: str, at: int, of: int) -> None:
        self.said = f"Asking {publisher}, {at} of {of}" if of > 1 else f"Asking {publisher}"

    def waiting(self, why: str, seconds: float) -> None:
        self.said = f"Waiting {seconds:.0f} s: {why}"

    def expect(self, files: int) -> None:
        self.expected += files

    def moved(self, file: str, done: int, of: int | None) -> None:
        self.sizes[file] = (done, of)
        self.file = file

    def ended(self, file: str, why: str = "") -> None:
        self.done += 1
        self.here[file.split("/", 1)[0]] += not why
        self.sizes.pop(file, None)

    def reading(self, file: str, at: int, of: int) -> None:
        self.said = f"Reading {at + 1} of {of} files"
        self.share = at / max(of, 1)

    def line(self) -> tuple[float, str]:
        """How far it is, and in words."""
        if self.share is not None:
            return 0.8 + 0.2 * self.share, self.said + self.left(0.8 + 0.2 * self.share)
        if not self.expected:
            return 0.0, self.said or "Asking the publishers what is new"
        name = self.file.rsplit("/", 1)[-1]
        bytes_, of = self.sizes.get(self.file, (0, None))
        size = f"{bytes_ / 1e6:.1f}" + (f" of {of / 1e6:.1f}" if of else "") + " MB"
        share = 0.8 * self.done / self.expected
        return share, f"{self.done} of {self.expected} files: {name}, {size}{self.left(share)}"

    def left(self, share: float) -> str:
        """How much longer it will take, as far as what is done tells."""
        spent = time.monotonic() - self.begun
        if spent < _SOON or share < 0.1:
            return ""
        seconds = spent * (1 - share) / share
        if seconds < 60:
            return f"; about {10 * max(round(seconds / 10), 1)} seconds left"
        minutes = round(seconds / 60)
        return f"; about {minutes} {'minute' if minutes == 1 else 'minutes'} left"

    def by_publisher(self, titles: Mapping[str, str]) -> str:
        """How many files of each publication are here."""
        return "  \n".join(
            f"{titles.get(id, id)}: {number} {'file' if number == 1 else 'files'}"
            for id, number in sorted(self.here.items())
            if number
        )


def _update() -> list[tuple[str, str]]:
    """Update with progress on the page; what to say of it."""
    from cscdash.publishers import Options, Outcome, update
    from cscdash.publishers.outcome_report import lines

    page, found, known = _Page(), list[Outcome | CscdashError](), catalogue()
    cache = settings().published

    def work() -> None:
        try:
            found.append(update(known, Options(EXTRACTS, cache, wait=5.0), page))
        except CscdashError as error:
            found.append(error)

    thread = threading.Thread(target=work, name="update", daemon=True)
    bar = st.progress(0.0, "Asking the publishers what is new")
    arrived, titles = st.empty(), {one.id: one.title for one in known.publications}
    thread.start()
    while thread.is_alive():
        share, text = page.line()
        bar.progress(min(share, 1.0), text)
        arrived.caption(page.by_publisher(titles))
        time.sleep(_LOOK)
    bar.empty()
    arrived.empty()
    outcome = found[0] if found else CscdashError("The update stopped without a word.")
    if isinstance(outcome, CscdashError):
        return [("amiss", str(outcome))]
    told = [text for text in lines(outcome, known) if not text.startswith("New: ")]
    amiss = [text for text in told if text.startswith(_AMISS)]
    done = [text for text in told if text not in amiss]
    return [("amiss", "  \n".join(amiss))] * bool(amiss) + [("done", "  \n".join(done[:20]))]
