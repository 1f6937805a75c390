"""The demonstration store: invented values for whatever the catalogue declares.

They look like published ones in shape (levels, spread, years, gaps) and belong to nobody:
England's level is near the published one, an authority's is drawn. Nothing here knows what a
chapter, a publication or an indicator is about; all of it is read from the declarations.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from cscdash import __version__
from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store, write
from cscdash.ingest.build import worked_out
from cscdash.ingest.demonstration.observations import RELEASE, observations
from cscdash.ingest.package import describe

BUILD = "demonstration"


def extracts(catalogue: Catalogue) -> dict[str, pa.Table]:
    """Draw the demonstration extracts of all indicators that have a source, by id.

    Raises
    ------
    CscdashError
        Naming every indicator that cannot be drawn, with what is not declared.
    """
    drawn: dict[str, pa.Table] = {}
    refused: list[str] = []
    for indicator in catalogue.indicators:
        if indicator.source:
            try:
                drawn[indicator.id] = observations(indicator, catalogue)
            except CscdashError as error:
                refused.append(str(error))
    if refused:
        raise CscdashError(" ".join(refused))
    return drawn


def demonstrate(to: Path, catalogue: Catalogue) -> Store:
    """Draw the demonstration store.

    Parameters
    ----------
    to : Path
        The store. The demonstration becomes its current build.
    catalogue : Catalogue
        Every indicator of it that has a source is drawn.

    Returns
    -------
    Store
        Flagged ``demonstration``; the same values on every machine, and under the same versions
        of the libraries the same files, byte for byte.

    Raises
    ------
    CscdashError
        If something is not declared, or the folder cannot be written.
    """
    drawn = extracts(catalogue)
    beside = worked_out(drawn, catalogue)
    store = _written(to, drawn, beside, catalogue)
    if store.build != BUILD:  # another drawing had the name, and a current build is never touched
        store = _written(to, drawn, beside, catalogue)
    return store


def _written(
    to: Path, drawn: Mapping[str, pa.Table], beside: Mapping[str, pa.Table], catalogue: Catalogue
) -> Store:
    """Write the build, and remove earlier demonstrations beside it."""
    store = write(
        to,
        drawn,
        describe=lambda id: describe(catalogue.indicator(id), []),
        package=_package(),
        build=BUILD,
        beside=beside,
    )
    for other in store.path.parent.glob(f"{BUILD}*"):
        if other.name != store.build:
            shutil.rmtree(other, ignore_errors=True)
    return store


def _package() -> dict[str, Any]:
    return {
        "name": "cscdash-demonstration",
        "title": "Invented values in the shape of published returns on children's social care",
        "version": __version__,
        "demonstration": True,
        "releases": {
            RELEASE: {
                "title": "Demonstration: invented values",
                "publisher": "cscdash",
                "path": "",
                "licence": "MIT",
                "attribution": "Invented values, drawn by cscdash. They are nobody's figures.",
                "published": None,
                "files": [],
            }
        },
    }


__all__ = ["BUILD", "demonstrate", "extracts"]
