"""A learning session: prepare it, run it, take the record home."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.learning.run_session import session_page

open_in_frame()
session_page()
