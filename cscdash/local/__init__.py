"""Local figures: aggregate, unpublished, kept on this machine and never mixed with published ones.

Files come in through `read`, are looked at by `child_level` and `check`, lose what is small in
`hide`, and stay with `keep`. Nothing here is shown as published.
"""

from cscdash.local.kept_figures import Local, load
from cscdash.local.local_folder import folder, refused

__all__ = ["Local", "folder", "load", "refused"]
