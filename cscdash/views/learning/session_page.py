"""The page of a session: prepare it, or run the one that is open in this tab."""

from cscdash.views.learning.open_session import keep, the_session
from cscdash.views.learning.prepare import prepare
from cscdash.views.learning.run_session import run


def session_page() -> None:
    """Draw the page."""
    session = the_session()
    if session is None:
        prepare()
    else:
        run(session)
    keep()
