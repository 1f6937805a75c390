"""A learning session: prepare it, run it, take the record home."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.learning.session_page import session_page

open_in_frame()
session_page()
