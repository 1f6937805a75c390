"""An update's outcome in words."""

from collections.abc import Iterable, Iterator, Mapping

from cscdash.analysis.publication_status import told_changes
from cscdash.catalogue.models import Catalogue
from cscdash.publishers.update_outcome import Outcome
from cscdash.publishers.visit import Failure
from cscdash.settings import command

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
    yield from not_received(outcome, catalogue)
    for why in dict.fromkeys(outcome.lacking):
        yield f"Not received: {why}. It is asked for again the next time."
    for why in dict.fromkeys(outcome.damaged):
        yield f"Not whole: {why}"
    for why in dict.fromkeys(outcome.refused):
        stays = " What was here in its place stays." if outcome.had else ""
        yield f"Left out: {why}{stays}"
    if outcome.refused_before:
        number = len(outcome.refused_before)
        names = ", ".join(path.rsplit("/", 1)[-1] for path in outcome.refused_before[:3])
        more = f" and {number - 3} more" if number > 3 else ""
        yield f"Still left out, for the reason that was given before: {names}{more}."
    yield from (f"Lost: {why}" for why in dict.fromkeys(outcome.lost))
    if outcome.store is None:
        if not outcome.offered and outcome.complete:
            yield "Nothing is new."
        return
    if outcome.built:
        yield f"Built {len(outcome.store.indicators)} extracts: {outcome.store.build}"
        package = outcome.store.package
        log = package.get("changes", [])
        if log and log[0]["made"] >= package.get("created", ""):
            yield from told_changes(log[0], catalogue)
    elif outcome.failures or outcome.lacking:
        yield f"The current build stays: {outcome.store.build}"
    else:
        yield f"Nothing is new; the current build stays: {outcome.store.build}"


def not_received(outcome: Outcome, catalogue: Catalogue) -> Iterator[str]:
    """What publishers did not give, a line for each cause, and how to fetch it by hand."""
    if not outcome.failures:
        return
    publications = {one.id: one for one in catalogue.publications}
    titles = {id: one.title for id, one in publications.items()}
    failed = list(dict.fromkeys(failure.publication for failure in outcome.failures))
    kept = [id for id in failed if id in outcome.had]
    if outcome.unreachable:
        causes = [
            f"{_listed(hosts)} {words}" for (words, _), hosts in _causes(outcome.failures).items()
        ]
        advice = dict.fromkeys(failure.advice for failure in outcome.failures if failure.advice)
        parts = [f"No publisher can be reached: {'; '.join(causes)}.", *list(advice)[:1]]
        parts += ["What was here stays."] if outcome.had else []
        yield f"Not received: {' '.join(parts)} {_by_hand([], outcome)}"
        return
    for sentence, concerned in sentences(outcome.failures, titles):
        here = [id for id in concerned if id in outcome.had]
        stays = "What was here from it stays." if len(concerned) == 1 else "What was here stays."
        yield f"Not received: {sentence}{f' {stays}' if here else ''}"
    if len(kept) < len(failed) or outcome.built is False:
        yield _by_hand([publications[id].page for id in failed], outcome)


def sentences(
    failures: Iterable[Failure], titles: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Failures grouped by what happened: a sentence or two, and the publications concerned.

    >>> one = Failure("a", "took too long to answer", "x.gov.uk")
    >>> two = Failure("b", "took too long to answer", "x.gov.uk", file="c.csv")
    >>> list(sentences([one, two], {"a": "Adoption", "b": "Births"}))
    [('Adoption and Births (c.csv): x.gov.uk took too long to answer.', ['a', 'b'])]
    """
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((failure.words, failure.advice), []).append(failure)
    for (words, advice), group in groups.items():
        concerned = list(dict.fromkeys(failure.publication for failure in group))
        named = []
        for id in concerned:
            files = dict.fromkeys(f.file for f in group if f.publication == id and f.file)
            shown = [*list(files)[:3], *([f"{len(files) - 3} more"] if len(files) > 3 else [])]
            named.append(titles.get(id, id) + (f" ({', '.join(shown)})" if shown else ""))
        hosts = list(dict.fromkeys(failure.host for failure in group if failure.host))
        path = f" ({group[0].path})" if len(group) == 1 and group[0].path else ""
        who = f"{_listed(hosts)} " if hosts else ""
        yield f"{_listed(named)}: {who}{words}{path}.{f' {advice}' if advice else ''}", concerned


def _causes(failures: Iterable[Failure]) -> dict[tuple[str, str], list[str]]:
    """What happened and what to do about it -> the hosts, each once; the commonest first."""
    causes: dict[tuple[str, str], dict[str, None]] = {}
    for failure in failures:
        causes.setdefault((failure.words, failure.advice), {})[failure.host] = None
    ordered = sorted(causes.items(), key=lambda pair: -len(pair[1]))
    return {cause: list(hosts) for cause, hosts in ordered}


def _by_hand(pages: list[str], outcome: Outcome) -> str:
    pages = list(dict.fromkeys(pages))
    where = (
        _listed(pages) if 0 < len(pages) <= 3 else f"the pages that “{command('sources')}” names"
    )
    return (
        f"By hand: download the files, or a release's zip, from {where}, put them into"
        f" {outcome.cache}, and run: {command('update --offline')}"
    )


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
