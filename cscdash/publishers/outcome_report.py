"""An update's outcome in words."""

from collections.abc import Iterator

from cscdash.analysis.publication_status import told_changes
from cscdash.catalogue.models import Catalogue
from cscdash.publishers.update_outcome import Outcome

_MANY = 12


def lines(outcome: Outcome, catalogue: Catalogue) -> Iterator[str]:
    """What came of an update, a line for each thing to know."""
    for item in outcome.offered:
        yield f"New: {item.path}"
    for path in outcome.new[:_MANY]:
        yield f"New: {path}"
    if len(outcome.new) > _MANY:
        yield f"New: {len(outcome.new) - _MANY} more files"
    yield from (f"Note: {note}" for note in dict.fromkeys(outcome.notes))
    for why in dict.fromkeys(outcome.failed):
        yield f"Not received: {why} What was here from it stays."
    for why in dict.fromkeys(outcome.refused):
        yield f"Left out: {why} What was here in its place stays."
    if outcome.store is None:
        if not outcome.offered and not outcome.failed:
            yield "Nothing is new."
        return
    if outcome.built:
        yield f"Built {len(outcome.store.indicators)} extracts: {outcome.store.build}"
        package = outcome.store.package
        log = package.get("changes", [])
        if log and log[0]["made"] >= package.get("created", ""):
            yield from told_changes(log[0], catalogue)
    else:
        yield f"Nothing is new; the current build stays: {outcome.store.build}"
