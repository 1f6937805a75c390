"""Files that a publisher keeps in a repository on GitHub."""

import threading
from dataclasses import dataclass, field
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cscdash.catalogue.publications import Download, Publication
from cscdash.publishers.client import Web
from cscdash.publishers.manifest import Memory, place_of
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.visit import Item, Visit, name_of, wanted

API = "https://api.github.com"
RAW = "https://raw.githubusercontent.com"


class Listed(BaseModel):
    """An entry of a folder's listing."""

    model_config = ConfigDict(extra="ignore")
    name: str
    path: str
    sha: str = Field(pattern="^[0-9a-f]{40}$")
    size: int = Field(ge=0)
    type: str


_Listing = tuple[list[Listed] | None, str]


@dataclass
class Listings:
    """The listings of folders, each asked for once in an update, however many want it."""

    web: Web
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: dict[str, _Listing | UnansweredError] = field(default_factory=dict)

    def of(self, way: Download, tag: str) -> _Listing:
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

    def _ask(self, url: str, tag: str) -> _Listing:
        answer, headers = self.web.json(url, {"If-None-Match": tag} if tag else None)
        if answer is None:
            return None, tag
        entries = []
        for one in answer if isinstance(answer, list) else ():
            try:
                entries.append(Listed.model_validate(one))
            except ValidationError:
                continue  # an entry that we do not understand is none of ours
        if not entries:
            raise UnansweredError(
                "listed the folder in a way that we do not know", "api.github.com"
            )
        return entries, headers.get("etag", "")


def visit(
    publication: Publication,
    way: Download,
    needed: set[str],
    listings: Listings,
    memory: Memory,
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
    memory : Memory
        What the last visit gave.
    whole : bool
        Whether every file of the last visit is still here.

    Raises
    ------
    UnansweredError
        If GitHub does not answer, or not as it used to.
    """
    entries, tag = listings.of(way, memory.tag if whole else "")
    if entries is None:
        return Visit(publication.id, unchanged=True, memory=memory)
    known = wanted(publication, needed)
    found = Visit(publication.id, memory=Memory(tag=tag))
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
                path=place_of(publication.id, "repository", entry.name),
                key=entry.sha,
                size=entry.size,
                blob=entry.sha,
            )
        )
    offered = {item.dataset for item in found.items}
    for data in publication.dataset:
        if data.id in needed and data.id not in offered:
            found.lacking.append(f"‘{data.title}’ is not in {way.folder} of {way.repository}")
    return found
