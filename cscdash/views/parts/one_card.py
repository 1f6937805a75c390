"""A card whose figures cannot be read says so in their place; the rest of the page is drawn."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.views.loaded import unreadable


@contextmanager
def one_card() -> Iterator[None]:
    """Draw a card; what a person can mend becomes its message."""
    try:
        yield
    except CscdashError as error:
        say_error(str(error))


def say_unreadable(indicators: Iterable[str]) -> None:
    """Say which extracts among these cannot be read, and why."""
    for why in unreadable(indicators):
        st.warning(f"Not shown here. {escaped(why)}", icon=":material/error:")


def say_warning(why: str) -> None:
    """Draw a message about what is not here; a name of a file in it is no mark-up."""
    st.warning(escaped(why), icon=":material/hourglass_empty:")


def say_error(why: str) -> None:
    """Draw a message; a name of a file in it is no mark-up."""
    st.error(escaped(why), icon=":material/error:")
