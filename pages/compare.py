"""Compare: several indicators for one area, or one indicator for several areas."""

from cscdash.views.compare.page import compare_page
from cscdash.views.frame.navigation import open_in_frame

open_in_frame()
compare_page()
