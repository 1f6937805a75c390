"""Context: who lives in each authority, in what circumstances, and which places are alike."""

from cscdash.views.places.page import places_page

places_page()
