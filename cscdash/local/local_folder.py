"""Where local figures are kept, and whether this machine is one that keeps any."""

from pathlib import Path

from cscdash.settings import settings


def folder() -> Path:
    """The folder of local figures: ``CSCDASH_LOCAL``, or ``data/local``, which git ignores."""
    return settings().local


def refused() -> str | None:
    """Why there are no local figures here, in a sentence or two; None if they are welcome."""
    if not settings().hosted or settings().local_on:
        return None
    return (
        "This app is hosted, so everybody who can open it could read figures that nobody has"
        " published: local figures are switched off. Whoever hosts it can switch them on with"
        " CSCDASH_LOCAL_ON=1, after making sure who may open it."
    )
