"""Pointing a store back to the build before."""

from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.build_writer import point
from cscdash.extracts.store import BUILDS, Store


def restore(folder: Path) -> Store:
    """Point a store back to the newest whole build that is older than the current one.

    Raises
    ------
    CscdashError
        If there is none, or the folder cannot be written. The current build then stays.
    """
    here = Store.open(folder)
    made = here.path.stat().st_mtime_ns
    builds = [p for p in (folder / BUILDS).iterdir() if not p.name.startswith(".")]
    older = [p for p in builds if p.stat().st_mtime_ns < made and p.name != here.build]
    for path in sorted(older, key=lambda p: p.stat().st_mtime_ns, reverse=True):
        before = Store(folder, path.name)
        try:
            whole = not before.check()
        except CscdashError:
            whole = False
        if whole:
            try:
                point(folder, path.name)
            except OSError as error:
                raise CscdashError(
                    f"{folder} cannot be written: {error.strerror or error}."
                ) from error
            return Store.open(folder)
    raise CscdashError(f"{folder} holds no whole build from before {here.build}.")
