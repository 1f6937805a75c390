"""What the services of Explore Education Statistics answer, as far as we use it.

Only what nothing can be done without has to be there. Whatever else is absent, null or of another
type counts as not said; an entry of a list that is not understood is left out of it.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from cscdash.publishers.retries import UnansweredError

HOST = "content.explore-education-statistics.service.gov.uk"


def _if(kind: type) -> Callable[[Any], Any]:
    def only(value: Any) -> Any:
        return value if isinstance(value, kind) and not (kind is int and value is True) else None

    return only


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


Said = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int | None, BeforeValidator(_if(int))]
Truth = Annotated[bool | None, BeforeValidator(_if(bool))]
Parts = Annotated[dict[str, Any] | None, BeforeValidator(_if(dict))]
Entries = Annotated[list[Any], BeforeValidator(lambda v: v if isinstance(v, list) else [])]
Needed = Annotated[str, Field(min_length=1, max_length=500)]


class Answer(BaseModel):
    """An answer; what we do not use of it may change."""

    model_config = ConfigDict(extra="ignore")


A = TypeVar("A", bound=Answer)


class Latest(Answer):
    """The newest release, as a publication names it."""

    slug: Needed


class About(Answer):
    """A publication."""

    id: Needed
    slug: Said = ""
    latest: Latest = Field(alias="latestRelease")
    due: Parts = Field(None, alias="nextReleaseDate")

    def due_text(self) -> str:
        """When the next release is due: ``2026``, ``2026-11``, ``2026-11-19``, or nothing."""
        text = ""
        for name, most in (("year", 9999), ("month", 12), ("day", 31)):
            part = str((self.due or {}).get(name))
            number = int(part) if part.isascii() and part.isdecimal() and len(part) < 5 else 0
            if not 0 < number <= most:
                break
            text += f"-{number:02d}" if text else str(number)
        return text


class Summary(Answer):
    """A version of a release; its id and time change when anything in it does."""

    id: Needed
    slug: Needed
    title: Said = ""
    latest: Truth = Field(None, alias="isLatestRelease")
    updated: Said = Field("", alias="lastUpdated")
    published: Said = ""


class Release(Answer):
    """A release in the list of all."""

    id: Said = ""  # of its version; the newer list has none
    slug: Needed
    title: Said = ""
    published: Said = ""


class Meta(Answer):
    """What is said of a file."""

    rows: Number = Field(None, alias="numDataFileRows")


class File(Answer):
    """A data set of a release."""

    id: Needed
    file: Said = Field("", alias="fileId")
    name: Said = Field("", alias="filename")
    title: Said = ""
    updated: Said = Field("", alias="lastUpdated")
    about: Parts = Field(None, alias="meta")
    belongs: Parts = Field(None, alias="release")

    @property
    def rows(self) -> int | None:
        """How many it is said to have."""
        return Meta.model_validate(self.about or {}).rows

    @property
    def release(self) -> str:
        """The version of the release that it is said to be of; empty if that is not said."""
        return _text((self.belongs or {}).get("id"))


class Content(Answer):
    """The data sets of a release, as its own page has them: without the names of files."""

    sets: Entries = Field([], alias="dataSets")


class OfContent(Answer):
    """One of them."""

    id: Needed = Field(alias="dataSetFileId")
    file: Said = Field("", alias="fileId")
    title: Said = ""
    about: Parts = Field(None, alias="meta")

    def as_file(self) -> File:
        """The same as the other list has it."""
        return File(id=self.id, fileId=self.file, title=self.title, meta=self.about)


class Page(Answer):
    """A page of a list."""

    results: list[Any]
    paging: Parts = None

    @property
    def pages(self) -> int | None:
        """How many there are, where that is said."""
        number = (self.paging or {}).get("totalPages")
        return number if isinstance(number, int) and not isinstance(number, bool) else None


class DataSet(Answer):
    """A data set of the public data API."""

    id: Needed
    title: Said = ""
    latest: Parts = Field(None, alias="latestVersion")

    @property
    def version(self) -> str:
        """Of its newest version."""
        return _text((self.latest or {}).get("version"))

    @property
    def year(self) -> str:
        """The last of its periods, as it is called there."""
        periods = (self.latest or {}).get("timePeriods")
        return _text(periods.get("end")) if isinstance(periods, dict) else ""

    @property
    def published(self) -> str:
        """When its newest version was."""
        return _text((self.latest or {}).get("published"))


class Known(Answer):
    """A publication of the public data API."""

    id: Needed
    slug: Said = ""


def believed(shape: type[A], answer: Any, host: str = HOST) -> A:
    """An answer, if it has the shape that we know.

    Raises
    ------
    UnansweredError
        If it has not.
    """
    try:
        return shape.model_validate(answer)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "it"
        raise UnansweredError(
            f"described a {shape.__name__.lower()} in a way that we do not know ({where})",
            host,
            advice="A newer version of cscdash may know it.",
        ) from error


def entries(shape: type[A], answer: Any) -> list[A]:
    """The entries of a list that we understand."""
    found = []
    for one in answer if isinstance(answer, list) else ():
        try:
            found.append(shape.model_validate(one))
        except ValidationError:
            continue
    return found
