"""Pointing a store back to the build before."""

from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.build_writer import builds_before, point
from cscdash.extracts.store import Store


def restore(folder: Path) -> Store:
    """Point a store back to the last whole build that was current before this one.

    Raises
    ------
    CscdashError
        If there is none, or the folder cannot be written. The current build then stays.
    """
    here = Store.open(folder)
    for name in builds_before(here):
        before = Store(folder, name)
        try:
            whole = not before.check()
        except CscdashError:
            whole = False
        if whole:
            try:
                point(folder, name)
            except OSError as error:
                raise CscdashError(
                    f"{folder} cannot be written: {error.strerror or error}."
                ) from error
            return Store.open(folder)
    raise CscdashError(f"{folder} holds no whole build from before {here.build}.")
