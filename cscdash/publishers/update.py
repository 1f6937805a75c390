"""Fresh data in one go: ask, download, build; whatever happens, what was here stays whole."""

import logging
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from cscdash.catalogue.models import Catalogue
from cscdash.catalogue.publications import Publication
from cscdash.errors import CscdashError
from cscdash.extracts.lock import locked
from cscdash.publishers.boundaries import PUBLICATION as MAPS
from cscdash.publishers.boundaries import prepare_maps
from cscdash.publishers.build_from_cache import Assembly, digest_of
from cscdash.publishers.cache import LOG, Cache
from cscdash.publishers.outcome_report import not_received
from cscdash.publishers.progress import Nobody, Watch
from cscdash.publishers.receiving import Received
from cscdash.publishers.update_outcome import Options, Outcome
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
        traces = _Traces(options.cache / LOG)
        cache = Cache(options.cache)
        digest = digest_of(catalogue)
        received = Received(catalogue, options, cache, watch, digest)
        try:
            cache.tidy()
            if not options.offline:
                received.download(chosen)
            if not options.dry_run:
                assembly = Assembly(catalogue, cache, options.to, watch, digest)
                _build(received, assembly, options)
        except OSError as error:
            raise CscdashError(
                f"{options.cache} cannot be written: {error.strerror or error}."
            ) from error
        finally:
            cache.tidy()
            traces.end()
    return received.outcome


class _Traces(logging.FileHandler):
    """Writes traces of unforeseen errors to a file in the cache, for whoever mends them."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, mode="w", encoding="utf-8", delay=True)
        self._logger = logging.getLogger("cscdash.publishers")
        self._logger.addHandler(self)
        self._logger.propagate = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full disk must not add a second failure to the first."""

    def end(self) -> None:
        self._logger.removeHandler(self)
        self.close()


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


def _build(received: Received, assembly: Assembly, options: Options) -> None:
    """Build, and keep the new files once the build is whole."""
    outcome, cache, new = received.outcome, received.cache, received.new
    for path, wrong in cache.damaged.items():
        if path not in new and path not in received.superseded():
            outcome.damaged.append(
                f"{path} {wrong}. What the store has from it stays until it can be fetched again."
            )
    said = not_received(outcome, assembly.catalogue)
    told = " ".join(line.removeprefix("Not received: ") for line in said)
    if not new and not cache.present() and not cache.known.files:
        raise CscdashError(f"Nothing can be built. {told or 'There are no published files here.'}")
    try:
        store, built = assembly.make(new, received.superseded, received.remembered)
    except CscdashError as error:
        cache.known.refused |= assembly.refused
        cache.known.write(options.cache)
        told = " ".join([told, *(refused.why for refused in assembly.refused.values())])
        if told.strip() and not new:
            raise CscdashError(f"Nothing can be built. {told.strip()} {error}") from error
        raise
    finally:
        outcome.refused = [refused.why for refused in assembly.refused.values()]
        outcome.damaged += [
            why for path, why in assembly.unusable.items() if path not in cache.damaged
        ]
        earlier = {
            path: refused
            for path, refused in cache.known.refused.items()
            if path not in new and path not in assembly.refused
        }
        outcome.refused_before = sorted(earlier)
        cache.known.refused = {**earlier, **assembly.refused}
    cache.known.publications = received.remembered(assembly.refused)
    cache.keep(new, received.superseded() if new else [])
    outcome.store, outcome.built, outcome.lost = store, built, assembly.lost
    new_maps = any(path.startswith(f"{MAPS}/") for path in new)
    maps = prepare_maps(cache, options.to, new_maps)
    outcome.notes += [maps] if maps else []
    outcome.new = sorted(new)
