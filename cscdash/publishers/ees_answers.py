"""What the content service of Explore Education Statistics answers, as far as we use it."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cscdash.publishers.retries import UnansweredError


class Answer(BaseModel):
    """An answer; what we do not use of it may change."""

    model_config = ConfigDict(extra="ignore")


A = TypeVar("A", bound=Answer)


class Latest(Answer):
    """The newest release, as a publication names it."""

    slug: str


class Due(Answer):
    """When the next release is due, as far as is known."""

    year: int | str
    month: int | str | None = None
    day: int | str | None = None

    def text(self) -> str:
        """``2026``, ``2026-11`` or ``2026-11-19``."""
        parts = [str(self.year)]
        for part in (self.month, self.day):
            if part in (None, ""):
                break
            parts.append(f"{int(str(part)):02d}")
        return "-".join(parts)


class About(Answer):
    """A publication."""

    id: str
    slug: str
    latest: Latest = Field(alias="latestRelease")
    due: Due | None = Field(None, alias="nextReleaseDate")


class Summary(Answer):
    """A version of a release; its id and time change when anything in it does."""

    id: str
    slug: str
    title: str
    latest: bool = Field(alias="isLatestRelease")
    updated: str = Field(alias="lastUpdated")
    published: str = ""


class Release(Answer):
    """A release in the list of all."""

    id: str
    slug: str
    title: str = ""
    published: str = ""


class Meta(Answer):
    """What is said of a file."""

    rows: int | None = Field(None, alias="numDataFileRows")


class Belongs(Answer):
    """The release that a file is said to be of."""

    id: str


class File(Answer):
    """A data set of a release."""

    id: str
    file: str = Field("", alias="fileId")
    name: str = Field(alias="filename")
    title: str
    updated: str = Field("", alias="lastUpdated")
    meta: Meta = Meta()
    release: Belongs | None = None


class Paging(Answer):
    """Where in a list we are."""

    pages: int = Field(alias="totalPages")


class Files(Answer):
    """A page of data sets."""

    results: list[File]
    paging: Paging


def believed(shape: type[A], answer: Any) -> A:
    """An answer, if it has the shape that we know.

    Raises
    ------
    UnansweredError
        If it has not.
    """
    try:
        return shape.model_validate(answer)
    except ValidationError as error:
        raise unlike(shape.__name__.strip("_").lower(), error) from error


def unlike(what: str, error: ValidationError) -> UnansweredError:
    """The error for an answer of a shape that we do not know."""
    where = ".".join(map(str, error.errors()[0]["loc"])) or "it"
    return UnansweredError(
        f"Explore Education Statistics describes a {what} in a new way ({where}); a newer version"
        " of cscdash may know it"
    )
