"""Guide and help: how to read, how to meet, methods, privacy, feedback."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.help.guide import guide_page

open_in_frame()
guide_page()
