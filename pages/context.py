"""Context: who lives in each authority, in what circumstances, and which places are alike."""

from cscdash.views.context.page import places_page
from cscdash.views.frame.navigation import open_in_frame

open_in_frame()
places_page()
