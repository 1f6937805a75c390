"""A learning session: prepare it, run it, take the record home."""

from cscdash.views.learning.pages import session_page

session_page()
