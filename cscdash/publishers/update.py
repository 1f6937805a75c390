"""Fresh data in one go: ask, download, build; whatever happens, what was here stays whole."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from typing import Any

from cscdash.catalogue.models import Catalogue, Publication
from cscdash.errors import CscdashError
from cscdash.extracts.lock import locked
from cscdash.publishers.boundaries import PUBLICATION, prepare_maps
from cscdash.publishers.build_from_cache import Assembly
from cscdash.publishers.cache import Cache
from cscdash.publishers.client import Web
from cscdash.publishers.download import Fetcher
from cscdash.publishers.partial_download import forget
from cscdash.publishers.progress import Nobody, Watch
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.update_outcome import Options, Outcome
from cscdash.publishers.visit import Item, Visit
from cscdash.publishers.visits import TOGETHER, Asking
from cscdash.reading import PUBLISHED, one_child


def update(catalogue: Catalogue, options: Options, watch: Watch | None = None) -> Outcome:
    """Get what is new from the publishers, and build the store from it and what was here.

    Parameters
    ----------
    catalogue : Catalogue
        Which publications there are, and how to get them.
    options : Options
        What to do.
    watch : Watch, optional
        Told how it gets on.

    Raises
    ------
    CscdashError
        If nothing can be built, another update is at work, or a folder cannot be written. The
        current build then stays current.
    """
    watch = watch or Nobody()
    chosen = choose(catalogue, options.only)
    with locked(options.cache, options.wait, watch.say), one_child(PUBLISHED):
        cache = Cache.open(options.cache)
        run = _Run(catalogue, options, cache, watch)
        try:
            run.tidy()
            if not options.offline:
                run.download(chosen)
            if not options.dry_run:
                run.build()
        except OSError as error:
            raise CscdashError(
                f"{options.cache} cannot be written: {error.strerror or error}."
            ) from error
        finally:
            run.tidy()
    return run.outcome


def choose(catalogue: Catalogue, only: Iterable[str]) -> list[Publication]:
    """The publications with these ids; all if none is named.

    Raises
    ------
    CscdashError
        If there is no such publication; names the nearest.
    """
    known = {publication.id: publication for publication in catalogue.publications}
    names = list(only)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f" Do you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
            raise CscdashError(f"There is no publication ‘{name}’.{hint}")
    return [known[name] for name in names] if names else list(known.values())


class _Run:
    """One update, step by step."""

    def __init__(self, catalogue: Catalogue, options: Options, cache: Cache, watch: Watch) -> None:
        self.catalogue, self.options, self.cache, self.watch = catalogue, options, cache, watch
        self.outcome = Outcome()
        self.memories: dict[str, dict[str, Any]] = {}
        self.new: dict[str, dict[str, Any]] = {}
        self.fetched: list[Item] = []
        self.lame: set[str] = set()  # publications that did not give everything

    def download(self, chosen: list[Publication]) -> None:
        """Ask the publishers and fetch what is new into the cache's ``.incoming``."""
        by_id = {publication.id: publication for publication in chosen}
        with Web(self.options.patience, self.options.mirror) as web:
            self.outcome.requests = web.requests
            formats = {id: data.format for id, data in self.catalogue.datasets.items()}
            fetcher = Fetcher(self.cache, web, self.watch, formats)
            asking = Asking(self.catalogue, self.cache, web, self.options.since)
            try:
                withdrawn = self._take(asking.all(chosen), fetcher)
                if withdrawn:  # between the list and the download: the list is asked for anew
                    self.outcome.notes += [
                        f"{by_id[id].title}: files that it listed were gone when we fetched them,"
                        " so it was asked anew."
                        for id in sorted(withdrawn)
                    ]
                    self._take(asking.all([by_id[id] for id in sorted(withdrawn)]), fetcher, True)
                bare = [by_id[id] for id in sorted(self.lame) if not self._has(id)]
                if bare and not self.options.dry_run:
                    self._take(asking.all(bare, fallback=True), fetcher, True)
            except BaseException:
                web.stopped.set()
                raise
            finally:
                fetcher.tidy()

    def _has(self, publication: str) -> bool:
        new = any(known["publication"] == publication for known in self.new.values())
        return new or bool(self.cache.of(publication))

    def _take(self, visits: list[Visit], fetcher: Fetcher, again: bool = False) -> set[str]:
        """Fetch what visits offer; the publications whose files were withdrawn meanwhile."""
        todo: list[Item] = []
        for visit in visits:
            title = self._title(visit.publication)
            self.outcome.notes += [f"{title}: {text}" for text in visit.notes]
            if visit.failed:
                self.outcome.failed.append(f"{title}: {visit.failed}.")
                self.lame.add(visit.publication)
            self.memories[visit.publication] = visit.memory
            due = [item for item in visit.items if self._is_due(item)]
            todo += due
            if not visit.failed and (visit.unchanged or not due):
                self.outcome.unchanged.append(visit.publication)
        if self.options.dry_run:
            self.outcome.offered += [item for item in todo if fetcher.is_new(item)]
            return set()
        self.watch.expect(len(todo))
        editions = [item for item in todo if not item.dataset]
        plain = [item for item in todo if item.dataset]
        pool = ThreadPoolExecutor(TOGETHER)
        try:
            results = list(pool.map(lambda item: self._fetched(item, fetcher), plain))
        except BaseException:
            fetcher.web.stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        pool.shutdown()
        withdrawn = {
            item.publication for item, error in zip(plain, results, strict=True)
            if isinstance(error, UnansweredError) and error.absent and not again
        }  # fmt: skip
        for item, error in zip(plain, results, strict=True):
            if error is not None and item.publication not in withdrawn:
                self._failed(item.publication, str(error))
        self._fetch_edition(editions, fetcher)
        return withdrawn

    def _is_due(self, item: Item) -> bool:
        known = self.cache.files.get(item.path, {})
        same = bool(item.key) and known.get("key") == item.key and self.cache.holds(item.path)
        return not same and item.path not in self.new

    def _superseded(self) -> list[str]:
        """Files of a new file's release under another name, and copies from elsewhere."""
        items = [item for item in self.fetched if item.release and item.path in self.new]
        places = {(item.publication, item.release, item.dataset) for item in items}
        own = {(item.publication, item.dataset) for item in items}
        return [
            path
            for path, known in self.cache.files.items()
            if path not in self.new
            and known["dataset"]
            and (_place(known) in places if known["release"] else _place(known)[::2] in own)
        ]

    def _fetched(self, item: Item, fetcher: Fetcher) -> CscdashError | None:
        """Fetch one file; the error if it could not be had."""
        try:
            facts = fetcher.fetch(item)
        except CscdashError as error:
            self.watch.ended(item.path, str(error))
            return error
        self.watch.ended(item.path)
        if facts is None:
            return None
        known = self.cache.files.get(item.path, {})
        if {**facts, "retrieved": ""} == {**known, "retrieved": ""}:
            forget(self.cache.incoming(item.path))
        else:
            self.new[item.path] = facts
            self.fetched.append(item)
        return None

    def _fetch_edition(self, editions: list[Item], fetcher: Fetcher) -> None:
        """Of the editions of a file, newest first, the first that there is."""
        for publication in dict.fromkeys(item.publication for item in editions):
            mine = [item for item in editions if item.publication == publication]
            for item in mine:
                error = self._fetched(item, fetcher)
                if error is None:
                    self.memories[publication]["edition"] = item.release
                    break
            else:
                if not self.cache.whole(publication):
                    self._failed(publication, str(error))
                self.memories.pop(publication, None)

    def _failed(self, publication: str, why: str) -> None:
        self.outcome.failed.append(f"{self._title(publication)}: {why.rstrip('.')}.")
        self.lame.add(publication)

    def build(self) -> None:
        """Build, and keep the new files once the build is whole."""
        if not self.new and not self.cache.present():
            told = " ".join(self.outcome.failed) or "There are no published files here."
            raise CscdashError(f"Nothing can be built. {told}")
        assembly = Assembly(self.catalogue, self.cache, self.options.to, self.watch)
        try:
            store, built = assembly.make(self.new, self._superseded, self._remembered)
        finally:
            self.outcome.refused = assembly.refused
        self.cache.publications = self._remembered(assembly.refused_paths)
        self.cache.keep(self.new, self._superseded() if self.new else [])
        self.outcome.store, self.outcome.built = store, built
        new_maps = any(path.startswith(f"{PUBLICATION}/") for path in self.new)
        said = prepare_maps(self.cache, self.options.to, new_maps)
        self.outcome.notes += [said] if said else []
        self.outcome.new = sorted(self.new)

    def _remembered(self, refused: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What the last visits gave, of those publications that gave everything and it held."""
        lame = self.lame | {path.split("/", 1)[0] for path in refused}
        mine = {id: memory for id, memory in self.memories.items() if id not in lame}
        return {**self.cache.publications, **mine}

    def tidy(self) -> None:
        """Take away what is under way and no longer needed."""
        self.cache.tidy()

    def _title(self, publication: str) -> str:
        return next(p.title for p in self.catalogue.publications if p.id == publication)


def _place(known: dict[str, Any]) -> tuple[str, str, str]:
    return known["publication"], known["release"], known["dataset"]
