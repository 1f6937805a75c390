"""The demonstration store: invented values for whatever the catalogue declares.

They look like published ones in shape (levels, spread, years, gaps) and belong to nobody:
England's level is near the published one, an authority's is drawn. Nothing here knows what a
chapter or an indicator is about; all of it is read from the declarations.
"""

from pathlib import Path
from typing import Any

from cscdash import __version__
from cscdash.catalogue.models import Catalogue
from cscdash.extracts import Store, write
from cscdash.ingest.build import describe
from cscdash.ingest.demonstration.draw import extract
from cscdash.ingest.demonstration.rows import RELEASE

BUILD = "demonstration"


def demonstrate(to: Path, catalogue: Catalogue) -> Store:
    """Draw the demonstration store.

    Parameters
    ----------
    to : Path
        The store. The demonstration becomes its current build.
    catalogue : Catalogue
        Every indicator of it that has a source is drawn, with the breakdowns whose categories
        can be told from the declaration or are commonly known.

    Returns
    -------
    Store
        Flagged ``demonstration``; the same values on every machine.

    Raises
    ------
    CscdashError
        If the folder cannot be written.
    """
    extracts = {
        indicator.id: extract(indicator, catalogue)
        for indicator in catalogue.indicators
        if indicator.source
    }
    return write(
        to,
        extracts,
        describe=lambda id: describe(catalogue.indicator(id), []),
        package=_package(),
        build=BUILD,
    )


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


__all__ = ["BUILD", "demonstrate", "extract"]
