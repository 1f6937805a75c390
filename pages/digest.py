"""Several sessions brought together."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.learning.digest import digest_page

open_in_frame()
digest_page()
