"""Asking all publishers what they have, at the same time."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from cscdash.catalogue.models import Catalogue, Download, Publication
from cscdash.errors import CscdashError
from cscdash.ingest.required_columns import columns_needed
from cscdash.publishers import ees, github
from cscdash.publishers import fixed_address as address
from cscdash.publishers.cache import Cache
from cscdash.publishers.client import Web
from cscdash.publishers.visit import Visit

TOGETHER = 8  # threads; no host sees more than two of them


@dataclass(frozen=True)
class _Way:
    """One way to ask: its name, so that its memory is not handed to another, and the asking."""

    name: str
    fallback: bool
    visit: Callable[[dict[str, Any], bool], Visit]


class Asking:
    """Asks publishers what they have.

    Parameters
    ----------
    catalogue : Catalogue
        Which files are used.
    cache : Cache
        What is here already.
    web : Web
        The client.
    since : int, optional
        Older releases, from this year on, are wanted too.
    """

    def __init__(
        self, catalogue: Catalogue, cache: Cache, web: Web, since: int | None = None
    ) -> None:
        self._needed = set(columns_needed(catalogue))
        self._on_service = [one for one in catalogue.publications if one.slug]
        self._cache = cache
        self._web = web
        self._since = since
        self._listings = github.Listings(web)

    def all(self, publications: Iterable[Publication], fallback: bool = False) -> list[Visit]:
        """What each publication has; one that fails says so and stops nobody else.

        Parameters
        ----------
        publications : iterable of Publication
            Those that can only be fetched by hand are left out.
        fallback : bool
            Ask only the ways that are for when the others gave nothing.

        Returns
        -------
        list of Visit
            In the order of the publications.
        """
        with ThreadPoolExecutor(TOGETHER) as pool:
            asked = [one for one in publications if automatic(one)]
            return list(pool.map(lambda one: self._one(one, fallback), asked))

    def _one(self, publication: Publication, fallback: bool) -> Visit:
        memory = self._cache.publications.get(publication.id, {})
        whole = self._cache.whole(publication.id)
        errors: list[str] = []
        for way in self._ways(publication):
            if way.fallback and not fallback and self._cache.of(publication.id):
                continue  # the copy from before is its publisher's own; the other may lag
            if fallback and not way.fallback:
                continue
            mine = memory if memory.get("way") == way.name else {}
            try:
                visit = way.visit(mine, whole and bool(mine))
            except CscdashError as error:
                errors.append(str(error))
                continue
            visit.memory = {**visit.memory, "way": way.name}
            visit.failed = "; ".join(dict.fromkeys(errors))
            return visit
        return Visit(publication.id, failed="; ".join(dict.fromkeys(errors)))

    def _ways(self, publication: Publication) -> list[_Way]:
        ways = []
        if publication.slug:
            ways.append(_Way("service", False, self._service(publication)))
        for place, declared in enumerate(publication.download):
            if declared.kind == "manual":
                continue
            of = self._folder if declared.kind == "github" else self._address
            visit = of(publication, declared)
            ways.append(_Way(f"{declared.kind} {place}", declared.fallback, visit))
        return ways

    def _service(self, publication: Publication) -> Callable[[dict[str, Any], bool], Visit]:
        return lambda memory, whole: ees.visit(
            publication,
            self._needed,
            self._web,
            memory,
            self._since,
            whole,
            self._on_service,
        )

    def _folder(
        self, publication: Publication, way: Download
    ) -> Callable[[dict[str, Any], bool], Visit]:
        return lambda memory, whole: github.visit(
            publication, way, self._needed, self._listings, memory, whole
        )

    def _address(
        self, publication: Publication, way: Download
    ) -> Callable[[dict[str, Any], bool], Visit]:
        return lambda memory, whole: address.visit(publication, way, memory, whole, date.today())


def automatic(publication: Publication) -> bool:
    """Whether a publication can be fetched over the network."""
    return bool(publication.slug) or any(way.kind != "manual" for way in publication.download)
