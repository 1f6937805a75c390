"""Find an indicator: what it is, where it comes from, what it cannot tell."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.help.definitions import definitions

open_in_frame()
definitions()
