"""What publishers issue: publications, their data sets, how files are fetched and read."""

from typing import Literal, Self

from pydantic import model_validator

from cscdash.catalogue.declared import Declared, Slug
from cscdash.catalogue.sources import Demonstration


class File(Declared):
    """A published file of a data set: its name without years, and old names in it.

    `columns` and `values` translate what this vintage calls things into what we call them,
    in one step (in the 2022 files two names change places).
    """

    name: str  # file name, lower case, without years and ending
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}


class Further(Declared):
    """Another data set that holds a population, for the years that the first one lacks.

    Attributes
    ----------
    dataset : str
        Its id; its column is ``population_estimate``.
    lag : int
        How many years its periods are after the population in them.
    """

    dataset: Slug
    lag: int = 0


class Dataset(Declared):
    """A table that a publisher issues again and again, and how to read it."""

    id: Slug
    title: str
    format: Slug  # an entry of `ingest.formats`
    files: list[File]
    flags: dict[str, dict[str, str]] = {}  # column -> its value -> flag letter
    also: list[Further] = []  # of a population
    notes: list[str] = []  # what to know of its figures, on the card of every indicator made of it
    demonstration: Demonstration = Demonstration()


class Download(Declared):
    """One way to get a publication's files, beside Explore Education Statistics.

    Attributes
    ----------
    kind : str
        ``file``: one address. ``github``: files of a folder of a repository, known by name.
        ``manual``: a person fetches them; `manual` says how.
    url, filename : str
        For ``file``: where it is, and what it is called here. ``{year}`` and ``{yy}`` in either
        stand for the newest edition that there is.
    repository, folder, branch : str
        For ``github``.
    fallback : bool
        Only where the ways before it gave nothing, and nothing is here from before.
    """

    kind: Literal["file", "github", "manual"]
    url: str = ""
    filename: str = ""
    repository: str = ""
    folder: str = ""
    branch: str = "main"
    manual: str = ""
    fallback: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "file": ("url", "filename"),
            "github": ("repository", "folder"),
            "manual": ("manual",),
        }
        for field in needs[self.kind]:
            if not getattr(self, field):
                raise ValueError(f"a download of kind ‘{self.kind}’ needs `{field}`")
        return self


class Publication(Declared):
    """A publication of one publisher, with its licence and the data sets we use."""

    id: Slug
    title: str
    publisher: str
    page: str
    slug: str | None = None  # on Explore Education Statistics
    licence: str = "Open Government Licence v3.0"
    attribution: str
    cadence: str
    released: dict[str, str] = {}  # latest period in the release -> publication date
    download: list[Download] = []  # how to get it, where Explore Education Statistics has it not
    dataset: list[Dataset]
