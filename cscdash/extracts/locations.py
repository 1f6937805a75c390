"""Where stores are: the one that was named, the one built here, the demonstration."""

import os
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.store import current

ROOT = Path(__file__).resolve().parents[2]
EXTRACTS = ROOT / "data" / "extracts"
DEMONSTRATION = ROOT / "data" / "demonstration"


def store_in_use() -> tuple[Path, str]:
    """The folder and the current build of the store that the app opens.

    Returns
    -------
    tuple of Path and str
        Of the first that holds a build: ``CSCDASH_DATA``, ``data/extracts``,
        ``data/demonstration``.

    Raises
    ------
    CscdashError
        If ``CSCDASH_DATA`` names a folder without extracts, or there is no store at all.
    """
    named = os.environ.get("CSCDASH_DATA", "")
    for folder in [Path(named)] if named else [EXTRACTS, DEMONSTRATION]:
        build = current(folder)
        if build is not None:
            return folder, build
    if named:
        raise CscdashError(f"CSCDASH_DATA names {named}, which holds no extracts.")
    raise CscdashError("There are no extracts. Draw some: python -m cscdash demonstrate.")
