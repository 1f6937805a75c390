"""Asking all publishers what they have, side by side."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.publications import Download, Publication
from cscdash.errors import CscdashError
from cscdash.ingest.required_columns import columns_needed
from cscdash.publishers import data_api, ees, github
from cscdash.publishers import fixed_address as address
from cscdash.publishers.cache import Cache
from cscdash.publishers.client import Web
from cscdash.publishers.manifest import Memory
from cscdash.publishers.progress import Watch
from cscdash.publishers.retries import StoppedError
from cscdash.publishers.visit import Failure, Visit
from cscdash.publishers.workers import side_by_side

TOGETHER = 8  # threads; no host sees more than two of them
SERVICE = "Explore Education Statistics"
log = logging.getLogger(__name__)


class Rank(Enum):
    """When a way is taken."""

    OWN = "first"
    SPARE = "the publisher's own, where the first gave nothing"
    COPY = "another's copy, which may lag, where nothing at all is here"


@dataclass(frozen=True)
class _Way:
    """One way to ask: its name, so that its memory is not handed to another, and the asking."""

    name: str
    publisher: str
    rank: Rank
    visit: Callable[[Memory, bool], Visit]


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
    watch : Watch
        Told who is asked.
    since : int, optional
        Older releases, from this year on, are wanted too.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        cache: Cache,
        web: Web,
        watch: Watch,
        since: int | None = None,
    ) -> None:
        self._needed = set(columns_needed(catalogue))
        self._on_service = [one for one in catalogue.publications if one.slug]
        self._cache = cache
        self._web = web
        self._watch = watch
        self._since = since
        self._listings = github.Listings(web)
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()

    def all(self, publications: Iterable[Publication], rank: Rank) -> list[Visit]:
        """What each publication has; one that fails says so and stops nobody else.

        Parameters
        ----------
        publications : iterable of Publication
            Those that can only be fetched by hand are left out.
        rank : Rank
            Which ways to ask.

        Returns
        -------
        list of Visit
            In the order of the publications, of those that have such a way.
        """
        asked = [one for one in publications if automatic(one)]
        ways = {one.id: self._ways(one, rank) for one in asked}
        of = Counter(way[0].publisher for way in ways.values() if way)
        self._asked.clear()

        def ask(publication: Publication) -> Visit:
            mine = ways[publication.id]
            self._tell(mine[0].publisher, of[mine[0].publisher])
            return self._one(publication, mine)

        def late(publication: Publication) -> Visit:
            who = ways[publication.id][0].publisher
            failure = Failure(publication.id, "took too long to answer", who, kind="silent")
            return Visit(publication.id, failures=[failure])

        asked = [one for one in asked if ways[one.id]]
        return side_by_side(ask, asked, TOGETHER, self._web.stopped, self._web.end, late)

    def _tell(self, publisher: str, of: int) -> None:
        with self._lock:
            self._asked[publisher] += 1
            self._watch.asking(publisher, self._asked[publisher], of)

    def _one(self, publication: Publication, ways: list[_Way]) -> Visit:
        memory = self._cache.known.publications.get(publication.id, Memory())
        whole = self._cache.whole(publication.id)
        failures: list[Failure] = []
        for way in ways:
            mine = memory if memory.way == way.name else Memory()
            try:
                visit = way.visit(mine, whole and bool(mine.way))
            except StoppedError:
                raise
            except CscdashError as error:
                failures.append(Failure.of(publication.id, error))
                continue
            except Exception as error:
                if self._web.stopped.is_set():  # whatever a closed connection raises
                    raise StoppedError from error
                log.exception("The visit of %s by %s failed", publication.id, way.name)
                words = f"gave an answer that could not be dealt with ({type(error).__name__})"
                failures.append(Failure(publication.id, words, way.publisher))
                continue
            visit.memory = visit.memory.model_copy(update={"way": way.name})
            visit.failures = failures
            return visit
        return Visit(publication.id, failures=failures)

    def _ways(self, publication: Publication, rank: Rank) -> list[_Way]:
        ways = []
        if publication.slug:
            ways.append(_Way("service", SERVICE, Rank.OWN, self._service(publication)))
            ways.append(_Way("data api", SERVICE, Rank.SPARE, self._data_api(publication)))
        for place, declared in enumerate(publication.download):
            if declared.kind == "manual":
                continue
            on_github = declared.kind == "github"
            visit = (self._folder if on_github else self._address)(publication, declared)
            publisher = "GitHub" if on_github else publication.publisher
            declared_rank = Rank.COPY if declared.fallback else Rank.OWN
            ways.append(_Way(f"{declared.kind} {place}", publisher, declared_rank, visit))
        return [way for way in ways if way.rank is rank]

    def _service(self, publication: Publication) -> Callable[[Memory, bool], Visit]:
        return lambda memory, whole: ees.visit(
            publication,
            self._needed,
            self._web,
            memory,
            self._since,
            whole,
            self._on_service,
        )

    def _data_api(self, publication: Publication) -> Callable[[Memory, bool], Visit]:
        return lambda memory, whole: data_api.visit(publication, self._needed, self._web)

    def _folder(self, publication: Publication, way: Download) -> Callable[[Memory, bool], Visit]:
        return lambda memory, whole: github.visit(
            publication, way, self._needed, self._listings, memory, whole
        )

    def _address(self, publication: Publication, way: Download) -> Callable[[Memory, bool], Visit]:
        return lambda memory, whole: address.visit(publication, way, memory, whole, date.today())


def automatic(publication: Publication) -> bool:
    """Whether a publication can be fetched over the network."""
    return bool(publication.slug) or any(way.kind != "manual" for way in publication.download)
