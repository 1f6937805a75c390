"""Build a pack: tick indicators of any chapter, take them home in one file."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.learning.build_pack import build_pack

open_in_frame()
build_pack()
