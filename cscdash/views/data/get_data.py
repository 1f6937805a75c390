"""The button that gets the published data; absent where the app is served to others."""

import os
import threading
import time
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
    """Draw the button, and what came of it the last time."""
    if not may_update():
        return
    st.markdown(
        "The figures are fetched from their publishers and kept on this machine. It takes a minute"
        " or two; nothing is lost if it is broken off."
    )
    if st.button("Get the published data", type="primary", icon=":material/cloud_download:"):
        st.session_state[_RESULT] = _update()
        st.rerun()
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
        self.sizes.pop(file, None)

    def reading(self, file: str, at: int, of: int) -> None:
        self.said = f"Reading {at + 1} of {of} files"
        self.share = at / max(of, 1)

    def line(self) -> tuple[float, str]:
        """How far it is, and in words."""
        if self.share is not None:
            return 0.8 + 0.2 * self.share, self.said
        if not self.expected:
            return 0.0, self.said or "Asking the publishers what is new"
        name = self.file.rsplit("/", 1)[-1]
        bytes_, of = self.sizes.get(self.file, (0, None))
        size = f"{bytes_ / 1e6:.1f}" + (f" of {of / 1e6:.1f}" if of else "") + " MB"
        text = f"{self.done} of {self.expected} files: {name}, {size}"
        return 0.8 * self.done / self.expected, text


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
    thread.start()
    while thread.is_alive():
        share, text = page.line()
        bar.progress(min(share, 1.0), text)
        time.sleep(_LOOK)
    bar.empty()
    outcome = found[0] if found else CscdashError("The update stopped without a word.")
    if isinstance(outcome, CscdashError):
        return [("amiss", str(outcome))]
    told = [text for text in lines(outcome, known) if not text.startswith("New: ")]
    amiss = [text for text in told if text.startswith(_AMISS)]
    done = [text for text in told if text not in amiss]
    return [("amiss", "  \n".join(amiss))] * bool(amiss) + [("done", "  \n".join(done[:20]))]
