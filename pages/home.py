"""Home: every proposed indicator in the round, for the chosen area."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.overview.home import home

open_in_frame()
home()
