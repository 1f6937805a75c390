"""Receiving what the publishers have that is new: ask, download, and say what did not come."""

import logging
from collections.abc import Iterable
from dataclasses import replace

import httpx

from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.publications import Publication
from cscdash.errors import CscdashError
from cscdash.publishers.cache import Cache
from cscdash.publishers.client import Web
from cscdash.publishers.download import Fetcher
from cscdash.publishers.manifest import Kept, Memory
from cscdash.publishers.partial_download import forget
from cscdash.publishers.progress import Watch
from cscdash.publishers.retries import StoppedError, UnansweredError
from cscdash.publishers.update_outcome import Options, Outcome
from cscdash.publishers.visit import Failure, Item, Visit
from cscdash.publishers.visits import TOGETHER, Asking, Rank, automatic
from cscdash.publishers.workers import side_by_side

log = logging.getLogger(__name__)
_AGAIN = 60.0  # seconds for asking anew in the middle of downloading


class Received:
    """What an update receives from the publishers, into the cache's ``.incoming``.

    Attributes
    ----------
    outcome : Outcome
        What came of it, so far.
    new : dict
        Path -> what is known of each new file.
    """

    def __init__(
        self, catalogue: Catalogue, options: Options, cache: Cache, watch: Watch, digest: str
    ) -> None:
        self.catalogue, self.options, self.cache, self.watch = catalogue, options, cache, watch
        self.titles = {one.id: one.title for one in catalogue.publications}
        had = {kept.publication for kept in cache.known.files.values()}
        self.outcome = Outcome(cache=options.cache, had=had)
        for path, refused in list(cache.known.refused.items()):
            if refused.catalogue != digest:  # another catalogue may take what it refused
                del cache.known.refused[path]
                cache.known.publications.pop(refused.publication, None)
        self.memories: dict[str, Memory] = {}
        self.new: dict[str, Kept] = {}
        self.fetched: list[Item] = []
        self.partial: set[str] = set()  # publications that did not give everything

    def download(self, chosen: list[Publication]) -> None:
        """Ask the publishers and fetch what is new into the cache's ``.incoming``."""
        by_id = {one.id: one for one in chosen if automatic(one)}
        self.outcome.asked = list(by_id)
        patience = self.options.patience
        with Web(patience, self.options.mirror, self.watch) as web:
            self.outcome.requests = web.requests
            formats = {id: data.format for id, data in self.catalogue.datasets.items()}
            fetcher = Fetcher(self.cache, web, self.watch, formats)
            asking = Asking(self.catalogue, self.cache, web, self.watch, self.options.since)
            try:
                web.within(patience.asking)
                visits = self._asked(list(by_id.values()), asking)
                web.within(patience.fetching)
                withdrawn = self._take(visits, fetcher)
                if withdrawn:  # between the list and the download: the list is asked for anew
                    self.outcome.notes += [
                        f"{self.titles[id]}: files that it listed were gone when we fetched them,"
                        " so it was asked anew."
                        for id in sorted(withdrawn)
                    ]
                    web.within(_AGAIN)
                    visits = asking.all([by_id[id] for id in sorted(withdrawn)], Rank.OWN)
                    web.within(patience.fetching)
                    self._take(visits, fetcher, again=True)
                bare = [by_id[id] for id in sorted(self.partial) if not self._has(id)]
                if bare and not self.options.dry_run and not self.outcome.unreachable:
                    web.within(_AGAIN)
                    visits = self._spare(asking.all(bare, Rank.COPY))
                    web.within(patience.fetching)
                    self._take(visits, fetcher, again=True)
                self._repair(set(by_id), fetcher)
            except BaseException:
                web.stopped.set()
                raise
            finally:
                fetcher.tidy()

    def _asked(self, chosen: list[Publication], asking: Asking) -> list[Visit]:
        """What the publishers have; where one fails, what its spare route has."""
        visits = asking.all(chosen, Rank.OWN)
        failed = {visit.publication for visit in visits if visit.failures and not visit.items}
        spare = asking.all([one for one in chosen if one.id in failed], Rank.SPARE)
        return visits + self._spare(spare)

    @staticmethod
    def _spare(visits: list[Visit]) -> list[Visit]:
        """Visits by a spare route: that it failed too tells nobody more than the first failure."""
        return [replace(visit, failures=[], lacking=[]) for visit in visits if visit.items]

    def _has(self, publication: str) -> bool:
        new = any(kept.publication == publication for kept in self.new.values())
        return new or bool(self.cache.of(publication))

    def _take(self, visits: list[Visit], fetcher: Fetcher, again: bool = False) -> set[str]:
        """Fetch what visits offer; the publications whose files were withdrawn meanwhile."""
        todo: list[Item] = []
        for visit in visits:
            title = self.titles[visit.publication]
            self.outcome.notes += [f"{title}: {text}" for text in visit.notes]
            self.outcome.lacking += [f"{title}: {text}" for text in visit.lacking]
            self.outcome.failures += visit.failures
            if visit.failures or visit.lacking:
                self.partial.add(visit.publication)
            self.memories[visit.publication] = visit.memory
            due = [item for item in visit.items if self._is_due(item)]
            todo += due
            if not visit.failures and (visit.unchanged or not due):
                self.outcome.unchanged.append(visit.publication)
        if self.options.dry_run:
            self._offer(todo, fetcher)
            return set()
        plain = [item for item in todo if item.dataset]
        withdrawn = set()
        for item, error in self._fetch(plain, fetcher):
            if isinstance(error, UnansweredError) and error.absent and not again:
                withdrawn.add(item.publication)
            elif error is not None:
                self._failed(item, error)
        self._fetch_editions([item for item in todo if not item.dataset], fetcher)
        return withdrawn

    def _is_due(self, item: Item) -> bool:
        """Whether an item is to be fetched: it is not here, not new already, not refused before."""
        if item.path in self.new:
            return False
        refused = self.cache.known.refused.get(item.path)
        if item.key and refused and refused.key == item.key:
            return False
        known = self.cache.known.files.get(item.path)
        same = bool(item.key) and known is not None and known.key == item.key
        return not (same and self.cache.holds(item.path))

    def _offer(self, todo: list[Item], fetcher: Fetcher) -> None:
        """Of what is to be fetched, what a run would find to be new."""
        newest: dict[str, Item] = {}
        for item in todo:
            try:
                if item.dataset or item.publication not in newest:
                    if fetcher.is_new(item):
                        self.outcome.offered.append(item)
                    if not item.dataset:
                        newest[item.publication] = item
            except CscdashError as error:
                if item.dataset or item is todo[-1]:
                    self._failed(item, error)

    def _fetch(self, items: list[Item], fetcher: Fetcher) -> list[tuple[Item, Exception | None]]:
        """Fetch files side by side; of each the error if it could not be had."""
        self.watch.expect(len(items))

        def one(item: Item) -> Kept | Exception | None:
            found: Kept | Exception | None
            try:
                found = fetcher.fetch(item)
            except StoppedError:
                raise
            except CscdashError as error:
                found = error
            except Exception as error:
                if fetcher.web.stopped.is_set():  # whatever a closed connection raises
                    raise StoppedError from error
                log.exception("%s could not be fetched", item.path)
                found = CscdashError(f"it could not be dealt with ({type(error).__name__})")
            self.watch.ended(item.path, str(found) if isinstance(found, Exception) else "")
            return found

        def late(item: Item) -> Kept | Exception | None:
            return UnansweredError(
                "took too long to send", httpx.URL(item.urls[0] if item.urls else "").host
            )

        web = fetcher.web
        found = side_by_side(one, items, TOGETHER, web.stopped, web.end, late)
        return [(item, self._taken(item, one)) for item, one in zip(items, found, strict=True)]

    def _taken(self, item: Item, found: Kept | Exception | None) -> Exception | None:
        """Take note of what came of fetching a file; the error if it could not be had."""
        if found is None or isinstance(found, Exception):
            return found
        refused = self.cache.known.refused.get(item.path)
        known = self.cache.known.files.get(item.path)
        again = refused is not None and refused.sha256 == found.sha256
        if again or (self.cache.holds(item.path) and found.same(known)):
            forget(self.cache.incoming(item.path))
        else:
            self.new[item.path] = found
            self.fetched.append(item)
        return None

    def _fetch_editions(self, editions: list[Item], fetcher: Fetcher) -> None:
        """Of the editions of a file, newest first, the first that there is."""
        for publication in dict.fromkeys(item.publication for item in editions):
            error: Exception | None = None
            for item in [one for one in editions if one.publication == publication]:
                error = self._fetch([item], fetcher)[0][1]
                if error is None:
                    memory = self.memories[publication]
                    changed = {"edition": item.release}
                    self.memories[publication] = memory.model_copy(update=changed)
                    break
            else:
                if not self.cache.whole(publication) and error:
                    self._failed(item, error)
                self.memories.pop(publication, None)

    def _failed(self, item: Item, error: Exception) -> None:
        name = item.path.rsplit("/", 1)[-1]
        self.outcome.failures.append(Failure.of(item.publication, error, name))
        self.partial.add(item.publication)

    def _repair(self, asked: set[str], fetcher: Fetcher) -> None:
        """Fetch anew what is here, but not as it was published, and is in no list any more."""
        if self.options.dry_run:
            return
        items = [
            _again(path, kept)
            for path, kept in self.cache.known.files.items()
            if path in self.cache.damaged
            and path not in self.new
            and kept.publication in asked
            and kept.url
            and path not in self.superseded()
        ]
        for item, error in self._fetch(items, fetcher):
            if error is not None and item.publication not in self.partial:
                self._failed(item, error)

    def superseded(self) -> list[str]:
        """Files of a new file's release under another name, and copies from elsewhere."""
        items = [item for item in self.fetched if item.release and item.path in self.new]
        places = {(item.publication, item.release, item.dataset) for item in items}
        own = {(item.publication, item.dataset) for item in items}
        return [
            path
            for path, kept in self.cache.known.files.items()
            if path not in self.new
            and kept.dataset
            and (_place(kept) in places if kept.release else _place(kept)[::2] in own)
        ]

    def remembered(self, refused: Iterable[str]) -> dict[str, Memory]:
        """What the last visits gave, of those publications that gave everything that we need.

        A refused file is remembered as refused, so its publication need not be asked in full
        again.
        """
        mine = {id: memory for id, memory in self.memories.items() if id not in self.partial}
        return {**self.cache.known.publications, **mine}


def _again(path: str, kept: Kept) -> Item:
    """A file that is here, as an item to be fetched once more."""
    zipped = kept.url.endswith("/files")
    return Item(
        publication=kept.publication,
        dataset=kept.dataset,
        urls=() if zipped else (kept.url,),
        path=path,
        key=kept.key,
        release=kept.release,
        published=kept.published,
        rows=kept.rows,
        archive=kept.url if zipped else "",
        member=path.rsplit("/", 1)[-1],
    )


def _place(kept: Kept) -> tuple[str, str, str]:
    return kept.publication, kept.release, kept.dataset
