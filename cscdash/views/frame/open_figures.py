"""Whether this copy offers its figures to other tools, and putting them where those find them."""

import shutil
from pathlib import Path

from cscdash.analysis.publication_status import told_changes
from cscdash.catalogue import catalogue
from cscdash.extracts import Store, store_in_use
from cscdash.extracts.open_figures import write_open_figures
from cscdash.settings import settings, site
from cscdash.views.frame.sign_in import sign_in_settings

FOLDER = site() / "static" / "data"


def are_open() -> bool:
    """Whether this copy offers its figures to other tools: if its host says so, to everybody."""
    return settings().open_figures and not sign_in_settings().needed


def offer(made: Store) -> Path | None:
    """Write the files of a new build where other tools find them.

    Returns
    -------
    Path or None
        Where they are; None where they are not offered, or the build is not what the app shows.

    Raises
    ------
    CscdashError
        If they cannot be written.
    """
    if made.folder.resolve() != store_in_use()[0].resolve():
        return None
    if not are_open() or made.demonstration:
        withdraw()
        return None
    log = made.package.get("changes", [])
    told = {str(one["made"]): list(told_changes(one, catalogue())) for one in log}
    write_open_figures(made, FOLDER, catalogue(), told)
    return FOLDER


def withdraw() -> None:
    """Remove the files: whatever lies in the static folder is given to anybody who asks."""
    if FOLDER.is_dir():
        shutil.rmtree(FOLDER, ignore_errors=True)


def withdraw_unless_open() -> None:
    """Remove the files if this copy does not offer them any more."""
    if FOLDER.is_dir() and not are_open():
        withdraw()
