"""Files that a publisher keeps in a repository on GitHub."""

import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from cscdash.catalogue.models import Download, Publication
from cscdash.publishers.client import Web
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.visit import Item, Visit, name_of, wanted

API = "https://api.github.com"
RAW = "https://raw.githubusercontent.com"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str
    path: str
    sha: str
    size: int
    type: str


_ENTRIES = TypeAdapter(list[_Entry])
_Listing = tuple[list[_Entry] | None, str]


@dataclass
class Listings:
    """The listings of folders, each asked for once in an update, however many want it."""

    web: Web
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: dict[str, tuple[list[_Entry] | None, str] | UnansweredError] = field(
        default_factory=dict
    )

    def of(self, way: Download, tag: str) -> tuple[list[_Entry] | None, str]:
        """The files of a folder and the tag of the listing; no files if it has not changed.

        Raises
        ------
        UnansweredError
            If GitHub does not answer, or not as it used to.
        """
        url = f"{API}/repos/{way.repository}/contents/{quote(way.folder)}?ref={way.branch}"
        with self._lock:
            place = f"{url} {tag}"
            if place not in self._known:
                try:
                    self._known[place] = self._ask(url, tag)
                except UnansweredError as error:
                    self._known[place] = error
            known = self._known[place]
        if isinstance(known, UnansweredError):
            raise known
        return known

    def _ask(self, url: str, tag: str) -> tuple[list[_Entry] | None, str]:
        answer, headers = self.web.json(url, {"If-None-Match": tag} if tag else None)
        if answer is None:
            return None, tag
        try:
            return _ENTRIES.validate_python(answer), headers.get("etag", "")
        except ValidationError as error:
            raise UnansweredError("GitHub lists the folder in a way that we do not know") from error


def visit(
    publication: Publication,
    way: Download,
    needed: set[str],
    listings: Listings,
    memory: dict[str, Any],
    whole: bool,
) -> Visit:
    """Ask which of a publication's files a folder holds.

    Parameters
    ----------
    publication : Publication
        What is looked for.
    way : Download
        The repository and its folder.
    needed : set of str
        The data sets that the catalogue uses.
    listings : Listings
        Shared by all that look into the same folder.
    memory : dict
        What the last visit gave.
    whole : bool
        Whether every file of the last visit is still here.

    Raises
    ------
    UnansweredError
        If GitHub does not answer, or not as it used to.
    """
    entries, tag = listings.of(way, memory.get("tag", "") if whole else "")
    if entries is None:
        return Visit(publication.id, unchanged=True, memory=memory)
    known = wanted(publication, needed)
    found = Visit(publication.id, memory={"tag": tag})
    for entry in entries:
        data = known.get(name_of(entry.name))
        if data is None or entry.type != "file":
            continue
        place = quote(entry.path)
        found.items.append(
            Item(
                publication=publication.id,
                dataset=data.id,
                urls=(f"{RAW}/{way.repository}/{way.branch}/{place}",),
                path=f"{publication.id}/repository/{entry.name}",
                key=entry.sha,
                size=entry.size,
                blob=entry.sha,
            )
        )
    if not found.items:
        found.notes.append(f"The folder {way.folder} of {way.repository} holds none of its files.")
    return found
