"""Where stores are: the one that was named, the one built here, the demonstration."""

from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.store import current
from cscdash.settings import command, data_folder, settings, site

EXTRACTS = data_folder() / "extracts"
DEMONSTRATION = site() / "data" / "demonstration"


def store_in_use() -> tuple[Path, str]:
    """The folder and the current build of the store that the app opens.

    Returns
    -------
    tuple of Path and str
        Of the first that holds a build: ``CSCDASH_DATA``, ``extracts`` in the data folder, the
        demonstration.

    Raises
    ------
    CscdashError
        If ``CSCDASH_DATA`` names a folder without extracts, or there is no store at all.
    """
    named = settings().data
    for folder in [Path(named)] if named else [EXTRACTS, DEMONSTRATION]:
        build = current(folder)
        if build is not None:
            return folder, build
    if named:
        raise CscdashError(f"CSCDASH_DATA names {named}, which holds no extracts.")
    raise CscdashError(f"There are no extracts. Draw some: {command('demonstrate')}.")
