"""The framework reader, or one of its items."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.framework.reader import reader

open_in_frame()
reader()
