"""Boundaries are kept with the extracts, under a name that changes with their content."""

import hashlib
import os
from pathlib import Path

FOLDER = "boundaries"


def kept_boundaries(store: Path) -> Path | None:
    """The boundaries kept with a store; None if it has none."""
    found = sorted((store / FOLDER).glob("boundaries-*.json"), key=lambda f: f.stat().st_mtime)
    return found[-1] if found else None


def keep_boundaries(store: Path, topojson: str) -> Path:
    """Keep boundaries with a store, in one step, and forget those it had before.

    Parameters
    ----------
    store : Path
        The folder of the store.
    topojson : str
        What `places.boundaries.boundaries_from` gives.

    Returns
    -------
    Path
        ``boundaries/boundaries-<version>.json`` in the store.
    """
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    version = hashlib.sha256(topojson.encode()).hexdigest()[:8]
    target = folder / f"boundaries-{version}.json"
    new = folder / f".new-{version}"
    new.write_text(topojson, encoding="utf-8")
    os.replace(new, target)
    for old in folder.glob("boundaries-*.json"):
        if old != target:
            old.unlink()
    return target
