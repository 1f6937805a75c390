"""Drawing the demonstration store."""

from pathlib import Path
from typing import Annotated

import typer

from cscdash.catalogue import catalogue
from cscdash.extracts import DEMONSTRATION


def demonstrate(
    to: Annotated[Path, typer.Option("--to", help="The store to draw.")] = DEMONSTRATION,
) -> None:
    """Draw the demonstration store: invented values for whatever the catalogue declares."""
    from cscdash.ingest.demonstration import demonstrate as draw

    store = draw(to, catalogue())
    size = sum(file.stat().st_size for file in store.path.iterdir())
    print(f"{to}: {len(store.indicators)} extracts of invented values, {size:,} bytes.")
