"""In plain words, for reading with families."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.framework.plain_words import plain

open_in_frame()
plain()
