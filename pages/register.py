"""What is not measured, and the register of what could be."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.framework.register import register

open_in_frame()
register()
