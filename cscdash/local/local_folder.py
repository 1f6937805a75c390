"""Where local figures are kept, and whether this machine is one that keeps any."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CLOUD = Path("/mount/src")  # where Community Cloud puts a repository


def folder() -> Path:
    """The folder of local figures: ``CSCDASH_LOCAL``, or ``data/local``, which git ignores."""
    named = os.environ.get("CSCDASH_LOCAL", "")
    return Path(named) if named else ROOT / "data" / "local"


def hosted() -> bool:
    """Whether this app is served to others: ``CSCDASH_HOSTED=1``, or Community Cloud."""
    return os.environ.get("CSCDASH_HOSTED", "") == "1" or ROOT.is_relative_to(_CLOUD)


def refused() -> str | None:
    """Why there are no local figures here, in a sentence or two; None if they are welcome."""
    if not hosted() or os.environ.get("CSCDASH_LOCAL_ON", "") == "1":
        return None
    return (
        "This app is hosted, so everybody who can open it could read figures that nobody has"
        " published: local figures are switched off. Whoever hosts it can switch them on with"
        " CSCDASH_LOCAL_ON=1, after making sure who may open it."
    )
