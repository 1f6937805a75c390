"""The shapes of the maps: boundaries from their publisher, hexes from our own layout."""

from pathlib import Path
from typing import Annotated

import typer

from cscdash.extracts import EXTRACTS
from cscdash.settings import site


def boundaries(
    file: Annotated[
        Path, typer.Argument(help="Counties and unitary authorities, as the ONS publishes them.")
    ],
    to: Annotated[Path, typer.Option("--to", help="The store to keep them with.")] = EXTRACTS,
) -> None:
    """Prepare boundaries for the maps and keep them with the extracts."""
    from cscdash.extracts.boundaries import keep_boundaries
    from cscdash.places.boundaries import boundaries_from

    kept = keep_boundaries(to, boundaries_from(file))
    print(f"{kept}: 153 authorities, {kept.stat().st_size:,} bytes. The maps offer them now.")


def hexes() -> None:
    """Write the static file of the hex map again, after a change of data/reference/hex.csv."""
    from cscdash.places.hexes import write_hexes

    print(write_hexes(site() / "static"))
