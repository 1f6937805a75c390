"""What a visit to a publisher brings: files to download, and what to remember of it."""

from dataclasses import dataclass, field

from cscdash.catalogue.publications import Dataset, Publication
from cscdash.ingest.formats import FORMATS
from cscdash.ingest.published_files import plain_name
from cscdash.publishers.manifest import Memory
from cscdash.publishers.retries import UnansweredError


@dataclass(frozen=True)
class Item:
    """A file that a publisher offers.

    Attributes
    ----------
    publication, dataset : str
        Ids in the catalogue; no data set for a file that is no table.
    urls : tuple of str
        Where it is; each is tried in turn.
    path : str
        Where it belongs in the cache, with forward slashes.
    key : str
        Changes whenever its content may have; empty where only asking tells.
    release, published : str
        The release it is from, and when that was published (ISO), where known.
    rows, size : int or None
        How many rows and bytes it should have.
    blob : str
        Its checksum as git computes it.
    archive, member : str
        A zip that holds it too, and where.
    """

    publication: str
    dataset: str
    urls: tuple[str, ...]
    path: str
    key: str = ""
    release: str = ""
    published: str = ""
    rows: int | None = None
    size: int | None = None
    blob: str = ""
    archive: str = ""
    member: str = ""


@dataclass(frozen=True)
class Failure:
    """Something that a publisher did not give.

    Attributes
    ----------
    publication : str
        Whose it is.
    words, host, advice, kind : str
        What happened; see `UnansweredError`.
    file, path : str
        The name of the file, if it was one, and the path on the host.
    """

    publication: str
    words: str
    host: str = ""
    advice: str = ""
    kind: str = "content"
    file: str = ""
    path: str = ""

    @classmethod
    def of(cls, publication: str, error: Exception, file: str = "") -> "Failure":
        """From the error that was raised."""
        if isinstance(error, UnansweredError):
            return cls(
                publication, error.words, error.host, error.advice, error.kind, file, error.path
            )
        return cls(publication, str(error).rstrip("."), file=file)


@dataclass
class Visit:
    """What came of asking a publisher.

    Attributes
    ----------
    publication : str
        Its id.
    items : list of Item
        What it offers of what we use, new or not.
    unchanged : bool
        Whether nothing is new, so that there is no need to look at items.
    memory : Memory
        To be handed to the next visit, once everything is here.
    lacking : list of str
        Files that we need and that it does not offer, each in words: it is asked for them again.
    notes : list of str
        What a person should know.
    failures : list of Failure
        Why its publisher could not be asked, if so; items are then another's copies.
    """

    publication: str
    items: list[Item] = field(default_factory=list)
    unchanged: bool = False
    memory: Memory = field(default_factory=Memory)
    lacking: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def wanted(publication: Publication, needed: set[str]) -> dict[tuple[str, str], Dataset]:
    """The files of a publication that the catalogue uses.

    Returns
    -------
    dict
        (plain name, ending) -> data set.
    """
    return {
        (file.name, FORMATS[data.format].endings[0]): data
        for data in publication.dataset
        if data.id in needed
        for file in data.files
    }


def name_of(file_name: str) -> tuple[str, str]:
    """What a file is known by: its plain name and its ending."""
    ending = "." + file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""
    return plain_name(file_name), ending
