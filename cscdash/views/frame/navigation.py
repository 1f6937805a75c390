"""Navigation: the pages of the app, declared once, and the frame in which each is drawn."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.views.frame.address import end, stay
from cscdash.views.frame.links import name_tab
from cscdash.views.frame.open_figures import withdraw_unless_open
from cscdash.views.frame.page_frame import open_frame, the_chosen_area
from cscdash.views.frame.sign_in import ask_to_sign_in, permitted

START = "start"

# Whether app.py started this script run; on a fresh server Streamlit starts a page file itself.
_in_frame: ContextVar[bool] = ContextVar("in_frame", default=False)


@dataclass(frozen=True)
class DeclaredPage:
    """A page of the app; its file lies in ``pages/`` and bears the name of its address.

    Attributes
    ----------
    address : str
        Its address, and the name of its file.
    title : str
        What the navigation calls it.
    section : str
        Under which heading of the navigation it stands.
    """

    address: str
    title: str
    section: str

    @property
    def file(self) -> str:
        """The file of the page, relative to ``app.py``."""
        return f"pages/{self.address}.py"


def declared_pages() -> tuple[DeclaredPage, ...]:
    """The pages of the app, in the order of the navigation."""
    chapters = [
        DeclaredPage(
            chapter.id,
            f"{chapter.number}: {chapter.short}",
            "Outcomes" if chapter.id.startswith("outcome") else "Enablers",
        )
        for chapter in catalogue().chapters
    ]
    return (
        DeclaredPage("home", "In the round", "Overview"),
        DeclaredPage("compare", "Compare", "Overview"),
        *sorted(chapters, key=lambda page: page.section, reverse=True),
        DeclaredPage("context", "Places in context", "Context"),
        DeclaredPage("framework", "What the framework asks for", "Framework"),
        DeclaredPage("register", "What is not measured", "Framework"),
        DeclaredPage("plain", "In plain words", "Framework"),
        DeclaredPage("session", "Learning session", "Learning"),
        DeclaredPage("pack", "Build a pack", "Learning"),
        DeclaredPage("digest", "Bring together", "Learning"),
        DeclaredPage("statement", "Write a statement", "Learning"),
        DeclaredPage("guide", "Guide and help", "Data and help"),
        DeclaredPage("data", "Data in use", "Data and help"),
        DeclaredPage("definitions", "Definitions", "Data and help"),
    )


def run_app(own_returns: Callable[[], None] | None = None) -> None:
    """Draw the frame, and in it the page that the address names.

    Parameters
    ----------
    own_returns : callable, optional
        The page *Your own returns*, which has no file: its own command alone declares it.
    """
    page = _navigation(own_returns)
    withdraw_unless_open()
    if not permitted():
        ask_to_sign_in()
        st.stop()
    token = _in_frame.set(True)
    try:
        open_frame()
        name_tab(page.title, the_chosen_area().area.short)
        page.run()
        end()
    except CscdashError as error:
        st.error(escaped(str(error)), icon=":material/error:")
    finally:
        _in_frame.reset(token)


def open_in_frame() -> None:
    """Make sure that the frame stands around a page; the first thing that every page does.

    Beside a folder ``pages`` Streamlit runs the page file of the address alone in the very first
    script run of a server. Such a run only declares the navigation and starts again, with
    ``app.py``: nothing is ever drawn outside the frame and the sign-in.
    """
    if not _in_frame.get():
        _navigation()
        st.rerun()
    stay()


def _navigation(own_returns: Callable[[], None] | None = None) -> st.Page:
    """Declare the navigation; whoever is not let in sees the same addresses and no titles."""
    let_in = permitted()
    sections: dict[str, list[st.Page]] = {}
    if own_returns and let_in:  # without a file it can only be the page that answers at "/"
        title = "Your own returns"
        sections["Own returns"] = [st.Page(own_returns, title=title, default=True)]
    for page in declared_pages():
        title = page.title if let_in else "Sign in"
        pages = sections.setdefault(page.section if let_in else "", [])
        if page.address == "home" and not (own_returns and let_in):
            # The default page answers at "/" alone, so it is declared once more at its address.
            pages.append(st.Page(page.file, title=title, url_path=START, default=True))
            pages.append(
                st.Page(page.file, title=title, url_path=page.address, visibility="hidden")
            )
        else:
            pages.append(st.Page(page.file, title=title, url_path=page.address))
    return st.navigation(sections, position="top" if let_in else "hidden")
