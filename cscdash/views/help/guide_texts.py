"""Symbols, methods, accessibility, privacy and what changed."""

import pandas as pd
import streamlit as st

from cscdash.extracts import Flag, Status
from cscdash.settings import site

_MARKS = (
    ("Large filled circle, thick line, bold", "the chosen area"),
    ("Diamond, thin line", "a statistical neighbour, or one of your own group"),
    ("Dashed line, upright line in a strip", "the median of the neighbours"),
    ("Triangle", "the region"),
    ("Square, dotted line", "England"),
    ("Ring", "any other authority"),
    ("Hollow point", "a provisional value"),
    ("Fine upright rule with words", "a break: the definition of the series changes here"),
    ("Shaded band", "what chance alone could give, or the middle half of all authorities"),
)
_LETTERS_MORE = {
    "c": "The publisher suppresses it so that nobody can be identified. It is not zero.",
    "k": "There is something, but less than half of the smallest printed unit.",
    "u": "The publisher, or evidence that we cite, says it cannot be relied on.",
    "x": "It was not collected, not returned, or not published.",
    "z": "The question does not arise for this area or group.",
    "n": "The count is here; the file of the population that it is divided by is not in this copy.",
    "y": "The count is here; the population of that year is not in this copy yet.",
    "p": "It may be revised in the next release.",
    "r": "It was changed after it was first published.",
    "e": "Calculated here from published numbers.",
    "j": "Two authorities file one return; it counts once.",
    "l": "Your own figure, on your own machine.",
}


def symbols() -> None:
    """Draw this part of the guide."""
    st.markdown("The same thing looks the same on every page, in every picture and record.")
    st.table(pd.DataFrame(_MARKS, columns=["Mark", "Means"]), hide_index=True, border="horizontal")
    st.subheader("Letters in square brackets", anchor=False)
    letters = [*(status for status in Status if status != Status.OK), *Flag]
    rows = [(f"[{letter}]", letter.words, _LETTERS_MORE[letter]) for letter in letters]
    st.table(
        pd.DataFrame(rows, columns=["Letter", "In a word", "What it means for a reader"]),
        hide_index=True,
        border="horizontal",
    )
    st.caption("A missing value is a gap with its reason: never zero, and no line crosses it.")


def methods() -> None:
    """Draw the methods, which are a document of the project."""
    _document("docs/methods.md")


def changes() -> None:
    """Draw what changed, which is a document of the project."""
    _document("CHANGELOG.md")


def _document(name: str) -> None:
    """A document of the project without its title."""
    file = site() / name
    if not file.is_file():
        st.info(f"{name} is part of the project's folder, which is not here.")
        return
    text = file.read_text(encoding="utf-8")
    st.markdown(text.split("\n", 1)[1] if text.startswith("# ") else text)


def accessibility() -> None:
    """Draw the accessibility statement."""
    st.markdown(_ACCESSIBILITY)


def privacy() -> None:
    """Draw what happens to what is typed."""
    st.markdown(_PRIVACY)


_ACCESSIBILITY = """
We want everyone in the room to be able to use these pages.

**What we did**

- Every chart has a sentence with its finding, alternative text, and the same
  numbers as a table and as a file.
- Colour is never used alone: each role has its own colour, shape and dash. The contrast of
  every colour with its background is worked out in a test, light and dark.
- Everything works with the keyboard, and a learning session has keys of its own, listed under
  *How to run a session*.
- *Large type* in the side panel enlarges charts; the text grows with the browser's own zoom,
  and pages fit a phone held upright.
- Records have headings, table headers, a language, and alternative text for each picture.

**What falls short**

- Charts are drawn on a canvas. A screen reader hears their words and reads the table; it cannot
  walk from point to point.
- Some controls belong to the framework these pages are built with, and share its limits.
- Maps cannot be read without sight; the table beside a map holds what it shows.
- We have tested with automatic checks and with the keyboard, not yet with people who use
  assistive technology every day.

The standard is the Web Content Accessibility Guidelines, version 2.2, level AA. If something
keeps you out, please tell us: *Feedback* says how.
"""

_PRIVACY = """
**What you look at.** The address of a page holds the choices you made (area, indicator, view), so
that you can send a link. Whoever runs the server may keep an ordinary log of addresses.

**What you write.** Guesses and notes of a learning session live in this browser tab. While the page
is open they pass through the memory of the server, which draws the page; they are never written
to its disk and are never part of the address. Close the tab, and they are gone: save the record
first. A reload, or a connection that drops, loses nothing.

**What you save.** Records are files on your own machine. They hold what you wrote and the names you
gave: treat them as papers of your meeting.

**Children and families.** Details of a child or a family do not belong in any field here. A
check looks for what resembles a date of birth beside a name, a postcode, a case number, a
pupil number or an NHS number, and reminds you. It runs here, tells nobody, and misses much.

**No tracking.** This app sets no tracking cookies, requests nothing from
other sites, and has its framework's usage statistics switched off. A hosting service may switch
them on again: Streamlit Community Cloud does, and is hosted in the United States.

**Figures.** Everything shown is published. A value that the publisher suppresses because it is
small stays suppressed, and nothing calculated here reveals it.
"""
