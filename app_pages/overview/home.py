"""Home: every proposed indicator in the round, for the chosen area."""

from cscdash.views.home import home

home()
