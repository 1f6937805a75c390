"""Local figures: aggregate, unpublished, kept on this machine and never mixed with published ones.

A file is read (`row_reader`), looked at and checked (`child_level`, `row_checks`), loses what is
small (`suppression`, by the rules of `disclosure`), and is kept (`kept_figures`). Pages read what
is kept in its shown form (`shown_figures`), which needs none of the others.
"""

from cscdash.local.local_folder import folder, refused
from cscdash.local.shown_figures import Local, load

__all__ = ["Local", "folder", "load", "refused"]
