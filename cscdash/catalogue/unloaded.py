"""What may stand in ``unloaded.toml``: what is published by authority, and not loaded here."""

from typing import Annotated

from pydantic import Field

from cscdash.catalogue.declared import Declared, Slug


class Unloaded(Declared):
    """A file that is published by local authority and that no indicator reads yet.

    Attributes
    ----------
    title, page : str
        As its publisher lists it, and where.
    publication : str
        Id of the publication that it belongs to.
    years : str
        The years that its page named when it was looked at.
    holds : str
        What it counts: whole sentences.
    indicators : list of str
        The indicators that it bears on.
    divides : list of str
        The breakdowns that it holds of them.
    instead : list of str
        Those of them that stand in for what it holds.
    entries : list of str
        Those of the register of possible measures that it would answer.
    """

    title: str
    publication: Slug
    page: Annotated[str, Field(pattern=r"^https://")]
    years: str
    holds: str
    indicators: Annotated[list[Slug], Field(min_length=1)]
    divides: list[str] = []
    instead: list[Slug] = []
    entries: list[str] = []
