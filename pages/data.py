"""What is loaded: store, releases, coverage."""

from cscdash.views.data.page import data
from cscdash.views.frame.navigation import open_in_frame

open_in_frame()
data()
